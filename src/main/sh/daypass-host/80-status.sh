# status and doctor: what is, and what is wrong with it.

status_command() {
  [ "$#" -eq 0 ] || bad_usage "$1: unknown option."
  open_settings
  printf '%-12s %s\n' server "$name" authority "$url" mode "$mode"
  printf '%-12s number %s, until %s\n' bundle "$(value "$etc/bundle" number)" \
    "$(value "$etc/bundle" valid-until)"
  printf '%-12s version %s, until %s\n' principals "$(value "$etc/principals.map" version)" \
    "$(value "$etc/principals.map" valid-until)"
  printf '%-12s %s, of %s\n' revoked "$(cat "$etc/krl.version")" \
    "$(date -u -r "$etc/krl" +%Y-%m-%dT%H:%M:%SZ)"
  new=$work/new
  mkdir "$new"
  cp "$etc/principals.map" "$new/"
  split_document "$new/principals.map"
  opened_accounts | sort -u | while read -r account; do
    printf '%-12s %s\n' opens "$account"
  done
  if [ -s "$etc/open-beside" ]; then
    printf '%-12s other logins stay open beside us:\n' warning
    sed 's/^/             /' "$etc/open-beside"
  fi
}

finding() {
  findings=$((findings + 1))
  printf '%s\n  %s\n' "$1" "$2"
}

doctor_command() {
  [ "$#" -eq 0 ] || bad_usage "$1: unknown option."
  open_settings
  findings=0
  sshd -t 2>"$work/errors" \
    || finding "sshd refuses its configuration: $(printable <"$work/errors" | tr '\n' ' ')" \
      "Correct it before sshd is started again."
  if ! "$lib/daypass-host-inspect" "$mode" --command "$sshd_command" >"$work/faults"; then
    while IFS='	' read -r what remedy; do finding "$what" "$remedy"; done <"$work/faults"
  fi
  doctor_ages
  doctor_rights
  doctor_sshd
  doctor_clock
  if [ "$findings" -gt 0 ]; then exit "$EXIT_REFUSED"; fi
  say 'Nothing is wrong: %s is in %s mode, and it is in force.\n' "$name" "$mode"
}

doctor_ages() {
  is_current "$etc/bundle" || finding "The trust bundle has expired." \
    "The root key's holder signs a new one; then: daypass-host refresh"
  is_current "$etc/principals.map" || finding "The principal map has expired." \
    "Is $url reachable? daypass-host refresh"
  [ -z "$(find "$etc/krl.version" "$etc/krl" -mmin +1500)" ] || finding \
    "The list of revoked certificates is older than a day." "Is $url reachable? daypass-host refresh"
  ends=$(TZ=UTC ssh-keygen -L -f "$etc/host-cert.pub" | sed -n 's/^ *Valid: from .* to //p')
  [ "$(epoch "$ends")" -gt "$(date +%s)" ] || finding "The host certificate has expired." \
    "Users are asked about the host key. daypass-host refresh"
}

doctor_rights() {
  find "$etc" "$drop_in" "$lib/daypass-host"* \( ! -user root -o -perm /022 \) -print >"$work/loose"
  while read -r file; do
    finding "$file can be changed by others than root." "chown root $file; chmod go-w $file"
  done <"$work/loose"
}

doctor_sshd() {
  if [ -s "$etc/open-beside" ]; then
    while read -r line; do
      finding "open beside us: $line" "daypass-host join again, with --close-other-logins"
    done <"$etc/open-beside"
  fi
  if ! grep -Fqx -e "$pam_line" "$pam" || ! check_pam 2>/dev/null; then
    finding "Sessions do not end with their certificates: PAM's hook is missing." \
      "daypass-host refresh puts it back into $pam; sshd needs UsePAM yes."
  fi
  if [ "$(what_sshd_says root passwordauthentication)" = yes ]; then
    finding "sshd takes passwords." "Put PasswordAuthentication no into $config."
  fi
  version=$(ssh -V 2>&1 | sed -n 's/^OpenSSH_\([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
  if [ "${version% *}" -lt 8 ] || { [ "${version% *}" = 8 ] && [ "${version#* }" -lt 2 ]; }; then
    finding "OpenSSH is older than 8.2." "Upgrade it."
  fi
}

doctor_clock() {
  if ! try GET /v1/bundle "$work/answer"; then
    finding "The certificate authority at $url cannot be reached." "What is here stays in force."
  elif correct_clock && { [ "$clock_offset" -gt 30 ] || [ "$clock_offset" -lt -30 ]; }; then
    finding "This clock and that of $url differ by $clock_offset seconds." "Does NTP run here?"
  fi
}
