# The files that init writes, and the folder that one run works in.

url=
ca_file=
work=
staged=
lock=
listener=

set_places() {
  [ -n "${HOME:-}" ] || fail "$EXIT_USAGE" "HOME is not set." "It says where your files are."
  settings=${XDG_CONFIG_HOME:-$HOME/.config}/daypass
  place=$HOME/.ssh/daypass
  agent_socket=$place/agent.sock
}

# The value of a setting in the user's configuration file, or nothing.
setting() {
  saved "${settings:-${XDG_CONFIG_HOME:-${HOME:-/nonexistent}/.config}/daypass}/config" "$1"
}

# saved FILE NAME
saved() {
  [ -r "$1" ] || return 0
  sed -n "s/^$2:[[:space:]]*//p" "$1" | sed -n 1p
}

check_programs() {
  for program in curl ssh-keygen od sed cut tr date mktemp; do
    command -v "$program" >/dev/null 2>&1 \
      || fail "$EXIT_USAGE" "The program $program is missing." "Install it, then try again."
  done
}

# A private folder, in memory where the system has such a place: it sees keys and secrets.
make_work() {
  umask 077
  for parent in "${XDG_RUNTIME_DIR:-}" /dev/shm "${TMPDIR:-/tmp}"; do
    if [ -n "$parent" ] && [ -d "$parent" ] && [ -w "$parent" ] \
      && work=$(mktemp -d "$parent/daypass.XXXXXX" 2>/dev/null); then
      trap clean_up EXIT
      trap 'exit 1' HUP INT TERM
      return 0
    fi
  done
  fail "$EXIT_USAGE" "No temporary folder can be made." "Set TMPDIR to a folder of yours."
}

clean_up() {
  stop_spinner
  [ -z "$listener" ] || kill "$listener" 2>/dev/null || :
  [ -z "$staged" ] || rm -f "$staged"
  [ -z "$lock" ] || rm -f "$lock"
  rm -rf "$work"
}

# put FILE [MODE]: standard input becomes the file, in one step.
put() {
  staged=$(mktemp "$1.XXXXXX") || not_written "$1"
  cat >"$staged" || not_written "$1"
  chmod "${2:-600}" "$staged" || not_written "$1"
  move_in_place "$1"
}

move_in_place() {
  mv -f "$staged" "$1" || not_written "$1"
  staged=
}

# The file is as it was; what was to replace it goes.
not_written() {
  [ -z "$staged" ] || rm -f "$staged"
  fail "$EXIT_USAGE" "The file $1 cannot be written." "It is as it was. Is the disk full?"
}

check_url() {
  [ -n "$url" ] || url=$(setting url)
  [ -n "$url" ] || bad_usage "No certificate authority." \
    "Set this machine up: daypass init https://... (or set DAYPASS_URL)."
  url=${url%/}
  case $url in
    *[!A-Za-z0-9:/.\[\]_-]*) bad_usage "The URL $url holds a character that no origin has." ;;
  esac
  authority=${url#*://}
  case ${authority##*:} in
    "" | *[!0-9]*) host=$authority ;;
    *) host=${authority%:*} ;;
  esac
  # Plain HTTP stays on this machine: 127.0.0.1.example.com would not, nor would a proxy.
  case ${url%%://*}://$host in
    https://?*) protocol='=https' bypass= ;;
    http://127.0.0.1 | http://localhost | http://\[::1\]) protocol='=http' bypass='*' ;;
    *) bad_usage "The URL $url is not https." "A token is sent over TLS only." ;;
  esac
  case $authority in
    */*) bad_usage "The URL $url has a path." "Name the origin alone: https://HOST[:PORT]." ;;
  esac
  url=$(printf '%s' "$url" | tr '[:upper:]' '[:lower:]')
  [ -n "$ca_file" ] || ca_file=$(setting ca-file)
  if [ -n "$ca_file" ] && [ ! -r "$ca_file" ]; then
    bad_usage "The file $ca_file cannot be read." "It holds the TLS certificate to trust."
  fi
}

# What every command but init and sign starts with.
open_settings() {
  check_programs
  set_places
  if [ ! -r "$settings/config" ]; then
    fail "$EXIT_LOGIN" "This machine is not set up." "Run: daypass init https://..."
  fi
  check_url
  make_work
  read_key_setting
}

check_role_name() {
  case $1 in
    "" | [!a-z]* | *[!abcdefghijklmnopqrstuvwxyz0123456789-]*) return 1 ;;
  esac
  [ "${#1}" -le 41 ]
}

# One helper at a time renews or logs in: ten parallel ssh make one request. The lock is a link to
# its holder's number and purpose, made in one step. Fails if another holds it, whose purpose is then
# in $held_for. A lock whose holder is gone is moved away; should two do that at once, both go on,
# which costs one request more and breaks nothing: every file is replaced in one step.
take_lock() {
  lock_file=$place/lock
  if ln -s "$$:$1" "$lock_file" 2>/dev/null; then
    lock=$lock_file
    return 0
  fi
  holder=$(readlink "$lock_file") || return 1
  held_for=${holder#*:}
  if ! kill -0 "${holder%%:*}" 2>/dev/null; then rm -f "$lock_file"; fi
  return 1
}

release_lock() {
  rm -f "$lock"
  lock=
}

pause() {
  sleep 0.1 2>/dev/null || sleep 1
}
