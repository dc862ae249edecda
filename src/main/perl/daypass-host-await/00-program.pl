#!/usr/bin/perl -T
# daypass-host-await OPTIONS KNOWN: asks the authority for news with curl and these options, and ends
# when it is answered; or before, when there is something to report that the file KNOWN does not list.
# --list prints what there is to report now.
use strict;
use warnings;

use Digest::SHA qw(sha256_base64);
use MIME::Base64 qw(decode_base64);
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

# Whether sshd has refused a certificate of ours since daypass-host-hints has read the journal. Asked
# now and then: whoever follows a journal hears nothing in some of systemd's confinements.
sub sshd_refused {
    return 0 if !-d '/run/systemd/journal' || !-x '/usr/bin/journalctl';
    my $pattern = refusal_pattern() // return 0;
    my (undef, $said) = run('/usr/bin/journalctl', '--quiet', '--no-pager', '--lines=1',
        '--output=cat', from_cursor(), "--grep=$pattern",
        '-t', 'sshd', '-t', 'sshd-session', '_UID=0');
    my $line = <$said>;
    close $said;
    return defined $line;
}

# A line holds words of a stranger: what counts stands at its end, in sshd's own words.
sub refusal_pattern {
    open(my $file, '<', '/etc/daypass-host/user-ca.pub') or return;
    my @keys = map { m{\A\S+ ([A-Za-z0-9+/=]+)} ? sha256_base64(decode_base64($1)) : () } <$file>;
    @keys or return;
    my $ours = join '|', map { quotemeta } @keys;
    return '^Failed publickey for .* from \S+ port [0-9]+ ssh2: .* ID .* \(serial [0-9]{1,20}\)'
        . " CA \\S+ SHA256:(?:$ours)\$";
}

sub from_cursor {
    open(my $file, '<', '/var/lib/daypass-host/journal.cursor') or return '--since=-10min';
    my $line = <$file> // '';
    return $line =~ /\A([!-~]+)\n?\z/ ? "--after-cursor=$1" : '--since=-10min';
}
