# What happened, for the authority: a form in a file each, sent by refresh as soon as it answers.

use constant MAX_SPOOLED => 10000;

sub form_value {
    my ($text) = @_;
    return $text =~ s/([^A-Za-z0-9_.~-])/sprintf '%%%02X', ord $1/ger;
}

sub spool {
    my ($event, $session) = @_;
    my %form = (%$session, event => $event, at => POSIX::strftime('%Y-%m-%dT%H:%M:%SZ', gmtime));
    my $text = join '&', map { "$_=" . form_value($form{$_}) } sort keys %form;
    my $file = SPOOL . "/$session->{session}.$event";
    if (waiting() >= MAX_SPOOLED) {
        note("serial $session->{serial}: $event is not reported: too many reports wait");
        return;
    }
    # Taint is a statement's: what is written must not stand beside the names.
    if (!write_new("$file.new", $text)) {
        note("serial $session->{serial}: $event is not reported: $!");
        unlink "$file.new";
        return;
    }
    rename "$file.new", $file or note("serial $session->{serial}: $event is not reported: $!");
    return;
}

sub write_new {
    my ($path, $text) = @_;
    sysopen(my $out, $path, O_WRONLY | O_CREAT | O_EXCL, 0600) or return 0;
    my $wrote = syswrite $out, $text;
    return close($out) && ($wrote // 0) == length $text;
}

sub waiting {
    opendir(my $folder, SPOOL) or return 0;
    my $count = grep { !/\A\./ } readdir $folder;
    closedir $folder;
    return $count;
}

sub new_session {
    my ($certificate, $account) = @_;
    my $random = '';
    sysopen(my $source, '/dev/urandom', O_RDONLY) or die "no random bytes\n";
    sysread($source, $random, 16) == 16 or die "no random bytes\n";
    my ($user) = $certificate->{key_id} =~ /\A(\S+)/;
    my @connection = split / /, $ENV{SSH_CONNECTION} // '';
    my ($id) = unpack('H*', $random) =~ /\A([0-9a-f]{32})\z/;
    return {
        session => $id,
        user => $user // '',
        serial => $certificate->{serial},
        key_id => $certificate->{key_id},
        certificate => "$certificate->{type} $certificate->{base64}",
        account => $account,
        client => $ENV{PAM_RHOST} // '',
        server => $connection[2] // '',
    };
}
