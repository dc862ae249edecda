# Logins that sshd let in and of which the session hook said nothing: it is not installed any more, or
# something keeps it from running. Its word names the sshd, and stands in the same journal.

use constant {
    # Between sshd's line and the hook's.
    PATIENCE_SECONDS => 20,
    MAX_ACCEPTED => 10_000,
};

# Those whose time was not over the last time: process, seconds, serial, account, address.
sub accepted_before {
    open(my $file, '<', ACCEPTED) or return [];
    return [map { /\A([0-9]+) ([0-9]+) ([0-9]+) (\S+) (\S+)\n\z/ ? [$1, $2, $3, $4, $5] : () } <$file>];
}

# The hook watches the session of that sshd, or refuses it one.
sub hear_hook {
    my ($accepted, $text) = @_;
    my ($sshd) = $text =~ /\Asshd\[([0-9]+)\]: / or return;
    @$accepted = grep { $_->[0] ne $sshd } @$accepted;
    return;
}

# Crash order: the alarms, then the list without them; an alarm that is made again has the same name.
# False if the list is not written.
sub alarm_of_unwatched {
    my ($accepted) = @_;
    my @left;
    for my $login (@$accepted) {
        my $is_over = $login->[1] + PATIENCE_SECONDS < time;
        push @left, $login if !$is_over || !spool_alarm(@$login);
    }
    splice @left, 0, @left - MAX_ACCEPTED if @left > MAX_ACCEPTED;
    return 1 if !@left && !-e ACCEPTED;
    return put(ACCEPTED, join '', map { join(' ', @$_) . "\n" } @left);
}

sub spool_alarm {
    my ($process, $at, $serial, $account, $client) = @_;
    my $id = substr sha256_hex(join "\n", own_name(), $process, $at, $serial, $account), 0, 32;
    my ($name) = $id =~ /\A([0-9a-f]{32})\z/;
    my $text = form(event => 'alarm', session => $name, serial => $serial, at => time_of($at),
        account => $account, client => $client,
        reason => 'sshd let it in, and the session hook said nothing of it');
    my $file = SPOOL . "/$name.alarm";
    return put($file, $text);
}

sub own_name {
    open(my $file, '<', ETC . '/name') or return '';
    return scalar(<$file>) // '';
}
