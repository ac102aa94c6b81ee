"""The steps of a random walk: what people (and programs) do in a work tree.

A step gets the walk (its luck, its path, its git) and may turn out impossible;
what git refuses to do is then simply not done.
"""

import os
import shutil

NAMES = ["a", "b", "dir/c", "dir/sub/d", "new", "x.o", "build/y.o", "build/z", "dir/new",
         "dir/sub/x.o", "odd name", "-dash", "caf\udce9", "A", "n/n/n", "sub/new", "inner/f"]  # fmt: skip
TEXTS = ["", "a\n", "b\n", "one\n", "two\n", "x\r\ny\r\n", "x\ny\n", "$Id$\n", "\0\n"]
PATTERNS = ["*.o", "build/", "/new", "!x.o", "dir/*", "!dir/sub/", "n", "**/f", "inner", "*"]
ATTRIBUTES = ["* text=auto", "*.o -text", "* eol=crlf", "a ident", "b filter=case",
              "*.o filter=none", "dir/* text eol=lf", "* -text"]  # fmt: skip
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
]  # fmt: skip
# Whole commands; {} is any path, [] any branch, in the words of the walk's luck.
COMMANDS = [
    "add {}", "add {}", "add -A", "add -u", "add -f {}", "add -N {}", "rm -q -f {}",
    "rm -q -r --cached {}", "mv {} {}", "mv -k dir sub", "checkout -q -- {}",
    "commit -q -m one", "commit -q -a -m all", "commit -q -a -m all", "commit -q --amend -m again",
    "reset -q", "reset -q --soft HEAD~1", "reset -q --hard", "reset -q --hard HEAD~1",
    "clean -q -f -d", "stash -q", "stash -q -u", "stash -q -k", "stash pop -q", "stash drop -q",
    "branch []", "checkout -q -B []", "checkout -q []", "checkout -q -f []", "checkout -q --detach",
    "checkout -q --orphan []", "branch -q -D []", "branch -q -u origin/main",
    "branch -q --unset-upstream", "branch -q -u []", "fetch -q", "push -q origin HEAD:refs/heads/x",
    "update-ref -d refs/remotes/origin/main", "pull -q --no-rebase", "merge -q []",
    "merge -q --no-commit --no-ff []", "merge -q --squash []", "rebase -q []", "rebase -q --apply []",
    "cherry-pick []", "cherry-pick [] []~1", "revert --no-edit HEAD", "merge --abort",
    "rebase --abort", "rebase --skip", "rebase --continue", "cherry-pick --abort",
    "cherry-pick --quit", "revert --abort", "commit -q --no-edit", "bisect start",
    "bisect bad", "bisect good HEAD~1", "bisect reset", "tag -f v1", "tag -f -a -m two v2",
    "update-index --assume-unchanged {}", "update-index --no-assume-unchanged {}",
    "update-index --skip-worktree {}", "update-index --no-skip-worktree {}",
    "update-index --chmod=+x {}", "update-index --chmod=-x {}", "update-index --index-version 4",
    "update-index --index-version 2", "update-index --split-index",
    "update-index --no-split-index", "update-index --untracked-cache", "update-index --really-refresh",
    "status", "status", "pack-refs --all", "gc -q", "read-tree --empty", "read-tree HEAD",
    "submodule --quiet add ../library.git sub", "submodule --quiet update --init",
    "submodule --quiet deinit -f sub", "sparse-checkout set dir", "sparse-checkout disable",
    "-C sub commit -q --allow-empty -m inside", "-C sub checkout -q HEAD~1", "-C sub add -A",
    "init -q inner", "-C inner commit -q --allow-empty -m inner", "-C inner add -A", "init -q n/n",
    "replace -f HEAD HEAD~1", "replace -d HEAD", "worktree add -q -f inner/tree",
]  # fmt: skip


def git(walk) -> str:
    words = []
    for word in walk.luck.choice(COMMANDS).split():
        word = word.replace("[]", walk.luck.choice(["main", "topic", "other"]))
        words.append(word.replace("{}", "./" + walk.any_name()))
    walk.git(*words)
    return "git " + " ".join(words)


def write(walk) -> str:
    name, text = walk.any_name(), walk.luck.choice(TEXTS)
    path = walk.make_room(name)
    with open(path, walk.luck.choice("wwa")) as file:
        file.write(text)
    return f"write {text!r} to {name!r}"


def write_same_time(walk) -> str:
    """The content changes, the time of the last change does not."""
    path = os.path.join(walk.path, name := walk.any_name())
    told = os.stat(path)
    with open(path, "r+") as file:
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
             ("dir/.gitattributes", ATTRIBUTES)]  # fmt: skip
    name, lines = walk.luck.choice(files)
    line = walk.luck.choice(lines)
    with open(walk.make_room(name), walk.luck.choice("aw")) as file:
        file.write(line + "\n")
    return f"write {line!r} to {name}"


def setting(walk) -> str:
    name, values = walk.luck.choice(SETTINGS)
    value = walk.luck.choice([*values, None])
    walk.git("config", *([name, value] if value else ["--unset", name]))
    return f"git config {name} {value}"


def discard(path: str):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    else:
        os.unlink(path)


STEPS = [git] * 10 + [write] * 6 + [write_same_time, touch, remove, move, change_kind, rules, setting]
