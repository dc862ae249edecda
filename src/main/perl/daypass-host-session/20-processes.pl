# Processes, held so that a number that is used again never means another one: by a pidfd where the
# kernel has them, and by start time.

# Parent, start time and terminal of a process; nothing if there is none.
sub stat_of {
    my ($pid) = @_;
    my $text = read_whole("/proc/$pid/stat") // return;
    # The name stands in parentheses and may hold anything.
    $text =~ s/\A.*\) //s or return;
    my @fields = split / /, $text;
    # A zombie does nothing any more.
    return if $fields[0] eq 'Z';
    return { parent => $fields[1], terminal => $fields[4], start => $fields[19] };
}

sub name_of {
    my ($pid) = @_;
    my $name = read_whole("/proc/$pid/comm") // return '';
    chomp $name;
    return $name;
}

# A process of now.
sub hold {
    my ($number) = @_;
    my ($pid) = $number =~ /\A([1-9][0-9]*)\z/ or return;
    my $before = stat_of($pid) or return;
    my $fd = syscall SYS_PIDFD_OPEN, $pid + 0, 0;
    $fd = undef if $fd < 0;
    # It is the one that was looked at, or the pidfd is another's.
    my $after = stat_of($pid) or return;
    $before->{start} eq $after->{start} or return;
    return { pid => $pid, start => $before->{start}, fd => $fd };
}

sub let_go {
    my ($process) = @_;
    POSIX::close($process->{fd}) if defined $process->{fd};
    return;
}

sub is_alive {
    my ($process) = @_;
    my $now = stat_of($process->{pid}) or return 0;
    return $now->{start} eq $process->{start};
}

sub signal_to {
    my ($process, $signal) = @_;
    return 0 if !is_alive($process);
    if (defined $process->{fd}) {
        return syscall(SYS_PIDFD_SEND_SIGNAL, $process->{fd}, $signal, 0, 0) == 0;
    }
    return kill $signal, $process->{pid};
}

sub all_pids {
    opendir(my $proc, '/proc') or return;
    my @pids = grep { /\A[1-9][0-9]*\z/ } readdir $proc;
    closedir $proc;
    return @pids;
}

# The logind scope that the connection's sshd is in; nothing if there is no logind.
sub scope_of {
    my ($sshd) = @_;
    my $groups = read_whole("/proc/$sshd->{pid}/cgroup") // '';
    my ($path) = $groups =~ m{^0::(/[A-Za-z0-9_.\@/\\-]+/session-[A-Za-z0-9]+\.scope)$}m or return;
    my $members = "/sys/fs/cgroup$path/cgroup.procs";
    return -r $members ? $members : ();
}

# The audit session, which pam_loginuid begins and no process of a user can leave.
sub audit_session_of {
    my ($pid) = @_;
    my ($number) = (read_whole("/proc/$pid/sessionid") // '') =~ /\A([0-9]+)\z/ or return;
    return $number == 4294967295 ? () : $number;
}

# The numbers of the session's processes besides its sshd. Where there is neither scope nor audit
# session: the children and children's children that were ever seen, by their start times.
sub session_pids {
    my ($sshd, $seen) = @_;
    if (my $members = scope_of($sshd) // $sshd->{scope}) {
        $sshd->{scope} = $members;
        return grep { $_ != $sshd->{pid} && $_ != $$ } split /\n/, read_whole($members) // '';
    }
    my $session = $sshd->{audit};
    if (defined $session) {
        return grep { $_ != $sshd->{pid} && $_ != $$ && (audit_session_of($_) // '') eq $session }
            all_pids();
    }
    my %now = map { my $stat = stat_of($_); $stat ? ($_ => $stat) : () } all_pids();
    $seen->{ $sshd->{pid} } = $sshd->{start};
    my $grown = 1;
    while ($grown) {
        $grown = 0;
        for my $pid (keys %now) {
            next if $pid == $$ || ($seen->{$pid} // '') eq $now{$pid}{start};
            my $parent = $now{$pid}{parent};
            next if !defined $seen->{$parent} || !$now{$parent};
            next if $seen->{$parent} ne $now{$parent}{start};
            $seen->{$pid} = $now{$pid}{start};
            $grown = 1;
        }
    }
    return grep { $_ != $sshd->{pid} && $now{$_} && ($seen->{$_} // '') eq $now{$_}{start} }
        keys %$seen;
}
