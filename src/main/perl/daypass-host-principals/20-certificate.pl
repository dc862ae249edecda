# The certificate (draft-ietf-sshm-cert section 2.1), read in the one form that the CA writes.

use constant {
    PROOF_NAME      => 'ledger-proof@daypass.dev',
    MAX_PROOF       => 8 * 1024,
    MAX_CERTIFICATE => 64 * 1024,
    USER            => 1,
};

my %POINT = (nistp256 => 65, nistp384 => 97, nistp521 => 133);

sub take_fixed {
    my ($in, $length) = @_;
    my $value = take_string($in);
    length $value == $length or refuse('a key field has a wrong length');
    return $value;
}

sub take_point {
    my ($in, $curve) = @_;
    take_exactly($in, $curve, 'the curve');
    take_fixed($in, $POINT{$curve}) =~ /\A\x04/ or refuse('a point is not uncompressed');
    return;
}

sub take_application {
    my ($in) = @_;
    take_string($in) =~ /\A[!-~]{1,255}\z/ or refuse('the application is not plain text');
    return;
}

# The fields of a public key, by its type: a closed list.
my %KEY_FIELDS = (
    'ssh-ed25519' => sub { take_fixed($_[0], 32) },
    'ssh-rsa' => sub { take_mpint($_[0]); take_mpint($_[0]) },
    'ecdsa-sha2-nistp256' => sub { take_point($_[0], 'nistp256') },
    'ecdsa-sha2-nistp384' => sub { take_point($_[0], 'nistp384') },
    'ecdsa-sha2-nistp521' => sub { take_point($_[0], 'nistp521') },
    'sk-ssh-ed25519' => sub { take_fixed($_[0], 32); take_application($_[0]) },
    'sk-ecdsa-sha2-nistp256' => sub { take_point($_[0], 'nistp256'); take_application($_[0]) },
);

# The signature algorithms of a CA key, by its type: a closed list.
my %SIGNATURE_OF = (
    'ssh-ed25519' => qr/\Assh-ed25519\z/,
    'ssh-rsa' => qr/\Arsa-sha2-(?:256|512)\z/,
    'ecdsa-sha2-nistp256' => qr/\Aecdsa-sha2-nistp256\z/,
    'ecdsa-sha2-nistp384' => qr/\Aecdsa-sha2-nistp384\z/,
    'ecdsa-sha2-nistp521' => qr/\Aecdsa-sha2-nistp521\z/,
);

# Returns type, serial (as text), key ID, CA key, proof text and the commitment: the SHA-256 of the
# to-be-signed bytes with the proof's name and data cut out (DESIGN section 6).
sub parse_certificate {
    my ($blob) = @_;
    my $length = length $blob;
    $length <= MAX_CERTIFICATE or refuse('the certificate is larger than 64 KiB');
    my $in = $blob;
    my $type = take_string(\$in);
    $type =~ /\A([a-z0-9-]+)-cert-v01\@openssh\.com\z/ && exists $KEY_FIELDS{$1}
        or refuse('the type is no known certificate type');
    my $key_type = $1;
    take_fixed(\$in, 32);
    $KEY_FIELDS{$key_type}->(\$in);
    my $serial = sprintf '%u', take_uint64(\$in);
    take_uint32(\$in) == USER or refuse('it is not a user certificate');
    my $key_id = take_string(\$in);
    $key_id =~ /\A[ -~]{1,256}\z/ or refuse('the key ID is not plain text');
    check_principals(take_string(\$in));
    my ($after, $before) = (take_uint64(\$in), take_uint64(\$in));
    $after < $before or refuse('the window ends before it begins');
    my (undef, @proofs) = parse_options(take_string(\$in));
    @proofs and refuse('the proof is a critical option');
    my $extensions_at = $length - length $in;
    my ($others, @texts) = parse_options(take_string(\$in));
    my $reserved_at = $length - length $in;
    @texts == 1 or refuse('there is no proof');
    take_exactly(\$in, '', 'the reserved field');
    my $ca = take_string(\$in);
    my $signed_to = $length - length $in;
    check_signature(take_string(\$in), $ca);
    require_end(\$in, 'the certificate');
    my $commitment = sha256(
        substr($blob, 0, $extensions_at),
        pack('N/a*', $others),
        substr($blob, $reserved_at, $signed_to - $reserved_at));
    return {
        type => $type,
        serial => $serial,
        key_id => $key_id,
        ca => $ca,
        proof => $texts[0],
        commitment => $commitment,
    };
}

sub check_principals {
    my ($in) = @_;
    my $count = 0;
    while (length $in) {
        take_string(\$in) =~ /\A[!-+\--~]{1,255}\z/ or refuse('a principal is not plain text');
        $count++;
    }
    $count >= 1 && $count <= 32 or refuse('it has no principal, or more than 32');
    return;
}

# Names sorted by their bytes, each once. Returns the packed options without the proof, then the
# text of each proof.
sub parse_options {
    my ($in) = @_;
    my ($last, $others, @proofs) = ('', '');
    while (length $in) {
        my $name = take_string(\$in);
        my $data = take_string(\$in);
        $name =~ /\A[!-~]{1,64}\z/ or refuse('an option has no plain name');
        $name gt $last or refuse('options are not sorted and single');
        $last = $name;
        if ($name ne PROOF_NAME) {
            $others .= pack 'N/a*N/a*', $name, $data;
            next;
        }
        push @proofs, take_string(\$data);
        require_end(\$data, 'the proof extension');
        length $proofs[-1] <= MAX_PROOF or refuse('the proof is larger than 8 KiB');
    }
    return ($others, @proofs);
}

# The form alone: ssh-keygen verifies it.
sub check_signature {
    my ($in, $ca) = @_;
    my $ca_type = take_string(\$ca);
    my $algorithms = $SIGNATURE_OF{$ca_type} or refuse('the CA key is of no known type');
    $KEY_FIELDS{$ca_type}->(\$ca);
    require_end(\$ca, 'the CA key');
    take_string(\$in) =~ $algorithms or refuse('the signature is not of the CA key\'s kind');
    length take_string(\$in) or refuse('the signature is empty');
    require_end(\$in, 'the signature');
    return;
}
