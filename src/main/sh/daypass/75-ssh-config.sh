# What init writes for ssh. Nothing from the server is written that is not of a narrow form
# (CASES 80): ssh would obey any line.

INCLUDE='Include daypass/config'

# A pattern of host names: lower-case names with * and ?, which must say more than "any host" or
# "any host of a public top-level domain".
check_pattern() {
  case $1 in
    "" | -* | .* | *. | *..* | *[!abcdefghijklmnopqrstuvwxyz0123456789.*?_-]*) return 1 ;;
  esac
  [ "${#1}" -le 253 ] || return 1
  case $1 in
    *[a-z0-9]*[a-z0-9]*) ;;
    *) return 1 ;;
  esac
  case $1 in
    *[*?]*) ;;
    *) return 0 ;;
  esac
  # What follows the last wildcard must hold two labels, or end in one that is not public; a piece
  # of a label, as of *om, says nothing. Without any of that the pattern begins with two characters.
  tail=${1##*[*?]}
  case $tail in
    *.*.*) return 0 ;;
    *.internal | *.local | *.lan | *.corp | *.home | *.intranet | *.private | *.test | *.localdomain)
      return 0
      ;;
    *.*) return 1 ;;
  esac
  case ${1%%[*?]*} in
    ??*) return 0 ;;
  esac
  return 1
}

# Reads /v1/roles; writes $work/roles, a line "ROLE reason PATTERN..." for each role that may be
# held and has patterns. A role or pattern of another form ends the program.
fetch_roles() {
  fetch_host_patterns
  namespace=request@daypass.dev
  body=
  ask GET /v1/roles
  [ "$status" = 200 ] || refused
  : >"$work/roles"
  : >"$work/unreachable-roles"
  name=
  printable <"$work/answer" >"$work/listed"
  while IFS= read -r line; do
    case $line in
      "roles.name: "*)
        end_role
        name=${line#*: }
        standing=''
        wants=optional
        patterns=''
        ;;
      "roles.standing: "*) standing=${line#*: } ;;
      "roles.reason: "*) wants=${line#*: } ;;
      "roles.patterns: "*) patterns=${line#*: } ;;
    esac
  done <"$work/listed"
  end_role
}

end_role() {
  [ -n "$name" ] || return 0
  check_role_name "$name" || unfit "a role is named" "$name"
  case $wants in
    optional | required | pattern) ;;
    *) unfit "the reason of $name is" "$wants" ;;
  esac
  case $standing in
    held | depends_on_request) ;;
    *) return 0 ;;
  esac
  check_patterns "${patterns:-$host_patterns}"
  if [ -n "$patterns$host_patterns" ]; then
    printf '%s %s %s\n' "$name" "$wants" "${patterns:-$host_patterns}" >>"$work/roles"
  else
    printf '%s\n' "$name" >>"$work/unreachable-roles"
  fi
  [ "$(wc -l <"$work/roles")" -le 100 ] || unfit "there are more than 100 roles, such as" "$name"
}

# Words are split, never expanded to file names.
check_patterns() {
  set -f
  # shellcheck disable=SC2086 # words
  set -- $1
  set +f
  [ $# -le 200 ] || unfit "more than 200 host patterns for" "$name"
  for pattern; do
    check_pattern "$pattern" || unfit "a host pattern is" "$pattern"
  done
}

unfit() {
  fail "$EXIT_REFUSED" "$url sends what must not stand in an ssh configuration: $1 \"$2\"." \
    "Nothing was written. Tell whoever maintains the certificate authority."
}

fetch_host_patterns() {
  namespace=
  body=
  ask GET /v1/client
  [ "$status" = 200 ] || refused
  host_patterns=$(answered host_patterns)
  name='all roles'
  check_patterns "$host_patterns"
}

# Host CA keys for the servers of the patterns; the file is used in our Match blocks only.
fetch_known_hosts() {
  : >"$work/known_hosts"
  namespace=
  body=
  ask GET /v1/known-hosts
  [ "$status" = 200 ] || return 0
  name='host CA keys'
  printable <"$work/answer" >"$work/listed"
  while IFS= read -r line; do
    set -f
    # shellcheck disable=SC2086 # words
    set -- $line
    set +f
    case ${1:-} in
      "" | \#*) continue ;;
    esac
    [ "$1:$#" = @cert-authority:4 ] || [ "$1:$#" = @cert-authority:5 ] \
      || unfit "a line of known hosts is" "$line"
    check_patterns "$(printf '%s' "$2" | tr ',' ' ')"
    case $3$4 in
      *[!A-Za-z0-9+/=@.-]*) unfit "a host CA key is" "$4" ;;
    esac
    printf '%s %s %s %s\n' "$1" "$2" "$3" "$4" >>"$work/known_hosts"
  done <"$work/listed"
}

