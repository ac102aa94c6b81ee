"""A place of its own for everything that git and gita read or write."""

import csv
import os
import shlex
import shutil
import subprocess
from pathlib import Path
from time import time

HERE = Path(__file__).resolve().parent
SKIPPED = 77  # how a state says that it cannot be made here

GITCONFIG = """\
[user]
	name = A U Thor
	email = author@example.com
[init]
	defaultBranch = main
	templateDir = {template}
[core]
	fsync = none
[advice]
	detachedHead = false
[gc]
	auto = 0
[maintenance]
	auto = false
"""


class Unbuilt(Exception):
    """A state whose function failed, or that cannot be had on this machine."""


class Sandbox:
    """A folder in which everything happens: homes, states, registries."""

    def __init__(self, root: str):
        self.root = Path(root)
        self.calls = self.root / "calls"
        home = self.root / "home"
        home.mkdir(parents=True)
        template = self.root / "template"
        (template / "info").mkdir(parents=True)
        (home / ".gitconfig").write_text(GITCONFIG.format(template=template))
        kept = ("PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS")
        self.environment = {name: os.environ[name] for name in kept if name in os.environ}
        self.environment |= {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_STATE_HOME": str(self.root / "state"),
            "XDG_CACHE_HOME": str(self.root / "cache"),
            "TMPDIR": str(self.root),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GITA_STATUS_TIMEOUT": "600",  # a busy machine is no difference
        }
        self.models = self.shell("models", "models", HERE / "lib.sh")
        # So late that it does not matter how long the states take to be made.
        self.later = {"GIT_TEST_DATE_NOW": str(int(time()) + 30 * 24 * 3600)}

    def shell(self, name: str, function: str, script: Path) -> Path:
        """Runs a function of a script in a new folder."""
        folder = self.root / name
        folder.mkdir()
        words = ["sh", "-euc", '. "$1"; . "$2"; "$3" >&2', "sh"]
        words += [str(HERE / "lib.sh"), str(script), function]
        places = {"STATE": str(folder), "MODELS": str(self.root / "models")}
        environment = self.environment | places | {"GIT_ALLOW_PROTOCOL": "file"}
        done = run(words, folder, environment)
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace").strip()
            raise Unbuilt(done.returncode == SKIPPED, said)
        return folder

    def watching(self) -> dict:
        """An environment in which git writes down which folder it is called for (-C)."""
        folder = self.root / "watching"
        folder.mkdir(exist_ok=True)
        git = folder / "git"
        real = shutil.which("git", path=self.environment["PATH"])
        git.write_text(f'#!/bin/sh\necho "$2" >>"{self.calls}"\nexec "{real}" "$@"\n')
        git.chmod(0o755)
        self.calls.unlink(missing_ok=True)
        return {"PATH": f"{folder}:{self.environment['PATH']}"}

    def called(self) -> set:
        """Those folders."""
        try:
            return set(os.fsdecode(self.calls.read_bytes()).splitlines())
        except FileNotFoundError:
            return set()

    def age(self, seconds: int) -> str:
        """How git says how long ago that was, a month from now."""
        environment = self.environment | self.later
        dated = environment | {"GIT_COMMITTER_DATE": f"{seconds} +0000"}
        made = run(["git", "commit-tree", "-m", "x", "HEAD^{tree}"], self.models / "usual", dated)
        words = ["git", "log", "-1", "--format=%cr", made.stdout.decode().strip()]
        return run(words, self.models / "usual", environment).stdout.decode().strip()

    def registry(self, name: str, states: list, flags: list) -> dict:
        """The environment of a gita that knows these states, with flags more."""
        folder = self.root / "registry" / name / "gita"
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "repos.csv", "w", newline="", errors="surrogateescape") as f:
            rows = csv.writer(f)
            for state in states:
                rows.writerow([state.path, state.name, "", shlex.join(state.flags + flags)])
        return states[0].environment | {"GITA_PROJECT_HOME": str(folder.parent)}


def run(words: list, folder, environment: dict) -> subprocess.CompletedProcess:
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True,
                          stdin=subprocess.DEVNULL, timeout=1200, check=False)


def printable(path: str) -> str:
    """As JSON has it: U+FFFD for what is no UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")
