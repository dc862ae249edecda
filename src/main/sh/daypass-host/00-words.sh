#!/bin/sh
# daypass-host: the server's side of daypass (DESIGN sections 3 and 9). POSIX sh; the programs beside
# it, daypass-host-principals, -inspect and -session, are perl with its core modules.
set -eu
umask 077
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin

VERSION=0.1.0
EXIT_USAGE=1
EXIT_REFUSED=2
EXIT_UNREACHABLE=4

command=
dry_run=
quiet=

usage() {
  cat <<'END_OF_USAGE'
usage: daypass-host COMMAND

  join URL    let this server trust a certificate authority: join --help
  refresh     fetch and verify what has changed there; --quiet says only what went wrong,
              --wait SECONDS goes on as long and is told of news at once
  status      which authority, which mode, how fresh
  doctor      what is wrong here or weakens this server, each with its remedy
  leave       undo all that join wrote; --dry-run

  principals  sshd's AuthorizedPrincipalsCommand in proof mode
  session     PAM's hook, which ends sessions with their certificates

Exit codes: 0 done, 1 usage, 2 refused or something is wrong, 4 unreachable.
END_OF_USAGE
}

join_usage() {
  cat <<'END_OF_USAGE'
usage: daypass-host join [URL] --token TOKEN [options]
       daypass-host join URL --name NAME --root SHA256:... [options]

Without a token an operator approves this server's host key first; join is then run again.

  --mode file|proof     check principals alone, or the ledger's proof as well (file)
  --close-other-logins  close every other way into the accounts that roles open
  --permit-user-rc      let sshd run ~/.ssh/rc of those accounts, where the certificate permits it
  --ca-file FILE        trust this TLS certificate instead of the system's
  --dry-run             say what would change, and change nothing
END_OF_USAGE
}

say() {
  # shellcheck disable=SC2059 # every caller's format is a constant
  [ -n "$quiet" ] || printf "$@"
}

# changes WHAT: what is being done, or would be.
changes() {
  : >"$work/changed"
  if [ -n "$dry_run" ]; then say 'would: %s\n' "$1"; else say '%s\n' "$1"; fi
}

complain() {
  printf 'daypass-host: %s\n' "$1" >&2
  if [ -n "${2:-}" ]; then printf '  %s\n' "$2" >&2; fi
}

# fail CODE WHAT [REMEDY]
fail() {
  complain "$2" "${3:-}"
  exit "$1"
}

bad_usage() {
  fail "$EXIT_USAGE" "$1" "See: daypass-host ${command:+$command }--help"
}

# Standard input without control characters.
printable() {
  tr -d '\000-\011\013-\037\177-\237'
}
