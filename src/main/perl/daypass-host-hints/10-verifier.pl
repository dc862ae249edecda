# What daypass-host-principals has left: serial, account, time and reason in a file each.

sub tell_of_verifier {
    my ($folder, $user) = @_;
    my $owner = (getpwnam $user)[2] // return;
    opendir(my $names, $folder) or return;
    for my $name (sort readdir $names) {
        my ($file) = $name =~ /\A(refused\.[0-9.]{1,40})\z/ or next;
        my $line = line_of("$folder/$file", $owner) // '';
        unlink "$folder/$file";
        my ($serial, $account, $at, $reason) = split /\t/, $line, 4;
        refusal($at, $serial, $account, $reason) if defined $reason;
    }
    return;
}

# The first line of a file of that user's own; it is not root's, so nothing of it is followed.
sub line_of {
    my ($path, $owner) = @_;
    sysopen(my $file, $path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK) or return;
    my ($mode, $uid) = (stat $file)[2, 4];
    S_ISREG($mode) && $uid == $owner or return;
    sysread $file, my $text, 1024 or return;
    return $text =~ /\A([^\n]*)\n/ ? $1 : undef;
}
