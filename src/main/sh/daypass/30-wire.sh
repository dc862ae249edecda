# Signed requests and their answers (DESIGN section 4, Requests; section 7, HTTP).

clock_offset=0
body=
namespace=
token=
poll_secret=
patience=30
connect_patience=10
curl_said=0

# Every byte of the argument as %XX: correct for any text, in any locale.
form_value() {
  printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g'
}

add_field() {
  body="$body${body:+&}$1=$(form_value "$2")"
}

sha256_hex() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum
  elif command -v shasum >/dev/null 2>&1; then
    shasum -a 256
  else
    openssl dgst -sha256 -r
  fi | cut -d ' ' -f 1
}

base64_line() {
  if command -v base64 >/dev/null 2>&1; then base64; else openssl base64; fi | tr -d '\n'
}

base64url() {
  base64_line | tr '+/' '-_' | tr -d '='
}

# random_text BYTES, as base64url
random_text() {
  dd if=/dev/urandom bs="$1" count=1 2>/dev/null | base64url
}

# RFC 7636 S256: BASE64URL(SHA256(ASCII(text)))
s256() {
  hex=$(printf '%s' "$1" | sha256_hex)
  while [ -n "$hex" ]; do
    pair=${hex%"${hex#??}"}
    hex=${hex#??}
    # shellcheck disable=SC2059 # the format is the byte
    printf "\\$(printf '%o' "0x$pair")"
  done | base64url
}

# sign_text METHOD TARGET CONTENT-TYPE: sets $now, $nonce and $signature over the request.
sign_text() {
  now=$(($(date +%s) + clock_offset))
  nonce=$(random_text 16)
  body_hash=$(printf '%s' "$body" | sha256_hex)
  printf 'daypass-request-v1\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n' \
    "$1" "$url" "$2" "$3" "$now" "$nonce" "$body_hash" >"$work/request"
  if needs_touch; then
    has_terminal || fail "$EXIT_LOGIN" "This wants a touch of your security key." \
      "Run it where you can see that it does."
    # On 2, as what is answered stands on 1.
    printf 'Touch your security key.\n' >&2
  fi
  if ! keygen -Y sign -n "$namespace" -f "$key" <"$work/request" \
    >"$work/signature" 2>"$work/errors"; then
    [ -n "$one_line" ] || printable <"$work/errors" | sed 's/^/  /' >&2
    fail "$EXIT_USAGE" "The key $key cannot sign." "Is its private half in the agent or beside it?"
  fi
  signature=$(grep -v '^-----' "$work/signature" | tr -d '\n')
}

# Lines of curl's configuration: what must not be seen on a command line.
secret_headers() {
  if [ -n "$token" ]; then
    printf 'header = "Authorization: Bearer %s"\n' "$token"
    printf 'header = "Daypass-Possession: SSHSIG v=1,t=%s,n=%s,s=%s"\n' \
      "$now" "$nonce" "$signature"
  elif [ -n "$namespace" ]; then
    printf 'header = "Authorization: SSHSIG v=1,t=%s,n=%s,s=%s"\n' "$now" "$nonce" "$signature"
  fi
  if [ -n "$poll_secret" ]; then printf 'header = "Daypass-Poll: %s"\n' "$poll_secret"; fi
}

# try METHOD TARGET: one request with the form in $body, signed if there is a $namespace. Writes
# $work/answer and $work/headers, sets $status; fails if nobody answers.
try() {
  content=
  [ "$1" != POST ] || content=application/x-www-form-urlencoded
  : >"$work/answer"
  : >"$work/headers"
  printf '%s' "$body" >"$work/body"
  if [ -n "$namespace" ]; then sign_text "$1" "$2" "$content"; fi
  secret_headers >"$work/secrets"
  set -- "$1" "$url$2"
  if [ -n "$content" ]; then
    set -- "$@" --header "Content-Type: $content" --data-binary "@$work/body"
  fi
  method=$1
  shift
  status=$(
    curl -q --config - --silent --show-error --proto "$protocol" --globoff \
      ${bypass:+--noproxy "$bypass"} ${ca_file:+--cacert "$ca_file"} --request "$method" \
      --max-time "$patience" --connect-timeout "$connect_patience" --output "$work/answer" \
      --max-filesize 1048576 --dump-header "$work/headers" --write-out '%{http_code}' \
      --header 'Accept: text/plain' "$@" <"$work/secrets" 2>"$work/errors"
  ) || {
    curl_said=$?
    return 1
  }
}

# ask METHOD TARGET: tries, corrects the clock once or waits for a restarted daemon once, and ends
# the program if nobody answers.
ask() {
  try "$1" "$2" || unreachable
  case $(answered code) in
    clock_skew) if correct_clock; then try "$1" "$2" || unreachable; fi ;;
    restarted)
      # A restarted daemon accepts nothing that was signed in its first two seconds.
      sleep 3
      try "$1" "$2" || unreachable
      ;;
  esac
}

