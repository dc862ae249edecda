# sshd's command: daypass-host-principals [--etc FOLDER] [--run FOLDER] %u %i %s %t %k

use constant DEADLINE_SECONDS => 1.8;

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
    my %folder = (etc => '/etc/daypass-host', run => '/run/daypass-proof');
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

sub diagnose {
    my ($why, @words) = @_;
    my ($account, undef, $serial) = @words[-5 .. -1];
    tr/ -~//cd for grep { defined } $account, $serial;
    chomp $why;
    require Sys::Syslog;
    Sys::Syslog::openlog('daypass-host', 'pid', 'auth');
    Sys::Syslog::syslog('notice', '%s',
        sprintf 'refused serial %.20s for %.32s: %s', $serial // '?', $account // '?', $why);
    return;
}

if (!eval { main(@ARGV); 1 }) {
    my $why = $@;
    # Diagnostics only: a refusal stands, whether it can be told or not.
    eval { diagnose($why, @ARGV) };
    exit 1;
}
exit 0;
