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
$SIG{TERM} = sub { kill 'TERM', $curl; POSIX::_exit(1) };
my ($answered, $looks) = (0, 0);
while (!$answered) {
    my $bits = '';
    vec($bits, fileno $answer, 1) = 1;
    select $bits, undef, undef, LOOK_SECONDS;
    $answered = vec $bits, fileno $answer, 1;
    last if grep { !$known{$_} } reports();
    last if ++$looks % LOOKS == 0 && sshd_refused();
}
if ($answered) {
    print <$answer>;
} else {
    select undef, undef, undef, BREATH_SECONDS;
}
kill 'TERM', $curl;
POSIX::_exit(0) if close STDOUT;
POSIX::_exit(1);
