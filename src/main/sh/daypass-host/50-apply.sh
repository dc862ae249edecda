# What was verified comes into force.

# install_new: moves $work/new into place, file by file; says what differs.
install_new() {
  [ -n "$dry_run" ] || install -d -m 755 "$etc"
  put_changed "$etc/bundle" 644 "trust bundle" <"$new/bundle"
  put_changed "$etc/user-ca.pub" 644 "user CA keys" <"$new/user-ca.pub"
  put_changed "$etc/krl" 644 "revoked certificates" <"$new/krl"
  put_changed "$etc/krl.sig" 644 "their signature" <"$new/krl.sig"
  put_changed "$etc/krl.version" 644 "their version" <"$new/krl.version"
  put_changed "$etc/principals.map" 644 "principal map" <"$new/principals.map"
  if [ -s "$new/host-cert.pub" ]; then
    put_changed "$etc/host-cert.pub" 644 "host certificate" <"$new/host-cert.pub"
  fi
  install_principals
}

# File mode: a file for each account that is opened, none for any other.
install_principals() {
  [ -n "$dry_run" ] || install -d -m 755 "$etc/principals"
  opened=
  if [ "$mode" = file ]; then opened=$(opened_accounts); fi
  for account in $opened; do
    principals_of "$account" | put_changed "$etc/principals/$account" 644 "principals of $account"
  done
  for file in "$etc/principals"/*; do
    [ -e "$file" ] || continue
    printf '%s\n' "$opened" | grep -qx -e "${file##*/}" || {
      changes "closed: $file"
      [ -n "$dry_run" ] || rm -f "$file"
    }
  done
}

# The folder that the proof's verifier remembers in; gone with each boot.
make_proof_folder() {
  [ "$mode" = proof ] || return 0
  if ! getent passwd "$proof_user" >/dev/null; then
    changes "system account $proof_user, which runs daypass-host-principals"
    if [ -z "$dry_run" ]; then
      useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin \
        "$proof_user"
      printf '%s\n' "$proof_user" | put "$etc/made-account" 644
    fi
  fi
  [ -n "$dry_run" ] || install -d -m 700 -o "$proof_user" "$proof_folder"
  if [ -d /etc/tmpfiles.d ]; then
    printf 'd %s 0700 %s - -\n' "$proof_folder" "$proof_user" \
      | put_changed "$tmpfiles" 644 "its folder at each start"
  fi
}

# apply: installs, tests, reloads if sshd has to know. Whatever fails ends the program, which then
# puts everything back; so it must not be called where a failure would be ignored.
apply() {
  check_pam
  install_new
  make_proof_folder
  write_beside
  drop_in_text >"$work/drop-in"
  config_text >"$work/config"
  if ! cmp -s "$work/drop-in" "$drop_in" || ! cmp -s "$work/config" "$config" \
    || ! cmp -s "$new/host-cert.pub" "$work/undo/etc/host-cert.pub"; then
    mark_reload
  fi
  if grep -q '^LogLevel ' "$work/drop-in" && ! grep -qs '^LogLevel ' "$drop_in"; then
    changes "sshd's log names the certificates that it refuses: LogLevel VERBOSE"
  fi
  put_changed "$drop_in" 600 "sshd's drop-in" <"$work/drop-in"
  rights=$(stat -c %a "$config")
  put_changed "$config" "$rights" "sshd's main file, which now reads it first" <"$work/config"
  [ -n "$dry_run" ] || install -d -m 700 "$state" "$spool"
  rights=$(stat -c %a "$pam")
  pam_text >"$work/pam"
  put_changed "$pam" "$rights" "PAM's hook, which ends sessions with their certificates" \
    <"$work/pam"
  if [ -n "$dry_run" ]; then
    sed 's/^/  | /' "$work/drop-in"
    return 0
  fi
  self_test
  undo=
  [ ! -e "$reload_mark" ] || reload_sshd
}

mark_reload() {
  [ -n "$dry_run" ] || : >"$reload_mark"
}
