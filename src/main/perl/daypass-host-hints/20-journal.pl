# The journal's lines since the last time. Of their fields only those count that journald itself
# wrote: that the writer was root.

# Calls read(seconds, program, process, text) for each line of sshd and of the session hook, then
# kept() for what was made of them; false if the journal cannot be read.
#
# Crash order: what is kept, then the cursor. Lines that are read again change nothing.
sub read_journal {
    my ($read, $kept) = @_;
    -x '/usr/bin/journalctl' or return 0;
    my $process = open(my $said, '-|') // return 0;
    if (!$process) {
        open(STDERR, '>', '/dev/null');
        exec '/usr/bin/journalctl', '--quiet', '--no-pager', '-o', 'short-unix', '--show-cursor',
            from_cursor(), '-t', 'sshd', '-t', 'sshd-session', '-t', 'daypass-host', '_UID=0'
            or POSIX::_exit(1);
    }
    my $cursor;
    while (my $line = <$said>) {
        # Lines of a message begin with a time or a blank.
        if ($line =~ /\A-- cursor: ([!-~]+)\n\z/) { $cursor = $1; next }
        $line =~ /\A([0-9]+)\.[0-9]+ \S+ (sshd|sshd-session|daypass-host)\[([0-9]+)\]: (.*)\n\z/
            or next;
        $read->($1, $2, $3, $4);
    }
    if (!close $said) {
        # A journal that was rotated away knows its old cursor no more.
        unlink CURSOR;
        return 0;
    }
    $kept->() or return 0;
    put(CURSOR, "$cursor\n") if defined $cursor;
    return 1;
}

# Without a cursor it is the first time: what is long ago concerns nobody any more. systemd 257 takes
# one of these options and not both.
sub from_cursor {
    open(my $file, '<', CURSOR) or return '--since=-10min';
    my $line = <$file> // '';
    return $line =~ /\A([!-~]+)\n?\z/ ? "--after-cursor=$1" : '--since=-10min';
}
