# What must hold of each answer.

# The options that trust us, by mode: they stand together, and no other value will do.
sub expected {
    my ($folder, $mode, $command) = @_;
    my %common = (
        trustedusercakeys => "$folder/user-ca.pub",
        revokedkeys => "$folder/krl",
    );
    return { %common,
        authorizedprincipalsfile => "$folder/principals/%u",
        authorizedprincipalscommand => 'none' } if $mode eq 'file';
    return { %common,
        authorizedprincipalsfile => 'none',
        authorizedprincipalscommand => $command,
        authorizedprincipalscommanduser => 'daypass-proof' };
}

sub judge {
    my ($options, $expected, $where) = @_;
    for my $name (sort keys %$expected) {
        my $value = $options->{$name} // 'none';
        next if $value eq $expected->{$name};
        fault("not in force: $where, sshd has $name $value",
            "Remove that line, or put it behind the one that includes 00-daypass.conf.");
    }
    return;
}

# A line of authorized_keys that trusts a CA key of ours opens the account without our source.
sub judge_key_files {
    my ($account, $options, $ca_keys) = @_;
    my $home = (getpwnam $account)[7];
    return if !defined $home;
    for my $pattern (split / /, $options->{authorizedkeysfile} // '') {
        next if $pattern eq 'none';
        my %token = ('%' => '%', h => $home, u => $account, U => (getpwnam $account)[2]);
        my $path = $pattern =~ s/%([%huU])/$token{$1}/gr;
        $path = "$home/$path" if $path !~ m{\A/};
        for my $line (grep { /\A\s*[^#]*\bcert-authority\b/i } lines_of(untainted($path))) {
            next if !grep { index($line, $_) >= 0 } @$ca_keys;
            fault("not in force: $path trusts our CA key by itself, for $account",
                'Remove its cert-authority line.');
        }
    }
    return;
}
