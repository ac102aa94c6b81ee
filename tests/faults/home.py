"""A home of gita that is set up, put back and looked at."""

import csv
import os
import re
import select
import shutil
import subprocess
from pathlib import Path

REPOS = ("a", "b", "c")

# What each test starts from.
FILES = {
    "gita/repos.csv": "{src}/a,a,,\r\n{src}/b,b,,\r\n{src}/c,c,,-c core.x=1\r\n",
    "gita/groups.csv": "all:a b c:{src}\r\npair:a b:\r\n",
    "gita/pair.context": "",
    "gita/info.csv": "branch,commit_msg\r\n",
    "gita/layout.csv": "branch\r\n20\r\n",
    "gita/color.csv": "in_sync,diverged\r\ngreen,red\r\n",
    "state/gita/last-run": "gita-journal-1 1 1.000000000\nold\nold,1714564800\r\n"
                           "a,{src}/a,ok,1,1,0,0,0,28,4,1\r\n00000000000000000032\n",
    "list.csv": "file://{src}/b,new,new,,,main\n",
}
OLD_RUN = FILES["state/gita/last-run"].format(src="ROOT/src")
NOW = "1714575600"
PATIENCE = 60  # seconds, for what hangs
HUNG = 124


class Memory:
    """What the registry's files mean."""

    def __init__(self, files: dict):
        rows = csv.reader(files.get("repos.csv", "").splitlines())
        self.repos = {name: path for path, name, *_ in rows}
        rows = csv.reader(files.get("groups.csv", "").splitlines(), delimiter=":")
        self.groups = {name: {self.repos[member] for member in members.split()
                              if member in self.repos} for name, members, *_ in rows}
        self.contexts = [name[:-len(".context")] for name in files if name.endswith(".context")]

    def __eq__(self, other):
        return vars(self) == vars(other)

    def dangling(self) -> list:
        """Contexts that name no group."""
        return [name for name in self.contexts if name != "auto" and name not in self.groups]


class Home:
    def __init__(self, root: Path, gita: str):
        self.root, self.gita = root, gita
        self.src = root / "src"
        self.config, self.state = root / "gita", root / "state" / "gita"
        self.kept, self.setup = root / "kept", False  # False: nothing yet
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(root / "home"),
            "XDG_CONFIG_HOME": str(root),
            "XDG_STATE_HOME": str(root / "state"),
            "TMPDIR": str(root / "tmp"),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_TEST_DATE_NOW": NOW,
            "GIT_AUTHOR_DATE": f"{NOW} +0000",
            "GIT_COMMITTER_DATE": f"{NOW} +0000",
        }
        for folder in ("home", "tmp", "src"):
            (root / folder).mkdir(parents=True)
        (root / "home/.gitconfig").write_text(
            "[user]\nname = A\nemail = a@example.com\n[init]\ndefaultBranch = main\n"
            "[core]\nfsync = none\n[protocol \"file\"]\nallow = always\n[gc]\nauto = 0\n")
        for name in REPOS + ("more",):
            self.run(["git", "init", "-q", "--template=", str(self.src / name)])
            self.run(["git", "-C", str(self.src / name), "commit", "-qm", "1", "--allow-empty"])
        shutil.copytree(self.src, root / "repos")
        self.prepare()

    def run(self, words, **more) -> subprocess.CompletedProcess:
        """Returns when all that it has started has ended, too: who is killed leaves it."""
        environment = self.environment | more
        ours, theirs = os.pipe()
        try:
            done = subprocess.run(words, cwd=self.src, env=environment, capture_output=True,
                                  stdin=subprocess.DEVNULL, timeout=PATIENCE, check=False,
                                  text=True, errors="surrogateescape", pass_fds=(theirs,))
        except subprocess.TimeoutExpired:
            done = subprocess.CompletedProcess(words, HUNG, "", "it hangs")
        finally:
            os.close(theirs)
        select.select([ours], [], [], PATIENCE)
        os.close(ours)
        done.stdout, done.stderr = self.plain(done.stdout), self.plain(done.stderr)
        return done

    def plain(self, text: str) -> str:
        """What is the same in each home and in each run."""
        text = text.replace(str(self.root), "ROOT")
        return re.sub(r'[0-9.]+ m?s\b|(?<="seconds": )[0-9.]+', "TIME", text)

    def run_gita(self, *words, **more) -> subprocess.CompletedProcess:
        return self.run([self.gita, *words], **more)

    def prepare(self, setup=None):
        """What reset() puts back from now on: FILES, and what `setup` makes of them."""
        if self.setup is setup:
            return
        self.replace(self.src, self.root / "repos")
        for folder in (self.config, self.state):
            shutil.rmtree(folder, ignore_errors=True)
        for name, text in FILES.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.format(src=self.src), newline="")
        if setup:
            setup(self)
        for folder in (self.src, self.config, self.state):
            self.replace(self.kept / folder.relative_to(self.root), folder)
        self.setup = setup

    @staticmethod
    def replace(folder: Path, other: Path):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(other, folder, symlinks=True)

    def reset(self, repos: bool = True):
        """Puts everything back to where a test starts."""
        for folder in [self.config, self.state] + [self.src] * repos:
            self.replace(folder, self.kept / folder.relative_to(self.root))

    def paths(self) -> list:
        return [path for folder in (self.config, self.state) if folder.exists()
                for path in folder.iterdir()]

    def leftovers(self) -> list:
        """Temporary files."""
        return [path for path in self.paths() if path.name.startswith(".gita-")]

    def files(self) -> dict:
        """What gita remembers, by file, without its cache. Of the journal what is the same
        in each run; what it keeps for each command is no more than that."""
        found = {}
        for path in self.paths():
            if (path.name.startswith((".gita-", "last-run-")) or path.suffix == ".lock"
                    or path.name == "seen.csv"):
                continue
            text = path.read_bytes().decode("utf-8", "surrogateescape")
            found[path.name] = self.plain(text)
        if found.get("last-run") not in (None, OLD_RUN):
            found["last-run"] = self.journal()
        return found

    def journal(self) -> str:
        done = self.run_gita("report", "--all")
        return done.stdout + done.stderr + f"exit {done.returncode}"
