"""What is tried: commands of gita, and what they start from."""

import os

from home import Home


def move_repo(home: Home):
    """`c` and a worktree of it are elsewhere, and gita knew them; a group has the folder of
    the one."""
    with open(home.config / "groups.csv", "a", newline="") as file:
        file.write(f"docs:c:{home.src}/c\r\n")
    home.run(["git", "-C", str(home.src / "c"), "worktree", "add", "-q", str(home.src / "tree")])
    home.run_gita("add", "tree")
    home.run_gita("ll", "c")
    (home.src / "moved").mkdir()
    for name in ("c", "tree"):
        os.rename(home.src / name, home.src / "moved" / name)


def make_worktrees(home: Home):
    home.run_gita("wt", "add", "-b", "topic", "a", "b")


def change_url(home: Home):
    """The list has another URL for `b`, and a repo that is not there."""
    (home.src / "list.csv").write_text(
        f"file://{home.src}/a,b,b,,,main\nfile://{home.src}/b,new,new,,,main\n")


def add_command(home: Home):
    (home.config / "cmds.yml").write_text(
        "mine:\n  cmd: git rev-parse --show-prefix\n  help: where it stands\n  allow_all: true\n"
        "other:\n  cmd: git log -1\n")


class Change:
    """A command that changes files: of gita, or with `repos`, the repos as well."""

    def __init__(self, *words, setup=None, repos=False, varies=False, between="", each=False):
        self.words, self.setup, self.repos = list(words), setup, repos
        # With children and threads the order of calls is not the same each time.
        self.varies = varies or repos
        self.each = each  # with an error in one repo, goes on to the others
        self.between = between  # how groups.csv is while a name changes

    def __str__(self):
        return " ".join(self.words)


CHANGES = [
    Change("add", "more", varies=True, each=True),
    Change("add", "-r", "-g", "pair", "more", varies=True, each=True),
    Change("add", "-a", ".", varies=True, each=True),
    Change("rm", "a"),
    Change("rename", "a", "z", between="all:a z b c:ROOT/src\r\npair:a z b:\r\n"),
    Change("clear", "-y"),
    Change("group", "add", "-n", "new", "a", "b"),
    Change("group", "addrepo", "-n", "pair", "c"),
    Change("group", "rmrepo", "-n", "pair", "a"),
    Change("group", "rename", "all", "every"),
    Change("group", "rename", "pair", "two",
           between="all:a b c:ROOT/src\r\npair:a b:\r\ntwo:a b:\r\n"),
    Change("group", "rm", "pair"),
    Change("context", "all"),
    Change("context", "none"),
    Change("info", "add", "path"),
    Change("info", "rm", "branch"),
    Change("info", "set-length", "branch", "7"),
    Change("info", "reset"),
    Change("color", "set", "in_sync", "blue"),
    Change("color", "set", "--preset", "colorblind"),
    Change("color", "reset"),
    Change("flags", "set", "a", "-c", "core.y=2"),
    Change("flags", "set", "c"),
    Change("shell", "a", "b", "--", "echo new", varies=True),
    Change("super", "b", "rev-parse", "HEAD", varies=True),
    Change("co", "main", "a", varies=True),
    Change("repair", ".", setup=move_repo, repos=True, each=True),
    Change("sync", "-f", "list.csv", setup=change_url, repos=True),
    Change("clone", "-f", "../list.csv", repos=True),
    Change("wt", "add", "-b", "topic", "a", "b", repos=True),
    Change("wt", "rm", "--force", "topic", setup=make_worktrees, repos=True, each=True),
]


class Look:
    """A command that changes nothing but the cache of gita."""

    def __init__(self, *words, setup=None, faulty=None, varies=False):
        self.words, self.setup, self.faulty = list(words), setup, faulty
        self.varies = varies

    def __str__(self):
        return " ".join(self.words) + (f" ({self.faulty})" if self.faulty else "")


LOOKS = [
    Look("ls"),
    Look("ls", "--json"),
    Look("group", "ll"),
    Look("context"),
    Look("flags", "ll"),
    Look("info"),
    Look("color"),
    Look("report", "--all"),
    Look("ll", varies=True),
    Look("ll", "@dirty", varies=True),
    Look("freeze", varies=True),
    Look("branches", varies=True),
    Look("activity", "--since", "2000-01-01", varies=True),
    Look("check", varies=True),
    Look("wt", "ls", setup=make_worktrees, varies=True),
    Look("mine", setup=add_command, varies=True),
    Look("completion", "bash"),
    Look("__complete", "ll", ""),
]

# Where a library runs out of memory, or cannot read.
LIBRARIES = [
    Look("mine", setup=add_command, faulty="libyaml", varies=True),
    Look("ll", "--json", faulty="libjansson", varies=True),
    Look("super", "--json", "a", "rev-parse", "HEAD", faulty="libjansson", varies=True),
    Look("ll", faulty="libgit2", varies=True),
    Look("freeze", faulty="libgit2", varies=True),
    Look("check", faulty="libgit2", varies=True),
]

# A reader, and what another process does meanwhile: the answer is that of before or of after.
RACES = [
    (Look("group", "ll"), "rename a z"),
    (Look("ls", "pair"), "rename a z"),
    (Look("group", "ls"), "group rename pair two"),
    (Look("context"), "group rename pair two"),
    (Look("context"), "rm a"),
    (Look("group", "ll"), "clear -y"),
    (Look("ls", "-p"), "add -g pair more"),
    (Look("info"), "info add path"),
    (Look("color"), "color set in_sync blue"),
]
