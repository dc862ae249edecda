# sshd's configuration: one drop-in that sshd reads first (DESIGN section 9).

# The accounts that the map in $work/new opens here: those that roles name, and with self those of
# people.
opened_accounts() {
  sed -n 's/^account \([^ ]*\) .*/\1/p' "$new/principals.map.text" | while read -r account; do
    if getent passwd "$account" >/dev/null; then printf '%s\n' "$account"; fi
  done
  if grep -q '^self ' "$new/principals.map.text"; then own_accounts; fi
}

# Local accounts of people that no role names (DESIGN section 5).
own_accounts() {
  minimum=$(sed -n 's/^[[:space:]]*UID_MIN[[:space:]]*\([0-9]*\).*/\1/p' /etc/login.defs 2>/dev/null)
  getent passwd | while IFS=: read -r account _ number _; do
    [ "$number" -ge "${minimum:-1000}" ] || continue
    case $account in
      [!a-z_]* | *[!a-z0-9_.-]*) continue ;;
    esac
    grep -q -e "^named $account\$" -e "^account $account " "$new/principals.map.text" \
      || printf '%s\n' "$account"
  done
}

# The principals of an account, a line each.
principals_of() {
  sed -n "s/^account $1 //p" "$new/principals.map.text" | tr ' ' '\n'
  if own_accounts | grep -qx -e "$1"; then
    sed -n 's/^self //p' "$new/principals.map.text" | tr ' ' '\n' | sed "s/\$/+$1/"
  fi
}

# what_sshd_says ACCOUNT OPTION: as sshd is configured now.
what_sshd_says() {
  sshd -T -C "user=$1,host=x,addr=192.0.2.1,laddr=192.0.2.2,lport=22" 2>/dev/null \
    | sed -n "s/^$2 //p" | sed -n 1p
}

# The files with keys that sshd reads for an account, a line each.
keys_of() {
  home=$(getent passwd "$1" | cut -d : -f 6)
  for file in $(what_sshd_says "$1" authorizedkeysfile); do
    [ "$file" != none ] || continue
    file=$(printf '%s' "$file" | sed "s|%h|$home|g; s|%u|$1|g")
    case $file in /*) ;; *) file=$home/$file ;; esac
    if grep -qE '^[[:space:]]*[^#[:space:]]' "$file" 2>/dev/null; then printf '%s\n' "$file"; fi
  done
}

# Other ways into the opened accounts, a line each.
other_logins() {
  opened_accounts | while read -r account; do
    keys_of "$account" | while read -r file; do
      printf '%s has keys in %s\n' "$account" "$file"
    done
    keys_command=$(what_sshd_says "$account" authorizedkeyscommand)
    case $keys_command in
      "" | none) ;;
      *) printf '%s has keys from %s\n' "$account" "$keys_command" ;;
    esac
  done
}

# Whatever sshd trusts today that is not ours: we merge with neither (RevokedKeys of ours would take
# theirs away).
check_other_trust() {
  for account in root $(opened_accounts); do
    for option in trustedusercakeys revokedkeys; do
      found=$(what_sshd_says "$account" "$option")
      case $found in
        "" | none | "$etc"/*) ;;
        *)
          complain "sshd has for $account already: $option $found" \
            "Two authorities cannot share a server. Remove that line first, if that is wanted."
          return "$EXIT_REFUSED"
          ;;
      esac
    done
  done
}

drop_in_text() {
  printf '# Written by daypass-host, which replaces it. To undo all of it: daypass-host leave\n'
  printf 'HostCertificate %s/host-cert.pub\n' "$etc"
  printf 'Match all\n  TrustedUserCAKeys %s/user-ca.pub\n  RevokedKeys %s/krl\n' "$etc" "$etc"
  if [ "$mode" = file ]; then
    printf '  AuthorizedPrincipalsFile %s/principals/%%u\n' "$etc"
    printf '  AuthorizedPrincipalsCommand none\n'
  else
    printf '  AuthorizedPrincipalsFile none\n'
    printf '  AuthorizedPrincipalsCommand %s\n' "$sshd_command"
    printf '  AuthorizedPrincipalsCommandUser %s\n' "$proof_user"
  fi
  accounts=$(opened_accounts | sort | tr '\n' ',')
  if [ -n "$accounts" ] && [ ! -e "$etc/open-beside" ]; then
    printf 'Match User %s\n' "${accounts%,}"
    printf '  AuthorizedKeysFile none\n  AuthorizedKeysCommand none\n'
    printf '  AuthenticationMethods publickey\n  PermitUserRC no\n'
  fi
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
