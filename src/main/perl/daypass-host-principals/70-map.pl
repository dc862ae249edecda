# The principal map: which principals open which account here. refresh took it up after the channel
# key's signature; sshd does not read it.

use constant MAP => 'daypass-principals-v1';

# The principals of an account, a line each; nothing if the map does not open it.
sub principals_of {
    my ($text, $account) = @_;
    my (@opened, @self, $is_named);
    for my $line (document_lines($text, MAP, 'the principal map')) {
        my ($name, @words) = split / /, $line, -1;
        $name =~ /\A(?:host|version|made|valid-until|label|account|grace|named|self)\z/ && @words
            or refuse('the principal map has an unknown line');
        if ($name eq 'self') {
            push @self, @words;
        } elsif ($name =~ /\A(?:account|named)\z/ && $words[0] eq $account) {
            $is_named = 1;
            push @opened, @words[1 .. $#words] if $name eq 'account';
        }
    }
    push @opened, map { "$_+$account" } @self if @self && !$is_named && is_person($account);
    grep({ !/\A[A-Za-z0-9_][A-Za-z0-9_.:\@+-]{0,254}\z/ } @opened)
        and refuse('the principal map has a bad principal');
    return join '', map { "$_\n" } @opened;
}

# DESIGN section 5: never an account below UID_MIN; those of roles were looked at before.
sub is_person {
    my ($account) = @_;
    my $uid = (getpwnam $account)[2];
    return 0 if !defined $uid;
    my $minimum = 1000;
    if (-e '/etc/login.defs') {
        $minimum = $1 if read_file('/etc/login.defs') =~ /^\s*UID_MIN\s+([0-9]+)\s*$/m;
    }
    return $uid >= $minimum;
}
