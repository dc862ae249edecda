# The loopback listener: takes one form post of the CA's page (DESIGN section 4, Loopback). It binds
# 127.0.0.1 alone and writes its port, then the proof, to standard output. All that is not exactly
# that post is answered with 4xx and forgotten; slow and silent connections hinder no other one.

start_listener() {
  done_page >"$work/page"
  if command -v perl >/dev/null 2>&1; then
    listener_in_perl >"$work/listen"
    set -- perl
  elif command -v python3 >/dev/null 2>&1; then
    listener_in_python >"$work/listen"
    set -- python3
  else
    fail "$EXIT_USAGE" "Neither perl nor python3 is here, one of which hears from the browser." \
      "Install one of them, then try again."
  fi
  : >"$work/heard"
  "$1" "$work/listen" "$url" "$work/page" 300 >"$work/heard" 2>"$work/errors" </dev/null &
  listener=$!
  port=
  tries=0
  while [ -z "$port" ] && [ "$tries" -lt 50 ] && kill -0 "$listener" 2>/dev/null; do
    pause
    port=$(sed -n 1p "$work/heard")
    tries=$((tries + 1))
  done
  case $port in
    "" | *[!0-9]*) fail "$EXIT_USAGE" "No port of 127.0.0.1 can be listened on." ;;
  esac
}

stop_listener() {
  [ -n "$listener" ] || return 0
  kill "$listener" 2>/dev/null || :
  wait "$listener" 2>/dev/null || :
  listener=
}

