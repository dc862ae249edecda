# Ends with 0 if curl has answered or there is something to report; prints what curl printed.

%ENV = (PATH => '/usr/bin:/bin', LC_ALL => 'C');
if (@ARGV == 1 && $ARGV[0] eq '--list') {
    print map { "$_\n" } reports();
    exit 0;
}
@ARGV == 2 or die "usage: daypass-host-await OPTIONS KNOWN\n";
my ($options, $list) = map { m{\A(/[ -~]{1,4096})\z} ? $1 : die "not a path\n" } @ARGV;
open(my $file, '<', $list) or die "$list: $!\n";
chomp(my @known = <$file>);
my %known = map { $_ => 1 } @known;

my ($curl, $answer) = run('/usr/bin/curl', '-q', '--config', $options);
my ($journal, $line) = follow_sshd();
my %running = map { $_ => 1 } grep { defined } $curl, $journal;
$SIG{TERM} = sub { kill 'TERM', keys %running; POSIX::_exit(1) };
my $answered;
while (!$answered) {
    my $bits = '';
    vec($bits, fileno $answer, 1) = 1;
    vec($bits, fileno $line, 1) = 1 if $line;
    select $bits, undef, undef, LOOK_SECONDS;
    $answered = vec $bits, fileno $answer, 1;
    if ($line && vec $bits, fileno $line, 1) {
        last if sysread $line, my $said, 1024;
        # There is no journal after all.
        close $line;
        undef $line;
        delete $running{$journal};
    }
    last if grep { !$known{$_} } reports();
}
if ($answered) {
    print <$answer>;
} else {
    select undef, undef, undef, BREATH_SECONDS;
}
kill 'TERM', keys %running;
POSIX::_exit(0) if close STDOUT;
POSIX::_exit(1);
