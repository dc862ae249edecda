#!/usr/bin/perl -T
# daypass-host-await OPTIONS KNOWN: asks the authority for news with curl and these options, and ends
# when it is answered; or before, when there is something to report that the file KNOWN does not list.
# --list prints what there is to report now.
use strict;
use warnings;

use POSIX qw(WNOHANG);

use constant {
    LOOK_SECONDS => 1,
    # What is reported together.
    BREATH_SECONDS => 0.3,
};

# Where reports wait, and their names: those of sessions, and what the proof's verifier leaves.
my %REPORTS = (
    '/var/lib/daypass-host/spool' => qr/\A[0-9a-f]{32}\.(?:opened|closed)\z/,
    '/run/daypass-proof' => qr/\Arefused\.[0-9.]{1,40}\z/,
);

sub reports {
    my @found;
    for my $folder (sort keys %REPORTS) {
        opendir(my $names, $folder) or next;
        push @found, map { "$folder/$_" } sort grep { $_ =~ $REPORTS{$folder} } readdir $names;
    }
    return @found;
}

# A program whose standard output is read here.
sub run {
    my (@words) = @_;
    my $process = open(my $said, '-|') // die "fork: $!\n";
    if (!$process) {
        open(STDERR, '>', '/dev/null');
        exec { $words[0] } @words or POSIX::_exit(1);
    }
    return ($process, $said);
}

# Follows what sshd says of certificates that it refused; nothing where there is no journal.
sub follow_sshd {
    return if !-d '/run/systemd/journal' || !-x '/usr/bin/journalctl';
    return run('/usr/bin/journalctl', '--quiet', '--follow', '--lines=0', '--output=cat',
        '--grep=^Failed publickey .* CA ', '-t', 'sshd', '-t', 'sshd-session', '_UID=0');
}