# The whole answer to the right post. The style's hash stands in the policy, so nothing else on the
# page can be one. Its colours are those of the other pages.
done_page() {
  cat <<'END' | sed 's/$/'"$(printf '\r')"'/'
HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8
Content-Security-Policy: default-src 'none'; style-src 'sha256-BIf5nhnT+Ot8VX1FJ9/Kg6x48VHPdw2SpOp5g8hjQSY='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
Cache-Control: no-store
Referrer-Policy: no-referrer
X-Content-Type-Options: nosniff
Connection: close

END
  cat <<'END'
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Done · daypass</title>
<style>:root{color-scheme:light dark;--paper:#f4f2ec;--sheet:#fffefb;--ink:#1d2125;--quiet:#5a6068;--rule:#dcd8cd;--accent:#0b5a66}@media(prefers-color-scheme:dark){:root{--paper:#131517;--sheet:#1b1e21;--ink:#e7e5df;--quiet:#a3a8ae;--rule:#32373c;--accent:#6fc7d3}}body{font:1rem/1.5 system-ui,sans-serif;margin:0;padding:1rem;box-sizing:border-box;min-height:100vh;display:grid;place-items:center;background:var(--paper);color:var(--ink)}main{max-width:26rem;padding:1.5rem 2rem;background:var(--sheet);border:1px solid var(--rule);border-top:3px solid var(--accent);border-radius:3px}h1{font-size:1.5rem;margin:0 0 .5rem}p{margin:0;color:var(--quiet)}</style>
<main>
<h1>Done.</h1>
<p>You can close this window. Your terminal goes on by itself.</p>
</main>
</html>
END
}

listener_in_perl() {
  cat <<'END'
use strict;
use warnings;
use Errno qw(EAGAIN EINTR);
use IO::Select;
use IO::Socket::INET;

my ($origin, $file, $seconds) = @ARGV;
open(my $in, '<', $file) or exit 1;
my $page = do { local $/; <$in> };
close $in;
$SIG{PIPE} = 'IGNORE';
$| = 1;
my $server = IO::Socket::INET->new(
    LocalAddr => '127.0.0.1', LocalPort => 0, Proto => 'tcp', Listen => 16) or exit 1;
my $port = $server->sockport;
print "$port\n";
my $end = time + $seconds;
my $all = IO::Select->new($server);
my (%socket, %heard, %since);

sub drop {
    my ($id) = @_;
    $all->remove($socket{$id});
    close $socket{$id};
    delete $socket{$id};
    delete $heard{$id};
    delete $since{$id};
}

# (undef) for more to come, (0, proof), or (status line).
sub judge {
    my ($text) = @_;
    my $split = index($text, "\r\n\r\n");
    return length($text) > 8192 ? '431 Too Large' : undef if $split < 0;
    return '431 Too Large' if $split > 8192;
    my ($first, @lines) = split /\r\n/, substr($text, 0, $split);
    return '405 Method Not Allowed' unless defined $first && $first =~ m{\APOST / HTTP/1\.1\z};
    my %seen;
    for my $line (@lines) {
        $line =~ /\A([!#-'*+.0-9A-Z^-z|~-]+):[ \t]*(.*?)[ \t]*\z/ or return '400 Bad Request';
        my $name = lc $1;
        return '400 Bad Request'
            if exists $seen{$name} && $name =~ /\A(?:host|origin|content-length|content-type)\z/;
        $seen{$name} = $2;
    }
    return '400 Bad Request' if exists $seen{'transfer-encoding'};
    return '421 Misdirected Request' unless ($seen{host} // '') eq "127.0.0.1:$port";
    return '403 Forbidden' unless ($seen{origin} // '') eq $origin;
    return '415 Unsupported Media Type'
        unless ($seen{'content-type'} // '') =~ m{\Aapplication/x-www-form-urlencoded(?:;|\z)};
    return '411 Length Required' unless ($seen{'content-length'} // '') =~ /\A[0-9]{1,6}\z/;
    return '413 Too Large' if $seen{'content-length'} != 49;
    my $body = substr($text, $split + 4);
    return undef if length($body) < 49;
    return '400 Bad Request' unless $body =~ /\Aproof=([A-Za-z0-9_-]{43})\z/;
    return (0, $1);
}

while (time < $end) {
    for my $ready ($all->can_read(1)) {
        if ($ready == $server) {
            my $new = $server->accept or next;
            my ($oldest) = sort { $since{$a} <=> $since{$b} } keys %since;
            drop($oldest) if keys %since >= 32;
            $new->blocking(0);
            my $id = $new->fileno;
            ($socket{$id}, $heard{$id}, $since{$id}) = ($new, '', time);
            $all->add($new);
            next;
        }
        my $id = $ready->fileno;
        next unless defined $id && $socket{$id};
        my $got = sysread($ready, $heard{$id}, 4096, length $heard{$id});
        next if !defined $got && ($! == EAGAIN || $! == EINTR);
        if (!$got) { drop($id); next }
        my ($status, $proof) = judge($heard{$id});
        next unless defined $status;
        if ($status) {
            syswrite($ready, "HTTP/1.1 $status\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            drop($id);
            next;
        }
        syswrite($ready, $page);
        $ready->shutdown(1);
        print "$proof\n";
        # Lets the browser read the page before the connection is gone.
        IO::Select->new($ready)->can_read(2);
        exit 0;
    }
    for my $id (keys %since) { drop($id) if time - $since{$id} > 10 }
}
exit 1;
END
}

listener_in_python() {
  cat <<'END'
import re
import select
import socket
import sys
import time

origin, name, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(name, "rb") as file:
    page = file.read()
server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen(16)
port = server.getsockname()[1]
print(port, flush=True)
end = time.time() + seconds
heard = {}
ONCE = ("host", "origin", "content-length", "content-type")


def judge(data):
    """None for more to come, ("", proof), or (status line, "")."""
    head, found, body = data.partition(b"\r\n\r\n")
    if not found or len(head) > 8192:
        return ("431 Too Large", "") if len(head) > 8192 else None
    first, *lines = head.decode("latin-1").split("\r\n")
    if first != "POST / HTTP/1.1":
        return "405 Method Not Allowed", ""
    seen = {}
    for line in lines:
        match = re.fullmatch(r"([!#-'*+.0-9A-Z^-z|~-]+):[ \t]*([^\n]*?)[ \t]*", line)
        if not match:
            return "400 Bad Request", ""
        key = match.group(1).lower()
        if key in seen and key in ONCE:
            return "400 Bad Request", ""
        seen[key] = match.group(2)
    if "transfer-encoding" in seen:
        return "400 Bad Request", ""
    if seen.get("host") != "127.0.0.1:%d" % port:
        return "421 Misdirected Request", ""
    if seen.get("origin") != origin:
        return "403 Forbidden", ""
    if seen.get("content-type", "").split(";")[0] != "application/x-www-form-urlencoded":
        return "415 Unsupported Media Type", ""
    if not re.fullmatch(r"[0-9]{1,6}", seen.get("content-length", "")):
        return "411 Length Required", ""
    if int(seen["content-length"]) != 49:
        return "413 Too Large", ""
    if len(body) < 49:
        return None
    match = re.fullmatch(rb"proof=([A-Za-z0-9_-]{43})", body)
    return ("", match.group(1).decode()) if match else ("400 Bad Request", "")


def drop(connection):
    del heard[connection]
    connection.close()


while time.time() < end:
    ready, _, _ = select.select([server, *heard], [], [], 1)
    for one in ready:
        if one is server:
            connection, _ = server.accept()
            connection.setblocking(False)
            if len(heard) >= 32:
                drop(min(heard, key=lambda c: heard[c][1]))
            heard[connection] = (b"", time.time())
            continue
        if one not in heard:
            continue
        data, since = heard[one]
        try:
            more = one.recv(4096)
        except BlockingIOError:
            continue
        except OSError:
            more = b""
        if not more:
            drop(one)
            continue
        heard[one] = (data + more, since)
        verdict = judge(data + more)
        if verdict is None:
            continue
        status, proof = verdict
        try:
            if status:
                text = "HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % status
                one.send(text.encode())
                drop(one)
                continue
            one.send(page)
            one.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        if not status:
            print(proof, flush=True)
            # Lets the browser read the page before the connection is gone.
            select.select([one], [], [], 2)
            sys.exit(0)
        drop(one)
    for one in [c for c in heard if time.time() - heard[c][1] > 10]:
        drop(one)
sys.exit(1)
END
}
