"""What the installed git says about one repository, as a row of `gita ll --json`.

Every fact comes from a git command of its own, so that a mistake in one way of
asking cannot hide: where two commands know the same fact they must agree.
"""

import os
import re
import subprocess
from contextlib import suppress
from functools import cache
from glob import escape as glob_escape
from glob import glob

# A status must not run code, write or fetch, and neither must the judge.
SAFE = [
    "--no-optional-locks",
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null",
    "-c", "log.showSignature=false",
]

# Which words of the long `git status` tell of which operation; the first one
# that is true counts, since a rebase may be stopped in a merge or a pick.
WORDING = [
    ("rebase", r"rebase in progress|You are currently (rebasing|editing|splitting)"),
    ("am", r"You are in the middle of an am "),
    ("merge", r"You have unmerged paths|All conflicts fixed but you are still merging"),
    ("cherry-pick", r"(You are currently c|C)herry-pick(ing| currently in progress)"),
    ("revert", r"You are currently reverting|Revert currently in progress"),
    ("bisect", r"You are currently bisecting"),
]
LAST_SECOND = 2**63 - 1  # of a signed time; git counts unsigned


class Judge:
    """Asks git about the repository at a path, in an environment."""

    def __init__(self, path: str, environment: dict, flags: list):
        self.path = path
        self.flags = flags
        self.environment = dict(environment)
        # A repository is the one at its path: variables that name another one
        # do not count, nor does a repository around a broken one.
        for name in local_variables():
            self.environment.pop(name, None)
        self.environment["GIT_CEILING_DIRECTORIES"] = os.path.dirname(path)
        self.environment["GIT_ALLOW_PROTOCOL"] = "none"

    def run(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["git", *self.flags, *SAFE, *words],
            cwd=self.path,
            env=self.environment,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    def text(self, *words: str):
        """The command's output without its last newline; None where it fails."""
        done = self.run(*words)
        return decode(done.stdout.removesuffix(b"\n")) if done.returncode == 0 else None

    def row(self, known: dict = None) -> dict:
        """The facts; only `state` where there are none to be had.

        In a row that is `known` from before, only the files are looked at.
        """
        if not os.path.exists(self.path):
            return {"state": "missing"}
        try:
            if known and known["state"] == "ok":
                return known | self.files(known)
            return self.facts()
        except (Refusal, NotADirectoryError):
            return {"state": "broken"}

    def facts(self) -> dict:
        row = {"state": "ok", "error": None, "type": self.kind()}
        full = self.text("symbolic-ref", "-q", "HEAD")
        row["detached"] = full is None
        row["branch"] = full.removeprefix("refs/heads/") if full else None
        row["head"] = self.text("rev-parse", "-q", "--verify", "HEAD^0")
        row["tag"] = None
        if row["detached"]:
            row["tag"] = self.text("describe", "--tags", "--exact-match", "HEAD")
        row |= self.commit(row["head"])
        row |= self.files(row)
        row |= self.sync(row)
        # `git stash list` but for the work tree, which a bare repository lacks
        stashes = self.run("log", "-g", "--format=%gd", "refs/stash", "--")
        row["stashes"] = len(stashes.stdout.splitlines())
        row["operation"] = None if row["type"] == "bare" else self.operation()
        return row

    def kind(self) -> str:
        done = self.text("rev-parse", "--is-bare-repository", "--absolute-git-dir")
        if done is None:
            raise Refusal
        bare, folder = done.split("\n", 1)
        if bare == "true":
            return "bare"
        if "/worktrees/" in folder:
            return "worktree"
        if "/modules/" in folder:
            return "submodule"
        return "repo"

    def commit(self, head) -> dict:
        if head is None:
            return {"subject": None, "time": None, "author": None}
        done = self.text("log", "--no-walk", "-z", "--encoding=UTF-8", "--no-color",
                         "--format=%ct%x00%an%x00%s", "HEAD", "--")
        if done is None:
            raise Refusal
        time, author, subject = done.removesuffix("\0").split("\0")
        return {"subject": subject, "time": min(int(time or 0), LAST_SECOND), "author": author}

    def files(self, row: dict) -> dict:
        """The four flags; also checks the head and the upstream of the header."""
        flags = dict.fromkeys(("staged", "unstaged", "untracked", "conflicted"), False)
        self.header = {}
        if row["type"] == "bare":
            return flags
        done = self.run("status", "--porcelain=v2", "-z", "--branch", "--no-renames")
        if done.returncode != 0:
            raise Refusal
        for line in decode(done.stdout).split("\0"):
            if line.startswith("# "):
                word, value = line[2:].split(" ", 1)
                self.header[word] = value
            elif line[:1] in ("1", "2"):
                flags["staged"] |= line[2] != "."
                flags["unstaged"] |= line[3] != "."
            elif line[:1] == "u":
                flags["conflicted"] = True
            elif line[:1] == "?":
                flags["untracked"] = True
        unborn = self.header["branch.oid"] == "(initial)"
        assert unborn == (row["head"] is None), self.header
        elsewhere = self.header["branch.head"] in ("(detached)", "(null)")
        assert elsewhere or row["branch"] == self.header["branch.head"], self.header
        return flags

    def sync(self, row: dict) -> dict:
        """The counts of rev-list against the upstream that for-each-ref knows."""
        none = {"upstream": None, "sync": "no_remote", "ahead": 0, "behind": 0}
        branch = row["branch"] or self.rebasing()
        if not branch:
            return none
        upstream = self.header.get("branch.upstream") or self.text(
            "for-each-ref", "--format=%(upstream:short)", "refs/heads/" + branch
        )
        if not upstream:
            return none
        sides = "HEAD...@{upstream}" if row["branch"] else f"refs/heads/{branch}...{branch}@{{upstream}}"
        count = self.text("rev-list", "--left-right", "--count", sides)
        if count is None:
            assert "branch.ab" not in self.header, self.header
            return none | {"upstream": upstream, "sync": "gone"}
        ahead, behind = (int(number) for number in count.split())
        if self.header and row["branch"]:
            assert self.header["branch.ab"] == f"+{ahead} -{behind}", self.header
        names = {(0, 0): "in_sync", (1, 0): "local_ahead", (0, 1): "remote_ahead"}
        sync = names.get((min(ahead, 1), min(behind, 1)), "diverged")
        return {"upstream": upstream, "sync": sync, "ahead": ahead, "behind": behind}

    def rebasing(self):
        """The branch that is being rebased."""
        listed = self.text("branch", "--no-color", "--no-column") or ""
        found = re.match(r"\* \(no branch, rebasing (?!detached HEAD )(.*)\)$", listed, re.MULTILINE)
        return found and found[1]

    def operation(self):
        said = self.text("-c", "status.displayCommentPrefix=false",
                         "status", "-uno", "--ignore-submodules=all")
        if said is None:
            raise Refusal
        for name, wording in WORDING:
            if re.search(rf"^(interactive )?({wording})", said, re.MULTILINE):
                return name
        return None


    def cells(self, row: dict) -> dict:
        """What columns show that no member of JSON holds; `fetched` in seconds.

        A name that gita shows escaped is left out.
        """
        short = self.text("rev-parse", "--short", row["head"]) if row["head"] else ""
        branch = row["branch"] or self.rebasing()
        name = branch or f"({row['tag'] or short})"
        cells = {"hash": short, "remote": self.remote(branch) or "", "fetched": self.fetched(row)}
        return cells | ({"branch_name": name} if name.isprintable() and "\ufffd" not in name else {})

    def remote(self, branch):
        """The URL of the remote that is fetched from, or that would be."""
        own = self.text("config", f"branch.{branch}.remote") if branch else None
        if own and self.text("config", f"remote.{own}.url") is None and re.search("[:/]", own):
            return self.text("ls-remote", "--get-url", own)
        with_url = self.text("config", "--name-only", "--get-regexp", r"^remote\..*\.url$") or ""
        names = [own, self.text("config", "checkout.defaultRemote"),
                 self.text("config", "remote.pushDefault"), "origin", "upstream"]
        names += [key[len("remote."):-len(".url")] for key in with_url.splitlines()]
        for name in filter(None, names):
            if self.text("config", f"remote.{name}.url"):
                return self.text("remote", "get-url", name).splitlines()[0]
        return None

    def fetched(self, row: dict):
        """When any work tree fetched last, or else when it was cloned; 0: never, None: unknown."""
        common = self.text("rev-parse", "--path-format=absolute", "--git-common-dir")
        heads = [f"{common}/FETCH_HEAD", *glob(f"{glob_escape(common)}/worktrees/*/FETCH_HEAD")]
        times = [int(os.stat(head).st_mtime) for head in heads if os.path.exists(head)]
        if times:
            return max(times)
        with suppress(FileNotFoundError), open(f"{common}/logs/HEAD", "rb") as log:
            first = log.readline()
            clone = re.search(rb"> (\d+) [-+]\d{4}\tclone: ", first)
            if re.match(rb"0+ ", first):
                return int(clone[1]) if clone else 0
        return 0 if row["head"] is None else None


class Refusal(Exception):
    """git itself cannot answer."""


@cache
def local_variables() -> list:
    """Variables that name a repository, not those that hold configuration."""
    words = ["git", "rev-parse", "--local-env-vars"]
    names = subprocess.check_output(words, text=True, env={"PATH": os.environ["PATH"]})
    return [name for name in names.split() if not name.startswith("GIT_CONFIG_")]


def decode(text: bytes) -> str:
    """As JSON has it: UTF-8, and U+FFFD for what is none."""
    return text.decode("utf-8", "replace")

