# status: what is.

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
