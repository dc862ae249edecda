#!/usr/bin/perl -T
# daypass-host-hints MODE: what this server hears of logins with our certificates besides the session
# hook. Logins that were refused, for the people who hold the certificates: by the proof's verifier,
# which leaves a file for each, and by sshd, whose lines in the journal say so; a form for POST
# /v1/sessions a line, each once. And logins that sshd let in without a word of the hook: an alarm
# each, in the spool. Hints: what cannot be read is left out.
use strict;
use warnings;

use Digest::SHA qw(sha256_base64 sha256_hex);
use Fcntl qw(:DEFAULT :mode);
use MIME::Base64 qw(decode_base64);
use POSIX ();

use constant {
    ETC => '/etc/daypass-host',
    # The folder that the verifier alone can write into.
    PROOF_FOLDER => '/run/daypass-proof',
    PROOF_USER => 'daypass-proof',
    CURSOR => '/var/lib/daypass-host/journal.cursor',
    # Logins of which the hook may still say something.
    ACCEPTED => '/var/lib/daypass-host/journal.accepted',
    SPOOL => '/var/lib/daypass-host/spool',
    MAX_REFUSALS => 200,
    MAX_TEXT => 512,
};

my %printed;

sub refusal {
    my ($at, $serial, $account, $reason) = @_;
    return if $serial !~ /\A[0-9]{1,20}\z/ || $at !~ /\A[0-9]{1,11}\z/;
    return if $printed{"$serial $account $reason"}++ || keys %printed > MAX_REFUSALS;
    print form(event => 'refused', at => time_of($at), serial => $serial, account => $account,
        reason => $reason), "\n";
    return;
}

sub time_of {
    my ($seconds) = @_;
    return POSIX::strftime('%Y-%m-%dT%H:%M:%SZ', gmtime $seconds);
}

sub form {
    my (%texts) = @_;
    return join '&', map { "$_=" . form_value($texts{$_}) } sort keys %texts;
}

sub form_value {
    my ($text) = @_;
    $text = substr $text =~ tr/ -~//cdr, 0, MAX_TEXT;
    return $text =~ s/([^A-Za-z0-9_.~-])/sprintf '%%%02X', ord $1/ger;
}

# A file of root's own, replaced as a whole.
sub put {
    my ($path, $text) = @_;
    unlink "$path.new";
    sysopen(my $out, "$path.new", O_WRONLY | O_CREAT | O_EXCL, 0600) or return 0;
    my $is_whole = (syswrite($out, $text) // 0) == length $text;
    # Taint is a statement's: what is written must not stand beside the names.
    close($out) && $is_whole or return 0;
    return rename "$path.new", $path;
}
