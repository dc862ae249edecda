# notify-listener.pl NAME: listens on a Unix datagram socket as systemd does, at a path or, with @, in
# the abstract namespace; says "ready", then each message that it gets, its lines joined by "|".
use strict;
use warnings;

use Socket qw(AF_UNIX SOCK_DGRAM sockaddr_un);

$| = 1;
my ($name) = @ARGV;
my $address = $name =~ s/\A\@/\0/r;
socket(my $listener, AF_UNIX, SOCK_DGRAM, 0) or die "socket: $!\n";
bind($listener, sockaddr_un($address)) or die "bind: $!\n";
print "ready\n";
while (defined recv($listener, my $message, 4096, 0)) {
    print $message =~ s/\n/|/gr, "\n";
}