# What servers may no longer show (RevokedHostKeys). ssh refuses every host while that file is missing
# or is no list: so a list lies there before the line does, and the next takes its place in one step.
fetch_revoked_hosts() {
  rm -f "$work/krl"
  namespace=
  body=
  try GET /v1/krl && [ "$status" = 200 ] && is_revocation_list "$work/answer" || return 0
  mv "$work/answer" "$work/krl"
}

# PROTOCOL.krl; ssh-keygen reads all of a list before it looks a key up in it.
is_revocation_list() {
  [ "$(dd if="$1" bs=6 count=1 2>/dev/null | tr -d '\0')" = SSHKRL ] || return 1
  case $(ssh-keygen -Q -f "$1" "${public_file:-$key}" 2>/dev/null) in
    *": ok" | *": REVOKED") ;;
    *) return 1 ;;
  esac
}

keep_revoked_hosts() {
  [ ! -s "$work/krl" ] || put "$place/krl" <"$work/krl"
}

# With each new certificate, where the line is written. In vain: the list that is there stays.
renew_revoked_hosts() {
  [ -e "$place/krl" ] || return 0
  fetch_revoked_hosts
  keep_revoked_hosts
}

# A path as ssh's configuration takes it: it expands % and ${}, and quotes cannot be escaped.
check_path() {
  case $1 in
    *[!A-Za-z0-9/._+@\ -]*)
      fail "$EXIT_USAGE" "The path $1 holds characters that ssh would take for its own." \
        "Letters, digits, blanks and / . _ + @ - can be written."
      ;;
  esac
}

