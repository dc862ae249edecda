# The commands.

principals_command() {
  exec "$lib/daypass-host-principals" "$@"
}

session_command() {
  exec "$hook"
}

main() {
  command=${1:-}
  case $command in
    join | refresh | status | doctor | leave | principals | session) ;;
    -h | --help | help)
      usage
      exit 0
      ;;
    -V | --version | version)
      printf 'daypass-host %s\n' "$VERSION"
      exit 0
      ;;
    "")
      usage >&2
      exit "$EXIT_USAGE"
      ;;
    *)
      command=
      bad_usage "${1}: unknown command."
      ;;
  esac
  shift
  case $command:${1:-} in
    join:-h | join:--help)
      join_usage
      exit 0
      ;;
    principals:* | session:*) ;;
    *:-h | *:--help)
      usage
      exit 0
      ;;
  esac
  "${command}_command" "$@"
}

main "$@"
