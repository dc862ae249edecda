#!/usr/bin/perl -T
# daypass-host-refusals MODE: logins with our certificates that were refused here, for the people who
# hold them: by the proof's verifier, which leaves a file for each, and by sshd, whose lines in the
# journal say so. Prints a form for POST /v1/sessions a line, each once. Hints: what cannot be read
# is left out.
use strict;
use warnings;

use Digest::SHA qw(sha256_base64);
use Fcntl qw(:DEFAULT :mode);
use MIME::Base64 qw(decode_base64);
use POSIX ();

use constant {
    ETC => '/etc/daypass-host',
    # The folder that the verifier alone can write into.
    PROOF_FOLDER => '/run/daypass-proof',
    PROOF_USER => 'daypass-proof',
    CURSOR => '/var/lib/daypass-host/journal.cursor',
    MAX_REFUSALS => 200,
    MAX_TEXT => 512,
};

my %printed;

sub refusal {
    my ($at, $serial, $account, $reason) = @_;
    return if $serial !~ /\A[0-9]{1,20}\z/ || $at !~ /\A[0-9]{1,11}\z/;
    tr/ -~//cd for $account, $reason;
    return if $printed{"$serial $account $reason"}++ || keys %printed > MAX_REFUSALS;
    my %form = (
        event => 'refused',
        at => POSIX::strftime('%Y-%m-%dT%H:%M:%SZ', gmtime $at),
        serial => $serial,
        account => substr($account, 0, MAX_TEXT),
        reason => substr($reason, 0, MAX_TEXT),
    );
    print join('&', map { "$_=" . form_value($form{$_}) } sort keys %form), "\n";
    return;
}

sub form_value {
    my ($text) = @_;
    return $text =~ s/([^A-Za-z0-9_.~-])/sprintf '%%%02X', ord $1/ger;
}
