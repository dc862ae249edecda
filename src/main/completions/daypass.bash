# bash completion for daypass(1)

_daypass_roles() {
  cut -d ' ' -f 1 "${XDG_CONFIG_HOME:-$HOME/.config}/daypass/roles" 2>/dev/null
}

_daypass() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='init login logout status request why history ensure sign --help --version'
  else
    case ${COMP_WORDS[1]}:$previous in
      init:--ca-file | init:--key-file | sign:--ca-file | sign:--token-file)
        # shellcheck disable=SC2207 # bash 3.2, as macOS has it, knows no mapfile
        COMPREPLY=($(compgen -f -- "$current"))
        return
        ;;
      request:--for) words='15m 30m 1h 4h' ;;
      sign:-n) words=$(_daypass_roles) ;;
      *:--reason | *:--host | *:--name) return ;;
      init:*) words='--ca-file --key-file --fido --name --yes --remove' ;;
      login:*) words='--fresh --device --switch --no-browser --yes' ;;
      logout:*) words=--all ;;
      request:*) words="--for --reason --host $(_daypass_roles)" ;;
      ensure:*) words=$(_daypass_roles) ;;
      sign:*)
        words='-n -V -O --reason --host --token-file --url --ca-file -q'
        [ "${current#-}" != "$current" ] || words="$words $(compgen -f -X '!*.pub' -- "$current")"
        ;;
    esac
  fi
  # shellcheck disable=SC2207
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}

complete -F _daypass daypass
