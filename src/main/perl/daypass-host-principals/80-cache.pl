# What this program remembers and how often it runs at once, in a folder of its own user (DESIGN
# section 9): that a proof was good, for 5 seconds; at most SLOTS verifications at a time. Lies in
# memory, so that a full disk refuses nobody. Without the folder nothing is remembered or counted.

use constant {
    REMEMBERED_SECONDS => 5,
    SLOTS => 8,
    PAUSE_SECONDS => 0.01,
};

sub has_folder {
    my ($folder) = @_;
    my ($mode, $owner) = (lstat $folder)[2, 4];
    if (!defined $mode) {
        $!{ENOENT} or refuse("$folder: $!");
        return 0;
    }
    S_ISDIR($mode) && $owner == $> && S_IMODE($mode) == 0700 or refuse("$folder: not mine alone");
    return 1;
}

# Seconds since the file was written; nothing if there is none.
sub age_of {
    my ($file) = @_;
    my ($mode, $owner, $written) = (lstat $file)[2, 4, 9];
    if (!defined $mode) {
        $!{ENOENT} or refuse("$file: $!");
        return;
    }
    S_ISREG($mode) && $owner == $> or refuse("$file: not mine");
    return time - $written;
}

sub is_fresh {
    my ($age) = @_;
    # A clock that was set back makes nothing younger.
    return defined $age && $age >= 0 && $age < REMEMBERED_SECONDS;
}

sub is_remembered {
    my ($folder, $key) = @_;
    return is_fresh(age_of("$folder/$key"));
}

sub remember {
    my ($folder, $key) = @_;
    opendir(my $names, $folder) or refuse("$folder: $!");
    $! = 0;
    my @names = readdir $names;
    $! and refuse("$folder: $!");
    for my $name (@names) {
        my ($old) = $name =~ /\A([0-9a-f]{64})\z/ or next;
        next if is_fresh(age_of("$folder/$old"));
        # Another run may have been faster.
        unlink "$folder/$old" or $!{ENOENT} or refuse("unlink: $!");
    }
    closedir $names or refuse("$folder: $!");
    if (sysopen my $file, "$folder/$key", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600) {
        close $file or refuse("$folder: $!");
    } else {
        $!{EEXIST} or refuse("$folder: $!");
    }
    return;
}

# Waits for one of the slots; the lock ends with this process.
sub take_slot {
    my ($folder) = @_;
    while (1) {
        for my $number (1 .. SLOTS) {
            my $path = "$folder/slot.$number";
            sysopen(my $slot, $path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600) or refuse("$path: $!");
            return $slot if flock $slot, LOCK_EX | LOCK_NB;
            $!{EWOULDBLOCK} or refuse("$path: $!");
            close $slot or refuse("$path: $!");
        }
        select undef, undef, undef, PAUSE_SECONDS;
    }
}
