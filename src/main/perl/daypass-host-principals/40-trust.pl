# What this server trusts: the bundle that refresh took up after the root key's signature.

use constant {
    BUNDLE => 'daypass-trust-bundle-v1',
    SIGNATURE_BEGINS => "-----BEGIN SSH SIGNATURE-----\n",
    MAX_FILE => 1024 * 1024,
};

# A file that root alone can write.
sub read_file {
    my ($path) = @_;
    sysopen(my $file, $path, O_RDONLY | O_NOFOLLOW) or refuse("$path: $!");
    my ($mode, $owner, $size) = (stat $file)[2, 4, 7] or refuse("$path: $!");
    S_ISREG($mode) && $owner == 0 && !($mode & 022) or refuse("$path: not root's alone");
    $size <= MAX_FILE or refuse("$path: too large");
    my $text = '';
    while (1) {
        my $got = sysread($file, $text, 64 * 1024, length $text);
        defined $got or refuse("$path: $!");
        last if !$got;
        length $text <= MAX_FILE or refuse("$path: too large");
    }
    close $file or refuse("$path: $!");
    return $text;
}

# The lines of a signed document before its signature, without the first, which names the format.
sub document_lines {
    my ($text, $format, $what) = @_;
    my $end = index $text, "\n" . SIGNATURE_BEGINS;
    $end > 0 or refuse("$what has no signature");
    my ($first, @lines) = split /\n/, substr($text, 0, $end), -1;
    $first eq $format or refuse("$what is not $format");
    return @lines;
}

sub parse_bundle {
    my ($text) = @_;
    my %trust = (origin => [], 'user-ca' => [], ledger => [], 'witness-policy' => [], mode => [],
        'valid-until' => [], 'when-expired' => []);
    for my $line (document_lines($text, BUNDLE, 'the bundle')) {
        my ($name, $value) = $line =~ /\A([a-z-]+) (.+)\z/ or refuse('the bundle has a bad line');
        if (exists $trust{$name}) {
            push @{ $trust{$name} }, $value;
            next;
        }
        $name =~ /\A(?:number|host-ca|channel|break-glass)\z/
            or refuse('the bundle has an unknown line');
    }
    @{ $trust{origin} } == 1 or refuse('the bundle has no origin');
    grep({ $_ eq 'proof' } @{ $trust{mode} }) or refuse('the bundle does not allow proof mode');
    if (@{ $trust{'when-expired'} }) {
        my ($until) = @{ $trust{'valid-until'} };
        "@{ $trust{'when-expired'} }" eq 'close' && defined $until && $until gt time_text(time)
            or refuse('the bundle has ended, and says that nothing is opened then');
    }
    return {
        origin => $trust{origin}[0],
        user_ca => [map { key_blob($_) } @{ $trust{'user-ca'} }],
        ledger => [map { key_blob($_) } @{ $trust{ledger} }],
        witnesses => $trust{'witness-policy'},
    };
}

# Of years with four digits, so that times compare as text.
sub time_text {
    my ($second, $minute, $hour, $day, $month, $year) = gmtime $_[0];
    return sprintf '%04d-%02d-%02dT%02d:%02d:%02dZ',
        $year + 1900, $month + 1, $day, $hour, $minute, $second;
}

sub key_blob {
    my ($line) = @_;
    my ($base64) = $line =~ m{\A[a-z0-9@.-]+ ([A-Za-z0-9+/=]+)\z}
        or refuse('the bundle has a bad key');
    return base64_bytes($base64, 'a key of the bundle');
}

sub is_among {
    my ($value, $list) = @_;
    return scalar grep { $_ eq $value } @$list;
}
