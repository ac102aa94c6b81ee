"""The steps of a random walk: what people (and programs) do in a work tree.

A step gets the walk (its luck, its path, its git) and may turn out impossible;
what git refuses to do is then simply not done.
"""

import os
import shutil

NAMES = ["a", "b", "dir/c", "dir/sub/d", "new", "x.o", "build/y.o", "build/z", "dir/new",
         "dir/sub/x.o", "odd name", "-dash", "caf\udce9", "A", "n/n/n", "sub/new", "inner/f"]
TEXTS = ["", "a\n", "b\n", "one\n", "two\n", "x\r\ny\r\n", "x\ny\n", "$Id$\n", "\0\n"]
PATTERNS = ["*.o", "build/", "/new", "!x.o", "dir/*", "!dir/sub/", "n", "**/f", "inner", "*"]
ATTRIBUTES = ["* text=auto", "*.o -text", "* eol=crlf", "a ident", "b filter=case",
              "*.o filter=none", "dir/* text eol=lf", "* -text"]
SETTINGS = [
    ("status.showUntrackedFiles", ("no", "normal", "all")),
    ("core.fileMode", ("true", "false")),
    ("core.autocrlf", ("true", "input", "false")),
    ("core.trustctime", ("true", "false")),
    ("diff.ignoreSubmodules", ("none", "untracked", "dirty")),
    ("submodule.sub.ignore", ("none", "untracked", "dirty", "all")),
    ("filter.case.clean", ("tr A-Z a-z", "tr a-z A-Z")),
    ("core.untrackedCache", ("true", "false")),
    ("index.version", ("2", "4")),
]
# Whole commands, by what they are about, so that each has its share. {} is any
# path, [] any branch, in the words of the walk's luck; a ; parts two commands.
COMMANDS = [
    ["add {}", "add {}", "add -A", "add -u", "add -f {}", "add -N {}", "rm -q -f {}",
     "rm -q -r --cached {}", "mv {} {}", "mv -k dir sub", "checkout -q -- {}", "reset -q",
     "read-tree --empty", "read-tree HEAD"],
    ["commit -q -m one", "commit -q -a -m all", "commit -q -a -m all",
     "commit -q --amend -m again", "reset -q --soft HEAD~1", "reset -q --hard",
     "reset -q --hard HEAD~1", "clean -q -f -d"],
    ["stash -q", "stash -q -u", "stash -q -k", "stash pop -q", "stash drop -q"],
    ["checkout -q -B []", "checkout -q []", "checkout -q -f []", "checkout -q --detach",
     "checkout -q --orphan []", "branch -q -D []", "branch -q -u origin/main", "branch -q -u []",
     "branch -q --unset-upstream", "fetch -q", "push -q origin HEAD:refs/heads/x",
     "update-ref -d refs/remotes/origin/main", "tag -f v1", "tag -f -a -m two v2",
     "pack-refs --all", "gc -q", "replace -f HEAD HEAD~1", "replace -d HEAD"],
    ["reset -q --hard; merge -q []", "reset -q --hard; merge -q topic", "merge -q []",
     "merge -q --no-commit --no-ff []", "merge -q --squash []",
     "reset -q --hard; rebase -q []", "reset -q --hard; rebase -q --apply []",
     "reset -q --hard; cherry-pick []", "cherry-pick [] []~1",
     "reset -q --hard; revert --no-edit HEAD", "pull -q --no-rebase", "bisect start", "bisect bad",
     "bisect good HEAD~1"],
    ["merge --abort", "rebase --abort", "rebase --skip", "rebase --continue",
     "cherry-pick --abort", "cherry-pick --quit", "revert --abort", "commit -q --no-edit",
     "bisect reset"],
    ["update-index --assume-unchanged {}", "update-index --no-assume-unchanged {}",
     "update-index --skip-worktree {}", "update-index --no-skip-worktree {}",
     "update-index --chmod=+x {}", "update-index --chmod=-x {}",
     "update-index --index-version 4", "update-index --index-version 2",
     "update-index --split-index", "update-index --no-split-index",
     "update-index --untracked-cache", "update-index --really-refresh",
     "sparse-checkout set dir", "sparse-checkout disable"],
    ["status"],
    ["submodule --quiet add ../library.git sub", "submodule --quiet update --init",
     "submodule --quiet deinit -f sub", "-C sub commit -q --allow-empty -m inside",
     "-C sub checkout -q HEAD~1", "-C sub add -A", "init -q inner", "init -q n/n",
     "-C inner commit -q --allow-empty -m inner", "-C inner add -A",
     "worktree add -q -f inner/tree"],
]


