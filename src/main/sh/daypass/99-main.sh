# The commands.

main() {
  command=${1:-}
  case $command in
    init | login | logout | status | request | why | history | ensure | sign) ;;
    -h | --help | help)
      usage
      exit 0
      ;;
    -V | --version | version)
      printf 'daypass %s\n' "$VERSION"
      exit 0
      ;;
    "")
      usage >&2
      exit "$EXIT_USAGE"
      ;;
    *)
      command=
      bad_usage "$1: unknown command."
      ;;
  esac
  shift
  if [ "$command" != sign ]; then
    case ${1:-} in
      -h | --help)
        usage_of "$command"
        exit 0
        ;;
    esac
  fi
  "${command}_command" "$@"
}

main "$@"
