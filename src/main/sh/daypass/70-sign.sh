# sign: ssh-keygen -s's flags where they make sense, and a token of the identity provider.

sign_usage() {
  cat <<'EOF'
usage: daypass sign -n ROLE [options] KEY.pub

Asks for a certificate for KEY.pub and writes it beside it, as KEY-cert.pub.

  -n ROLE            the role to hold
  -V +TIME           how long, such as +30m or +1h; the role's default else
  -O OPTION          narrow the certificate, as with ssh-keygen: clear, no-pty,
                     no-agent-forwarding, no-port-forwarding,
                     no-x11-forwarding, no-user-rc, force-command=COMMAND,
                     source-address=CIDR[,CIDR]
  --reason TEXT      why, for those who read the ledger
  --host NAME        only for this server; may be repeated
  --token-file FILE  the token of the identity provider (or DAYPASS_TOKEN)
  --url URL          the certificate authority (or DAYPASS_URL, or settings)
  --ca-file FILE     trust this TLS certificate instead of the system's
  -q                 say nothing unless something is wrong

Settings stand in ~/.config/daypass/config: lines "url: ..." and "ca-file: ..."
Exit codes: 0 done, 1 usage, 2 refused, 3 login needed, 4 unreachable.
EOF
}

add_validity() {
  case $1 in
    *:*) bad_usage "-V $1: a validity starts now here." "Give only its length, such as -V +1h." ;;
    +*) ;;
    *) bad_usage "-V $1: a length starts with +." "Such as -V +1h." ;;
  esac
  seconds=$(seconds_of "${1#+}") \
    || bad_usage "-V $1: not a length of time." "Units are s, m, h, d, w: such as -V +90m."
  add_field ttl "${seconds}s"
}

# Leaves an extension of the role out, once however often it is asked for.
leave_out() {
  case " $left_out " in
    *" $1 "*) return 0 ;;
  esac
  left_out="$left_out $1"
  add_field without "$1"
}

add_option() {
  case $1 in
    clear)
      for name in permit-X11-forwarding permit-agent-forwarding permit-port-forwarding \
        permit-pty permit-user-rc; do
        leave_out "$name"
      done
      ;;
    no-pty) leave_out permit-pty ;;
    no-agent-forwarding) leave_out permit-agent-forwarding ;;
    no-port-forwarding) leave_out permit-port-forwarding ;;
    no-x11-forwarding | no-X11-forwarding) leave_out permit-X11-forwarding ;;
    no-user-rc) leave_out permit-user-rc ;;
    force-command=?*) add_field force_command "${1#force-command=}" ;;
    source-address=?*)
      addresses=${1#source-address=}
      while [ -n "$addresses" ]; do
        add_field source_address "${addresses%%,*}"
        case $addresses in
          *,*) addresses=${addresses#*,} ;;
          *) addresses= ;;
        esac
      done
      ;;
    permit-* | extension:* | critical:* | no-touch-required | verify-required)
      bad_usage "-O $1: only the role gives rights." "Leave it out; the role decides."
      ;;
    *) bad_usage "-O $1: unknown option." ;;
  esac
}

read_arguments() {
  url=${DAYPASS_URL:-}
  ca_file=
  token_file=
  role=
  key=
  body=
  left_out=
  quiet=
  while [ $# -gt 0 ]; do
    case $1 in
      -n | -V | -O | --reason | --host | --token-file | --url | --ca-file)
        [ $# -ge 2 ] || bad_usage "$1 needs a value."
        take_option "$1" "$2"
        shift 2
        ;;
      --reason=* | --host=* | --token-file=* | --url=* | --ca-file=*)
        take_option "${1%%=*}" "${1#*=}"
        shift
        ;;
      -q | --quiet)
        quiet=yes
        shift
        ;;
      -h | --help)
        sign_usage
        exit 0
        ;;
      -I | -z | -s | -U | -D)
        bad_usage "$1: the certificate authority chooses key ID, serial and CA key."
        ;;
      --)
        shift
        [ "$#$key" = 1 ] || bad_usage "Name one key."
        key=$1
        shift
        ;;
      -*) bad_usage "$1: unknown option." ;;
      *)
        [ -z "$key" ] || bad_usage "Name one key."
        key=$1
        shift
        ;;
    esac
  done
  [ -n "$role" ] || bad_usage "No role: -n ROLE."
  [ -n "$key" ] || bad_usage "No key: name a public key file."
}

take_option() {
  case $1 in
    -n)
      [ -z "$role" ] || bad_usage "One role at a time: -n is given twice."
      role=$2
      add_field role "$2"
      ;;
    -V) add_validity "$2" ;;
    -O) add_option "$2" ;;
    --reason) add_field reason "$2" ;;
    --host) add_field hosts "$2" ;;
    --token-file) token_file=$2 ;;
    --url) url=$2 ;;
    --ca-file) ca_file=$2 ;;
  esac
}

read_token() {
  token=${DAYPASS_TOKEN:-}
  if [ -n "$token_file" ]; then
    [ -r "$token_file" ] || bad_usage "The token file $token_file cannot be read."
    token=$(tr -d '\r\n' <"$token_file")
  fi
  [ -n "$token" ] || fail "$EXIT_LOGIN" "No token of the identity provider." \
    "Give one by --token-file FILE or DAYPASS_TOKEN."
  case $token in
    *[!A-Za-z0-9._-]*) fail "$EXIT_USAGE" "The token is no JSON web token." ;;
  esac
}

read_key() {
  case $key in
    *-cert.pub) bad_usage "$key is a certificate." "Name the key itself: ${key%-cert.pub}.pub" ;;
    *.pub) ;;
    *) [ ! -r "$key.pub" ] || key=$key.pub ;;
  esac
  [ -r "$key" ] || fail "$EXIT_USAGE" "The key $key cannot be read." \
    "Make one: ssh-keygen -t ed25519 -f ${key%.pub}"
  if grep -q 'PRIVATE KEY-----' "$key"; then
    fail "$EXIT_USAGE" "$key is a private key." "Make the public one: ssh-keygen -y -f $key >$key.pub"
  fi
  # The first two words are the key; a comment stays at home.
  public_key=$(sed -n '/^[[:space:]]*$/d; /^#/d; p' "$key" | cut -d ' ' -f 1,2)
  case $public_key in
    "" | *"
"*) fail "$EXIT_USAGE" "$key does not hold one public key." ;;
  esac
  certificate_file=${key%.pub}-cert.pub
  add_field public_key "$public_key"
}

report() {
  [ -z "$quiet" ] || return 0
  servers=$(answered hosts)
  until=$(answered valid_before | sed 's/T\(..:..\):.*/ \1 UTC/')
  printf 'Signed %s\n' "$certificate_file"
  printf '  who      %s\n' "$(answered username)"
  printf '  role     %s\n' "$(answered role)"
  printf '  servers  %s\n' "${servers:-every server of the role}"
  printf '  until    %s, for %s\n' "$until" "$(more_time "$(seconds_of "$(answered valid_for)")")"
  printf '  entry    %s\n' "$(answered serial)"
}

sign_command() {
  check_programs
  read_arguments "$@"
  check_url
  read_token
  read_key
  make_work
  namespace=request@daypass.dev
  ask POST /v1/certificates
  [ "$status" = 201 ] || refused
  install_certificate
  report
}
