# Requests, signed by this server's own host key (DESIGN section 4, Requests).

url=
ca_file=
name=
root=
mode=
clock_offset=0
body=
status=
patience=

check_url() {
  url=${url%/}
  case $url in
    *[!A-Za-z0-9:/.\[\]_-]*) bad_usage "The URL holds a character that no origin has." ;;
  esac
  authority=${url#*://}
  case $authority in
    "" | */*) bad_usage "The URL is not an origin: https://HOST[:PORT]." ;;
  esac
  case $url in
    https://*) protocol='=https' ;;
    # A tunnel's end on this machine; its own TLS or ssh protects it.
    http://127.0.0.1:*) protocol='=http' ;;
    *) bad_usage "The URL $url is not https." ;;
  esac
}

# The host key that speaks for this server: Ed25519 if there is one.
host_key() {
  sshd -T 2>/dev/null | sed -n 's/^hostkey //p' >"$work/host-keys"
  for kind in ed25519 ecdsa rsa; do
    while read -r candidate; do
      case $candidate in
        *"_${kind}_key")
          if [ -r "$candidate" ] && [ -r "$candidate.pub" ]; then
            printf '%s' "$candidate"
            return 0
          fi
          ;;
      esac
    done <"$work/host-keys"
  done
  fail "$EXIT_USAGE" "This server has no host key." "Make them: ssh-keygen -A"
}

form_value() {
  printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g'
}

add_field() {
  body="$body${body:+&}$1=$(form_value "$2")"
}

authorization() {
  now=$(($(date +%s) + clock_offset))
  nonce=$(dd if=/dev/urandom bs=16 count=1 2>/dev/null | base64 | tr -d '=\n' | tr '+/' '-_')
  hash=$(printf '%s' "$body" | sha256sum | cut -d ' ' -f 1)
  printf 'daypass-request-v1\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n' \
    "$1" "$url" "$2" "$3" "$now" "$nonce" "$hash" >"$work/request"
  ssh-keygen -Y sign -n host-request@daypass.dev -f "$(host_key)" <"$work/request" \
    >"$work/signature" 2>/dev/null || fail "$EXIT_USAGE" "The host key cannot sign."
  printf 'header = "Authorization: SSHSIG v=1,t=%s,n=%s,s=%s"\n' "$now" "$nonce" \
    "$(grep -v '^-----' "$work/signature" | tr -d '\n')"
}

# options METHOD TARGET FILE [signed]: a request for curl, whose answer goes to FILE.
options() {
  content=
  [ "$1" != POST ] || content=application/x-www-form-urlencoded
  printf '%s' "$body" >"$work/body"
  cat <<END_OF_OPTIONS
request = "$1"
url = "$url$2"
silent
proto = "$protocol"
globoff
noproxy = "127.0.0.1"
max-time = ${patience:-40}
connect-timeout = 10
max-filesize = 16777216
header = "Accept: text/plain"
output = "$3"
dump-header = "$work/headers"
write-out = "%{http_code}"
END_OF_OPTIONS
  [ -z "$ca_file" ] || printf 'cacert = "%s"\n' "$(printf '%s' "$ca_file" | sed 's/[\\"]/\\&/g')"
  [ -z "$content" ] \
    || printf 'header = "Content-Type: %s"\ndata-binary = "@%s"\n' "$content" "$work/body"
  [ -z "${4:-}" ] || authorization "$1" "$2" "$content"
}

# try METHOD TARGET FILE [signed]: the answer's body in FILE; fails if nobody answers.
try() {
  : >"$3"
  : >"$work/headers"
  options "$@" >"$work/options" || return 1
  status=$(curl -q --config "$work/options" 2>/dev/null)
}

# ask METHOD TARGET FILE [signed]: as try, once more with the server's clock or after its restart.
ask() {
  try "$@" || return "$EXIT_UNREACHABLE"
  case $(problem code "$3") in
    clock_skew) correct_clock && { try "$@" || return "$EXIT_UNREACHABLE"; } ;;
    restarted)
      sleep 3
      try "$@" || return "$EXIT_UNREACHABLE"
      ;;
  esac
  case $status in
    5?? | 429) return "$EXIT_UNREACHABLE" ;;
    2??) return 0 ;;
    *) return "$EXIT_REFUSED" ;;
  esac
}

problem() {
  case $status in
    2??) ;;
    *) printable <"$2" | sed -n "s/^$1: //p" | sed -n 1p ;;
  esac
}

correct_clock() {
  server=$(epoch "$(sed -n 's/^[Dd]ate: *//p' "$work/headers" | tr -d '\r' | sed -n 1p)")
  [ "$server" -gt 0 ] || return 1
  clock_offset=$((server - $(date +%s)))
}

# tell_refusal CODE FILE: why an answer was none.
tell_refusal() {
  if [ "$1" = "$EXIT_UNREACHABLE" ]; then
    complain "The certificate authority at $url cannot be reached." \
      "Nothing was changed: what is here stays in force."
  else
    detail=$(problem detail "$2")
    complain "${detail:-$url did not answer as a certificate authority does.}" \
      "$(problem remedy "$2")"
  fi
}
