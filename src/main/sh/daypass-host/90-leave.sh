# leave: undoes what join wrote, and nothing else.

leave_command() {
  while [ "$#" -gt 0 ]; do
    case $1 in
      --dry-run) dry_run=1 ;;
      *) bad_usage "$1: unknown option." ;;
    esac
    shift
  done
  open_settings
  take_lock
  [ -n "$dry_run" ] || keep_for_undo "This server has not left."
  rights=$(stat -c %a "$config")
  sed "\\|^$include_line\$|d" "$config" | put_changed "$config" "$rights" \
    "sshd's main file as it was"
  remove "$drop_in"
  rights=$(stat -c %a "$pam")
  grep -Fvx -e "$pam_line" "$pam" | put_changed "$pam" "$rights" "PAM's file as it was"
  if [ -z "$dry_run" ]; then
    sshd -t || fail "$EXIT_REFUSED" "sshd would not start without our lines."
  fi
  undo=
  # Before its files go: an sshd that still reads them would refuse everybody.
  reload_sshd
  if [ -e "$etc/made-account" ]; then
    changes "removed: system account $proof_user"
    [ -n "$dry_run" ] || userdel "$proof_user" || :
  fi
  remove_schedule
  for file in "$tmpfiles" "$proof_folder" "$state" "$etc"; do remove "$file"; done
  [ -z "$dry_run" ] || return 0
  say 'This server no longer trusts %s.\n' "$url"
  say 'Next: an operator takes it off the list: daypassd hosts remove %s --reason WHY\n' "$name"
}

remove() {
  [ -e "$1" ] || return 0
  changes "removed: $1"
  [ -n "$dry_run" ] || rm -rf "$1"
}
