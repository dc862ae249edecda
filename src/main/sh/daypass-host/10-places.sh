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

units=/etc/systemd/system
lock=/run/daypass-host.lock
reload_mark=$etc/sshd-must-reload

close_other_logins=
permit_user_rc=
work=
undo=
staged=
ending=

make_work() {
  [ "$(id -u)" = 0 ] || fail "$EXIT_USAGE" "This needs root." "It changes files of /etc."
  check_programs
  work=$(mktemp -d "${TMPDIR:-/tmp}/daypass-host.XXXXXX") \
    || fail "$EXIT_USAGE" "No temporary folder can be made." "Is the disk full? df ${TMPDIR:-/tmp}"
  trap clean_up EXIT
  trap 'exit 1' HUP INT TERM
}

# What is missing is named before anything is changed.
check_programs() {
  for needed in curl perl ssh-keygen sshd awk base64 cmp find getent install mktemp od sha256sum \
    stat sync; do
    command -v "$needed" >/dev/null 2>&1 \
      || fail "$EXIT_USAGE" "The program $needed is missing." "Install it, then try again."
  done
  # perl-base alone, which every Debian has, is without some.
  needed=$(perl -e 'for (@ARGV) { eval "require $_" or print($_), exit }' Digest::SHA Errno Fcntl \
    MIME::Base64 POSIX Socket Sys::Syslog Text::ParseWords Time::HiRes) || needed=whatever
  [ -z "$needed" ] \
    || fail "$EXIT_USAGE" "perl has no module $needed." "Install perl whole: apt install perl"
  [ "$(epoch 2026-11-21T14:00:00Z)" = 1795269600 ] \
    || fail "$EXIT_USAGE" "The program date does not read times." "Install GNU coreutils."
}

# Whatever fails half-way ends here: what was there comes back, and it is said.
clean_up() {
  ended=$?
  trap - EXIT
  set +e
  [ -z "$staged" ] || rm -f "$staged"
  if [ -n "$undo" ]; then
    put_back
    [ -z "$ending" ] || complain "$ending" "Correct that, then try again."
  fi
  rm -rf "$work"
  exit "$ended"
}

# One at a time: two that replace the same files could leave one's part beside the other's.
take_lock() {
  exec 9>"$lock"
  perl -MFcntl=:flock -e '
    open(my $lock, ">&=", 9) or exit 1;
    alarm 60;
    flock($lock, LOCK_EX) or exit 1;' \
    || fail "$EXIT_UNREACHABLE" "Another daypass-host has been running for a minute." \
      "Look at it: ps -C daypass-host"
}

# put FILE MODE: standard input becomes the file, in one step and on the disk, or nothing changes.
put() {
  staged=$1.daypass-new
  if rm -f "$staged" && cat >"$staged" && chmod "$2" "$staged" && to_disk "$staged" \
    && mv -f "$staged" "$1"; then
    staged=
    return 0
  fi
  rm -f "$staged"
  staged=
  complain "$1 cannot be written; it stays what it was." "Is the disk full? df $1"
  return "$EXIT_REFUSED"
}

to_disk() {
  sync "$1"
}

# put_changed FILE MODE WHAT: as put, if standard input differs from what is there; says so.
put_changed() {
  cat >"$work/put" || return "$EXIT_REFUSED"
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
  if [ -e "$etc/close-other-logins" ]; then close_other_logins=1; fi
  if [ -e "$etc/permit-user-rc" ]; then permit_user_rc=1; fi
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