def git(walk) -> str:
    told = []
    for command in walk.luck.choice(walk.luck.choice(COMMANDS)).split("; "):
        words = []
        for word in command.split():
            word = word.replace("[]", walk.luck.choice(["main", "topic", "other"]))
            words.append(word.replace("{}", "./" + walk.any_name()))
        walk.git(*words)
        told.append("git " + " ".join(words))
    return "; ".join(told)


def write(walk) -> str:
    name, text = walk.any_name(), walk.luck.choice(TEXTS)
    path = walk.make_room(name)
    with open(path, walk.luck.choice("wwa"), opener=open_now) as file:
        file.write(text)
    return f"write {text!r} to {name!r}"


def write_same_time(walk) -> str:
    """The content changes, the time of the last change does not."""
    path = os.path.join(walk.path, name := walk.any_name())
    told = os.stat(path)
    with open(path, "r+", opener=open_now) as file:
        file.write(walk.luck.choice("abx"))
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
    return f"write to {name!r} and keep its time"


def touch(walk) -> str:
    path = os.path.join(walk.path, name := walk.any_name())
    index = os.stat(os.path.join(walk.path, ".git/index")).st_mtime_ns
    time = walk.luck.choice([0, 1600000000 * 10**9, index, index + 10**9, index - 10**9])
    os.utime(path, ns=(time, time), follow_symlinks=False)
    return f"touch {name!r}"


def remove(walk) -> str:
    name = walk.any_name()
    name = walk.luck.choice([name, os.path.dirname(name) or name])
    discard(os.path.join(walk.path, name))
    return f"remove {name!r}"


def move(walk) -> str:
    old, new = walk.any_name(), walk.any_name()
    os.rename(os.path.join(walk.path, old), walk.make_room(new))
    return f"move {old!r} to {new!r}"


def change_kind(walk) -> str:
    """A link, a fifo, a folder or a script, where something else may have been."""
    path = walk.make_room(name := walk.any_name())
    kind = walk.luck.choice(["link", "link", "fifo", "folder", "mode", "mode"])
    if kind == "mode":
        os.chmod(path, walk.luck.choice([0o644, 0o755]))
        return f"chmod {name!r}"
    discard(path)
    if kind == "link":
        os.symlink(walk.luck.choice(["a", "dir", "nowhere", ".", "../library.git"]), path)
    elif kind == "fifo":
        os.mkfifo(path)
    else:
        os.mkdir(path)
    return f"make {name!r} a {kind}"


def rules(walk) -> str:
    files = [(".gitignore", PATTERNS), ("dir/.gitignore", PATTERNS), ("build/.gitignore", PATTERNS),
             (".git/info/exclude", PATTERNS), (".gitattributes", ATTRIBUTES),
             ("dir/.gitattributes", ATTRIBUTES)]
    name, lines = walk.luck.choice(files)
    line = walk.luck.choice(lines)
    path = walk.make_room(name)
    with open(path, walk.luck.choice("aw"), opener=open_now) as file:
        file.write(line + "\n")
    return f"write {line!r} to {name}"


def setting(walk) -> str:
    name, values = walk.luck.choice(SETTINGS)
    value = walk.luck.choice([*values, None])
    walk.git("config", *([name, value] if value else ["--unset", name]))
    return f"git config {name} {value}"


def open_now(path: str, flags: int) -> int:
    """A fifo is an error, not a wait for its reader."""
    return os.open(path, flags | os.O_NONBLOCK, 0o666)


def discard(path: str):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    else:
        os.unlink(path)


def settle(walk) -> str:
    """All is clean again, so that the next change shows."""
    commands = walk.luck.choice([["add -A", "commit -q -m settled"],
                                 ["reset -q --hard", "clean -q -f -f -d", "submodule update -q"],
                                 ["stash -q -u"]])
    for command in commands:
        walk.git(*command.split())
    return "; ".join("git " + command for command in commands)


STEPS = [git] * 8 + [write] * 3 + [settle] * 4
STEPS += [write_same_time, touch, remove, move, change_kind, rules, setting]
