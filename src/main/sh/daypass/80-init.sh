# init: one command, then plain ssh.

init_command() {
  wanted_key=
  wanted_name=
  yes=
  remove=
  while [ $# -gt 0 ]; do
    case $1 in
      --ca-file=*) ca_file=${1#*=} ;;
      --name=*) wanted_name=${1#*=} ;;
      --key-file=*) wanted_key="file ${1#*=}" ;;
      --ca-file | --name)
        [ $# -ge 2 ] || bad_usage "$1 needs a value."
        if [ "$1" = --name ]; then wanted_name=$2; else ca_file=$2; fi
        shift
        ;;
      --key-file)
        wanted_key='file '
        case ${2:-} in
          /* | ./* | ../* | *[!a-z]*/* | *.ssh/*) case $2 in
            http://* | https://*) ;;
            *)
              wanted_key="file $2"
              shift
              ;;
          esac ;;
        esac
        ;;
      --fido) wanted_key=fido ;;
      --yes | -y) yes=yes ;;
      --remove) remove=yes ;;
      -*) bad_usage "$1: unknown option." ;;
      *)
        [ -z "$url" ] || bad_usage "Name one certificate authority."
        url=$1
        ;;
    esac
    shift
  done
  check_programs
  set_places
  if [ -n "$remove" ]; then
    remove_all
    return 0
  fi
  init
}

init() {
  check_url
  check_ssh
  make_work
  choose_key
  check_server
  mkdir -p "$settings" "$HOME/.ssh" "$place"
  chmod 700 "$settings" "$place"
  save_settings
  read_key_setting
  if ! is_logged_in; then
    if ! has_terminal && [ -z "${BROWSER:-}" ]; then
      fail "$EXIT_LOGIN" "This machine is set up for $url, and nobody is here to log in." \
        "Run: daypass login"
    fi
    take_lock login || fail "$EXIT_LOGIN" "Another login is under way." "Finish that one."
    log_in
    release_lock
  fi
  update_ssh_config || exit "$EXIT_REFUSED"
  tell_ready
}

tell_ready() {
  if [ -s "$work/roles" ]; then
    say 'Ready: ssh to these hosts as ever.\n'
  else
    say 'Ready, but no role of yours names its hosts: daypass request ROLE gets a certificate.\n'
  fi
  while read -r name; do
    say '  %s names no hosts: daypass request %s says how\n' "$name" "$name"
  done <"$work/unreachable-roles"
}

check_ssh() {
  if printf 'ssh-ed25519 A\n' | ssh-keygen -Y sign 2>&1 | grep -q 'unknown option\|illegal option'; then
    fail "$EXIT_USAGE" "This OpenSSH is too old." "daypass needs 8.2 or newer."
  fi
}

# What init was told, or what an earlier one was, or an agent.
choose_key() {
  was=$(setting key)
  case $wanted_key in
    "") wanted_key=${was:-agent} ;;
    "file ") wanted_key="file $place/key" ;;
    "file "/*) ;;
    "file "*) wanted_key="file $(pwd)/${wanted_key#file }" ;;
  esac
  check_path "${wanted_key#file }"
  if [ -n "$was" ] && [ "$was" != "$wanted_key" ]; then
    read_key_setting
    forget_key
  fi
}

# The authority must be what it was typed as: its name is signed into each request.
check_server() {
  ask GET /v1/client
  [ "$status" = 200 ] || not_an_answer
  origin=$(answered origin)
  case $origin in
    "" | *[!a-z0-9:/.\[\]-]*) not_an_answer ;;
    "$url") ;;
    *) fail "$EXIT_USAGE" "The server at $url calls itself $origin." "Run: daypass init $origin" ;;
  esac
}

save_settings() {
  if [ -n "$ca_file" ] && [ "$ca_file" != "$settings/ca.pem" ]; then
    put "$settings/ca.pem" <"$ca_file"
    ca_file=$settings/ca.pem
  fi
  [ -n "$wanted_name" ] || wanted_name=$(setting name)
  {
    printf 'url: %s\nkey: %s\n' "$url" "$wanted_key"
    [ -z "$ca_file" ] || printf 'ca-file: %s\n' "$ca_file"
    [ -z "$wanted_name" ] || printf 'name: %s\n' "$(printf '%s' "$wanted_name" | tr -cd 'A-Za-z0-9._-')"
  } | put "$settings/config"
}

is_logged_in() {
  key_is_ready || return 1
  namespace=request@daypass.dev
  body=
  ask GET /v1/roles
  ! login_is_over || return 1
  [ "$status" = 200 ] || refused
}

# At a login: roles may have changed since they were written.
refresh_roles() {
  [ -r "$place/config" ] || yes=${yes:-}
  update_ssh_config || :
}

remove_all() {
  make_work
  # Settings that nothing can be made of keep nobody from being rid of them.
  if [ -r "$settings/config" ] && (check_url && read_key_setting) 2>/dev/null; then
    check_url
    read_key_setting
    if key_is_ready && ! needs_touch; then
      namespace=request@daypass.dev
      body=
      try DELETE /v1/logins/current || say 'The server could not be told; the login ends by itself.\n'
    fi
    forget_key
  fi
  stop_agent
  exclude
  rm -rf "$place" "$settings"
  say 'Removed: plain ssh is as it was before daypass.\n'
}

# Only the process that answers there: after a restart the number may be another's.
stop_agent() {
  answers=0
  SSH_AUTH_SOCK=$agent_socket ssh-add -l >/dev/null 2>&1 || answers=$?
  if [ "$answers" -lt 2 ] && read -r number 2>/dev/null <"$place/agent.pid"; then
    SSH_AGENT_PID=$number SSH_AUTH_SOCK=$agent_socket ssh-agent -k >/dev/null 2>&1 || :
  fi
  rm -f "$agent_socket"
}
