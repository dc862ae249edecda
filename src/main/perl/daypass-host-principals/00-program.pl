#!/usr/bin/perl -T
# daypass-host-principals: sshd's AuthorizedPrincipalsCommand of a server in proof mode (DESIGN
# sections 6 and 9). Prints the principals that open an account, if the certificate proves that it
# is in the ledger; whatever goes wrong, it prints nothing and ends with 1.
use strict;
use warnings;

use Digest::SHA qw(sha256 sha256_hex);
use Fcntl qw(:DEFAULT :flock :mode);
use MIME::Base64 qw(decode_base64 encode_base64);
use Time::HiRes qw(ITIMER_REAL getitimer setitimer);

# A refusal: nothing behind this is done, and main says nothing to sshd.
sub refuse {
    my ($why) = @_;
    die "$why\n";
}

# Bytes of base64 in the one spelling that an encoder makes.
sub base64_bytes {
    my ($text, $what) = @_;
    $text =~ m{\A[A-Za-z0-9+/]+={0,2}\z} or refuse("$what is not base64");
    my $bytes = decode_base64($text);
    encode_base64($bytes, '') eq $text or refuse("$what is not canonical base64");
    return $bytes;
}

# A decimal below 2^63, in its one spelling; compared as text, so no value wraps into another.
sub decimal {
    my ($text, $what) = @_;
    $text =~ /\A(?:0|[1-9][0-9]{0,18})\z/ or refuse("$what is not a decimal number");
    length($text) < 19 || $text le '9223372036854775807' or refuse("$what is out of range");
    return $text + 0;
}
