# As pam_exec starts it: PAM_TYPE, PAM_USER and SSH_AUTH_INFO_0 in the environment, sshd its parent.

use constant {
    ARMED => 'armed',
    # Longer than any certificate lives; a time behind it is a mistake.
    MAX_SECONDS => 366 * 86400,
    PATIENCE => 5,
};

# Leaves the watcher behind; dies if it does not say that it watches.
sub arm {
    my ($certificate, $account, $ends) = @_;
    my $parent = getppid;
    name_of($parent) =~ /\Asshd/ or die "not started by sshd\n";
    my $sshd = hold($parent) or die "sshd cannot be held\n";
    $sshd->{audit} = audit_session_of($parent);
    my $session = new_session($certificate, $account);
    pipe(my $out, my $in) or die "pipe: $!\n";
    my $child = fork // die "fork: $!\n";
    if (!$child) {
        eval { become_watcher($sshd, $certificate, $ends, $session, $in) };
        POSIX::_exit(1);
    }
    close $in;
    local $SIG{ALRM} = sub { die "the watcher does not answer\n" };
    alarm PATIENCE;
    my $said = <$out> // '';
    alarm 0;
    waitpid $child, 0;
    $said eq ARMED or die "the watcher does not answer\n";
    return;
}

sub become_watcher {
    my ($sshd, $certificate, $ends, $session, $in) = @_;
    POSIX::setsid();
    # Nobody waits for the grandchild but init.
    my $child = fork // return;
    POSIX::_exit(0) if $child;
    chdir '/';
    my %keep = map { $_ => 1 } grep { defined } fileno $in, $sshd->{fd};
    $keep{$_} || POSIX::close($_) for 3 .. 255;
    open(STDIN, '<', '/dev/null') or return;
    open(STDOUT, '>', '/dev/null') or return;
    open(STDERR, '>', '/dev/null') or return;
    @SIG{qw(HUP INT PIPE TERM CHLD ALRM)} = qw(IGNORE IGNORE IGNORE IGNORE DEFAULT IGNORE);
    is_alive($sshd) or return;
    syswrite($in, ARMED) or return;
    close $in;
    # A report that fails must not end the watch.
    eval { spool('opened', $session) };
    note("sshd[$sshd->{pid}]: serial $certificate->{serial}: the session of $session->{account}"
        . " is watched");
    my $is_told = 0;
    my $closed = sub { eval { spool('closed', $session) } if !$is_told++ };
    my $why = watch($sshd, $certificate, $ends, $closed);
    note("sshd[$sshd->{pid}]: serial $certificate->{serial}: the session of $session->{account}"
        . " has ended: $why");
    $closed->();
    POSIX::_exit(0);
}

sub main {
    return if ($ENV{PAM_TYPE} // '') ne 'open_session';
    my $methods = $ENV{SSH_AUTH_INFO_0} // '';
    my ($account) = ($ENV{PAM_USER} // '') =~ /\A([!-~]{1,64})\z/;
    my %kept = map { $_ => $ENV{$_} } grep { exists $ENV{$_} } qw(PAM_RHOST SSH_CONNECTION);
    %ENV = (PATH => '/usr/bin:/bin', LC_ALL => 'C', %kept);
    my $certificate = own_certificate($methods) or return;
    defined $account or die "there is no account\n";
    my $ends = $certificate->{valid_before} + grace_of($account);
    $ends > time or die "the certificate has ended\n";
    $ends < time + MAX_SECONDS or die "the certificate's end is too far\n";
    arm($certificate, $account, $ends);
    return;
}

if (eval { main(); 1 }) { exit 0 }
chomp(my $why = $@);
my $parent = getppid;
note("sshd[$parent]: no session: $why");
# sshd alone would keep a connection whose session PAM refused.
kill 'TERM', $parent if name_of($parent) =~ /\Asshd/;
exit 1;
