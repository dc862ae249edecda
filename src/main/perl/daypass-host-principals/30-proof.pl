# The proof text: C2SP tlog-proof@v1, whose extra is the entry and the checkpoint's SSHSIG (DESIGN
# section 6, "Proof").

use constant {
    CHECKPOINT_NAMESPACE => 'checkpoint@daypass.dev',
    # What no line of a note holds: control characters. Names of keys also hold no space and plus.
    KEY_NAME => qr/[!-*,-~]{1,255}/,
    HASH => qr{[A-Za-z0-9+/]{43}=},
    EM_DASH => "\xe2\x80\x94",
};

# Returns index, entry, SSHSIG blob, path, note text, origin, size, root and the note's signatures.
sub parse_proof {
    my ($text) = @_;
    my $hash = HASH;
    $text =~ m{\Ac2sp\.org/tlog-proof\@v1\nextra ([^\n]+)\nindex ([^\n]+)\n((?:$hash\n)*)\n(.+)\z}s
        or refuse('the proof is no tlog-proof');
    my ($extra, $index, $hashes, $note) = (base64_bytes($1, 'extra'), $2, $3, $4);
    decimal($index, 'the index');
    my @path = map { base64_bytes($_, 'a hash of the path') } split /\n/, $hashes;
    $extra =~ /\A([^\n]+)\n([^\n]+)\n\z/ or refuse('extra is not two lines');
    my ($entry, $sshsig) = ($1, base64_bytes($2, 'the SSHSIG'));
    return {
        index => $index,
        entry => $entry,
        sshsig => $sshsig,
        path => \@path,
        %{ parse_note($note) },
    };
}

# C2SP tlog-checkpoint inside C2SP signed-note.
sub parse_note {
    my ($text) = @_;
    my ($name, $hash, $dash) = (KEY_NAME, HASH, EM_DASH);
    $text =~ m{\A(($name)\n([0-9]+)\n($hash)\n)\n((?:$dash $name [A-Za-z0-9+/=]+\n){1,64})\z}
        or refuse('the note is no checkpoint');
    my ($note, $origin, $size, $root, $lines) = ($1, $2, $3, base64_bytes($4, 'the root'), $5);
    decimal($size, 'the size');
    my @signatures;
    for my $line (split /\n/, $lines) {
        my (undef, $signer, $base64) = split / /, $line;
        my $blob = base64_bytes($base64, 'a signature of the note');
        length $blob > 4 or refuse('a signature of the note is too short');
        push @signatures, { name => $signer, id => substr($blob, 0, 4), blob => substr $blob, 4 };
    }
    return {
        note => $note,
        origin => $origin,
        size => $size,
        root => $root,
        signatures => \@signatures,
    };
}

# The entry as a whole: canonical JSON of this kind has one form, into which two values are put.
sub check_entry {
    my ($entry, $commitment) = @_;
    my $base64url = qr/[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]/;
    my $time = qr/[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])
        T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z/x;
    my ($at, $details) = $entry =~ /\A\{"at":"($time)",.*"details":"($base64url)"/
        or refuse('the entry is not of a granted certificate');
    my $ssh = encode_base64($commitment, '') =~ tr{+/=}{-_}dr;
    $entry eq qq({"at":"$at","commits":{"ssh":"$ssh"},"details":"$details",)
        . '"kind":"certificate.granted","v":1}'
        or refuse('the entry is not that of this certificate');
    return;
}

# RFC 9162 section 2.1.3.2; the numbers are its steps.
sub check_inclusion {
    my ($proof) = @_;
    my ($fn, $size) = ($proof->{index} + 0, $proof->{size} + 0);
    # 1, 2
    $fn < $size or refuse('the index is not in the tree');
    my $sn = $size - 1;
    # 3; RFC 6962 section 2.1: 0x00 before a leaf, 0x01 before two nodes.
    my $r = sha256("\x00", $proof->{entry});
    # 4
    for my $p (@{ $proof->{path} }) {
        # 4.a
        $sn != 0 or refuse('the path is too long');
        # 4.b
        if (($fn & 1) || $fn == $sn) {
            $r = sha256("\x01", $p, $r);
            while (!($fn & 1) && $fn) { $fn >>= 1; $sn >>= 1 }
        } else {
            $r = sha256("\x01", $r, $p);
        }
        # 4.c
        $fn >>= 1;
        $sn >>= 1;
    }
    # 5
    $sn == 0 && $r eq $proof->{root} or refuse('the path does not lead to the root');
    return;
}

# PROTOCOL.sshsig, in the one form that the ledger key makes; returns the signer's key.
sub check_sshsig {
    my ($blob) = @_;
    my $in = $blob;
    take(\$in, 6) eq 'SSHSIG' && take_uint32(\$in) == 1 or refuse('the SSHSIG is none');
    my $key = take_string(\$in);
    take_exactly(\$in, CHECKPOINT_NAMESPACE, 'the namespace');
    take_exactly(\$in, '', 'the reserved field');
    take_exactly(\$in, 'sha512', 'the hash');
    my $signature = take_string(\$in);
    require_end(\$in, 'the SSHSIG');
    take_exactly(\$signature, 'ssh-ed25519', 'the signature');
    take_fixed(\$signature, 64);
    require_end(\$signature, 'the signature');
    return $key;
}
