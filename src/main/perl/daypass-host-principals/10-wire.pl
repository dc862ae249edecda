# RFC 4251 section 5: what is read is taken off the front of the buffer; no length reaches past it.

sub take {
    my ($in, $length) = @_;
    $length <= length $$in or refuse('a length reaches past its container');
    return substr($$in, 0, $length, '');
}

sub take_uint32 {
    my ($in) = @_;
    return unpack 'N', take($in, 4);
}

sub take_uint64 {
    my ($in) = @_;
    return unpack 'Q>', take($in, 8);
}

sub take_string {
    my ($in) = @_;
    return take($in, take_uint32($in));
}

sub take_exactly {
    my ($in, $expected, $what) = @_;
    take_string($in) eq $expected or refuse("$what is not $expected");
    return;
}

sub require_end {
    my ($in, $what) = @_;
    length $$in and refuse("bytes are left over in $what");
    return;
}

# A positive mpint in its one spelling.
sub take_mpint {
    my ($in) = @_;
    my $number = take_string($in);
    $number =~ /\A(?:[\x01-\x7f]|\x00[\x80-\xff])/s or refuse('a number is not positive and minimal');
    return $number;
}
