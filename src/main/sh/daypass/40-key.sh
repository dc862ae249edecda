# The login key: in the helper's own agent, in a file, or in a security key.

key=
key_kind=
socket=

# ssh-keygen, with the agent that holds the key.
keygen() {
  if [ -n "$socket" ]; then
    SSH_AUTH_SOCK=$socket ssh-keygen "$@"
  else
    ssh-keygen "$@"
  fi
}

# Sets $key_kind, $key and $socket from the configuration's line "key: agent", "key: file PATH" or
# "key: fido".
read_key_setting() {
  key_setting=$(setting key)
  case ${key_setting:-agent} in
    agent) key_kind=agent key=$place/key.pub socket=$agent_socket ;;
    fido) key_kind=fido key=$place/key-sk socket= ;;
    "file "/*) key_kind=file key=${key_setting#file } socket= ;;
    *) fail "$EXIT_USAGE" "$settings/config has an unknown key: $key_setting" \
      "Run daypass init again." ;;
  esac
  public_file=${key%.pub}.pub
}

# Whether the key can sign, without asking anybody for anything.
key_is_ready() {
  [ -r "$public_file" ] || return 1
  [ "$key_kind" = agent ] || {
    [ -r "$key" ]
    return
  }
  holder=$(cut -d ' ' -f 2 "$public_file")
  SSH_AUTH_SOCK=$socket ssh-add -L 2>/dev/null | grep -qF -- " $holder"
}

# Makes the login key if there is none that can sign. A lost one cannot come back: certificates of
# it are worth nothing, and the new one needs a login.
make_key() {
  ! key_is_ready || return 0
  mkdir -p "$place"
  chmod 700 "$place"
  forget_certificates
  comment="daypass@$(claimed_name)"
  case $key_kind in
    agent) make_agent_key ;;
    file)
      [ ! -e "$key" ] || fail "$EXIT_USAGE" "The key $key has no readable public half beside it." \
        "Make it: ssh-keygen -y -f $key >$key.pub"
      ssh-keygen -q -t ed25519 -N '' -C "$comment" -f "$key" \
        || fail "$EXIT_USAGE" "The key $key cannot be made."
      ;;
    fido)
      say 'Touch your security key, to make the login key.\n'
      ssh-keygen -q -t ed25519-sk -O application=ssh: -N '' -C "$comment" -f "$key" \
        || fail "$EXIT_USAGE" "The security key made no login key." \
          "Is it plugged in? Without one: daypass init $url"
      ;;
  esac
}

# The private half is written to the private folder in memory, given to the agent and removed.
make_agent_key() {
  start_agent
  ssh-keygen -q -t ed25519 -N '' -C "$comment" -f "$work/key"
  SSH_AUTH_SOCK=$socket ssh-add -q "$work/key" 2>"$work/errors" \
    || fail "$EXIT_USAGE" "The agent at $socket takes no key." "Stop it, then try again."
  rm -f "$work/key"
  put "$public_file" 644 <"$work/key.pub"
}

# An agent of the helper's own: what ssh forwards must never hold the login key.
start_agent() {
  listed=0
  SSH_AUTH_SOCK=$socket ssh-add -l >/dev/null 2>&1 || listed=$?
  # 2: nobody answers there.
  if [ "$listed" -eq 2 ]; then
    rm -f "$socket"
    [ "${#socket}" -le 100 ] \
      || fail "$EXIT_USAGE" "The path $socket is too long for a socket." \
        "Keep the key in a file: daypass init --key-file $url"
    agent=$(ssh-agent -s -a "$socket" | sed -n 's/^SSH_AGENT_PID=\([0-9]*\);.*/\1/p')
    [ -n "$agent" ] || fail "$EXIT_USAGE" "No ssh-agent could be started at $socket."
    printf '%s\n' "$agent" | put "$place/agent.pid"
  fi
}

# The agent's process number, or - where there is none.
agent_number() {
  number=-
  if [ "$key_kind" = agent ] && [ -r "$place/agent.pid" ]; then
    read -r number <"$place/agent.pid" || :
  fi
  printf '%s' "$number"
}

# Takes the key out of this machine's reach; one in a file that the user named stays.
forget_key() {
  forget_certificates
  case $key_kind in
    agent)
      if [ -S "$socket" ]; then SSH_AUTH_SOCK=$socket ssh-add -q -D 2>/dev/null || :; fi
      rm -f "$public_file"
      ;;
    *) case $key in
      "$place"/*) rm -f "$key" "$public_file" ;;
    esac ;;
  esac
}

forget_certificates() {
  rm -f "$place"/*-cert.pub "$place"/*.state
}

# A security key wants a touch, which nobody gives where nobody reads that it is wanted.
needs_touch() {
  [ -r "${public_file:-$key}" ] || return 1
  read -r key_type _ <"${public_file:-$key}" || :
  case $key_type in
    sk-*) return 0 ;;
  esac
  return 1
}

claimed_name() {
  name=$(setting name)
  [ -n "$name" ] || name=$(hostname 2>/dev/null) || name=$(uname -n)
  name=$(printf '%s' "$name" | tr -cd 'A-Za-z0-9._-')
  printf '%s' "${name:-unnamed}"
}
