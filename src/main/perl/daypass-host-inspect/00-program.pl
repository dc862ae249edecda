#!/usr/bin/perl -T
# daypass-host-inspect: whether sshd does what the mode of this server says, for every account and
# every way in (DESIGN section 9). Asks sshd itself, once plain and once for each Match line with
# values that satisfy it. Prints a line for each fault, what and remedy with a tab between; ends with
# 0 if there is none.
use strict;
use warnings;

use File::Glob qw(bsd_glob);
use MIME::Base64 qw(decode_base64);
use Text::ParseWords qw(quotewords);

my @faults;

sub fault {
    my ($what, $remedy) = @_;
    tr/\t\n/  /, tr/ -~//cd for $what, $remedy;
    my $line = "$what\t$remedy\n";
    push @faults, $line if !grep { $_ eq $line } @faults;
    return;
}

# The file's lines; none if it is not there.
sub lines_of {
    my ($path) = @_;
    open(my $file, '<', $path) or return $!{ENOENT} || $!{ENOTDIR} ? () : die "$path: $!\n";
    my @lines = <$file>;
    close $file or die "$path: $!\n";
    chomp @lines;
    return @lines;
}

# Our own configuration names no path that a stranger could have chosen.
sub untainted {
    my ($path) = @_;
    $path =~ m{\A([ -~]{1,4096})\z} or die "not a path\n";
    return $1;
}
