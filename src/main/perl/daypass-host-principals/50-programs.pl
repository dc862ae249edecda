# Programs that verify what perl's core cannot. Each is started with what it reads and ends with 0,
# or the certificate is refused.

use constant {
    SSH_KEYGEN => '/usr/bin/ssh-keygen',
    OPENSSL => '/usr/bin/openssl',
    CHILD_SECONDS => 2,
};

# A place that the program reads as /dev/fd/N: a pipe, which whole() fills later.
sub piped {
    my ($bytes) = @_;
    pipe(my $out, my $in) or refuse("pipe: $!");
    return { out => $out, in => $in, bytes => $bytes };
}

# The same as a file without a name, for programs that ask for a size.
sub filed {
    my ($bytes) = @_;
    open(my $file, '+>', undef) or refuse("temporary file: $!");
    write_whole($file, $bytes);
    sysseek($file, 0, 0) or refuse("seek: $!");
    return { out => $file };
}

sub write_whole {
    my ($file, $bytes) = @_;
    while (length $bytes) {
        my $wrote = syswrite $file, $bytes;
        $wrote or refuse("write: $!");
        substr($bytes, 0, $wrote, '');
    }
    return;
}

sub path_of {
    my ($place) = @_;
    return '/dev/fd/' . fileno $place->{out};
}

# start PLACES, WORDS: the first place is standard input. Returns the process.
sub start {
    my ($places, @words) = @_;
    my $process = fork;
    defined $process or refuse("fork: $!");
    if (!$process) {
        # Nothing may return from here into the program: it would be two.
        eval { become($places, @words) };
        kill 'KILL', $$;
        exit 1;
    }
    for my $place (@$places) {
        close $place->{out} or refuse("close: $!");
        next if !$place->{in};
        write_whole($place->{in}, $place->{bytes});
        close $place->{in} or refuse("close: $!");
    }
    return $process;
}

sub become {
    my ($places, @words) = @_;
    # The parent's timer is not the child's; this one outlives exec.
    alarm CHILD_SECONDS;
    open(STDIN, '<&', $places->[0]{out}) or refuse("dup: $!");
    for my $place (@$places) {
        fcntl($place->{out}, F_SETFD, 0) or refuse("fcntl: $!");
    }
    exec { $words[0] } @words or refuse("exec: $!");
}

sub finish {
    my ($process, $what) = @_;
    waitpid($process, 0) == $process or refuse("wait: $!");
    $? == 0 or refuse($what);
    return;
}

# The CA's signature over the certificate: sshd has verified it, and this program believes nobody.
sub start_certificate_check {
    my ($type, $base64) = @_;
    my $line = piped("$type $base64\n");
    return start([$line], SSH_KEYGEN, '-L', '-f', '-');
}

# The SSHSIG over the note, by one of the ledger keys of the bundle.
sub start_checkpoint_check {
    my ($proof, $keys) = @_;
    my $note = piped($proof->{note});
    my $signers = piped(
        join '',
        map { qq(ledger namespaces="@{[CHECKPOINT_NAMESPACE]}" ssh-ed25519 )
            . encode_base64($_, '') . "\n" } @$keys);
    my $signature = piped("-----BEGIN SSH SIGNATURE-----\n"
        . encode_base64($proof->{sshsig}) . "-----END SSH SIGNATURE-----\n");
    return start(
        [$note, $signers, $signature],
        SSH_KEYGEN, '-Y', 'verify', '-n', CHECKPOINT_NAMESPACE, '-I', 'ledger',
        '-f', path_of($signers), '-s', path_of($signature));
}
