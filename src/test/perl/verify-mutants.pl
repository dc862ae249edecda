# verify-mutants.pl LIBRARY ETC certificate|proof SEED <CERTIFICATE-LINE
# Verifies each mutant of a certificate in this one process: each byte changed, removed, and one
# added before it. "certificate" mutates the whole blob; "proof" mutates the proof text alone, as a
# thief of the CA key can, who signs anew: so the CA's signature is taken for good. Prints a line
# for each mutant that was accepted, and at last how many were refused.
use strict;
use warnings;

my ($library, $etc, $what, $seed) = @ARGV;
open(my $source, '<', $library) or die "$library: $!";
my $text = do { local $/; <$source> };
eval "$text\n1" or die $@;
srand $seed;
# As main does: what the programs say goes nowhere.
open(my $answer, '>&', \*STDOUT) or die "dup: $!";
open(STDOUT, '>', '/dev/null') or die "/dev/null: $!";

no warnings 'redefine';
# A good certificate must pass, or nothing that follows says anything.
my (undef, $base64) = split / /, <STDIN>;
chomp $base64;
my $blob = base64_bytes($base64, 'the certificate');
my $trust = parse_bundle(read_file("$etc/bundle"));
accepts($blob) or die "the certificate itself is refused: $@";
my $good = parse_certificate($blob);
*main::start_certificate_check = sub { return start([piped('')], '/bin/true') }
    if $what eq 'proof';
my $subject = $what eq 'proof' ? $good->{proof} : $blob;
my $refused = 0;
for my $at (0 .. length $subject) {
    my %mutant = (added => $subject);
    substr($mutant{added}, $at, 0, chr int rand 256);
    if ($at < length $subject) {
        $mutant{removed} = $mutant{changed} = $subject;
        substr($mutant{removed}, $at, 1, '');
        substr($mutant{changed}, $at, 1) ^= chr 1 << int rand 8;
        # A letter of base64 or a digit is more often another one than anything else.
        $mutant{replaced} = $subject;
        substr($mutant{replaced}, $at, 1) =~ tr/A-Za-z0-8+/B-ZAb-za1-9\//;
    }
    for my $how (sort keys %mutant) {
        next if $mutant{$how} eq $subject;
        if (accepts($mutant{$how})) {
            print $answer "accepted $how $at\n";
        } else {
            $refused++;
        }
    }
}
print $answer "refused $refused\n";

sub accepts {
    my ($mutant) = @_;
    return eval {
        my $certificate = parse_certificate($blob);
        if ($what eq 'proof' && $good) {
            length $mutant <= MAX_PROOF() or refuse('too long');
            $certificate->{proof} = $mutant;
        } else {
            $certificate = parse_certificate($mutant);
        }
        verify_proof($certificate, $trust, encode_base64($mutant, ''));
        1;
    };
}
