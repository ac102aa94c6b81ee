"""Repositories in a sandbox, judged by git and shown by gita, held side by side."""

import json
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from judge import Judge
from sandbox import HERE, Sandbox, printable, run

# Columns of `gita ll` with facts that its JSON does not have.
COLUMNS = ("hash", "branch_name", "remote", "fetched")
GITA = os.path.abspath(os.environ.get("GITA") or HERE.parents[1] / "build/gita")


class State:
    """One named repository, as its folder tells."""

    def __init__(self, sandbox: Sandbox, name: str, folder: Path):
        self.name = name
        self.folder = folder
        self.sandbox = sandbox
        self.row = None
        self.marks = folder / "marks"
        self.path = str(folder / (self.told("registered") or "repo"))
        self.flags = (self.told("flags") or "").splitlines()
        self.expects = self.told("expects")
        self.environment = sandbox.environment
        self.alone = (folder / "home").exists() or self.told("environment") is not None
        if self.alone:
            lines = (self.told("environment") or "").splitlines()
            self.environment = self.environment | dict(line.split("=", 1) for line in lines)
        if (folder / "home").exists():
            home = {"HOME": str(folder / "home"),
                    "XDG_CONFIG_HOME": str(folder / "home/.config")}
            self.environment = self.environment | home

    def told(self, what: str):
        """What the state's function says by a file of that name, or None."""
        try:
            return os.fsdecode((self.folder / what).read_bytes())
        except FileNotFoundError:
            return None

    def judged(self, columns=()) -> tuple:
        """The row that git makes, with these columns, and the marks that it left."""
        self.marks.unlink(missing_ok=True)
        judge = Judge(self.path, self.environment, self.flags)
        try:
            row = judge.row(self.row)
        except AssertionError as quarrel:
            row = {"state": f"git contradicts itself: {quarrel}"}
        self.row = row
        if columns and row["state"] == "ok":
            cells = judge.cells(row)
            row = row | cells | {"fetched": self.age(cells)}
        if self.expects:
            row = {"state": self.expects}
        named = {"name": self.name, "path": printable(self.path), "groups": []}
        return named | row, self.marked()

    def age(self, cells: dict) -> str:
        """The cell of the last fetch."""
        if not cells["fetched"]:
            return "never" if cells["remote"] and cells["fetched"] == 0 else ""
        return self.sandbox.age(cells["fetched"])

    def marked(self) -> set:
        """The programs that ran since it was asked last (`marking` of lib.sh)."""
        marks = set((self.told("marks") or "").split())
        self.marks.unlink(missing_ok=True)
        return marks

    def trace(self) -> dict:
        """Whatever a write would change, of every file of the state."""
        found = {}
        for path in everything_in(self.folder):
            told = os.lstat(path)
            found[path] = (told.st_mode, told.st_ino, told.st_size,
                           told.st_mtime_ns, told.st_ctime_ns)
        found.pop(str(self.marks), None)  # and the folder itself, where they come and go
        return found

    def touch(self):
        """New stat data, the same content, for all that is in a work tree."""
        for path in everything_in(self.folder, but=".git"):
            os.utime(path, (1600000000, 1600000000), follow_symlinks=False)

    def refresh(self):
        """Has git write what it now knows into the index."""
        environment = self.environment | {"GIT_ALLOW_PROTOCOL": "none"}
        if os.path.isdir(self.path):
            run(["git", *self.flags, "status"], self.path, environment)


def everything_in(folder, but=None):
    """All paths below a folder that the system takes, however deep, less those that end in BUT."""
    waiting = [str(folder)]
    while waiting:
        try:
            entries = list(os.scandir(waiting.pop()))
        except OSError:  # not readable
            continue
        for entry in entries:
            if len(os.fsencode(entry.path)) > 4000 or (but and entry.name.endswith(but)):
                continue
            yield entry.path
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)


def functions() -> dict:
    """Name -> file of all states: the functions of states/*.sh without a leading _."""
    found = {}
    for script in sorted((HERE / "states").glob("*.sh")):
        for name in re.findall(r"^([a-z]\w*)\(\) \{", script.read_text(), re.MULTILINE):
            assert name not in found, f"two states are named {name}"
            found[name] = script
    return found


