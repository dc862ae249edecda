# daypass-host-inspect MODE [--sshd PROGRAM] [--config FILE] [--etc FOLDER] [--command WORDS]

sub main {
    my ($mode, %word) = @_;
    %ENV = (PATH => '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL => 'C');
    ($mode // '') =~ /\A(file|proof)\z/ or die "usage\n";
    $mode = $1;
    my %place = (
        sshd => '/usr/sbin/sshd',
        config => '/etc/ssh/sshd_config',
        etc => '/etc/daypass-host',
        command => '/usr/lib/daypass/daypass-host-principals %u %i %s %t %k',
    );
    for my $name (keys %word) {
        $name =~ /\A--(sshd|config|etc|command)\z/ && defined $word{$name} or die "usage\n";
        $place{$1} = untainted($word{$name});
    }
    my $expected = expected($place{etc}, $mode, $place{command});
    my @ca_keys = map { (split / /)[1] // () } lines_of("$place{etc}/user-ca.pub");
    @ca_keys or fault('not in force: there is no CA key', 'Run: daypass-host refresh');
    my @accounts;
    while (my $name = getpwent) { push @accounts, $name if $name =~ /\A[!-+\--~]+\z/ }
    endpwent;
    my $nobody = 'daypass-no-such-account';
    for my $account (@accounts, $nobody) {
        my $options = effective(@place{qw(sshd config)}, user => $account);
        judge($options, $expected, "user $account");
        judge_key_files($account, $options, \@ca_keys);
    }
    for my $line (match_lines($place{config}, [], 0)) {
        my $values = values_for($line, [@accounts, $nobody]);
        if (!$values) {
            fault("not in force: $line->{place} cannot be tested",
                'Write its criteria so that they can be met, or remove it.');
            next;
        }
        for my $one (combinations($values)) {
            judge(effective(@place{qw(sshd config)}, %$one), $expected,
                "$line->{place}, user $one->{user}");
        }
    }
    return;
}

if (!eval { main(@ARGV); 1 }) {
    chomp(my $why = $@);
    fault("not in force: $why", 'Correct that, then ask again: daypass-host doctor');
}
print @faults;
exit(@faults ? 1 : 0);
