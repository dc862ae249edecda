# status: what is.

status_command() {
  [ "$#" -eq 0 ] || bad_usage "$1: unknown option."
  open_settings
  fact server "$name"
  fact authority "$url"
  case $mode in
    file) fact mode "file: principals are checked, proofs are not" ;;
    *) fact mode "proof: only what is proven to be in the ledger opens anything" ;;
  esac
  new=$work/new
  mkdir "$new"
  cp "$etc/principals.map" "$new/"
  split_document "$new/principals.map"
  opened_accounts >"$work/opened"
  while read -r account; do fact opens "$account"; done <"$work/opened"
  [ -s "$work/opened" ] || fact opens "no account: no role of these labels names one that is here"
  fact trust "bundle $(value "$etc/bundle" number), $(until_words "$(value "$etc/bundle" valid-until)")"
  fact principals "version $(value "$etc/principals.map" version)," \
    "$(until_words "$(value "$etc/principals.map" valid-until)")"
  fact revocations "$(cat "$etc/krl.version"), $(age_words "$etc/krl.version")"
  ends=$(TZ=UTC ssh-keygen -L -f "$etc/host-cert.pub" | sed -n 's/^ *Valid: from .* to //p')
  fact "host key" "certificate $(until_words "${ends}Z")"
  if [ -s "$etc/open-beside" ]; then
    fact warning "other logins stay open beside us:"
    sed 's/^/             /' "$etc/open-beside"
  fi
}

# fact NAME WORD...
fact() {
  fact_name=$1
  shift
  printf '%-12s %s\n' "$fact_name" "$*"
}

# until_words TIME: "until 2026-11-21 14:02 UTC, for 3 more hours".
until_words() {
  rest=$(($(epoch "$1") - $(date +%s)))
  if [ "$rest" -gt 0 ]; then
    printf 'until %s, for %s more' "$(clock "$1")" "$(in_words "$rest")"
  else
    printf 'ended %s, %s ago' "$(clock "$1")" "$(in_words $((-rest)))"
  fi
}

age_words() {
  printf 'taken up %s ago' "$(in_words $(($(date +%s) - $(date -r "$1" +%s))))"
}

clock() {
  date -u -d "$1" '+%Y-%m-%d %H:%M UTC'
}

in_words() {
  for unit in 86400:day 3600:hour 60:minute 1:second; do
    count=$(($1 / ${unit%:*}))
    if [ "$count" -gt 1 ] || [ "$unit" = 1:second ]; then
      if [ "$count" = 1 ]; then printf '1 %s' "${unit#*:}"; else printf '%s %ss' "$count" "${unit#*:}"; fi
      return 0
    fi
  done
}
