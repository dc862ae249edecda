#!/usr/bin/perl -T
# daypass-host-session: PAM's session hook (pam_exec). Reads the certificate that logged in from
# SSH_AUTH_INFO_0 and leaves a watcher behind that warns, and ends the connection and its session
# with the certificate (DESIGN section 9). A certificate of ours whose end cannot be armed gets no
# session; every other login is untouched.
use strict;
use warnings;

use Errno qw(EINTR ENOSYS);
use Fcntl qw(:DEFAULT);
use MIME::Base64 qw(decode_base64 encode_base64);
use POSIX ();
use Socket qw(AF_UNIX SOCK_DGRAM sockaddr_un);

use constant {
    ETC => '/etc/daypass-host',
    SPOOL => '/var/lib/daypass-host/spool',
    # Of every architecture: numbers from 424 on are the same everywhere.
    SYS_PIDFD_SEND_SIGNAL => 424,
    SYS_PIDFD_OPEN => 434,
};

sub read_whole {
    my ($path) = @_;
    sysopen(my $file, $path, O_RDONLY) or return;
    my $text = '';
    while (1) {
        my $got = sysread $file, $text, 65536, length $text;
        if (!defined $got) { next if $! == EINTR; return }
        return $text if !$got;
    }
}

# One line for the system's log; whether it can be written changes nothing.
sub note {
    my ($what) = @_;
    socket(my $log, AF_UNIX, SOCK_DGRAM, 0) or return;
    # 37: facility auth, severity notice.
    send $log, "<37>daypass-host[$$]: $what", 0, sockaddr_un('/dev/log');
    return;
}
