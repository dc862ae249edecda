# refresh --wait: between refreshes one request for the principal map, which the authority answers as
# soon as it has another one or another list of revoked certificates. What there is to report goes out
# meanwhile.

# How long an answer may take; the authority answers a little earlier.
WAIT_SECONDS=50

# refresh_and_wait SECONDS: refreshes now, and at once whenever there is news, for so long.
refresh_and_wait() {
  until=$(($(date +%s) + $1))
  while :; do
    result=0
    know_reports
    "$program" refresh ${quiet:+--quiet} >"$work/said" 2>&1 || result=$?
    # What has been said stays true; it need not be said each time.
    if ! cmp -s "$work/said" "$work/before"; then cat "$work/said" >&2; fi
    mv "$work/said" "$work/before"
    await_news "$until" || exit "$result"
  done
}

# What is about to be sent: if it cannot be, it must not be tried again at once.
know_reports() {
  "$lib/daypass-host-await" --list >"$work/known"
}

# Until there is news; fails when the time is over.
await_news() {
  while [ "$(date +%s)" -lt "$1" ]; do
    began=$(date +%s)
    ask_for_news || printf 000 >"$work/news.status"
    case $(cat "$work/news.status") in
      200)
        if is_news; then return 0; fi
        # Answered at once without news: there is no place to wait, unless another refresh was faster.
        if [ $(($(date +%s) - began)) -lt 5 ] && [ "$asked" = "$(versions)" ]; then rest; fi
        ;;
      ?*) rest ;;
    esac
    know_reports
    # Another join may have changed it.
    mode=$(setting mode)
    (
      take_lock
      send_reports
    ) || :
  done
  return 1
}

# Servers that lost the authority at the same moment do not come back at the same moment.
rest() {
  sleep $((5 + $(od -An -N 2 -tu2 /dev/urandom) % 25))
}

# Of the map and the list that are here.
versions() {
  printf '%s %s' "$(value "$etc/principals.map" version)" "$(value "$etc/krl.version" version)"
}

# The answer in $work/news, its status in $work/news.status: empty if something is to be reported.
ask_for_news() {
  asked=$(versions)
  krl=${asked#* }
  query="wait=$WAIT_SECONDS&after=${asked% *}&krl=$krl&bundle=$(value "$etc/bundle" number)"
  body=
  patience=$((WAIT_SECONDS + 10))
  options GET "/v1/hosts/me/principals?$query" "$work/news" signed >"$work/news.options"
  patience=
  "$lib/daypass-host-await" "$work/news.options" "$work/known" >"$work/news.status"
}

# An answer in vain is a map as well.
is_news() {
  same_map "$work/news" "$etc/principals.map" || return 0
  body=
  try GET "/v1/krl?after=$krl" "$work/news.krl" && [ "$status" = 200 ]
}

# Whether two maps open the same.
same_map() {
  for map in "$1" "$2"; do
    grep -E '^(host|label|account|grace|named|self) ' "$map" || :
    printf '\n'
  done | awk 'BEGIN { RS = "" } { part[NR] = $0 } END { exit NR == 2 && part[1] == part[2] ? 0 : 1 }'
}
