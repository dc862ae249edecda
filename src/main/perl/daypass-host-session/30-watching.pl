# The watcher: waits, warns, ends.

use constant {
    TICK_SECONDS => 2,
    WARN_MINUTES => [5, 1],
    # Between asking sshd to end and ending all that is left.
    PATIENCE_SECONDS => 1,
    SIGTERM => 15,
    SIGKILL => 9,
};

# Until nothing of the session is left or its time is up; returns why it ended. The connection may
# end before what was started in it: closed is called then, and the rest is watched on.
sub watch {
    my ($sshd, $certificate, $ends, $closed) = @_;
    my %seen;
    # Of the warnings only those that are still ahead.
    my @warnings = grep { $ends - 60 * $_ > time } @{ +WARN_MINUTES };
    my $krl = krl_time();
    while (1) {
        my $left = $ends - time;
        my @pids = session_pids($sshd, \%seen);
        if (!$sshd->{gone} && !is_alive($sshd)) {
            $sshd->{gone} = 1;
            $closed->();
        }
        return 'closed' if $sshd->{gone} && !@pids;
        if ($left <= 0) {
            end_session($sshd, \%seen);
            return 'expired';
        }
        if (@warnings && $left <= 60 * $warnings[0]) {
            my $minutes = shift @warnings;
            warn_users($minutes, $ends, @pids);
        }
        my $now = krl_time();
        if ($now ne $krl) {
            $krl = $now;
            if (is_revoked($certificate)) {
                end_session($sshd, \%seen);
                return 'revoked';
            }
        }
        # Short steps: the wall clock may be set, and the machine may sleep.
        pause($sshd, $left < TICK_SECONDS ? $left : TICK_SECONDS);
    }
}

# Ends early if sshd does: a pidfd can be read then.
sub pause {
    my ($sshd, $seconds) = @_;
    my $bits;
    if (defined $sshd->{fd} && !$sshd->{gone}) {
        $bits = '';
        vec($bits, $sshd->{fd}, 1) = 1;
    }
    select $bits, undef, undef, $seconds;
    return;
}

sub end_session {
    my ($sshd, $seen) = @_;
    # Held before sshd ends: afterwards nobody is its child any more.
    my @held = map { hold($_) } session_pids($sshd, $seen);
    signal_to($sshd, SIGTERM);
    pause($sshd, PATIENCE_SECONDS);
    signal_to($sshd, SIGKILL);
    signal_to($_, SIGKILL), let_go($_) for @held;
    # What was started meanwhile: a scope and an audit session still know theirs.
    for (1 .. 20) {
        my @left = map { hold($_) } session_pids($sshd, $seen);
        last if !@left;
        signal_to($_, SIGKILL), let_go($_) for @left;
        select undef, undef, undef, 0.05;
    }
    return;
}

sub warn_users {
    my ($minutes, $ends, @pids) = @_;
    my %terminal;
    for my $pid (@pids) {
        my $stat = stat_of($pid) or next;
        # Documentation of the kernel, proc: minor numbers in bits 31 to 20 and 7 to 0.
        my ($major, $minor) = ($stat->{terminal} >> 8 & 0xfff,
            $stat->{terminal} & 0xff | $stat->{terminal} >> 12 & 0xfff00);
        $terminal{$1} = 1 if $major >= 136 && $major <= 143 && $minor =~ /\A([0-9]+)\z/;
    }
    my $at = POSIX::strftime('%H:%M', localtime $ends);
    my $unit = $minutes == 1 ? 'minute' : 'minutes';
    for my $number (keys %terminal) {
        sysopen(my $screen, "/dev/pts/$number", O_WRONLY | O_NOCTTY | O_NONBLOCK) or next;
        syswrite $screen, "\r\ndaypass: this session ends in $minutes $unit, at $at, with its"
            . " certificate.\r\n";
        close $screen;
    }
    return;
}

sub krl_time {
    my ($device, $inode, $changed) = (stat ETC . '/krl')[0, 1, 9];
    return join ' ', map { $_ // '' } $device, $inode, $changed;
}

# Whether the list of now revokes it; what cannot be found out is left to the certificate's end.
sub is_revoked {
    my ($certificate) = @_;
    open(my $file, '+>', undef) or return 0;
    syswrite $file, "$certificate->{type} $certificate->{base64}\n" or return 0;
    fcntl($file, F_SETFD, 0) or return 0;
    my $process = open(my $said, '-|') // return 0;
    if (!$process) {
        my $path = '/proc/self/fd/' . fileno $file;
        exec '/usr/bin/ssh-keygen', '-Q', '-f', ETC . '/krl', $path or POSIX::_exit(1);
    }
    my $answer = do { local $/; <$said> } // '';
    close $said;
    return $answer =~ /: REVOKED$/m;
}
