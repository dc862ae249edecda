# held-process.pl LIBRARY: a process number that is used again is never signalled. A stranger's
# process stands for the new user of a number: the one that was held had another start time.
use strict;
use warnings;

my ($library) = @ARGV;
open(my $source, '<', $library) or die "$library: $!";
my $text = do { local $/; <$source> };
eval "$text\n1" or die $@;

my $child = fork // die "fork: $!";
if (!$child) { sleep 60; exit 0 }
my $held = hold($child) or die 'not held';
is_alive($held) or die 'held, but not alive';
for my $fd ($held->{fd}, undef) {
    my $other = { %$held, fd => $fd, start => $held->{start} - 1 };
    signal_to($other, 9) and die 'another process was signalled';
    is_alive($held) or die 'another process has ended';
}
signal_to($held, 9) or die 'not signalled';
waitpid($child, 0) == $child && $? == 9 or die "ended with $?";
signal_to($held, 9) and die 'a dead process was signalled';
print "good\n";
