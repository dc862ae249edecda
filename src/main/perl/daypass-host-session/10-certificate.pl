# Of a certificate only what a session's end needs (draft-ietf-sshm-cert section 2.1). sshd has
# verified it; a length that does not fit means that the end cannot be known.

# How many strings stand between nonce and serial, by the type of the key.
my %KEY_FIELDS = (
    'ssh-ed25519' => 1,
    'ssh-rsa' => 2,
    'ecdsa-sha2-nistp256' => 2,
    'ecdsa-sha2-nistp384' => 2,
    'ecdsa-sha2-nistp521' => 2,
    'sk-ssh-ed25519' => 2,
    'sk-ecdsa-sha2-nistp256' => 3,
);

sub take_string {
    my ($in) = @_;
    length $$in >= 4 or die "a certificate that ends too early\n";
    my $length = unpack 'N', substr $$in, 0, 4, '';
    $length <= length $$in or die "a certificate that ends too early\n";
    return substr $$in, 0, $length, '';
}

sub parse_certificate {
    my ($blob) = @_;
    my $type = take_string(\$blob);
    my ($key_type) = $type =~ /\A(.+)-cert-v01\@openssh\.com\z/;
    my $fields = $KEY_FIELDS{ $key_type // '' } or die "a certificate of an unknown type\n";
    take_string(\$blob) for 0 .. $fields;
    length $blob >= 12 or die "a certificate that ends too early\n";
    my ($serial, $kind) = unpack 'Q>N', substr $blob, 0, 12, '';
    my $key_id = take_string(\$blob);
    take_string(\$blob);
    length $blob >= 16 or die "a certificate that ends too early\n";
    my (undef, $before) = unpack 'Q>Q>', substr $blob, 0, 16, '';
    take_string(\$blob) for 1 .. 3;
    return {
        type => $type,
        serial => sprintf('%u', $serial),
        key_id => $key_id,
        valid_before => $before,
        ca => take_string(\$blob),
    };
}

# The blobs of the CA keys that this server trusts.
sub ca_keys {
    my $text = read_whole(ETC . '/user-ca.pub') // '';
    return map { decode_base64($_) } $text =~ m{^\S+ ([A-Za-z0-9+/=]+)}mg;
}

# The certificate of ours among what authenticated this connection; nothing if it was another way.
# Dies if one of ours cannot be understood.
sub own_certificate {
    my ($methods) = @_;
    my @authorities = ca_keys();
    for my $base64 ($methods =~ m{^publickey \S+ ([A-Za-z0-9+/=]+)}mg) {
        my $blob = decode_base64($base64);
        next if !grep { index($blob, $_) >= 0 } @authorities;
        my $certificate = parse_certificate($blob);
        next if !grep { $certificate->{ca} eq $_ } @authorities;
        $certificate->{base64} = encode_base64($blob, '');
        return $certificate;
    }
    return;
}

# How long a session of that account may outlive its certificate, in seconds.
sub grace_of {
    my ($account) = @_;
    my $map = read_whole(ETC . '/principals.map') // '';
    return $1 if $map =~ /^grace \Q$account\E ([0-9]{1,7})s$/m;
    return 0 if $map =~ /^(?:account|named) \Q$account\E(?: |$)/m;
    return $map =~ /^grace self ([0-9]{1,7})s$/m ? $1 : 0;    # a person's own account
}
