# Where things lie. Every file is root's, written beside its place and moved there.

etc=/etc/daypass-host
config=/etc/ssh/sshd_config
drop_in=/etc/ssh/sshd_config.d/00-daypass.conf
include_line="Include $drop_in"
proof_folder=/run/daypass-proof
proof_user=daypass-proof
tmpfiles=/etc/tmpfiles.d/daypass-host.conf
schedule=/etc/cron.d/daypass-host
pam=/etc/pam.d/sshd
state=/var/lib/daypass-host
spool=$state/spool
lib=$(dirname "$(readlink -f "$0")")
program=$lib/daypass-host
hook=$lib/daypass-host-session
pam_line="session required pam_exec.so quiet type=open_session $hook"
sshd_command="$lib/daypass-host-principals %u %i %s %t %k"

work=
undo=
staged=

make_work() {
  [ "$(id -u)" = 0 ] || fail "$EXIT_USAGE" "This needs root." "It changes files of /etc."
  for needed in curl perl ssh-keygen sshd; do
    command -v "$needed" >/dev/null 2>&1 \
      || fail "$EXIT_USAGE" "The program $needed is missing." "Install it, then try again."
  done
  work=$(mktemp -d "${TMPDIR:-/tmp}/daypass-host.XXXXXX") \
    || fail "$EXIT_USAGE" "No temporary folder can be made."
  trap clean_up EXIT
  trap 'exit 1' HUP INT TERM
}

clean_up() {
  [ -z "$undo" ] || put_back
  [ -z "$staged" ] || rm -f "$staged"
  rm -rf "$work"
}

# put FILE MODE: standard input becomes the file, in one step and on the disk.
put() {
  staged=$(mktemp "$1.XXXXXX")
  cat >"$staged"
  chmod "$2" "$staged"
  sync "$staged" 2>/dev/null || sync
  mv -f "$staged" "$1"
  staged=
}

# put_changed FILE MODE WHAT: as put, if standard input differs from what is there; says so.
put_changed() {
  cat >"$work/put"
  if cmp -s "$work/put" "$1"; then return 0; fi
  changes "$3: $1"
  [ -n "$dry_run" ] || put "$1" "$2" <"$work/put"
}

# setting NAME: what join wrote down.
setting() {
  if [ -r "$etc/$1" ]; then cat "$etc/$1"; fi
}

open_settings() {
  make_work
  [ -r "$etc/name" ] || fail "$EXIT_USAGE" "This server has not joined." \
    "An operator makes a token: daypassd hosts token NAME"
  name=$(setting name)
  url=$(setting url)
  root=$(setting root.fingerprint)
  mode=$(setting mode)
  ca_file=$(setting ca-file)
  check_url
}

# value FILE NAME: the first line of that name in a document.
value() {
  sed -n "s/^$2 //p" "$1" | sed -n 1p
}

# epoch TIME: its seconds, 0 if it is none.
epoch() {
  date -u -d "$1" +%s 2>/dev/null || printf 0
}
