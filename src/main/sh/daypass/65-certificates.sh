# Certificates of roles: ssh's question before it connects, and people's requests.

# A certificate is renewed this many seconds before its end at the earliest: a minute, or a tenth of
# its life if that is longer, never more than half of it.
margin_of() {
  margin=$(($1 / 10))
  [ "$margin" -ge 60 ] || margin=60
  [ "$margin" -le $(($1 / 2)) ] || margin=$(($1 / 2))
  printf '%s' "$margin"
}

# ensure ROLE, without a good certificate: renews without a word if that is possible; opens the
# browser if the login ended and somebody looks. Never waits where nobody does.
ensure_command() {
  one_line=yes
  said_on=2
  [ $# -eq 1 ] || bad_usage "Name one role."
  check_role_name "$1" || bad_usage "This is no role's name."
  role=$1
  patience=10
  connect_patience=3
  if ! has_terminal; then
    # Nor does a window ask for what a key of the user's own wants.
    export SSH_ASKPASS_REQUIRE=never
    unset DISPLAY SSH_ASKPASS
  fi
  open_settings
  if must_give_reason "$role"; then
    still_good "$role" || fail "$EXIT_REFUSED" "The role $role wants a reason." \
      "Run: daypass request $role --reason '...'"
    exit 0
  fi
  wait_for_turn
  renew
  release_lock
}

# The line "ROLE reason PATTERN..." of the roles that init wrote.
role_line() {
  [ -r "$settings/roles" ] || return 0
  sed -n "s/^$1 //p" "$settings/roles" | sed -n 1p
}

must_give_reason() {
  case $(role_line "$1") in
    "" | "optional "*) return 1 ;;
  esac
}

# Waits while another helper renews; what that one got is then enough.
wait_for_turn() {
  turns=0
  until take_lock renew; do
    if [ "$held_for" = login ] && ! has_terminal; then
      use_the_rest
      fail "$EXIT_LOGIN" "A login waits for the browser." "Finish it, then try again."
    fi
    turns=$((turns + 1))
    if [ "$held_for" != login ] && [ "$turns" -gt 100 ]; then
      use_the_rest
      fail "$EXIT_UNREACHABLE" "Another daypass has not answered for 10 seconds." "Try again."
    fi
    [ "$turns" -lt 3000 ] || fail "$EXIT_LOGIN" "Another login takes too long." "Try again."
    pause
    ! is_fresh "$role" || exit 0
  done
  ! is_fresh "$role" || exit 0
}

renew() {
  fields=
  if ! key_is_ready; then
    log_in_from_ssh "The login key is gone, as after a restart."
  elif needs_touch && ! has_terminal; then
    use_the_rest
    fail "$EXIT_LOGIN" "A new certificate wants a touch of your security key." \
      "Run: daypass ensure $role"
  fi
  request_certificate || {
    use_the_rest
    unreachable
  }
  if login_is_over; then
    log_in_from_ssh "Your login has ended."
    request_certificate || unreachable
  fi
  [ "$status" = 201 ] || {
    case $status in
      429 | 5??) use_the_rest ;;
    esac
    not_granted
  }
  keep_certificate
  renew_revoked_hosts
}

# A certificate in its last minute still opens the door.
use_the_rest() {
  if still_good "$role"; then exit 0; fi
}

log_in_from_ssh() {
  if ! has_terminal; then
    use_the_rest
    fail "$EXIT_LOGIN" "$1" "Run: daypass login"
  fi
  # Others must not wait for a browser where nobody looks.
  release_lock
  take_lock login || fail "$EXIT_LOGIN" "Another login is under way." "Finish it, then try again."
  say '%s\n' "$1"
  patience=30
  log_in
}

# request_certificate: asks for $role with the fields of $fields; fails if nobody answers.
request_certificate() {
  namespace=request@daypass.dev
  body=
  add_field role "$role"
  body="$body$fields"
  try POST /v1/certificates || return 1
  case $(answered code) in
    clock_skew) if correct_clock; then try POST /v1/certificates; fi ;;
    restarted)
      sleep 3
      try POST /v1/certificates
      ;;
  esac
}

not_granted() {
  if [ "$status" = 202 ]; then
    fail "$EXIT_REFUSED" "The role $role wants somebody else's approval: $(answered detail)"
  fi
  refused
}

