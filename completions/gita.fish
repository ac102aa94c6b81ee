# Completion of gita for fish; `gita completion fish` prints this file.
#
# gita knows the candidates. This script finds the words of the line, asks gita,
# and hands the answers to fish, which quotes them. What was typed and what a name
# holds is never expanded and never run.

# Prints candidates as if the words given stood before those of the line.
function __gita_ask # [WORD...]
    set -l words (commandline -opc)
    set -e words[1]
    set words (string replace -r '^~/' "$HOME/" -- $words)
    set -l raw (commandline -ct)
    set -l typed (string unescape -- $raw "$raw'" "$raw\"")[1]
    # By which rules the rest matches (case, parts of words) is fish's affair.
    if not string match -qr '^[./~]' -- $typed
        set typed (string replace -r '[[:alnum:]_]*$' '' -- $typed)
    end
    for line in (command gita __complete -- $argv $words "$typed" 2>/dev/null)
        if string match -q \t'*' -- $line
            __gita_follow (string split \t -- $line)[2..]
        else
            echo -- $line
        end
    end
end

# Orders: see include/cli/complete.h. Uses the words of __gita_ask.
function __gita_follow --no-scope-shadowing # ORDER WORD...
    switch $argv[1]
        case folders files
            # The value after `--name=` is a part of the word to fish.
            set -l front (string match -r '^--[^=]*=' -- $raw)
            set -l value (string replace -r '^--[^=]*=' '' -- $raw)
            set -l found (complete -C "'' $value")
            test $argv[1] = folders; and set found (string match -r '.*/(?:\t.*|$)' -- $found)
            printf '%s\n' "$front"$found
        case git
            # In a fish of its own, as fish knows no other way to look elsewhere: its
            # completion of git would expand the folder after `git -C`. It runs
            # nothing of the repository and leaves it as it is.
            set -l n (string match -r '^[0-9]+$' -- "$GIT_CONFIG_COUNT"; or echo 0)
            set -lx GIT_CONFIG_KEY_$n core.fsmonitor
            set -lx GIT_CONFIG_VALUE_$n false
            set -lx GIT_CONFIG_COUNT (math $n + 1)
            set -lx GIT_OPTIONAL_LOCKS 0
            set -l line git $argv[4..] $words[(math $argv[2] + 1)..]
            set -l fish (status fish-path)
            $fish --no-config -c 'cd -- $argv[1]
                and set -g fish_complete_path $argv[3..]
                and complete -C $argv[2]' -- \
                $argv[3] "$(string escape -- $line | string join ' ') $raw" $fish_complete_path
        case shell
            set -l line $words[(math $argv[2] + 1)..]
            complete -C "$(string escape -- $line | string join ' ') $raw"
    end
end

# What fish made of the manual page would offer each option with every command. fish
# looks for it at the first TAB: it does so now, and then it is forgotten.
complete -C 'gita -' >/dev/null
complete -c gita -e
complete -c gita -f -a '(__gita_ask)'
