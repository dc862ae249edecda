# What becomes of a server that the authority does not reach any more.

# stale_parts: what is too old here and its remedy, a line each with a tab between.
stale_parts() {
  reach="Is $url reachable? daypass-host refresh"
  if ! is_current "$etc/bundle"; then
    after="What it trusts stays in force."
    if closes_when_expired; then after="It says that no certificate opens anything then."; fi
    printf 'The trust bundle ended at %s. %s\t%s\n' "$(value "$etc/bundle" valid-until)" "$after" \
      "The root key's holder signs a new one; then: daypass-host refresh"
  fi
  is_current "$etc/principals.map" || printf 'The principal map ended at %s.\t%s\n' \
    "$(value "$etc/principals.map" valid-until)" "$reach"
  [ -z "$(find "$etc/krl.version" -mmin +1500)" ] \
    || printf 'The list of revoked certificates is older than a day.\t%s\n' "$reach"
}

# Said whenever refresh runs, and to whom the system's alarms go.
alarm_if_stale() {
  stale_parts >"$work/stale"
  while IFS='	' read -r what remedy; do
    complain "$what" "$remedy"
    logger -t daypass-host -p auth.alert -- "$what" 2>/dev/null || :
  done <"$work/stale"
}

closes_when_expired() {
  [ "$(value "$etc/bundle" when-expired)" = close ]
}

# A bundle may say that nothing is opened after its end: then a server that is kept from newer
# bundles does not go on believing what was taken back.
close_if_expired() {
  if is_current "$etc/bundle" || ! closes_when_expired || take_bundle 2>/dev/null; then return 0; fi
  : | put_changed "$etc/user-ca.pub" 644 "no CA key is trusted, for the trust bundle has ended"
  alarm_if_stale
  exit "$EXIT_REFUSED"
}
