# What one holds, what was, and why not.

status_command() {
  [ $# -eq 0 ] || bad_usage "$1: not understood."
  open_settings
  patience=10
  connect_patience=3
  say '%-9s %s\n' 'who' "$(saved "$settings/login" username | grep . || echo 'nobody has logged in')"
  login_line
  say '%-9s %s\n' 'server' "$url, $(server_words)"
  say '%-9s %s\n' 'key' "$(key_words)"
  if [ -r "$settings/roles" ]; then
    while read -r name wants patterns; do
      say '%-9s %-22s %s\n' 'role' "$name" "$(certificate_words "$name" "$wants")"
    done <"$settings/roles"
  fi
  other_certificates
  case $answer in
    over) exit "$EXIT_LOGIN" ;;
    none) exit "$EXIT_UNREACHABLE" ;;
  esac
}

# The server's word on the login if it can be had, else what was said at the login.
login_line() {
  login_until=$(saved "$settings/login" until)
  answer=over
  why='run: daypass login'
  if key_is_ready && ! needs_touch; then
    namespace=request@daypass.dev
    body=
    answer=none
    if try GET /v1/logins; then
      case $(answered code) in
        clock_skew) if correct_clock; then try GET /v1/logins || :; fi ;;
      esac
      case $status in
        200) answer=good ;;
        401) answer=over ;;
      esac
    fi
  elif needs_touch; then
    answer=unasked
  fi
  case $answer in
    over) say '%-9s %s\n' 'login' "ended; $why" ;;
    *) say '%-9s %s\n' 'login' "$(until_words "${login_until:-0}")" ;;
  esac
}

server_words() {
  case $answer in
    none) printf 'which cannot be reached now' ;;
    *) if correct_clock_quietly; then
      case $clock_offset in
        -[0-2] | [0-2]) printf 'clocks agree' ;;
        -*) printf 'this clock is %s s ahead' "${clock_offset#-}" ;;
        *) printf 'this clock is %s s behind' "$clock_offset" ;;
      esac
    else
      printf 'not asked'
    fi ;;
  esac
}

correct_clock_quietly() {
  [ -s "$work/headers" ] && correct_clock
}

key_words() {
  case $key_kind in
    agent) where="in daypass's own agent" ;;
    fido) where='in a security key' ;;
    *) where="in the file $key" ;;
  esac
  if key_is_ready; then
    printf '%s %s' "$(ssh-keygen -l -f "$public_file" | cut -d ' ' -f 2)" "$where"
  else
    printf 'gone; the next login makes one'
  fi
}

# certificate_words ROLE REASON
certificate_words() {
  if read_state "$1" && [ "$ends" -gt "$(date +%s)" ]; then
    until_words "$ends"
  else
    case $2 in
      optional) printf 'when ssh asks for it' ;;
      *) printf "on request: daypass request %s --reason '...'" "$1" ;;
    esac
  fi
}

# Certificates of roles that ssh does not ask for by itself.
other_certificates() {
  for state in "$place"/*.state; do
    name=${state##*/}
    name=${name%.state}
    if [ -r "$state" ] && [ -z "$(role_line "$name")" ]; then
      say '%-9s %-22s %s\n' 'role' "$name" "$(certificate_words "$name" optional)"
    fi
  done
}

# get TARGET: as this login; ends the program unless it is answered.
get() {
  key_is_ready || fail "$EXIT_LOGIN" "You are not logged in." "Run: daypass login"
  namespace=request@daypass.dev
  body=
  ask GET "$1"
  if login_is_over; then fail "$EXIT_LOGIN" "Your login has ended." "Run: daypass login"; fi
  [ "$status" = 200 ] || refused
  printable <"$work/answer" >"$work/listed"
}

history_command() {
  [ $# -eq 0 ] || bad_usage "$1: not understood."
  open_settings
  get /v1/history
  entry=
  first=yes
  while IFS= read -r line; do
    value=${line#*: }
    case $line in
      "entries.entry: "*)
        history_row
        entry=$value at='' kind='' outcome='' role='' ends='' hostname='' reason=''
        ;;
      "entries.at: "*) at=$value ;;
      "entries.kind: "*) kind=$value ;;
      "entries.outcome: "*) outcome=$value ;;
      "entries.role: "*) role=$value ;;
      "entries.valid_before: "*) ends=$value ;;
      "entries.hostname: "*) hostname=$value ;;
      "entries.reason: "*) reason=$value ;;
    esac
  done <"$work/listed"
  history_row
  [ -z "$first" ] || say 'Nothing yet. Logins and certificates of yours will stand here.\n'
}

history_row() {
  [ -n "$entry" ] || return 0
  if [ -n "$first" ]; then
    say '%-8s %-16s %-9s %s\n' ENTRY WHEN WHAT DETAILS
    first=
  fi
  details=${role:-$kind}
  if seconds=$(epoch_of "$ends"); then
    details="$details, until $(local_time "$seconds" %H:%M)"
  fi
  [ -z "$hostname" ] || details="$details, $hostname"
  [ -z "$reason" ] || details="$details: $reason"
  seconds=$(epoch_of "$at") || seconds=0
  say '%-8s %-16s %-9s %s\n' "$entry" "$(local_time "$seconds" '%F %H:%M')" "$outcome" "$details"
}

