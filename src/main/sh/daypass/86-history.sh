# What was: one's logins and certificates, as the ledger holds them.

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
  bound=
  failed=
  while IFS= read -r line; do
    value=${line#*: }
    case $line in
      "entries.entry: "*)
        history_row
        entry=$value at='' kind='' outcome='' role='' ends='' hostname='' reason='' of='' bound_key=''
        ;;
      "entries.at: "*) at=$value ;;
      "entries.kind: "*) kind=$value ;;
      "entries.outcome: "*) outcome=$value ;;
      "entries.role: "*) role=$value ;;
      "entries.serial: "*) of=$value ;;
      "entries.valid_before: "*) ends=$value ;;
      "entries.key: "*) bound_key=$value ;;
      "entries.hostname: "*) hostname=$value ;;
      "entries.reason: "*) reason=$value ;;
    esac
  done <"$work/listed"
  history_row
  [ -z "$first" ] || say 'Nothing yet. Logins and certificates of yours will stand here.\n'
}

# One line an entry, but for what another one says already; a reason that would not fit goes below.
history_row() {
  case $entry in
    "" | *[!0-9]*) return 0 ;;
  esac
  details=
  tell_entry || return 0
  if seconds=$(epoch_of "$at"); then at=$(local_time "$seconds" '%F %H:%M'); else at=-; fi
  measure
  indent=40
  [ "$columns" -ge 80 ] || indent=9
  if [ -n "$first" ]; then
    say '%-8s %-16s  %-12s %s\n' ENTRY WHEN WHAT DETAILS
    first=
  fi
  row=$(printf '%-8s %-16s  %-12s ' "$entry" "$at" "$what")
  if [ -z "$details" ]; then
    say_words "$row" "$indent" "$reason"
  elif [ -z "$reason" ]; then
    say_words "$row" "$indent" "$details"
  elif [ $((${#row} + ${#details} + 2 + ${#reason})) -le "$columns" ]; then
    say_words "$row" "$indent" "$details: $reason"
  else
    say_words "$row" "$indent" "$details"
    say_words "$(printf "%${indent}s" '')" "$indent" "$reason"
  fi
}

# Sets $what, $details and $reason to words for people; fails if another row told it.
tell_entry() {
  case $outcome in
    granted)
      # Its failure, which is newer, was told.
      case $failed in
        *" $entry "*) return 1 ;;
      esac
      what=certificate
      details=$role
      if seconds=$(epoch_of "$ends"); then
        details="$details until $(local_time "$seconds" %H:%M)"
      fi
      ;;
    failed)
      what='not issued'
      details='a certificate that was granted'
      failed="$failed $of "
      ;;
    refused)
      what=refused
      [ -n "$reason" ] || details='more of them, only counted'
      ;;
    opened)
      what=login
      details=$hostname
      bound="$bound $bound_key "
      ;;
    consented)
      # The login that came of it is newer, and was told.
      case $bound in
        *" $bound_key "*)
          bound="${bound%%" $bound_key "*} ${bound#*" $bound_key "}"
          return 1
          ;;
      esac
      what='login begun'
      details="$hostname${hostname:+, }never finished"
      ;;
    ended)
      what='login ended'
      details=$hostname
      say_cause
      ;;
    revoked)
      what=revoked
      details="certificates of ${hostname:-yours}"
      say_cause
      ;;
    erased)
      what=erased
      kind_words
      ;;
    *)
      what=other
      kind_words
      ;;
  esac
}

# The ledger's word for what ended a login.
say_cause() {
  case $reason in
    logout) reason='you logged out' ;;
    expired) reason='its time was up' ;;
    replaced) reason='you logged in again' ;;
    provider*) reason="by the identity provider${reason#provider}" ;;
    operator*) reason="by an operator${reason#operator}" ;;
  esac
}

kind_words() {
  case $kind in
    login.opened) details='a login' ;;
    login.ended) details="a login's end" ;;
    certificate.granted) details='a certificate' ;;
    certificate.failed) details='a certificate that was not issued' ;;
    requests.refused) details='a refusal' ;;
    revocation.added) details='a revocation' ;;
    session.opened) details='a session began' ;;
    session.closed) details='a session ended' ;;
    session.alarm) details='an alarm in a session' ;;
    token.granted) details='a token' ;;
    grant.*) details='a grant' ;;
    *) details='an entry that only a newer daypass can tell' ;;
  esac
}
