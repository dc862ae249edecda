# What one holds, and until when.

status_command() {
  [ $# -eq 0 ] || bad_usage "$1: not understood."
  open_settings
  patience=10
  connect_patience=3
  say '%-9s %s\n' 'who' "$(saved "$settings/login" username | grep . || echo 'nobody has logged in')"
  login_line
  other_logins
  say '%-9s %s\n' 'server' "$url, $(server_words)"
  say_words 'key       ' 10 "$(key_words)"
  if [ -r "$settings/roles" ]; then
    while read -r name wants patterns; do
      role_row "$(certificate_words "$name" "$wants")"
    done <"$settings/roles"
  fi
  other_certificates
  case $answer in
    over) exit "$EXIT_LOGIN" ;;
    none) exit "$EXIT_UNREACHABLE" ;;
  esac
}

role_row() {
  say_words "$(printf 'role      %-22s ' "$name")" 33 "$1"
}

# The server's word on the login if it can be had, else what was said at the login.
login_line() {
  login_until=$(saved "$settings/login" until)
  answer=over
  others=
  if needs_touch; then
    answer=unasked
  elif key_is_ready; then
    answer=none
    ask_for_logins
  fi
  case $answer in
    over) say '%-9s %s\n' 'login' 'ended; run: daypass login' ;;
    *) say '%-9s %s\n' 'login' "$(until_words "${login_until:-0}")" ;;
  esac
}

ask_for_logins() {
  namespace=request@daypass.dev
  body=
  try GET /v1/logins || return 0
  case $(answered code) in
    clock_skew) if correct_clock; then try GET /v1/logins || return 0; fi ;;
  esac
  case $status in
    200)
      answer=good
      read_logins
      ;;
    401) answer=over ;;
  esac
}

# Sets $login_until, and $others to a line "LOGIN HOSTNAME" for each login that is not this one.
read_logins() {
  printable <"$work/answer" >"$work/listed"
  number=
  while IFS= read -r line; do
    value=${line#*: }
    case $line in
      "logins.login: "*)
        end_login
        number=$value name=unnamed ends='' current=''
        ;;
      "logins.hostname: "*) name=$value ;;
      "logins.until: "*) ends=$value ;;
      "logins.current: "*) current=$value ;;
    esac
  done <"$work/listed"
  end_login
}

end_login() {
  # Its number is shown as part of a command to copy.
  case $number in
    "" | *[!A-Za-z0-9_-]*) return 0 ;;
  esac
  if [ "$current" = true ]; then
    login_until=$(epoch_of "$ends") || login_until=$(saved "$settings/login" until)
  else
    others="$others$number $name
"
  fi
}

other_logins() {
  printf '%s' "$others" | while read -r number name; do
    say '%-9s %-22.22s end it: daypass logout %s\n' 'also' "$name" "$number"
  done
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
      printf 'clock not compared'
    fi ;;
  esac
}

correct_clock_quietly() {
  [ -s "$work/headers" ] && correct_clock
}

key_words() {
  case $key_kind in
    agent) where='in its own agent' ;;
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
      *) printf 'by daypass request, with a reason' ;;
    esac
  fi
}

# Certificates of roles that ssh does not ask for by itself.
other_certificates() {
  for state in "$place"/*.state; do
    name=${state##*/}
    name=${name%.state}
    if [ -r "$state" ] && [ -z "$(role_line "$name")" ]; then
      role_row "$(certificate_words "$name" optional)"
    fi
  done
}
