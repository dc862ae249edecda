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

# One line an entry; a reason that would not fit gets its own.
history_row() {
  [ -n "$entry" ] || return 0
  if [ -n "$first" ]; then
    say '%-8s %-16s  %-12s %s\n' ENTRY WHEN WHAT DETAILS
    first=
  fi
  case $outcome in
    granted) what=certificate ;;
    opened) what=login ;;
    ended) what='login ended' ;;
    other) what=$kind ;;
    *) what=$outcome ;;
  esac
  details=$role
  if seconds=$(epoch_of "$ends"); then
    details="$details until $(local_time "$seconds" %H:%M)"
  fi
  [ -z "$hostname" ] || details="${details:+$details, }$hostname"
  [ -n "$details$reason" ] || [ "$what" = "$kind" ] || details=$kind
  if [ -n "$reason" ] && [ $((${#details} + ${#reason})) -le 36 ]; then
    details="${details:+$details: }$reason"
    reason=
  fi
  seconds=$(epoch_of "$at") || seconds=0
  say '%-8s %-16s  %-12s %s\n' "$entry" "$(local_time "$seconds" '%F %H:%M')" "$what" \
    "${details:-$reason}"
  if [ -n "$details" ] && [ -n "$reason" ]; then say '%40s%s\n' '' "$reason"; fi
}
