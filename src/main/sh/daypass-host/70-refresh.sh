# refresh: what has changed at the authority; each part that does not verify stays as it is.

refresh_command() {
  wait_for=
  while [ "$#" -gt 0 ]; do
    case $1 in
      --wait)
        case ${2:-} in
          "" | *[!0-9]*) bad_usage "--wait needs a number of seconds." ;;
        esac
        wait_for=$2
        shift
        ;;
      --quiet) quiet=1 ;;
      --dry-run) dry_run=1 ;;
      *) bad_usage "$1: unknown option." ;;
    esac
    shift
  done
  open_settings
  [ -z "$wait_for" ] || refresh_and_wait "$wait_for"
  take_lock
  new=$work/new
  mkdir "$new"
  close_if_expired
  result=0
  refresh_part take_bundle bundle
  read_bundle
  refresh_part take_map principals.map
  split_document "$new/principals.map"
  refresh_part take_krl krl krl.sig krl.version
  if certificate_is_due; then
    refresh_part renew_certificate host-cert.pub
  else
    cp "$etc/host-cert.pub" "$new/host-cert.pub"
  fi
  [ -n "$dry_run" ] || keep_for_undo "Nothing was changed."
  survey
  apply
  send_reports
  alarm_if_stale
  if [ "$result" = 0 ] && [ ! -e "$work/changed" ]; then
    say 'Nothing new: %s is as %s says.\n' "$name" "$url"
  fi
  exit "$result"
}

# refresh_part TAKE FILE...: if it cannot be taken up, the files stay what they are.
refresh_part() {
  part=$1
  shift
  "$part" && return 0
  code=$?
  case $status in
    2??) ;;
    *) tell_refusal "$code" "$new/$1" ;;
  esac
  # One silence is enough: the rest would wait for the same nothing.
  if [ "$code" = "$EXIT_UNREACHABLE" ]; then
    alarm_if_stale
    exit "$code"
  fi
  result=$code
  for kept in "$@"; do
    rm -f "$new/$kept"
    cp "$etc/$kept" "$new/$kept" \
      || fail "$EXIT_REFUSED" "The file $etc/$kept is missing." "Join again with a new token."
  done
}

renew_certificate() {
  body=
  ask POST /v1/hosts/me/certificate "$work/answer" signed || return
  take_certificate "$work/answer"
}
