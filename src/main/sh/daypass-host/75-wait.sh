# refresh --wait: between refreshes, a request for the list of revoked certificates and one for the
# principal map that the authority answers as soon as it has other ones.

# How long an answer may take; the authority answers a little earlier.
WAIT_SECONDS=20

# refresh_and_wait SECONDS: refreshes now, and at once whenever there is news, for so long.
refresh_and_wait() {
  until=$(($(date +%s) + $1))
  while :; do
    result=0
    "$program" refresh ${quiet:+--quiet} >"$work/said" 2>&1 || result=$?
    # What has been said stays true; it need not be said each time.
    if ! cmp -s "$work/said" "$work/before"; then cat "$work/said" >&2; fi
    mv "$work/said" "$work/before"
    await_news "$until" || exit "$result"
  done
}

# Until there is news; fails when the time is over.
await_news() {
  while [ "$(date +%s)" -lt "$1" ]; do
    [ -z "$(find "$spool" -type f ! -name '*.new' 2>/dev/null)" ] || return 0
    ask_for_news
    case $(cat "$work/krl-news.status") in
      200) return 0 ;;
    esac
    case $(cat "$work/map-news.status") in
      200) ! same_map "$work/map-news" "$etc/principals.map" && return 0 ;;
      "") ;;
      *) rest ;;
    esac
    case $(cat "$work/krl-news.status") in
      304 | "") ;;
      *) rest ;;
    esac
  done
  return 1
}

# Servers that lost the authority at the same moment do not come back at the same moment.
rest() {
  sleep $((5 + $(od -An -N 2 -tu2 /dev/urandom) % 25))
}

# Both requests at once; whichever is answered first ends the other.
ask_for_news() {
  krl=$(sed -n 's/^version //p' "$etc/krl.version")
  map=$(value "$etc/principals.map" version)
  body=
  options GET "/v1/krl?wait=$WAIT_SECONDS&after=$krl" "$work/krl-news" >"$work/krl-news.options"
  options GET "/v1/hosts/me/principals?wait=$WAIT_SECONDS&after=$map" "$work/map-news" signed \
    >"$work/map-news.options"
  perl -e '
    my %running;
    for my $name (@ARGV) {
      my $process = fork // exit 1;
      if (!$process) {
        open(STDOUT, ">", "$name.status") or exit 1;
        exec "curl", "-q", "--config", "$name.options" or exit 1;
      }
      $running{$process} = 1;
    }
    $SIG{TERM} = sub { kill "TERM", keys %running; exit 1 };
    delete $running{+wait};
    kill "TERM", keys %running;
    1 while wait > 0;' "$work/krl-news" "$work/map-news" 2>/dev/null
}

# Whether two maps open the same.
same_map() {
  for map in "$1" "$2"; do
    grep -E '^(host|label|account|grace|named|self) ' "$map" || :
    printf '\n'
  done | awk 'BEGIN { RS = "" } { part[NR] = $0 } END { exit NR == 2 && part[1] == part[2] ? 0 : 1 }'
}
