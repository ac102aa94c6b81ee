
# gcd NAME changes to the folder of a repo, or to that of a branch's worktrees; without
# a name, to a repo picked with fzf.
function gcd
    set -l line
    switch (count $argv)
        case 0
            if not command -q fzf
                echo 'gcd: no name given; install fzf to pick a repo' >&2
                return 2
            end
            set line (command gita ls -p | command fzf --no-multi)
            or return
        case 1
            # A repo is printed under the name that was asked for.
            set line "$(command gita ls -p -- $argv[1])"
            or return
            set -l rest (string split -m 1 ' /' -- "$line")[2]
            if test "$line" != "$argv[1] /$rest"
                set -l folder "$(command gita wt path -- $argv[1] 2>/dev/null)"
                and set line "$argv[1] $folder"
            end
    end
    set -l path (string split -m 1 ' /' -- "$line")[2]
    if test (count $argv) -gt 1; or begin
            test (count $argv) = 1; and test "$line" != "$argv[1] /$path"
        end
        echo "gcd: '$argv' is not a repo; usage: gcd NAME" >&2
        return 2
    end
    cd -- "/$path"
end

# 'gita rename' takes one repo, too, and 'gita wt rm' one branch's worktrees.
complete -c gcd -e
complete -c gcd -f -a '(__gita_ask rename; __gita_ask wt rm)'
