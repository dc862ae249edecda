# Ending logins.

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
  where='Logged out.'
  [ -z "$all" ] || where="Logged out everywhere. Logins ended: $(answered ended | grep . || echo 0)."
  say '%s Certificates revoked: %s.\n' "$where" "$(answered revoked | grep . || echo 0)"
  say '  next     daypass login, when you need a server again\n'
}
