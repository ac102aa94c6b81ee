
# gcd NAME changes to the folder of a repo, or to that of a branch's worktrees. NAME may
# be the beginning of a name. Of several repos, those of a group or all, fzf picks one.
function gcd
    if test (count $argv) -gt 1
        echo 'gcd: too many names; usage: gcd [NAME]' >&2
        return 2
    else if test "$argv" = -
        cd -
        return
    end
    # `NAME /path` lines; a path may hold a newline.
    set -l query
    set -l list "$(command gita ls -p -- $argv 2>/dev/null)"
    if test $status -ne 0
        set list "$(command gita ls -p -- "$argv*" 2>/dev/null)"
        if test $status -ne 0; or string match -q -- '*'\n'*' "$list"
            set query $argv
            set list "$(command gita ls -p)"
        end
    else if set -q argv[1]; and test (string split -m 1 ' /' -- "$list")[1] != "$argv"
        set -l folder "$(command gita wt path -- $argv 2>/dev/null)"
        and set list "$argv $folder"
    end
    if string match -q -- '*'\n'*' "$list"; and test (string split -m 1 ' /' -- "$list")[1] != "$argv"
        if not command -q fzf
            if set -q query[1]
                command gita ls -p -- $query
            else
                echo 'gcd: install fzf to pick one of several repos' >&2
            end
            return 2
        end
        set list "$(printf '%s\n' "$list" | command fzf --no-multi --query="$query")"
        or return
    end
    set -l path (string split -m 1 ' /' -- "$list")[2]
    if test -z "$path"
        echo 'gcd: no repo to go to' >&2
        return 1
    end
    cd -- "/$path"
end

# 'gita ls' takes the same names.
complete -c gcd -e
complete -c gcd -f -a '(__gita_ask ls)'
