# sshd's configuration: one drop-in that sshd reads first (DESIGN section 9).

# The accounts that the map in $work/new opens here: those that roles name, and with self those of
# people.
opened_accounts() {
  [ -r "$new/opened" ] || find_accounts
  cat "$new/opened"
}

# Local accounts of people that no role names (DESIGN section 5).
own_accounts() {
  [ -r "$new/opened" ] || find_accounts
  cat "$new/own"
}

find_accounts() {
  # By their names: a directory service need not list all that it has.
  sed -n 's/^account \([^ ]*\) .*/\1/p' "$new/principals.map.text" | tr '\n' '\0' \
    | xargs -0 -r getent passwd -- | cut -d : -f 1 >"$new/named"
  minimum=$(sed -n 's/^[[:space:]]*UID_MIN[[:space:]]*\([0-9]*\).*/\1/p' /etc/login.defs 2>/dev/null)
  getent passwd | awk -v minimum="${minimum:-1000}" '
    NR == FNR { if (split($0, word, " ") && word[1] ~ /^(account|named)$/) named[word[2]] = 1; next }
    { split($0, field, ":") }
    field[3] >= minimum + 0 && field[1] ~ /^[a-z_][a-z0-9_.-]*$/ && !(field[1] in named) {
      print field[1]
    }' "$new/principals.map.text" - >"$new/own"
  cp "$new/named" "$new/all"
  if grep -q '^self ' "$new/principals.map.text"; then cat "$new/own" >>"$new/all"; fi
  sort -u "$new/all" >"$new/opened"
}

# The principals of an account, a line each.
principals_of() {
  sed -n "s/^account $1 //p" "$new/principals.map.text" | tr ' ' '\n'
  if own_accounts | grep -qx -e "$1"; then
    sed -n 's/^self //p' "$new/principals.map.text" | tr ' ' '\n' | sed "s/\$/+$1/"
  fi
}

# ask_sshd ACCOUNT: what sshd would do for it as it is configured now, for said.
ask_sshd() {
  sshd -T -C "user=$1,host=x,addr=192.0.2.1,laddr=192.0.2.2,lport=22" >"$work/sshd-said" 2>/dev/null
}

# said OPTION
said() {
  sed -n "s/^$1 //p" "$work/sshd-said" | sed -n 1p
}

# what_sshd_says ACCOUNT OPTION
what_sshd_says() {
  ask_sshd "$1" || :
  said "$2"
}

# keys_said ACCOUNT: the files with keys that sshd reads for it, as it was asked, a line each.
keys_said() {
  home=$(getent passwd "$1" | cut -d : -f 6)
  for file in $(said authorizedkeysfile); do
    [ "$file" != none ] || continue
    file=$(printf '%s' "$file" | sed "s|%h|$home|g; s|%u|$1|g")
    case $file in /*) ;; *) file=$home/$file ;; esac
    if grep -qE '^[[:space:]]*[^#[:space:]]' "$file" 2>/dev/null; then printf '%s\n' "$file"; fi
  done
}

# Other ways into an account that are not closed yet, a line each; sshd was asked about it.
other_logins() {
  keys_said "$1" | while read -r file; do
    printf '%s has keys in %s\n' "$1" "$file"
  done
  keys_command=$(said authorizedkeyscommand)
  case $keys_command in
    "" | none) ;;
    *) printf '%s has keys from %s\n' "$1" "$keys_command" ;;
  esac
  [ "$(said authenticationmethods)" != publickey ] || return 0
  if takes_password && may_have_password "$1"; then
    printf '%s has a password that sshd takes\n' "$1"
  fi
  for option in hostbasedauthentication gssapiauthentication; do
    [ "$(said "$option")" != yes ] || printf '%s is open by %s\n' "$1" "$option"
  done
}

takes_password() {
  grep -qE '^(password|kbdinteractive|challengeresponse)authentication yes$' "$work/sshd-said"
}

# A locked one is none; of an account from elsewhere only PAM knows.
may_have_password() {
  [ "$1:$(said permitrootlogin)" != root:yes ] && [ "$1" = root ] && return 1
  case $(getent shadow "$1" | cut -d : -f 1,2) in
    "$1:" | "$1:!"* | "$1:*"*) return 1 ;;
  esac
}

# What sshd does today for the accounts that are opened: whether it trusts another authority, and
# what else opens them. Nobody is locked out who was not named first: what is open in another way
# stays so, and is reported, unless join was told to close it.
survey() {
  : >"$work/beside"
  opened_accounts >"$work/opened"
  ask_sshd root || :
  check_other_trust root
  while read -r account; do
    ask_sshd "$account" || :
    check_other_trust "$account"
    other_logins "$account" >>"$work/beside"
  done <"$work/opened"
  if [ -n "$close_other_logins" ]; then
    while read -r line; do changes "closed: $line"; done <"$work/beside"
    : >"$work/beside"
  fi
}

write_beside() {
  if cmp -s "$work/beside" "$etc/open-beside"; then return 0; fi
  while read -r line; do complain "stays open: $line"; done <"$work/beside"
  [ -z "$dry_run" ] || return 0
  if [ -s "$work/beside" ]; then put "$etc/open-beside" 644 <"$work/beside"; else rm -f "$etc/open-beside"; fi
}

# check_other_trust ACCOUNT: sshd was asked about it. Whatever it trusts that is not ours ends join: we
# merge with neither (RevokedKeys of ours would take theirs away).
check_other_trust() {
  for option in trustedusercakeys revokedkeys; do
    found=$(said "$option")
    case $found in
      "" | none | "$etc"/*) ;;
      *)
        complain "sshd has for $1 already: $option $found" \
          "Two authorities cannot share a server. Remove that line first, if that is wanted."
        exit "$EXIT_REFUSED"
        ;;
    esac
  done
}

drop_in_text() {
  printf '# Written by daypass-host, which replaces it. To undo all of it: daypass-host leave\n'
  printf 'HostCertificate %s/host-cert.pub\n' "$etc"
  if must_be_verbose; then printf 'LogLevel VERBOSE\n'; fi
  printf 'Match all\n  TrustedUserCAKeys %s/user-ca.pub\n  RevokedKeys %s/krl\n' "$etc" "$etc"
  if [ "$mode" = file ]; then
    printf '  AuthorizedPrincipalsFile %s/principals/%%u\n' "$etc"
    printf '  AuthorizedPrincipalsCommand none\n'
  else
    printf '  AuthorizedPrincipalsFile none\n'
    printf '  AuthorizedPrincipalsCommand %s\n' "$sshd_command"
    printf '  AuthorizedPrincipalsCommandUser %s\n' "$proof_user"
  fi
  sed 's/ .*//' "$work/beside" >"$work/beside-accounts"
  accounts=$(opened_accounts | grep -Fvx -f "$work/beside-accounts" | tr '\n' ',')
  if [ -n "$accounts" ]; then
    printf 'Match User %s\n' "${accounts%,}"
    printf '  AuthorizedKeysFile none\n  AuthorizedKeysCommand none\n'
    printf '  AuthenticationMethods publickey\n'
    [ -n "$permit_user_rc" ] || printf '  PermitUserRC no\n'
  fi
}

