# What the program says, and how it ends.

VERSION=0.1.0
EXIT_USAGE=1
EXIT_REFUSED=2
EXIT_LOGIN=3
EXIT_UNREACHABLE=4

command=
one_line=
# ssh hides what its Match exec writes to standard output; ensure says all on 2.
said_on=1
columns=

usage() {
  cat <<'END'
usage: daypass COMMAND

  init URL       set this machine up for plain ssh; --remove undoes it
  login          log in again: --fresh, --device, --switch, --no-browser
  logout         end this login, one named, or with --all every one of yours
  status         who you are, which roles you hold, until when
  request ROLE   hold a role now: --for 1h, --reason TEXT, --host NAME
  why HOST       which role opens a server, and what is in the way
  history        your logins and certificates
  ensure ROLE    what ssh asks before it connects
  sign -n ROLE   certify any key, as ssh-keygen -s does: daypass sign --help

  --help         this; after a command, that command's options
  --version      which daypass this is

Exit codes: 0 done, 1 usage, 2 refused, 3 login needed, 4 unreachable.
The manual: man daypass
END
}

usage_of() {
  case $1 in
    init)
      cat <<'END'
usage: daypass init URL [options]
       daypass init --remove

Logs in, then shows and writes what lets plain ssh use your roles.

  --ca-file FILE     trust this TLS certificate instead of the system's
  --key-file [PATH]  keep the login key in a file, not in an agent of its own
  --fido             keep it in a security key: a touch a certificate
  --name NAME        what the consent page calls this machine (its host name)
  --yes              write without asking
  --remove           log out and undo all that init wrote
END
      ;;
    login)
      cat <<'END'
usage: daypass login [--fresh] [--device] [--switch] [--no-browser] [--yes]

  --fresh       sign in at the identity provider again, even if it remembers you
  --device      for a machine without a browser, where the server allows it
  --switch      become somebody else: with a new key
  --no-browser  print the address instead of opening it
  --yes         write changed roles to the ssh configuration without asking
END
      ;;
    logout) echo 'usage: daypass logout [--all | LOGIN]' ;;
    request)
      echo 'usage: daypass request ROLE [--for 1h] [--reason TEXT] [--host NAME]...'
      ;;
    ensure) echo 'usage: daypass ensure ROLE' ;;
    why) echo 'usage: daypass why HOST' ;;
    *) echo "usage: daypass $1" ;;
  esac
}

say() {
  # shellcheck disable=SC2059 # every caller's format is a constant
  printf "$@" >&"$said_on"
}

# The columns to write in: the terminal's, but no more than are read with ease.
measure() {
  [ -z "$columns" ] || return 0
  columns=$( (stty size </dev/tty) 2>/dev/null) || columns=
  columns=${columns##* }
  case $columns in
    [4-7][0-9]) ;;
    *) columns=80 ;;
  esac
}

# say_words BEGINNING INDENT TEXT: the text's words after the beginning, in as many lines as they
# take, the others indented. A longer word stays whole: somebody may copy it.
say_words() {
  measure
  lead=$(printf "%$2s" '')
  row_text=$1
  blank=
  set -f
  # shellcheck disable=SC2086 # words
  set -- $3
  set +f
  for word; do
    if [ -n "$blank" ] && [ $((${#row_text} + 1 + ${#word})) -gt "$columns" ]; then
      say '%s\n' "$row_text"
      row_text=$lead
      blank=
    fi
    row_text=$row_text$blank$word
    blank=' '
  done
  say '%s\n' "$row_text"
}

# fail CODE WHAT [REMEDY]
fail() {
  if [ -n "$one_line" ]; then
    printf 'daypass: %s%s\n' "$2" "${3:+ $3}" >&2
  else
    say_what "$2"
    # Somebody copies the command in it, so it is not broken.
    if [ -n "${3:-}" ]; then printf '  %s\n' "$3" >&2; fi
  fi
  exit "$1"
}

# Between words where somebody reads it, in one line where a program does.
say_what() {
  if [ -t 2 ]; then
    said_on=2
    say_words 'daypass: ' 2 "$1"
  else
    printf 'daypass: %s\n' "$1" >&2
  fi
}

bad_usage() {
  fail "$EXIT_USAGE" "$1" "${2:-See: daypass ${command:+$command }--help}"
}

# Somebody reads what is written, so a browser may be opened. ssh gives its Match exec no input,
# hence standard error.
has_terminal() {
  [ -t 2 ] && (: >/dev/tty) 2>/dev/null
}

# Seconds of a time such as 1h30m; refuses what has no unit.
seconds_of() {
  rest=$1
  total=0
  [ -n "$rest" ] || return 1
  while [ -n "$rest" ]; do
    number=${rest%%[!0-9]*}
    [ -n "$number" ] && [ "${#number}" -le 8 ] || return 1
    while [ "${number#0}" != "$number" ] && [ -n "${number#0}" ]; do number=${number#0}; done
    rest=${rest#"${rest%%[!0-9]*}"}
    unit=${rest%"${rest#?}"}
    rest=${rest#?}
    case $unit in
      s | S) factor=1 ;;
      m | M) factor=60 ;;
      h | H) factor=3600 ;;
      d | D) factor=86400 ;;
      w | W) factor=604800 ;;
      *) return 1 ;;
    esac
    total=$((total + number * factor))
  done
  [ "$total" -gt 0 ] || return 1
  printf '%s' "$total"
}

# Seconds since 1970 of 2026-11-21T15:04:05Z, by the calendar's arithmetic: date(1) differs between
# systems.
epoch_of() {
  case $1 in
    [0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*Z) ;;
    *) return 1 ;;
  esac
  year=${1%%-*}
  rest=${1#*-}
  month=${rest%%-*}
  rest=${rest#*-}
  day=${rest%%T*}
  rest=${rest#*T}
  hour=${rest%%:*}
  rest=${rest#*:}
  minute=${rest%%:*}
  rest=${rest#*:}
  second=${rest%"${rest#??}"}
  # 1xx - 100: a leading zero would make the number octal.
  month=$((1$month - 100)) day=$((1$day - 100))
  # Years from March on, so that a leap day is a year's last.
  if [ "$month" -gt 2 ]; then
    month=$((month - 3))
  else
    month=$((month + 9)) year=$((year - 1))
  fi
  days=$((year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 719469))
  printf '%s' $((days * 86400 + (1$hour - 100) * 3600 + (1$minute - 100) * 60 + 1$second - 100))
}

# local_time EPOCH FORMAT: as this machine's clock shows it.
local_time() {
  date -d "@$1" "+$2" 2>/dev/null || date -r "$1" "+$2"
}

# A length in seconds as a person says it: "5 more minutes".
more_time() {
  minutes=$((($1 + 59) / 60))
  if [ "$minutes" -eq 1 ]; then
    printf '1 more minute'
  elif [ "$minutes" -lt 120 ]; then
    printf '%s more minutes' "$minutes"
  else
    # Nobody plans by the minute that far ahead.
    printf '%s more hours' "$(((minutes + 30) / 60))"
  fi
}

# until_words EPOCH: "for 42 more minutes, until 15:04", by this machine's clock.
until_words() {
  today=$(date +%s)
  if [ "$1" -le "$today" ]; then
    printf 'ended, %s' "$(local_time "$1" '%a %H:%M')"
    return 0
  fi
  format=%H:%M
  [ "$(local_time "$1" %F)" = "$(local_time "$today" %F)" ] || format='%a %H:%M'
  printf 'for %s, until %s' "$(more_time $(($1 - today)))" "$(local_time "$1" "$format")"
}