unreachable() {
  what="The certificate authority at $url cannot be reached."
  remedy='A certificate that you hold stays good until it ends.'
  case $curl_said in
    # curl(1), EXIT CODES: the peer's certificate, by its older and its newer number.
    51 | 60)
      what="$url shows a TLS certificate that this machine does not trust."
      remedy='If it is your own: daypass init --ca-file FILE. Else somebody may be in between.'
      ;;
  esac
  [ -z "$one_line" ] || fail "$EXIT_UNREACHABLE" "$what" "$remedy"
  say_what "$what"
  printable <"$work/errors" | sed 's/^/  /' >&2
  printf '  %s\n' "$remedy" >&2
  exit "$EXIT_UNREACHABLE"
}

# Standard input without what a terminal obeys: control characters of ASCII, and U+0080 to U+009F;
# and without marks that turn the direction of text or cannot be seen, or bytes that no character of
# UTF-8 begins with. Where the terminal is said to read another character set than UTF-8, any byte
# above ASCII may be a control.
printable() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *.[Uu][Tt][Ff]*) high= ;;
    *.* | *@*) high='\200-\377' ;;
    *) high= ;;
  esac
  c1=$(printf '\302[\200-\237]')
  marks=$(printf '\342\200[\213-\217\250-\256]')
  isolates=$(printf '\342\201[\240-\257]')
  inner=$(printf '[\200-\277]')
  ascii=$(printf '\([\001-\177]\)')
  LC_ALL=C tr -d "\000-\011\013-\037\177$high" \
    | LC_ALL=C sed "s/^$inner*//; s/$ascii$inner$inner*/\1/g; s/$c1//g; s/$marks//g; s/$isolates//g"
}

# answered NAME: the value of the answer's first line "NAME: value".
answered() {
  printable <"$work/answer" | sed -n "s/^$1: //; t found
d
: found
p; q"
}

# Sets the clock offset from the answer's Date header; fails if there is none.
correct_clock() {
  server=$(sed -n 's/^[Dd]ate: *//p' "$work/headers" | tr -d '\r' | sed -n 1p)
  # RFC 9110 section 5.6.7. date(1) understands much more, and takes nothing for midnight.
  case $server in
    [A-Z][a-z][a-z],\ [0-9][0-9]\ [A-Z][a-z][a-z]\ [0-9][0-9][0-9][0-9]\ ??:??:??\ GMT) ;;
    *) return 1 ;;
  esac
  server_seconds=$(date -u -d "$server" +%s 2>/dev/null) \
    || server_seconds=$(date -u -j -f '%a, %d %b %Y %H:%M:%S GMT' "$server" +%s 2>/dev/null) \
    || server_seconds=$(date -u -D '%a, %d %b %Y %H:%M:%S GMT' -d "$server" +%s 2>/dev/null) \
    || return 1
  clock_offset=$((server_seconds - $(date +%s)))
}

# Tells the answer's problem and ends.
refused() {
  code=$(answered code)
  detail=$(answered detail)
  remedy=$(answered remedy)
  entry=$(answered entry)
  what=${detail:-$url did not answer as a certificate authority does.}
  cause="(${code:-status $status}${entry:+, ledger entry $entry})"
  if [ -n "$one_line" ]; then
    printf 'daypass: %s%s %s\n' "$what" "${remedy:+ $remedy}" "$cause" >&2
  else
    say_what "$what"
    if [ -n "$remedy" ]; then printf '  %s\n' "$remedy" >&2; fi
    printf '  %s\n' "$cause" >&2
  fi
  case $status in
    401) exit "$EXIT_LOGIN" ;;
    5?? | 429) exit "$EXIT_UNREACHABLE" ;;
    *) exit "$EXIT_REFUSED" ;;
  esac
}

# Whether the answer says that this key's login is over, and not that something else is wrong.
login_is_over() {
  [ "$status" = 401 ] || return 1
  case $(answered code) in
    login_required | login_ended | login_unknown | login_expired) return 0 ;;
  esac
  return 1
}
