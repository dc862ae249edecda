# Logging in: the key is bound to whoever signs in with the browser (DESIGN section 4, Login).

fresh=
device=
switch=
no_browser=
spinning=

login_command() {
  yes=
  while [ $# -gt 0 ]; do
    case $1 in
      --fresh) fresh=yes ;;
      --device) device=yes ;;
      --switch) switch=yes ;;
      --no-browser) no_browser=yes ;;
      --yes | -y) yes=yes ;;
      *) bad_usage "$1: not understood." ;;
    esac
    shift
  done
  open_settings
  if ! take_lock login; then fail "$EXIT_LOGIN" "Another login is under way." "Finish that one."; fi
  log_in
  release_lock
  refresh_roles
  say '  next     ssh to your servers, or: daypass status\n'
}

# Logs the key in, telling whom it is bound to; ends the program where that fails.
log_in() {
  if [ -n "$switch" ]; then
    if [ "$key_kind" = file ] && [ "$key" != "$place/key" ]; then
      fail "$EXIT_USAGE" "A key belongs to one person, and $key is a key of yours." \
        "Name another one: daypass init --key-file PATH $url"
    fi
    forget_key
  fi
  [ -n "$device" ] || check_browser_reaches_us
  make_key
  secret=$(random_text 32)
  start_login
  if [ -n "$device" ]; then
    say 'Open   %s\nType   %s\n' "$login_url" "$user_code"
  else
    open_browser
  fi
  # The consent page shows the same: people compare them.
  say '  key      %s, on the page too\n' "$(ssh-keygen -l -f "$public_file" | cut -d ' ' -f 2)"
  await_consent
  bind_key
}

# The browser posts to 127.0.0.1, so it has to run where this does.
check_browser_reaches_us() {
  if [ -n "${SSH_CONNECTION:-}" ] && [ -z "$no_browser" ] && [ -z "${BROWSER:-}" ]; then
    fail "$EXIT_LOGIN" "You are here through ssh, where your browser cannot reach this terminal." \
      "Run: daypass login --device, if your certificate authority allows it."
  fi
}

start_login() {
  namespace=login@daypass.dev
  body=
  add_field hostname "$(claimed_name)"
  if [ -n "$device" ]; then
    add_field mode device
  else
    start_listener
    add_field mode loopback
    add_field port "$port"
  fi
  add_field challenge "$(s256 "$secret")"
  [ -z "$fresh" ] || add_field max_auth_age 0s
  ask POST /v1/logins
  case $(answered code) in
    key_in_use) remedy_of_refusal 'Become somebody else here: daypass login --switch' ;;
  esac
  [ "$status" = 201 ] || refused
  login=$(answered login)
  poll=$(answered poll_secret)
  login_url=$(answered url)
  user_code=$(answered user_code)
  case $login$poll in
    "" | *[!A-Za-z0-9_-]*) not_an_answer ;;
  esac
  # The address goes to a program that opens whatever it is given, some by way of another shell.
  [ "$login_url" = "$url/login/$login" ] || not_an_answer
}

not_an_answer() {
  fail "$EXIT_UNREACHABLE" "$url did not answer as a certificate authority does." \
    "Is it the right address?"
}

remedy_of_refusal() {
  printf 'remedy: %s\n' "$1" | cat - "$work/answer" >"$work/told"
  mv -f "$work/told" "$work/answer"
}

open_browser() {
  opener=
  if [ -z "$no_browser" ]; then
    for opener in "${BROWSER:-}" wslview open xdg-open ''; do
      # macOS has open; elsewhere that name is another program's.
      if [ "$opener" = open ] && [ "$(uname -s)" != Darwin ]; then continue; fi
      [ -z "$opener" ] || ! command -v "$opener" >/dev/null 2>&1 || break
    done
  fi
  if [ -n "$opener" ]; then
    say 'Your browser opens %s\n' "$login_url"
    "$opener" "$login_url" >/dev/null 2>&1 </dev/null &
  else
    say 'Open this in a browser on this machine:\n  %s\n' "$login_url"
  fi
}

# Waits until the browser is done: for its proof, in device mode for the consent.
await_consent() {
  proof=
  waited=0
  start_spinner
  until_login=$(($(date +%s) + 300))
  while :; do
    if [ -z "$device" ]; then
      proof=$(sed -n 2p "$work/heard")
      [ -z "$proof" ] || break
    fi
    if [ $((waited % 24)) -eq 23 ]; then
      if [ "$(date +%s)" -ge "$until_login" ]; then login_failed expired; fi
      poll_login
      [ "$state:$device" != consented:yes ] || break
    fi
    waited=$((waited + 1))
    spin
    pause
  done
  stop_spinner
  stop_listener
}

# A state that says it is over ends the program; no answer is no reason to give up.
poll_login() {
  state=
  namespace=
  body=
  poll_secret=$poll
  if try GET "/v1/logins/$login"; then
    state=$(answered state)
    [ "$status" != 404 ] || state=expired
  fi
  poll_secret=
  case $state in
    refused | expired) login_failed "$state" ;;
  esac
}

login_failed() {
  stop_spinner
  if [ "$1" = refused ]; then
    fail "$EXIT_REFUSED" "The login was refused in the browser." "Try again: daypass login"
  fi
  fail "$EXIT_LOGIN" "Nobody finished the login in the browser in time." "Try again: daypass login"
}

bind_key() {
  namespace=login@daypass.dev
  body=
  add_field secret "$secret"
  [ -n "$device" ] || add_field proof "$proof"
  poll_secret=$poll
  ask POST "/v1/logins/$login/bind"
  poll_secret=
  secret=''
  proof=''
  poll=''
  [ "$status" = 200 ] || refused
  username=$(answered username)
  login_until=$(epoch_of "$(answered until)") || not_an_answer
  last=$(saved "$settings/login" username)
  if [ -n "$last" ] && [ "$last" != "$username" ] && [ -z "$switch" ]; then
    namespace=request@daypass.dev
    body=
    try DELETE /v1/logins/current || :
    forget_key
    fail "$EXIT_REFUSED" "The browser is signed in as $username; here you were $last." \
      "Sign in as $last, or become somebody else: daypass login --switch"
  fi
  printf 'username: %s\nlogin: %s\nprovider: %s\nuntil: %s\n' \
    "$username" "$login" "$(answered provider)" "$login_until" | put "$settings/login"
  say 'Logged in as %s\n' "$username"
  say '  until    %s\n' "$(until_words "$login_until")"
}

# The spinner turns on a terminal that can move its cursor, and only there.
start_spinner() {
  case ${TERM:-dumb} in
    dumb) ;;
    *) [ ! -t 2 ] || spinning=yes ;;
  esac
  [ -n "$spinning" ] || say 'Waiting for the browser.\n'
}

spin() {
  [ -n "$spinning" ] || return 0
  case $((waited % 4)) in
    0) dial='|' ;;
    1) dial='/' ;;
    2) dial='-' ;;
    *) dial=\\ ;;
  esac
  [ -n "${NO_COLOR:-}" ] || dial=$(printf '\033[36m%s\033[0m' "$dial")
  printf '\r%s Waiting for the browser. Ctrl-C gives up. ' "$dial" >&2
}

stop_spinner() {
  [ -n "$spinning" ] || return 0
  spinning=
  printf '\r\033[K' >&2
}
