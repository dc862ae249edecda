# What sshd would do for one login, in its own words.

my %asked;

# effective WORDS, user => ..., addr => ...: the options by their names in lower case.
sub effective {
    my ($sshd, $config, %values) = @_;
    my %spec = (host => 'x', addr => '192.0.2.1', laddr => '192.0.2.2', lport => 22, %values);
    my $spec = join ',', map { "$_=$spec{$_}" } sort keys %spec;
    $spec =~ /\A([!-~]+)\z/ or die "values that sshd cannot be asked about\n";
    $spec = $1;
    return $asked{$spec} if $asked{$spec};
    my $process = open(my $said, '-|');
    defined $process or die "fork: $!\n";
    if (!$process) {
        open(STDERR, '>', '/dev/null');
        exec { $sshd } $sshd, '-T', '-f', $config, '-C', $spec or exit 1;
    }
    my %options;
    while (<$said>) {
        $options{$1} = $2 if /\A(\S+) (.*)\n\z/;
    }
    close $said or die "sshd does not say what it would do for $spec\n";
    return $asked{$spec} = \%options;
}

# Every combination of the values.
sub combinations {
    my ($values) = @_;
    my @all = ({});
    for my $name (sort keys %$values) {
        @all = map { my $one = $_; map { { %$one, $name => $_ } } @{ $values->{$name} } } @all;
    }
    return @all;
}