# This program's own absolute path, which a shell will read: no blank in it.
find_self() {
  case $0 in
    */*) self=$0 ;;
    *) self=$(command -v "$0") || self=$0 ;;
  esac
  folder=$(cd "$(dirname "$self")" 2>/dev/null && pwd) || folder=
  self=$folder/${self##*/}
  case $self in
    /*[!A-Za-z0-9/._+@-]*) ;;
    /*) [ ! -f "$self" ] || [ ! -x "$self" ] || return 0 ;;
  esac
  fail "$EXIT_USAGE" "This program's path cannot stand in an ssh configuration: $self" \
    "Install it where the path has only letters, digits and / . _ + @ -"
}

# The blocks of $work/roles, in $work/config.
write_blocks() {
  find_self
  check_path "$place"
  check_path "$key"
  {
    cat <<'END'
# Written by daypass init; the next one overwrites it. See daypass(1).
END
    while read -r name wants patterns; do
      printf '\n# %s\n' "$name"
      printf 'Match host %s exec "%s ensure %s"\n' \
        "$(printf '%s' "$patterns" | tr -s ' ' ',')" "$self" "$name"
      printf '  CertificateFile "%s/%s-cert.pub"\n' "$place" "$name"
      printf '  IdentityFile "%s"\n  IdentitiesOnly yes\n  AddKeysToAgent no\n' "$key"
      if [ "$key_kind" = agent ]; then
        # ssh forwards the IdentityAgent. The first ForwardAgent turns forwarding off, the second
        # says what is forwarded for those who turn it on by -A: the login key stays at home. ssh
        # complains at each connection unless the path exists.
        printf '  IdentityAgent "%s"\n  ForwardAgent no\n  ForwardAgent /dev/null\n' "$socket"
      fi
      printf '  UserKnownHostsFile "%s/.ssh/known_hosts" "%s/known_hosts"\n' "$HOME" "$place"
      if [ -s "$work/krl" ] || [ -s "$place/krl" ]; then
        printf '  RevokedHostKeys "%s/krl"\n' "$place"
      fi
    done <"$work/roles"
  } >"$work/config"
}

# Host CA keys change while servers go on: a new one is written without a question where it is for the
# names that were agreed to. Whoever is asked at a bad moment would meet unknown servers later.
take_host_ca_keys() {
  [ -s "$place/known_hosts" ] && [ -s "$work/known_hosts" ] \
    && ! same "$work/known_hosts" "$place/known_hosts" || return 0
  cut -d ' ' -f 2 "$work/known_hosts" | sort -u >"$work/names"
  cut -d ' ' -f 2 "$place/known_hosts" | sort -u >"$work/names-before"
  ! same "$work/names" "$work/names-before" || put "$place/known_hosts" <"$work/known_hosts"
}

# Fetches, shows and writes what changed. Without a change it asks nothing.
update_ssh_config() {
  fetch_roles
  fetch_known_hosts
  take_host_ca_keys
  fetch_revoked_hosts
  write_blocks
  if same "$work/config" "$place/config" && same "$work/known_hosts" "$place/known_hosts" \
    && same "$work/roles" "$settings/roles" && is_included; then
    keep_revoked_hosts
    return 0
  fi
  show_plan
  if [ -z "$yes" ]; then may_write || return 1; fi
  put "$settings/roles" <"$work/roles"
  put "$place/known_hosts" <"$work/known_hosts"
  keep_revoked_hosts
  put "$place/config" <"$work/config"
  is_included || include
}

same() {
  [ -r "$2" ] && cmp -s "$1" "$2"
}

# shellcheck disable=SC2088 # paths as a person says them
show_plan() {
  say '\nThis is written for ssh:\n'
  is_included || say '  %-27s at its top: %s\n' '~/.ssh/config' "$INCLUDE"
  say '  %-27s host CA keys: %s\n' '~/.ssh/daypass/known_hosts' \
    "$(wc -l <"$work/known_hosts" | tr -d ' ')"
  say '  %-27s certificates for these hosts:\n' '~/.ssh/daypass/config'
  while read -r name wants patterns; do
    say_words "$(printf '    %-25s ' "$name")" 30 "$patterns"
    [ "$wants" = optional ] || say '    %-25s only after daypass request, with a reason\n' ''
  done <"$work/roles"
  [ -s "$work/roles" ] || say '    none: no role of yours names its hosts\n'
  if [ -r "$settings/roles" ]; then
    while read -r name _; do
      grep -q "^$name " "$work/roles" || say '    %-25s no longer\n' "$name"
    done <"$settings/roles"
  fi
  say '\n'
}

may_write() {
  if [ ! -t 0 ]; then
    say 'Nothing was written. To agree: daypass init --yes %s\n' "$url"
    return 1
  fi
  say 'Write this? [y/N] '
  read -r answer || answer=
  case $answer in
    y | Y | yes | Yes) return 0 ;;
  esac
  say 'Nothing was written.\n'
  return 1
}

# The user's ssh configuration, behind the links that dotfile managers make.
find_ssh_config() {
  ssh_config=$HOME/.ssh/config
  hops=0
  while [ -L "$ssh_config" ] && [ "$hops" -lt 20 ]; do
    linked=$(readlink "$ssh_config")
    case $linked in
      /*) ssh_config=$linked ;;
      *) ssh_config=$(dirname "$ssh_config")/$linked ;;
    esac
    hops=$((hops + 1))
  done
}

is_included() {
  [ -r "$HOME/.ssh/config" ] && [ "$(sed -n 1p "$HOME/.ssh/config")" = "$INCLUDE" ]
}

# A Host line above it would swallow the Include, so it stands at the very top.
include() {
  find_ssh_config
  stage_ssh_config
  {
    printf '%s\n' "$INCLUDE"
    users_own
  } >"$staged" || not_written "$ssh_config"
  move_in_place "$ssh_config"
}

exclude() {
  find_ssh_config
  [ -e "$ssh_config" ] && grep -qxF "$INCLUDE" "$ssh_config" || return 0
  stage_ssh_config
  users_own >"$staged" || not_written "$ssh_config"
  if [ -s "$staged" ] || [ -L "$HOME/.ssh/config" ]; then
    move_in_place "$ssh_config"
  else
    rm -f "$staged" "$ssh_config"
    staged=
  fi
}

# A file beside the user's, of the same mode and owner.
stage_ssh_config() {
  staged=$(mktemp "$ssh_config.XXXXXX") || not_written "$ssh_config"
  [ ! -e "$ssh_config" ] || cp -p "$ssh_config" "$staged" || not_written "$ssh_config"
}

# The user's own lines. That there are none is grep's 1, all above that a failure.
users_own() {
  [ ! -e "$ssh_config" ] || grep -vxF "$INCLUDE" "$ssh_config" || [ $? -eq 1 ]
}
