# Why a server opens or does not: what lies here, and what the certificate authority says.

why_command() {
  [ $# -eq 1 ] || bad_usage "Name one host."
  asked_host=$(printf '%s' "$1" | tr '[:upper:]' '[:lower:]')
  asked_host=${asked_host#*@}
  case $asked_host in
    "" | -* | *[!a-z0-9._:-]*) bad_usage "This is no host name." ;;
  esac
  open_settings
  get "/v1/why?host=$asked_host"
  labels=$(sed -n 's/^labels\.\([^:]*\): /\1=/p' "$work/listed" | tr '\n' ' ')
  labels=${labels% }
  say '%s%s\n' "$asked_host" "${labels:+  $labels}"
  why_here
  why_there
  why_refused
  why_clock
  why_next
}

# What this machine's own files say: which blocks of ssh's configuration meet the host, and which
# certificates lie there for them.
why_here() {
  here=
  [ ! -r "$settings/roles" ] || while read -r name wants patterns; do
    if meets "$patterns"; then
      [ -n "$here" ] || say 'On this machine\n'
      here="$here $name "
      why_row "$name" "$(here_words)"
      names=$(principals_of "$name")
      [ -z "$names" ] || why_row '' "for ${names% }"
    fi
  done <"$settings/roles"
  [ -n "$here" ] || say 'On this machine ssh asks for no role: no pattern of yours meets this name.\n'
}

why_row() {
  say_words "$(printf '  %-22s ' "$1")" 25 "$2"
}

here_words() {
  if read_state "$name"; then
    if [ "$ends" -gt "$(date +%s)" ]; then
      printf 'valid %s' "$(until_words "$ends")"
      return 0
    fi
    until_words "$ends"
  else
    printf 'no certificate yet'
  fi
  case $wants in
    optional) printf '; ssh gets a new one' ;;
    *) printf '; daypass request gets one, with a reason' ;;
  esac
}

meets() {
  set -f
  for pattern in $1; do
    # shellcheck disable=SC2254 # a pattern it is; its form was checked before it was written
    case $asked_host in
      $pattern)
        set +f
        return 0
        ;;
    esac
  done
  set +f
  return 1
}

# ssh-keygen writes principals as they are, and they are the server's words.
principals_of() {
  [ -r "$place/$1-cert.pub" ] || return 0
  ssh-keygen -L -f "$place/$1-cert.pub" 2>/dev/null | printable \
    | sed -n '/^ *Principals:/,/^ *Critical/{
    /:[[:space:]]*$/d
    /Critical/d
    s/^ *//
    p
  }' | tr '\n' ' '
}

# Role by role; one that opens the server and may be held is then in $opener: the first that ssh
# asks for, else the first.
why_there() {
  opener=
  here_opener=
  closed=
  if [ "$(answered known)" != true ]; then
    say 'The certificate authority does not know this server.\n'
    return 0
  fi
  say 'The certificate authority says\n'
  name=
  while IFS= read -r line; do
    value=${line#*: }
    case $line in
      "roles.name: "*)
        why_role
        name=$value opens='' standing='' because=''
        ;;
      "roles.opens: "*) opens=$value ;;
      "roles.standing: "*) standing=$value ;;
      "roles.because.detail: "*) because=${because:-$value} ;;
    esac
  done <"$work/listed"
  why_role
  [ -z "$closed" ] || why_row 'do not open it' "$closed"
}

why_role() {
  check_role_name "$name" || return 0
  case $opens:$standing in
    true:held) why_row "$name" 'opens it, and you may hold it' ;;
    true:depends_on_request)
      why_row "$name" 'opens it; you may hold it, depending on the request'
      ;;
    true:*)
      why_row "$name" "opens it, but not for you: ${because:-refused}"
      return 0
      ;;
    *)
      closed="$closed${closed:+, }$name"
      return 0
      ;;
  esac
  case $here:$here_opener in
    *" $name "*:) opener=$name here_opener=$name ;;
  esac
  opener=${opener:-$name}
}

# What the server itself says that it refused, of certificates of this person.
why_refused() {
  told=
  while IFS= read -r line; do
    value=${line#*: }
    case $line in
      "refused.at: "*) refused_at=$value refused_account='' refused_serial='' ;;
      "refused.serial: "*) refused_serial=$value ;;
      "refused.account: "*) refused_account=$value ;;
      "refused.reason: "*)
        [ -n "$told" ] || say 'The server says that it refused you\n'
        told=yes
        why_row "${refused_account:-anybody}" "$refused_at, certificate $refused_serial: $value"
        ;;
    esac
  done <"$work/listed"
}

why_clock() {
  theirs=$(epoch_of "$(answered server_time)") || return 0
  off=$((theirs - $(date +%s)))
  case $off in
    -[0-5] | [0-5]) say 'The clocks agree.\n' ;;
    -*) say 'This clock is %s seconds ahead of the server: set it right.\n' "${off#-}" ;;
    *) say 'This clock is %s seconds behind the server: set it right.\n' "$off" ;;
  esac
}

why_next() {
  case $opener:$here in
    :*) if [ "$(answered known)" = true ]; then
      say 'Next: ask whoever maintains the roles; none of yours opens it.\n'
    fi ;;
    *" $opener "*)
      if must_give_reason "$opener" && ! still_good "$opener"; then
        say "Next: daypass request %s --reason '...'\n" "$opener"
      else
        say 'Next: ssh %s\n' "$asked_host"
      fi
      ;;
    *) say 'Next: daypass request %s --host %s\n' "$opener" "$asked_host" ;;
  esac
}
