# What sshd says of our certificates. A line holds words of a stranger, so it is read from both ends
# inwards: the CA key stands last, in sshd's own words, and must be ours.

# The words before a failed login that say why, by what they begin with.
my @REASONS = (
    [qr/\A(?:error: )?Certificate invalid: expired/ => 'the certificate has ended, by this server\'s clock'],
    [qr/\A(?:error: )?Certificate invalid: not yet valid/
        => 'the certificate is not valid yet, by this server\'s clock'],
    [qr/\A(?:error: )?Certificate (?:does not contain an authorized principal|invalid: name is not)/
        => 'no role of the certificate opens this account here'],
    [qr/\A(?:error: )?Authentication key .* revoked by file / => 'the certificate is revoked'],
    [qr/Authentication tried for .* not from a permitted source address/
        => 'the certificate is not for the address that you came from'],
);

sub tell_of_journal {
    my ($mode) = @_;
    my @keys = own_fingerprints() or return;
    my %why;
    my $accepted = accepted_before();
    read_journal(sub {
        my ($at, $program, $process, $text) = @_;
        if ($program eq 'daypass-host') {
            hear_hook($accepted, $text);
            return;
        }
        my ($reason) = map { $_->[1] } grep { $text =~ $_->[0] } @REASONS;
        $why{$process} = $reason if defined $reason;
        my ($what, $account, $client, $serial) = of_ours($text, @keys) or return;
        if ($what eq 'Accepted') {
            my $is_known = grep { $_->[0] eq $process && $_->[1] eq $at } @$accepted;
            push @$accepted, [$process, $at, $serial, $account, $client] if !$is_known;
            return;
        }
        $reason = delete $why{$process};
        # The verifier of proofs has said why sshd knows of no principals.
        return if $mode eq 'proof' && ($reason // '') =~ /\Ano role /;
        refusal($at, $serial, $account, $reason // 'sshd refused it');
    }, sub { alarm_of_unwatched($accepted) });
    return;
}

# What became of a login with a certificate of ours, account, address and serial.
sub of_ours {
    my ($text, @keys) = @_;
    my ($what, $account, $client, $serial, $ca) = $text =~ m{
        \A(Accepted|Failed)\ publickey\ for\ (.*?)\ from\ (\S+)\ port\ [0-9]+\ ssh2:
        \ .*\ ID\ .*\ \(serial\ ([0-9]{1,20})\)\ CA\ \S+\ SHA256:(\S+)\z}x or return;
    return grep({ $_ eq $ca } @keys) ? ($what, $account, $client, $serial) : ();
}

sub own_fingerprints {
    open(my $file, '<', ETC . '/user-ca.pub') or return;
    return map { m{\A\S+ ([A-Za-z0-9+/=]+)} ? sha256_base64(decode_base64($1)) : () } <$file>;
}
