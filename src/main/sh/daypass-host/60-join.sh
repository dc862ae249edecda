# join: from a stock server to one that trusts the authority.

token=

join_command() {
  mode="file"
  while [ "$#" -gt 0 ]; do
    case $1 in
      --close-other-logins) close_other_logins=1 ;;
      --permit-user-rc) permit_user_rc=1 ;;
      --dry-run) dry_run=1 ;;
      --token | --name | --root | --mode | --ca-file)
        [ "$#" -gt 1 ] || bad_usage "$1 needs a value."
        take_option "$1" "$2"
        shift
        ;;
      -*) bad_usage "$1: unknown option." ;;
      *)
        [ -z "$url" ] || bad_usage "Two URLs."
        url=$1
        ;;
    esac
    shift
  done
  make_work
  take_lock
  [ -z "$token" ] || read_token
  check_join
  new=$work/new
  mkdir "$new"
  take_bundle || refuse_join $? "$new/bundle"
  read_bundle
  ask_to_join
  take_all || refuse_join $? "$work/answer"
  survey
  check_proof_mode
  write_settings
  apply
  write_schedule
  say '\n%s trusts %s, in %s mode.\n' "$name" "$url" "$mode"
  say 'Next: daypass-host doctor says what weakens this server.\n'
}

take_option() {
  case $1 in
    --token) token=$2 ;;
    --name) name=$2 ;;
    --root) root=$2 ;;
    --mode) mode=$2 ;;
    --ca-file) ca_file=$2 ;;
  esac
}

# The token's lines (DESIGN section 9): name, root and address stand in it.
read_token() {
  case $token in
    dpj1.*) ;;
    *) bad_usage "That is no join token." ;;
  esac
  printf '%s' "${token#dpj1.}" | tr '_-' '/+' | perl -MMIME::Base64 -e 'print decode_base64(<STDIN>)' \
    >"$work/token"
  if ! grep -q '^secret ' "$work/token"; then bad_usage "That is no join token."; fi
  name=$(value "$work/token" name)
  root=$(value "$work/token" root)
  [ -n "$url" ] || url=$(value "$work/token" url)
  is_current "$work/token" \
    || fail "$EXIT_REFUSED" "The token ended at $(value "$work/token" valid-until)." \
      "An operator makes another: daypassd hosts token $name"
}

check_join() {
  for given in "$url" "$name" "$root"; do
    [ -n "$given" ] || bad_usage "Name a token, or URL, --name and --root."
  done
  case $name in
    *[!a-z0-9.-]* | [!a-z0-9]* | *[!a-z0-9]) bad_usage "$name is no host name in lower case." ;;
  esac
  case $root in
    SHA256:*[!A-Za-z0-9+/]* | SHA256:) bad_usage "--root is a fingerprint: SHA256:..." ;;
    SHA256:*) ;;
    *) bad_usage "--root is a fingerprint: SHA256:..." ;;
  esac
  case $mode in
    file | proof) ;;
    *) bad_usage "--mode is file or proof." ;;
  esac
  if [ -r "$etc/name" ] && [ "$(setting name) $(setting root.fingerprint)" != "$name $root" ]; then
    fail "$EXIT_REFUSED" "This server has joined as $(setting name)." "First: daypass-host leave"
  fi
  check_url
}

# POST /v1/hosts; a dry run must not use the token up.
ask_to_join() {
  if [ -n "$dry_run" ]; then
    say 'would: ask %s to join as %s with the host key %s\n' "$url" "$name" "$(host_key)"
    say 'would: write what only a server that has joined is told, and test it\n'
    exit 0
  fi
  body=
  if [ -n "$token" ]; then add_field token "$token"; else add_field name "$name"; fi
  add_field mode "$mode"
  ask POST /v1/hosts "$work/answer" signed || refuse_join $? "$work/answer"
  body=
  if [ "$status" = 202 ]; then
    print_key=$(ssh-keygen -l -f "$(host_key).pub" | cut -d ' ' -f 2)
    complain "An operator must approve this server's key: $print_key" \
      "daypassd hosts approve $print_key --name $name --label ...; then run join again."
    exit "$EXIT_REFUSED"
  fi
  take_certificate "$work/answer" || refuse_join $? "$work/answer"
}

take_all() {
  for part in take_map take_krl; do
    $part || return
  done
}

refuse_join() {
  case $status in
    2??) exit "$1" ;;
  esac
  tell_refusal "$1" "$2"
  exit "$1"
}

# Proofs are worth nothing beside another door.
check_proof_mode() {
  [ "$mode" = proof ] && [ -s "$work/beside" ] || return 0
  while read -r line; do complain "stays open: $line"; done <"$work/beside"
  fail "$EXIT_REFUSED" "Proof mode does not go with other logins." \
    "Close them with --close-other-logins, or join with --mode file."
}

write_settings() {
  keep_for_undo "This server has not joined."
  install -d -m 755 "$etc"
  printf '%s\n' "$url" | put "$etc/url" 644
  printf '%s\n' "$name" | put "$etc/name" 644
  printf '%s\n' "$root" | put "$etc/root.fingerprint" 644
  printf '%s\n' "$mode" | put "$etc/mode" 644
  if [ -n "$ca_file" ]; then printf '%s\n' "$(readlink -f "$ca_file")" | put "$etc/ca-file" 644; fi
  rm -f "$etc/close-other-logins" "$etc/permit-user-rc"
  if [ -n "$close_other_logins" ]; then put "$etc/close-other-logins" 644 </dev/null; fi
  if [ -n "$permit_user_rc" ]; then put "$etc/permit-user-rc" 644 </dev/null; fi
}
