# fish completion for daypass(1)

function __daypass_roles
    set -l config $HOME/.config
    set -q XDG_CONFIG_HOME; and set config $XDG_CONFIG_HOME
    test -r $config/daypass/roles; and cut -d ' ' -f 1 $config/daypass/roles
end

complete -c daypass -f
complete -c daypass -n __fish_use_subcommand -a init -d 'set this machine up'
complete -c daypass -n __fish_use_subcommand -a login -d 'log in again'
complete -c daypass -n __fish_use_subcommand -a logout -d 'end a login'
complete -c daypass -n __fish_use_subcommand -a status -d 'who you are, until when'
complete -c daypass -n __fish_use_subcommand -a request -d 'hold a role now'
complete -c daypass -n __fish_use_subcommand -a why -d 'which role opens a server'
complete -c daypass -n __fish_use_subcommand -a history -d 'your logins and certificates'
complete -c daypass -n __fish_use_subcommand -a ensure -d 'what ssh asks before it connects'
complete -c daypass -n __fish_use_subcommand -a sign -d 'certify any key'
complete -c daypass -n '__fish_seen_subcommand_from request ensure' -a '(__daypass_roles)'
complete -c daypass -n '__fish_seen_subcommand_from why' -a '(__fish_print_hostnames)'
complete -c daypass -n '__fish_seen_subcommand_from init' -l ca-file -rF -d 'trust this TLS certificate'
complete -c daypass -n '__fish_seen_subcommand_from init' -l key-file -F -d 'keep the login key in a file'
complete -c daypass -n '__fish_seen_subcommand_from init' -l fido -d 'keep it in a security key'
complete -c daypass -n '__fish_seen_subcommand_from init' -l name -x -d 'name of this machine'
complete -c daypass -n '__fish_seen_subcommand_from init login' -l yes -d 'write without asking'
complete -c daypass -n '__fish_seen_subcommand_from init' -l remove -d 'undo all'
complete -c daypass -n '__fish_seen_subcommand_from login' -l fresh -d 'sign in again'
complete -c daypass -n '__fish_seen_subcommand_from login' -l device -d 'without a browser here'
complete -c daypass -n '__fish_seen_subcommand_from login' -l switch -d 'become somebody else'
complete -c daypass -n '__fish_seen_subcommand_from login' -l no-browser -d 'print the address'
complete -c daypass -n '__fish_seen_subcommand_from logout' -l all -d 'every login of yours'
complete -c daypass -n '__fish_seen_subcommand_from request' -l for -x -a '15m 30m 1h 4h' -d 'how long'
complete -c daypass -n '__fish_seen_subcommand_from request sign' -l reason -x -d why
complete -c daypass -n '__fish_seen_subcommand_from request sign' -l host -x -a '(__fish_print_hostnames)' -d 'only this server'
complete -c daypass -n '__fish_seen_subcommand_from sign' -s n -x -a '(__daypass_roles)' -d role
complete -c daypass -n '__fish_seen_subcommand_from sign' -s V -x -d 'how long'
complete -c daypass -n '__fish_seen_subcommand_from sign' -s O -x -d option
complete -c daypass -n '__fish_seen_subcommand_from sign' -l token-file -rF -d token
complete -c daypass -n '__fish_seen_subcommand_from sign' -a '(__fish_complete_suffix .pub)'
