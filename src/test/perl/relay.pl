#!/usr/bin/perl
# relay.pl PORT: listens on 127.0.0.1 of the network that it is started in, and passes on what comes
# to the same port of the network of descriptor 7, where it goes once it listens.
use strict;
use warnings;

use Fcntl qw(F_SETFD);
use IO::Select;
use IO::Socket::INET;

my ($port, $listening) = @ARGV;
if (!defined $listening) {
    my $socket = IO::Socket::INET->new(LocalAddr => "127.0.0.1:$port", Listen => 64, ReuseAddr => 1)
        or die "listen: $@\n";
    fcntl($socket, F_SETFD, 0) or die "fcntl: $!\n";
    exec 'nsenter', '--net=/proc/self/fd/7', $^X, $0, $port, fileno $socket or die "exec: $!\n";
}

open(my $server, '+<&=', $listening) or die "descriptor: $!\n";
$SIG{CHLD} = 'IGNORE';
syswrite STDOUT, "ready\n";
while (accept my $client, $server) {
    my $child = fork // die "fork: $!\n";
    if (!$child) {
        relay($client);
        exit 0;
    }
    close $client;
}

# Until either side ends; HTTP/1.1 needs no half-closed connections.
sub relay {
    my ($client) = @_;
    my $daemon = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port") or return;
    my %other = (fileno $client, $daemon, fileno $daemon, $client);
    my $both = IO::Select->new($client, $daemon);
    while (my @ready = $both->can_read) {
        for my $from (@ready) {
            sysread($from, my $bytes, 65536) or return;
            my $to = $other{ fileno $from };
            while (length $bytes) {
                my $wrote = syswrite($to, $bytes) // return;
                substr($bytes, 0, $wrote, '');
            }
        }
    }
    return;
}
