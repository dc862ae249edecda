# sshd's command: daypass-host-principals [--etc FOLDER] [--run FOLDER] %u %i %s %t %k

use constant {
    DEADLINE_SECONDS => 1.8,
    # Of refusals that nobody has fetched yet.
    MAX_REPORTS => 200,
};

my %folder = (etc => '/etc/daypass-host', run => '/run/daypass-proof');

sub main {
    my @words = @_;
    @SIG{qw(ALRM CHLD PIPE)} = qw(DEFAULT DEFAULT IGNORE);
    setitimer(ITIMER_REAL, DEADLINE_SECONDS);
    getitimer(ITIMER_REAL) or refuse('there is no deadline');
    %ENV = (PATH => '/usr/bin:/bin', LC_ALL => 'C');
    # From here on nothing but the answer reaches sshd, whatever a program prints.
    open(my $answer, '>&', \*STDOUT) or refuse("dup: $!");
    open(STDIN, '<', '/dev/null') or refuse("/dev/null: $!");
    open(STDOUT, '>', '/dev/null') or refuse("/dev/null: $!");
    open(STDERR, '>', '/dev/null') or refuse("/dev/null: $!");
    while (@words > 1 && $words[0] =~ /\A--(etc|run)\z/) {
        my $name = $1;
        $words[1] =~ m{\A(/[A-Za-z0-9_./-]+)\z} or refuse('usage');
        $folder{$name} = $1;
        splice @words, 0, 2;
    }
    @words == 5 or refuse('usage');
    my $principals = principals(@folder{qw(etc run)}, @words);
    length $principals or refuse('the account is not opened');
    write_whole($answer, $principals);
    close $answer or refuse("close: $!");
    return;
}

# For the system's log, and for the person who holds the certificate.
sub diagnose {
    my ($why, @words) = @_;
    my ($account, undef, $serial) = map { $_ // '?' } @words[-5 .. -1];
    tr/ -~//cd for $account, $serial;
    chomp $why;
    eval { report($folder{run}, sprintf("%.20s\t%.32s\t%d\t%s\n", $serial, $account, time, $why)) };
    require Sys::Syslog;
    Sys::Syslog::openlog('daypass-host', 'pid', 'auth');
    Sys::Syslog::syslog('notice', '%s',
        sprintf 'refused serial %.20s for %.32s: %s', $serial, $account, $why);
    return;
}

# Leaves a line for refresh, which tells the authority: sshd waits for none of that.
sub report {
    my ($run, $line) = @_;
    has_folder($run) or return;
    opendir(my $names, $run) or return;
    my $waiting = grep { /\Arefused\./ } readdir $names;
    closedir $names;
    return if $waiting >= MAX_REPORTS;
    my $name = time . ".$$";
    sysopen(my $file, "$run/new.$name", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600) or return;
    write_whole($file, $line);
    close $file or return;
    rename "$run/new.$name", "$run/refused.$name";
    return;
}

if (!eval { main(@ARGV); 1 }) {
    my $why = $@;
    # Diagnostics only: a refusal stands, whether it can be told or not.
    eval { diagnose($why, @ARGV) };
    exit 1;
}
exit 0;
