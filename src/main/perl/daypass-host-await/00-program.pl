#!/usr/bin/perl -T
# daypass-host-await OPTIONS KNOWN: asks the authority for news with curl and these options, and ends
# when it is answered; or before, when there is something to report that the file KNOWN does not list.
# --list prints what there is to report now.
use strict;
use warnings;

use POSIX ();

use constant {
    LOOK_SECONDS => 1,
    # So many looks for one at the journal.
    LOOKS => 5,
    # What is reported together.
    BREATH_SECONDS => 0.3,
};

# Where reports wait, and their names: those of sessions, and what the proof's verifier leaves.
my %REPORTS = (
    '/var/lib/daypass-host/spool' => qr/\A[0-9a-f]{32}\.(?:opened|closed|alarm)\z/,
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

# Whether sshd has refused a certificate since daypass-host-hints has read the journal. Asked now
# and then: whoever follows a journal hears nothing in some of systemd's confinements.
sub sshd_refused {
    return 0 if !-d '/run/systemd/journal' || !-x '/usr/bin/journalctl';
    my (undef, $said) = run('/usr/bin/journalctl', '--quiet', '--no-pager', '--lines=1',
        '--output=cat', from_cursor(), '--grep=^Failed publickey .* CA ',
        '-t', 'sshd', '-t', 'sshd-session', '_UID=0');
    my $line = <$said>;
    close $said;
    return defined $line;
}

sub from_cursor {
    open(my $file, '<', '/var/lib/daypass-host/journal.cursor') or return '--since=-10min';
    my $line = <$file> // '';
    return $line =~ /\A([!-~]+)\n?\z/ ? "--after-cursor=$1" : '--since=-10min';
}
