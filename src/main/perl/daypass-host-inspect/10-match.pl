# The Match lines of a configuration, with what it includes, and values that satisfy each.

# Addresses of no special range, of private ones and of this machine.
my @ADDRESSES = ('192.0.2.1', '10.0.0.1', '127.0.0.1', '2001:db8::1');

# Each with its place, its criteria and those of the block that includes its file.
sub match_lines {
    my ($path, $outer, $depth) = @_;
    $depth <= 16 or die "$path: included too deeply\n";
    my ($number, $block, @found) = (0, $outer);
    for my $line (lines_of($path)) {
        $number++;
        my ($keyword, $rest) = $line =~ /\A\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*?)\s*\z/ or next;
        if (lc $keyword eq 'match') {
            $rest =~ s/\s#.*//;
            $block = [@$outer, quotewords('\s+|=', 0, $rest)];
            push @found, { place => "$path line $number", criteria => $block };
        } elsif (lc $keyword eq 'include') {
            for my $pattern (quotewords('\s+', 0, $rest)) {
                my $from = $pattern =~ m{\A/} ? $pattern : "/etc/ssh/$pattern";
                push @found, match_lines(untainted($_), $block, $depth + 1) for sort(bsd_glob($from));
            }
        }
    }
    return @found;
}

# Lists of values for -C that together satisfy the line, as far as this program can make them;
# nothing if it cannot.
sub values_for {
    my ($line, $accounts) = @_;
    my %values = (user => $accounts, addr => ['192.0.2.1']);
    my @criteria = @{ $line->{criteria} };
    while (@criteria) {
        my $criterion = lc shift @criteria;
        next if $criterion eq 'all' || $criterion eq 'invalid-user';
        my $list = shift @criteria;
        return if !defined $list;
        my @positive = grep { !/\A!/ } split /,/, $list;
        if ($criterion eq 'user') {
            $values{user} = [literals(@positive), (grep { /[*?]/ } @positive) ? @$accounts : ()];
        } elsif ($criterion eq 'group') {
            $values{user} = [members_of(\@positive, $accounts)];
        } elsif ($criterion =~ /\A(?:local)?address\z/) {
            my $name = $criterion eq 'address' ? 'addr' : 'laddr';
            $values{$name} = [map { addresses_in($_) } @positive];
        } elsif ($criterion =~ /\A(?:host|localport|rdomain)\z/) {
            my $name = $criterion eq 'localport' ? 'lport' : $criterion;
            $values{$name} = [literals(@positive)];
        } else {
            return;
        }
    }
    grep { !@$_ } values %values and return;
    return \%values;
}

# A name for each pattern.
sub literals {
    return map { tr/*?/xx/r } grep { /\A[!-~]+\z/ && !/,/ } @_;
}

sub members_of {
    my ($patterns, $accounts) = @_;
    my @wanted = map { join '', map { $_ eq '*' ? '.*' : $_ eq '?' ? '.' : quotemeta } split // }
        @$patterns;
    my %member;
    for my $account (@$accounts) {
        my $primary = (getpwnam $account)[3];
        next if !defined $primary;
        $member{getgrgid($primary) // ''}{$account} = 1;
    }
    while (my ($group, undef, undef, $names) = getgrent) {
        $member{$group}{$_} = 1 for split / /, $names;
    }
    endgrent;
    my %found;
    for my $group (keys %member) {
        next if !grep { $group =~ /\A$_\z/ } @wanted;
        $found{$_} = 1 for keys %{ $member{$group} };
    }
    return sort keys %found;
}

# Addresses that an entry of an address list covers.
sub addresses_in {
    my ($entry) = @_;
    return $1 if $entry =~ m{\A([0-9a-fA-F.:]+)(?:/[0-9]+)?\z};
    return @ADDRESSES if $entry eq '*';
    return if $entry !~ /\A[0-9.*?]+\z/;
    my @parts = split /\./, $entry =~ tr/*?/11/r;
    push @parts, 1 while @parts < 4;
    return join '.', @parts;
}
