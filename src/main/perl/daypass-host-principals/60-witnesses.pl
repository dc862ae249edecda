# Witnesses, where the bundle demands them: lines of a C2SP tlog-policy, cosignatures of C2SP
# tlog-cosignature. Core perl knows no Ed25519; openssl 3 does.

use constant {
    # SubjectPublicKeyInfo of RFC 8410 before the 32 bytes of an Ed25519 key.
    ED25519_SPKI => "\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00",
    TYPE_ED25519 => "\x01",
    TYPE_COSIGNATURE => "\x04",
};

sub start_ed25519_check {
    my ($key, $message, $signature) = @_;
    my ($in, $public, $signed) = (filed($message), filed(ED25519_SPKI . $key), filed($signature));
    return start(
        [$in, $public, $signed],
        OPENSSL, 'pkeyutl', '-verify', '-rawin', '-pubin', '-keyform', 'DER',
        '-inkey', path_of($public), '-sigfile', path_of($signed), '-in', path_of($in));
}

# Refuses if the quorum is not met, or if a signature in the name of a known key is not good: C2SP
# signed-note, section Signatures.
sub check_witnesses {
    my ($proof, $trust) = @_;
    my $policy = parse_policy($trust->{witnesses});
    my @checks = map { start_ed25519_check($_->[0], $proof->{note}, $_->[1]) }
        ledger_signatures($proof, $trust);
    my %seen;
    for my $witness (sort keys %{ $policy->{witnesses} }) {
        my ($name, $raw) = @{ $policy->{witnesses}{$witness} };
        for my $signature (signatures_of($proof, $name, TYPE_COSIGNATURE, $raw)) {
            my ($time, $signed) = unpack 'Q>a*', fixed($signature->{blob}, 72);
            $time < 2**63 or refuse('a cosignature has no valid time');
            my $message = "cosignature/v1\ntime $time\n$proof->{note}";
            push @checks, start_ed25519_check($raw, $message, $signed);
            $seen{$witness} = 1;
        }
    }
    finish($_, 'a signature of the note is not good') for @checks;
    is_met($policy, $policy->{quorum}, \%seen) or refuse('the demanded witnesses have not cosigned');
    return;
}

# The raw signatures in the ledger keys' own name: of each, its key and itself. Only openssl can
# verify them; where none is demanded, the SSHSIG of the same key over the same note stands for them.
sub ledger_signatures {
    my ($proof, $trust) = @_;
    my @own;
    for my $key (map { substr $_, -32 } @{ $trust->{ledger} }) {
        push @own, map { [$key, fixed($_->{blob}, 64)] }
            signatures_of($proof, $proof->{origin}, TYPE_ED25519, $key);
    }
    return @own;
}

sub fixed {
    my ($bytes, $length) = @_;
    length $bytes == $length or refuse('a signature of the note has a wrong length');
    return $bytes;
}

sub signatures_of {
    my ($proof, $name, $type, $key) = @_;
    my $id = substr sha256("$name\n", $type, $key), 0, 4;
    return grep { $_->{name} eq $name && $_->{id} eq $id } @{ $proof->{signatures} };
}

# C2SP tlog-policy: names are defined before they are used, each once.
sub parse_policy {
    my ($lines) = @_;
    my (%witnesses, %groups, $quorum);
    for my $line (@$lines) {
        my ($word, $name, @rest) = split / /, $line;
        defined $name && !defined $quorum or refuse('the witness policy has a bad line');
        if ($word eq 'quorum') {
            exists $witnesses{$name} || exists $groups{$name} || $name eq 'none'
                or refuse('the quorum is not defined');
            $quorum = $name;
            next;
        }
        !exists $witnesses{$name} && !exists $groups{$name} && $name ne 'none'
            or refuse('a name of the witness policy is defined twice');
        if ($word eq 'witness') {
            $witnesses{$name} = parse_vkey(@rest);
        } else {
            $groups{$name} = parse_group($word, \@rest, { %witnesses, %groups });
        }
    }
    defined $quorum or refuse('the witness policy has no quorum');
    return { witnesses => \%witnesses, groups => \%groups, quorum => $quorum };
}

sub parse_vkey {
    my ($vkey) = @_;
    my $name_form = KEY_NAME;
    my ($name, $id, $base64) = ($vkey // '') =~ m{\A($name_form)\+([0-9a-f]{8})\+(.+)\z}
        or refuse('a witness has no verifier key');
    my $typed = base64_bytes($base64, 'a verifier key');
    length $typed == 33 && substr($typed, 0, 1) eq TYPE_COSIGNATURE
        or refuse('a verifier key is not for Ed25519 cosignatures');
    substr(sha256_hex("$name\n", $typed), 0, 8) eq $id or refuse('a key ID is not its key\'s');
    return [$name, substr $typed, 1];
}

sub parse_group {
    my ($word, $rest, $defined) = @_;
    my ($count, @members) = @$rest;
    $word eq 'group' && @members or refuse('the witness policy has a bad line');
    grep({ !exists $defined->{$_} } @members) and refuse('a member of a group is not defined');
    my %single = map { $_ => 1 } @members;
    keys %single == @members or refuse('a member of a group stands twice');
    $count = $count eq 'any' ? 1 : $count eq 'all' ? @members : decimal($count, 'a group\'s count');
    $count >= 1 && $count <= @members or refuse('a group demands none, or more than it has');
    return [$count, @members];
}

sub is_met {
    my ($policy, $name, $seen) = @_;
    return 1 if $name eq 'none' || $seen->{$name};
    my $group = $policy->{groups}{$name} or return 0;
    my ($count, @members) = @$group;
    return grep({ is_met($policy, $_, $seen) } @members) >= $count;
}
