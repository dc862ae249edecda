# What runs refresh: systemd's units or, where there is no systemd, cron.

waiting_unit=daypass-host-wait.service
unit_names="daypass-host-refresh.service daypass-host-refresh.timer $waiting_unit"

write_schedule() {
  if [ -d /run/systemd/system ]; then
    write_units
  elif [ -d /etc/cron.d ]; then
    # Not all servers at once. Each run waits for news until the next one begins.
    minute=$(($(printf '%s' "$name" | cksum | cut -d ' ' -f 1) % 5))
    printf '%s-59/5 * * * * root %s refresh --quiet --wait 285\n' "$minute" "$program" \
      | put_changed "$schedule" 644 "refresh every five minutes, waiting for news between"
  else
    complain "There is neither systemd nor /etc/cron.d." \
      "Let something run daypass-host refresh every five minutes."
  fi
}

write_units() {
  for unit in $unit_names; do
    for shipped in "$lib/systemd/$unit" "$lib/../share/systemd/$unit"; do
      [ -r "$shipped" ] || continue
      sed "s|/usr/lib/daypass/daypass-host|$program|" "$shipped" \
        | put_changed "$units/$unit" 644 "unit"
      break
    done
  done
  systemctl daemon-reload
  systemctl --quiet enable --now daypass-host-refresh.timer "$waiting_unit" \
    || complain "systemd does not run refresh." "Look: systemctl status $waiting_unit"
}

remove_schedule() {
  remove "$schedule"
  [ -e "$units/$waiting_unit" ] || return 0
  [ -n "$dry_run" ] \
    || systemctl --quiet disable --now daypass-host-refresh.timer "$waiting_unit" 2>/dev/null || :
  for unit in $unit_names; do remove "$units/$unit"; done
  [ -n "$dry_run" ] || systemctl daemon-reload
}