# Puts certificate and state in place, each in one step; the state last, as it says that the
# certificate is there.
keep_certificate() {
  certificate_file=$place/$role-cert.pub
  install_certificate
  lasts=$(seconds_of "$(answered valid_for)") || not_an_answer
  ends=$(($(date +%s) + lasts))
  printf '%s %s %s\n' $((ends - $(margin_of "$lasts"))) "$ends" "$(agent_number)" \
    | put "$place/$role.state"
}

# Writes the certificate beside the key in one step, once ssh-keygen can read it.
install_certificate() {
  sed -n '$p' "$work/answer" >"$work/cert.pub"
  certified=$(ssh-keygen -L -f "$work/cert.pub" 2>/dev/null \
    | sed -n 's/^ *Public key: [^ ]* \(SHA256:[^ ]*\).*/\1/p') || certified=
  expected=$(ssh-keygen -l -f "$key" | cut -d ' ' -f 2)
  [ "${certified:-none}" = "$expected" ] \
    || fail "$EXIT_UNREACHABLE" "The answer is no certificate for $key." "Is $url the right address?"
  put "$certificate_file" 644 <"$work/cert.pub"
}

# read_state ROLE: sets $renew_at and $ends; fails if there is no certificate of the role.
read_state() {
  ends=0
  if [ -r "$place/$1-cert.pub" ] && [ -r "$place/$1.state" ] \
    && read -r renew_at ends _ <"$place/$1.state"; then
    case $renew_at$ends in
      "" | *[!0-9]*) ends=0 ;;
      *) return 0 ;;
    esac
  fi
  return 1
}

is_fresh() {
  read_state "$1" && [ "$renew_at" -gt "$(date +%s)" ] && key_is_ready
}

still_good() {
  read_state "$1" && [ "$ends" -gt $(($(date +%s) + 2)) ] && key_is_ready
}

# request ROLE [--for 1h] [--reason TEXT] [--host NAME]...
request_command() {
  role=
  ttl=
  body=
  while [ $# -gt 0 ]; do
    case $1 in
      --for | --reason | --host)
        [ $# -ge 2 ] || bad_usage "$1 needs a value."
        take_request_option "$1" "$2"
        shift
        ;;
      --for=* | --reason=* | --host=*) take_request_option "${1%%=*}" "${1#*=}" ;;
      -*) bad_usage "$1: unknown option." ;;
      *)
        [ -z "$role" ] || bad_usage "One role at a time."
        role=$1
        ;;
    esac
    shift
  done
  [ -n "$role" ] || bad_usage "Name a role." "daypass status lists yours."
  check_role_name "$role" || bad_usage "$role is no role's name." "daypass status lists yours."
  fields=${body:+&$body}
  open_settings
  if ! key_is_ready; then log_in_for_request; fi
  request_certificate || unreachable
  if login_is_over; then
    log_in_for_request
    request_certificate || unreachable
  fi
  [ "$status" = 201 ] || not_granted
  keep_certificate
  servers=$(answered hosts)
  serial=$(answered serial)
  username=$(answered username)
  renew_revoked_hosts
  say 'Holding %s as %s\n' "$role" "$username"
  say '  until    %s\n' "$(until_words "$ends")"
  say '  servers  %s\n' "${servers:-every server of the role}"
  say '  entry    %s\n' "$serial"
  if [ -n "$(role_line "$role")" ]; then
    say '  next     ssh to them\n'
  else
    say_ssh_options
  fi
}

# For a role whose hosts nobody names: what its block in ssh's configuration would say.
say_ssh_options() {
  say '  next     ssh -o IdentitiesOnly=yes -i %s \\\n' "$(from_home "$key")"
  [ -z "$socket" ] || say '             -o IdentityAgent=%s \\\n' "$(from_home "$socket")"
  say '             -o CertificateFile=%s HOST\n' "$(from_home "$certificate_file")"
}

# ssh reads ~ as a shell does.
# shellcheck disable=SC2088
from_home() {
  case $1 in
    "$HOME"/*) printf '~/%s' "${1#"$HOME"/}" ;;
    *) printf '%s' "$1" ;;
  esac
}

take_request_option() {
  case $1 in
    --for)
      ttl=$(seconds_of "$2") \
        || bad_usage "--for $2: not a length of time." "Units are s, m, h: such as --for 90m."
      add_field ttl "${ttl}s"
      ;;
    --reason) add_field reason "$2" ;;
    --host) add_field hosts "$2" ;;
  esac
}

log_in_for_request() {
  has_terminal || fail "$EXIT_LOGIN" "You are not logged in." "Run: daypass login"
  log_in
}
