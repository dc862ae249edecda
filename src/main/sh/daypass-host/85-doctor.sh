# doctor: what is wrong here or weakens this server, each with its remedy.

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
  doctor_other_keys
  doctor_versions
  doctor_schedule
  doctor_clock
  if [ "$findings" -gt 0 ]; then
    say '\nFound: %s. Correct what you can, then ask again: daypass-host doctor\n' "$findings"
    exit "$EXIT_REFUSED"
  fi
  say 'Nothing is wrong: %s is in %s mode, and it is in force.\n' "$name" "$mode"
}

doctor_ages() {
  stale_parts >"$work/stale"
  while IFS='	' read -r what remedy; do finding "$what" "$remedy"; done <"$work/stale"
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
  for option in passwordauthentication kbdinteractiveauthentication; do
    [ "$(what_sshd_says root "$option")" != yes ] || finding "sshd takes passwords: $option yes." \
      "Put PasswordAuthentication no and KbdInteractiveAuthentication no into $config."
  done
}

# Ways in that no role knows: keys, and CA keys, of the accounts that stay open to them.
doctor_other_keys() {
  getent passwd | cut -d : -f 1 >"$work/accounts"
  while read -r account; do
    ask_sshd "$account" || :
    keys_said "$account" | while read -r file; do
      if grep -qiE '^[^#]*cert-authority' "$file"; then
        printf '%s trusts a CA of its own, in %s.\tRemove its cert-authority line.\n' \
          "$account" "$file"
      else
        printf '%s can be entered with keys of %s.\tMove its people to a role, then remove them.\n' \
          "$account" "$file"
      fi
    done
  done <"$work/accounts" >"$work/keys"
  while IFS='	' read -r what remedy; do finding "$what" "$remedy"; done <"$work/keys"
}

doctor_versions() {
  said=$(ssh -V 2>&1)
  version=$(printf '%s' "$said" | sed -n 's/^OpenSSH_\([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
  number=$((${version% *} * 100 + ${version#* }))
  [ "$number" -ge 802 ] || finding "OpenSSH is older than 8.2." "Upgrade it."
  # CVE-2024-6387: distributions mended it under the old number, Debian 12 with its third update.
  case $said in
    *Debian-2\ * | *deb12u[12][\ ,]*) mended= ;;
    *[a-z0-9]\ *-*,*) mended=1 ;;
    *) mended= ;;
  esac
  if [ -z "$mended" ] && [ "$number" -ge 805 ] && [ "$number" -le 907 ]; then
    finding "This OpenSSH gives a stranger root (CVE-2024-6387): ${said%%,*}." \
      "Upgrade it, or set LoginGraceTime 0 in $config until then."
  fi
}

doctor_schedule() {
  if [ -d /run/systemd/system ]; then
    for unit in daypass-host-refresh.timer "$waiting_unit"; do
      systemctl is-active --quiet "$unit" \
        || finding "systemd does not run $unit." "systemctl enable --now $unit"
    done
  elif [ ! -e "$schedule" ]; then
    finding "Nothing runs refresh here." "daypass-host join again writes $schedule."
  fi
}

doctor_clock() {
  if ! try GET /v1/bundle "$work/answer"; then
    finding "The certificate authority at $url cannot be reached." "What is here stays in force."
  elif correct_clock && { [ "$clock_offset" -gt 30 ] || [ "$clock_offset" -lt -30 ]; }; then
    finding "This clock and that of $url differ by $clock_offset seconds." "Does NTP run here?"
  fi
}
