# Sessions end with their certificates: PAM's hook, and what it reports.

# The file with the hook behind pam_loginuid, whose audit session it ends, and before logind's scope,
# in which it would end itself.
pam_text() {
  grep -Fvx -e "$pam_line" "$pam" | awk -v line="$pam_line" '
    !done && /^(@include[ \t]+common-session|-?session[ \t].*(pam_systemd|-auth))/ {
      print line
      done = 1
    }
    { print }
    END { if (!done) print line }'
}

# A hook that fails would keep everybody out: it must pass a login that is none of ours.
test_hook() {
  if [ "$mode" = proof ] && ! perl -Tc "$lib/daypass-host-principals" >/dev/null 2>&1; then
    complain "daypass-host-principals does not run; sshd would open nothing." \
      "Is perl whole, with its core modules? perl -MDigest::SHA -e 1"
    return "$EXIT_REFUSED"
  fi
  env -i PAM_TYPE=open_session PAM_USER=root "$hook" </dev/null >/dev/null 2>&1 && return 0
  complain "$hook does not run." "Is perl whole, with its core modules?"
  return "$EXIT_REFUSED"
}

check_pam() {
  if [ "$(what_sshd_says root usepam)" != yes ] || [ ! -f "$pam" ]; then
    complain "sshd does not use PAM, so no session would end with its certificate." \
      "Put UsePAM yes into $config, and $pam into its place."
    return "$EXIT_REFUSED"
  fi
}

# What the hook wrote down and the journal gave reason to. Alarms go first: whoever logs in again and
# again must not delay them.
send_reports() {
  [ -d "$spool" ] || return 0
  [ ! -r "$spool/refusals" ] || cat "$spool/refusals" >"$work/refusals"
  "$lib/daypass-host-hints" "$mode" >>"$work/refusals" || :
  if send_waiting alarm; then send_waiting 'opened|closed' || :; fi
  send_refusals
  body=
}

# send_waiting WORDS: the reports of these events, oldest first; one goes when it was taken, or never
# will be. True if others may be sent: alarms and sessions are counted apart.
send_waiting() {
  # shellcheck disable=SC2010 # names of our own: 32 hexadecimal digits and a word
  ls -tr "$spool" | grep -E "\\.($1)\$" >"$work/reports" || :
  while read -r report; do
    body=$(cat "$spool/$report")
    ask POST /v1/sessions "$work/answer" signed || case $status in
      400 | 422) complain "A session report was refused: $report" ;;
      429) return 0 ;;
      *) return 1 ;;
    esac
    rm -f "$spool/$report"
  done <"$work/reports"
}

# Logins that were refused here, for those who tried. They keep no report of a session waiting, and
# of many that wait the oldest are forgotten.
send_refusals() {
  tail -n 200 "$work/refusals" >"$work/to-tell"
  rm -f "$work/refusals"
  : >"$work/untold"
  while read -r body; do
    if [ ! -s "$work/untold" ]; then
      if ask POST /v1/sessions "$work/answer" signed || [ "$status" = 400 ]; then continue; fi
    fi
    printf '%s\n' "$body" >>"$work/untold"
  done <"$work/to-tell"
  if [ -s "$work/untold" ]; then put "$spool/refusals" 600 <"$work/untold"; else rm -f "$spool/refusals"; fi
}