# Only then sshd's log names the certificates that it refuses, for daypass-host-hints.
must_be_verbose() {
  if [ -e "$drop_in" ]; then grep -qx 'LogLevel VERBOSE' "$drop_in"; else [ "$(what_sshd_says root loglevel)" = INFO ]; fi
}

# The main file with our include as its first line, unless it reads all drop-ins first anyway.
config_text() {
  first=$(sed -n '/^[[:space:]]*[^#[:space:]]/{p;q;}' "$config")
  case $first in
    "$include_line" | "Include /etc/ssh/sshd_config.d/*.conf") ;;
    *) printf '%s\n' "$include_line" ;;
  esac
  cat "$config"
}

# keep_for_undo WHAT: what a failed change goes back to, and what is said then.
keep_for_undo() {
  [ -z "$undo" ] || return 0
  ending=$1
  mkdir -p "$work/undo"
  for file in "$config" "$drop_in" "$pam"; do
    if [ -e "$file" ]; then cp -p "$file" "$work/undo/$(kept_as "$file")"; fi
  done
  if [ -d "$etc" ]; then cp -a "$etc" "$work/undo/etc"; fi
  undo=1
}

kept_as() {
  printf '%s' "$1" | tr / _
}

put_back() {
  undo=
  for file in "$config" "$drop_in" "$pam"; do
    put_back_file "$work/undo/$(kept_as "$file")" "$file"
  done
  if [ -d "$work/undo/etc" ]; then
    # File by file: sshd must find its own at every moment, or it refuses everybody.
    find "$work/undo/etc" -type f | while read -r kept; do
      put_back_file "$kept" "$etc/${kept#"$work/undo/etc/"}"
    done
    find "$etc" -type f | while read -r file; do
      [ -e "$work/undo/etc/${file#"$etc/"}" ] || rm -f "$file"
    done
  else
    rm -rf "$etc"
  fi
  complain "What was there before has been put back."
}

put_back_file() {
  if [ ! -e "$1" ]; then
    rm -f "$2"
  elif ! cmp -s "$1" "$2"; then
    rights=$(stat -c %a "$1")
    put "$2" "$rights" <"$1"
  fi
}

# Whether sshd now does what the mode says, for everybody.
self_test() {
  if ! sshd -t 2>"$work/errors"; then
    complain "sshd refuses its configuration: $(printable <"$work/errors" | tr '\n' ' ')"
    return "$EXIT_REFUSED"
  fi
  test_hook || return
  "$lib/daypass-host-inspect" "$mode" --command "$sshd_command" >"$work/faults" && return 0
  tell_faults
  return "$EXIT_REFUSED"
}

tell_faults() {
  head -n 10 "$work/faults" | while IFS='	' read -r what remedy; do complain "$what" "$remedy"; done
  rest=$(($(wc -l <"$work/faults") - 10))
  [ "$rest" -le 0 ] || complain "and $rest more like these"
}

# A run that is killed before sshd is told leaves the mark, so that the next one tells it.
reload_sshd() {
  changes "sshd is told to read its configuration again"
  [ -z "$dry_run" ] || return 0
  tell_sshd || complain "sshd could not be told." "Reload it, so that the change takes effect."
  rm -f "$reload_mark"
}

tell_sshd() {
  if [ -d /run/systemd/system ]; then
    systemctl reload ssh.service 2>/dev/null || systemctl reload sshd.service 2>/dev/null
    return
  elif [ -r /run/sshd.pid ]; then
    read -r listener </run/sshd.pid
    # The number alone may be another process's by now.
    [ "$(cat "/proc/$listener/comm" 2>/dev/null)" = sshd ] && kill -HUP "$listener"
    return
  fi
  return 1
}
