# The checks, in their order.

# Refuses a certificate that does not prove to be in the ledger.
sub verify_proof {
    my ($certificate, $trust, $base64) = @_;
    my $proof = parse_proof($certificate->{proof});
    $proof->{index} eq $certificate->{serial} or refuse('the serial is not the entry number');
    $proof->{origin} eq $trust->{origin} or refuse('the checkpoint is of another ledger');
    check_entry($proof->{entry}, $certificate->{commitment});
    check_inclusion($proof);
    is_among(check_sshsig($proof->{sshsig}), $trust->{ledger})
        or refuse('the SSHSIG is by no ledger key');
    ledger_signatures($proof, $trust) or refuse('the note is not signed in the ledger\'s name');
    # Both at once: the start of a program is most of the time that this takes.
    my $ca = start_certificate_check($certificate->{type}, $base64);
    my $checkpoint = start_checkpoint_check($proof, $trust->{ledger});
    check_witnesses($proof, $trust) if @{ $trust->{witnesses} };
    finish($ca, 'the CA\'s signature is not good');
    finish($checkpoint, 'the ledger key has not signed the checkpoint');
    return;
}

# The principals to print for sshd's words: account, key ID, serial, type and key.
sub principals {
    my ($etc, $run, $account, $key_id, $serial, $type, $base64) = @_;
    $account =~ /\A([a-z_][a-z0-9_.-]{0,31})\z/ or refuse('no such account can be opened');
    $account = $1;
    $type =~ /\A([a-z0-9@.-]{1,64})\z/ or refuse('the type is none');
    $type = $1;
    length $base64 <= 2 * MAX_CERTIFICATE or refuse('the certificate is larger than 64 KiB');
    my $blob = base64_bytes($base64, 'the certificate');
    my $certificate = parse_certificate($blob);
    $certificate->{type} eq $type or refuse('the type is not the certificate\'s');
    $certificate->{serial} eq $serial or refuse('the serial is not the certificate\'s');
    $certificate->{key_id} eq $key_id or refuse('the key ID is not the certificate\'s');
    my $bundle = read_file("$etc/bundle");
    my $trust = parse_bundle($bundle);
    is_among($certificate->{ca}, $trust->{user_ca}) or refuse('the CA key is not trusted');
    my $remembers = has_folder($run);
    my ($key) = sha256_hex(sha256($blob), sha256($bundle)) =~ /\A([0-9a-f]{64})\z/;
    if (!$remembers || !is_remembered($run, $key)) {
        my $slot = $remembers ? take_slot($run) : undef;
        verify_proof($certificate, $trust, $base64);
        if ($remembers) {
            remember($run, $key);
            close $slot or refuse("$run: $!");
        }
    }
    return principals_of(read_file("$etc/principals.map"), $account);
}