def shown(sandbox: Sandbox, states: list, gita: str, flags: list, columns=(),
          watches=False) -> tuple:
    """The rows of gita by name, with these columns, and what was wrong with its run as such."""
    together = [state for state in states if not state.alone]
    groups = [together] if together else []
    groups += [[state] for state in states if state.alone]
    rows, wrong = {}, []
    while groups:
        group = groups.pop(0)
        name = group[0].name if len(group) == 1 else "together"
        environment = sandbox.registry(name, group, flags)
        watched = environment | sandbox.watching() if watches else environment
        found, trouble = parsed(run([gita, "ll", "--json"], sandbox.root, watched))
        if watches:
            wrong += asked_of(sandbox, group, found)
        for column in columns:
            words = [gita, "ll", "--cols", column]
            add_cells(found, column, run(words, sandbox.root, environment | sandbox.later))
        rows |= found
        wrong += [(name, f"the run: {text}") for text in trouble]
        if not found and len(group) > 1:
            groups += [[state] for state in group]  # which of them is it?
    return rows, wrong


def left_to_git() -> set:
    """The states that git is asked about."""
    lines = (HERE / "left_to_git").read_text().splitlines()
    return set(" ".join(line for line in lines if not line.startswith("#")).split())


def asked_of(sandbox: Sandbox, states: list, rows: dict) -> list:
    """Those of the others that git was asked about after all; git words what is broken."""
    called = sandbox.called()
    return [(state.name, "gita asked git") for state in states
            if state.path in called and state.name not in left_to_git()
            and rows.get(state.name, {}).get("state") != "broken"]


def parsed(done: subprocess.CompletedProcess) -> tuple:
    """The rows of one run, and what is wrong with its output and exit status."""
    said = done.stderr.decode(errors="replace").strip()
    try:
        rows = {row["name"]: row for row in json.loads(done.stdout)}
    except (ValueError, TypeError, KeyError) as why:
        return {}, [f"exit {done.returncode}, no rows ({why}): {said}"]
    broken = any(row.get("state") in ("broken", "timeout") for row in rows.values())
    missing = any(row.get("state") == "missing" for row in rows.values())
    usual = (0, 1) if missing and not broken else (int(broken),)
    if done.returncode not in usual:
        return rows, [f"exit {done.returncode}, not {usual[0]}: {said}"]
    return rows, []


def add_cells(rows: dict, column: str, done: subprocess.CompletedProcess):
    """What a table of one column shows: a line a row, the cell behind the name."""
    for line in done.stdout.decode(errors="replace").splitlines():
        name, _, cell = line.partition(" ")
        if rows.get(name, {}).get("state") == "ok":
            rows[name][column] = cell.strip()


def differences(git: dict, gita: dict) -> list:
    """(field, git's value, gita's value) wherever the two rows differ."""
    found = []
    for field, value in git.items():
        other = gita.get(field, "no such field")
        if other != value or type(other) is not type(value):
            found.append((field, value, other))
    reason = gita.get("error")
    if git["state"] == "broken" and (not isinstance(reason, str) or "\n" in reason):
        found.append(("error", "a line with the reason", reason))
    if git["state"] == "ok" and gita.keys() != git.keys():
        found.append(("fields", sorted(git), sorted(gita)))
    return found


def compare(sandbox: Sandbox, states: list, gita: str = GITA, flags=(), columns=(),
            watches=False) -> list:
    """(state name, what differs); empty where gita and git agree.

    Each state is registered with these flags of git, too. What the columns show is
    compared as well. If this one WATCHES, gita must read all but the states of
    `left_to_git` by itself.

    What git itself writes or runs, asked as carefully, is not held against gita
    (reading a split index renews the time of the file that it shares).
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for state in states:
            state.marked()
        before = list(pool.map(State.trace, states))
        rows, found = shown(sandbox, states, gita, list(flags), columns, watches)
        marks = [state.marked() for state in states]
        between = list(pool.map(State.trace, states))
        judged = list(pool.map(lambda state: state.judged(columns), states))
        after = list(pool.map(State.trace, states))
    for state, ran, (git, may_run), *seen in zip(states, marks, judged, before, between, after):
        if state.name not in rows:
            found.append((state.name, "no row"))
            continue
        row = {field: value for field, value in rows[state.name].items()
               if field in git or field not in COLUMNS}
        texts = [f"{field}: git {value!r}, gita {other!r}"
                 for field, value, other in differences(git, row)]
        wrote = changed(seen[0], seen[1]) - changed(seen[1], seen[2])
        texts += [f"gita wrote {printable(path)}" for path in sorted(wrote)]
        texts += [f"gita ran {mark}" for mark in sorted(ran - may_run)]
        found += [(state.name, text) for text in texts]
    return found


def changed(was: dict, now: dict) -> set:
    return {path for path in was.keys() | now.keys() if was.get(path) != now.get(path)}
