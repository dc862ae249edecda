# As refresh starts it.

%ENV = (PATH => '/usr/bin:/bin', LC_ALL => 'C');
my ($mode) = ($ARGV[0] // '') =~ /\A(file|proof)\z/ or die "usage: daypass-host-hints file|proof\n";
tell_of_verifier(PROOF_FOLDER, PROOF_USER);
tell_of_journal($mode);
