#!/bin/sh
# daypass: the user's side of the daypass certificate authority. See daypass(1).
#
# POSIX sh; needs curl and OpenSSH 8.2 or newer, and perl or python3 while a browser logs in. No
# secret ever stands on a command line: curl reads headers and bodies from pipes and files.
set -eu

# ssh asks `daypass ensure ROLE` before each connection (Match exec), so what follows must stay
# under 10 ms: one file read, and at most one process, for the time. It stands first because a shell
# reads its program as it goes: with a good certificate the rest of this file is never parsed.
if [ "$#" -eq 2 ] && [ "$1" = ensure ]; then
  case $2 in
    "" | *[!a-z0-9-]*) ;;
    *)
      state=${HOME:-/nonexistent}/.ssh/daypass/$2
      # The clock of a shell that has one ignores this; elsewhere it clears what was inherited.
      EPOCHSECONDS=
      if [ -r "$state-cert.pub" ] && [ -r "$state.state" ] \
        && read -r renew_at _ agent <"$state.state" \
        && [ "$renew_at" -gt "${EPOCHSECONDS:-$(date +%s)}" ] 2>/dev/null; then
        # A key file needs no agent; an agent must still be the process that holds the key.
        [ "$agent" != - ] || exit 0
        name=ssh-agent
        if [ -r "/proc/$agent/comm" ]; then read -r name <"/proc/$agent/comm" || :; fi
        if [ -S "${state%/*}/agent.sock" ] && [ "$name" = ssh-agent ] && kill -0 "$agent" 2>/dev/null; then
          exit 0
        fi
      fi
      ;;
  esac
fi
