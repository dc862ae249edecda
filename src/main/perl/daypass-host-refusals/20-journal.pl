# What sshd said in the journal. Of its fields only those count that journald itself wrote: that the
# writer was root. A line holds words of a stranger, so it is read from both ends inwards: the CA key
# stands last, in sshd's own words, and must be ours.

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

sub tell_of_sshd {
    my ($mode) = @_;
    my @keys = own_fingerprints() or return;
    -x '/usr/bin/journalctl' or return;
    # Without a cursor it is the first time: what is long ago concerns nobody any more.
    my @from = -s CURSOR ? () : ('--since=-10min');
    my $process = open(my $said, '-|') // return;
    if (!$process) {
        open(STDERR, '>', '/dev/null');
        exec '/usr/bin/journalctl', '--quiet', '--no-pager', '-o', 'short-unix',
            '--cursor-file=' . CURSOR, @from, '-t', 'sshd', '-t', 'sshd-session', '_UID=0'
            or POSIX::_exit(1);
    }
    my %why;
    while (my $line = <$said>) {
        my ($at, $sshd, $text) = $line =~ /\A([0-9]+)\.[0-9]+ \S+ sshd[a-z-]*\[([0-9]+)\]: (.*)\n\z/
            or next;
        my ($reason) = map { $_->[1] } grep { $text =~ $_->[0] } @REASONS;
        $why{$sshd} = $reason if defined $reason;
        tell_of_line($mode, \@keys, $at, $text, delete $why{$sshd}) if $text =~ /\AFailed publickey /;
    }
    # A journal that was rotated away knows its old cursor no more.
    close $said or unlink CURSOR;
    return;
}

sub tell_of_line {
    my ($mode, $keys, $at, $text, $reason) = @_;
    my ($account, $serial, $ca) = $text =~ m{
        \AFailed\ publickey\ for\ (.*?)\ from\ \S+\ port\ [0-9]+\ ssh2:
        \ .*\ ID\ .*\ \(serial\ ([0-9]+)\)\ CA\ \S+\ SHA256:(\S+)\z}x or return;
    grep { $_ eq $ca } @$keys or return;
    # The verifier of proofs has said why sshd knows of no principals.
    return if $mode eq 'proof' && ($reason // '') =~ /\Ano role /;
    refusal($at, $serial, $account, $reason // 'sshd refused it');
    return;
}

sub own_fingerprints {
    open(my $file, '<', ETC . '/user-ca.pub') or return;
    return map { m{\A\S+ ([A-Za-z0-9+/=]+)} ? sha256_base64(decode_base64($1)) : () } <$file>;
}