why_command() {
  [ $# -eq 1 ] || bad_usage "Name one host."
  asked_host=$(printf '%s' "$1" | tr '[:upper:]' '[:lower:]')
  asked_host=${asked_host#*@}
  case $asked_host in
    "" | -* | *[!a-z0-9._:-]*) bad_usage "This is no host name." ;;
  esac
  open_settings
  why_here
  get "/v1/why?host=$asked_host"
  [ "$(answered known)" = true ] \
    || say '%s is not known to the certificate authority.\n' "$asked_host"
  name=
  while IFS= read -r line; do
    value=${line#*: }
    case $line in
      "roles.name: "*)
        why_role
        name=$value opens='' standing='' because=''
        ;;
      "roles.opens: "*) opens=$value ;;
      "roles.standing: "*) standing=$value ;;
      "roles.because.detail: "*) because=${because:-$value} ;;
    esac
  done <"$work/listed"
  why_role
  why_clock
}

# What this machine's own files say: which blocks of ssh's configuration meet the host, and what
# lies there for them.
why_here() {
  here=
  [ ! -r "$settings/roles" ] || while read -r name wants patterns; do
    if meets "$patterns"; then
      here=yes
      say 'Here, ssh asks for %s\n' "$name"
      if read_state "$name"; then
        say '  certificate  %s\n' "$(until_words "$ends")"
        say '  principals   %s\n' "$(principals_of "$name")"
      else
        say '  certificate  none yet; %s\n' "$(certificate_words "$name" "$wants")"
      fi
    fi
  done <"$settings/roles"
  [ -n "$here" ] || say 'Here, ssh asks for no role: no pattern meets %s.\n' "$asked_host"
}

meets() {
  set -f
  for pattern in $1; do
    # shellcheck disable=SC2254 # a pattern it is; its form was checked before it was written
    case $asked_host in
      $pattern)
        set +f
        return 0
        ;;
    esac
  done
  set +f
  return 1
}

principals_of() {
  ssh-keygen -L -f "$place/$1-cert.pub" 2>/dev/null | sed -n '/^ *Principals:/,/^ *Critical/{
    /:[[:space:]]*$/d
    /Critical/d
    s/^ *//
    p
  }' | tr '\n' ' '
}

why_role() {
  [ -n "$name" ] || return 0
  case $opens:$standing in
    true:held) say '%-22s opens it, and you may hold it\n' "$name" ;;
    true:depends_on_request) say '%-22s opens it; depends on how you ask\n' "$name" ;;
    true:*) say '%-22s opens it, but not for you: %s\n' "$name" "${because:-refused}" ;;
    *) say '%-22s does not open it\n' "$name" ;;
  esac
}

why_clock() {
  theirs=$(epoch_of "$(answered server_time)") || return 0
  off=$((theirs - $(date +%s)))
  case $off in
    -[0-5] | [0-5]) ;;
    *) say 'Clocks differ by %s seconds: set this one right.\n' "${off#-}" ;;
  esac
}

logout_command() {
  all=
  named=current
  while [ $# -gt 0 ]; do
    case $1 in
      --all) all=yes ;;
      # A login's number, which may begin with a dash.
      ??????????????????????) named=$1 ;;
      -*) bad_usage "$1: unknown option." ;;
      *) named=$1 ;;
    esac
    shift
  done
  case $named in
    *[!A-Za-z0-9_-]*) bad_usage "$named is no login." ;;
  esac
  [ -z "$all" ] || [ "$named" = current ] || bad_usage "Either --all or one login."
  open_settings
  if ! key_is_ready; then
    forget_certificates
    fail "$EXIT_LOGIN" "No login key is here, so nobody is logged in." \
      "To end logins elsewhere: daypass login, then daypass logout --all."
  fi
  namespace=request@daypass.dev
  body=
  target=/v1/logins/$named
  [ -z "$all" ] || target=/v1/logins
  gone=
  try DELETE "$target" || gone=yes
  case $(if [ -z "$gone" ]; then answered code; fi) in
    clock_skew | restarted) ask DELETE "$target" ;;
  esac
  if [ -z "$gone" ] && [ "$status" != 200 ] && ! login_is_over; then refused; fi
  if [ "$named" != current ]; then
    [ -z "$gone" ] || unreachable
    say 'Ended login %s; certificates revoked: %s.\n' "$named" "$(answered revoked)"
    return 0
  fi
  forget_key
  if [ -n "$gone" ]; then
    fail "$EXIT_UNREACHABLE" "The key is gone from here, but $url could not be told." \
      "Elsewhere, or later: daypass login, then daypass logout --all."
  fi
  say 'Logged out. Certificates revoked: %s.\n' "$(answered revoked | grep . || echo 0)"
  [ -z "$all" ] || say '  logins ended: %s\n' "$(answered ended | grep . || echo 0)"
}
