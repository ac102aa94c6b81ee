#!/usr/bin/python3
"""Lets each call fail that a command of gita makes while it changes users' files.

faults.py LIBRARY [--all] [-k COMMAND]: for every command below and its calls of the C
library, gita ($GITA, else build/gita) is killed in front of a call that changes
something, and the call fails with an error that it may have. With --all that is every
call and every error; without, one error a call, and of the calls that only read, and
those for memory, every fifth. Afterwards

- each file is the old one or the new one, whole, and after success the new one;
- the exit status is 1 and the message names the error, or it is 0;
- no temporary file is left, or after a kill, none an hour later;
- gita works.
"""

import argparse
import errno
import os
import shutil
import signal
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from home import Home

GITA = os.environ.get("GITA") or str(Path(__file__).resolve().parents[2] / "build/gita")

# Each starts from the files of home.py.
COMMANDS = [
    ["add", "more"],
    ["add", "-r", "-g", "pair", "more"],
    ["add", "-a", "."],
    ["rm", "a"],
    ["rename", "a", "z"],
    ["clear", "-y"],
    ["group", "add", "-n", "new", "a", "b"],
    ["group", "addrepo", "-n", "pair", "c"] ,
    ["group", "rmrepo", "-n", "pair", "a"],
    ["group", "rename", "pair", "two"],
    ["group", "rm", "pair"],
    ["context", "all"],
    ["context", "none"],
    ["info", "add", "path"],
    ["info", "rm", "branch"],
    ["info", "set-length", "branch", "7"],
    ["info", "reset"],
    ["color", "set", "in_sync", "blue"],
    ["color", "reset"],
    ["flags", "set", "a", "-c", "core.y=2"],
    ["shell", "a", "b", "--", "echo new"],
    ["clone", "-f", "../list.csv"],
]

# What a call may fail with; of those that are not named, the first row.
USUAL = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EMFILE, errno.EINTR)
ERRORS = {
    "realloc": (errno.ENOMEM,),
    "read": (errno.EIO, errno.EINTR),
    "pread": (errno.EIO, errno.EINTR),
    "readdir": (errno.EIO,),
    "write": (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EINTR),
    "fwrite": (errno.ENOSPC, errno.EIO, errno.EDQUOT),
    "fflush": (errno.ENOSPC, errno.EIO, errno.EDQUOT),
    "fclose": (errno.ENOSPC, errno.EIO, errno.EDQUOT),
    "close": (errno.EIO, errno.EINTR, errno.EDQUOT),
    "fsync": (errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EINTR),
    "flock": (errno.EIO, errno.EINTR),
    "fstat": (errno.EIO,),
    "stat": (errno.EIO,),
    "lstat": (errno.EIO,),
    "access": (errno.EIO, errno.EROFS),
    "readlink": (errno.EIO,),
    "realpath": (errno.EIO,),
    "getcwd": (errno.EIO,),
    "pipe2": (errno.EMFILE,),
    "posix_spawnp": (errno.EAGAIN, errno.ENOMEM),
}

# Nothing changes between one of these and the next: in front of the others a kill
# leaves what it leaves in front of the next of these.
CHANGING = {"open", "open64", "openat", "openat64", "mkostemp", "write", "fwrite", "fflush",
            "fclose", "ftruncate", "fchmod", "fchown", "rename", "link", "unlink", "unlinkat",
            "mkdir", "fsync", "posix_spawnp"}
SAMPLE = 5
ALWAYS = {"readdir", "getcwd", "fdopen"}  # whose errors are easily overlooked


def names(said: str, error: int) -> bool:
    """Whether the message gives the error as the reason."""
    reason = os.strerror(error).lower()
    return (reason in said.lower() or (error == errno.ENOMEM and "out of memory" in said)
            or "/(unreachable)" in said)


class Case:
    """One command, and what it does when nothing fails."""

    def __init__(self, words: list, home: Home, library: str):
        self.words = words
        self.preload = library
        # With children the order of calls is not the same each time.
        self.varies = words[0] in ("shell", "clone")
        home.reset()
        self.old = home.files()
        log = home.root / "calls"
        log.unlink(missing_ok=True)
        home.reset()
        done = home.run_gita(*words, LD_PRELOAD=library, FAULT_LOG=str(log))
        self.calls = [line.split(" ", 1) for line in log.read_text().splitlines()]
        self.new = home.files()
        if done.returncode != 0 or not self.calls or self.new == self.old:
            sys.exit(f"faults.py: {self}: {done.stdout}{done.stderr}")

    def __str__(self):
        return " ".join(self.words)

    def faults(self, everything: bool, start: int):
        """(place, errno), 0 for a kill."""
        for place, (name, _) in enumerate(self.calls, start):
            errors = ERRORS.get(name, USUAL)
            if name in CHANGING:
                yield place - start + 1, 0
            elif not everything and place % SAMPLE and name not in ALWAYS:
                continue
            for error in errors if everything else (errors[place % len(errors)],):
                yield place - start + 1, error

    def try_fault(self, home: Home, place: int, error: int) -> list:
        """What is wrong afterwards."""
        home.reset()
        fault = {"LD_PRELOAD": self.preload, "FAULT_AT": str(place)}
        if error:
            fault["FAULT_ERRNO"] = str(error)
        done = home.run_gita(*self.words, **fault)
        wrong = self.judge_end(done, error) + self.judge_files(home, done, error)
        wrong += self.judge_rest(home, place, error)
        return [f"{self}: call {place}, {' '.join(self.calls[place - 1])}, "
                f"{errno.errorcode[error] if error else 'killed'}: {one}\n"
                f"    exit {done.returncode}: {done.stderr.strip()}" for one in wrong]

    def judge_end(self, done, error: int) -> list:
        if done.returncode == 0 and (error or self.varies):
            return []
        if not error:
            return [] if done.returncode == -signal.SIGKILL else ["not killed"]
        if done.returncode != 1:
            return ["the exit status is neither 0 nor 1"]
        if names(done.stderr, error) or (self.varies and "out of memory" in done.stderr):
            return []
        return ["the message does not name the error"]

    def judge_files(self, home: Home, done, error: int) -> list:
        wrong, now = [], home.files()
        for name in sorted(self.old.keys() | self.new.keys() | now.keys()):
            if self.words[0] == "add" and error and names(done.stderr, error):
                continue  # a search goes on behind what it cannot read
            allowed = [self.old.get(name), self.new.get(name)]
            # A run goes on without its journal, and says so.
            if done.returncode == 0 and not (name == "last-run" and "journal" in done.stderr):
                allowed = allowed[1:]
            if now.get(name) not in allowed:
                wrong.append(f"{name} is neither old nor new: {now.get(name)!r}")
        if "repos.csv.bak" in self.new and self.old["repos.csv"] not in now.values():
            wrong.append("the repos are lost")
        return wrong

    def judge_rest(self, home: Home, place: int, error: int) -> list:
        wrong = []
        # Who is out of memory leaves things as they are.
        if error not in (0, errno.ENOMEM) and not self.varies and not self.calls[place - 1][0].startswith("unlink"):
            wrong += [f"left behind: {path.name}" for path in home.leftovers()]
        for path in home.leftovers():
            os.utime(path, (0, 0))
        done = home.run_gita("ls")
        if done.returncode != 0 and "gita context none" not in done.stderr:
            wrong.append(f"gita ls says: {done.stderr.strip()}")
        if home.leftovers():
            home.run_gita("color", "set", "diverged", "blue")
            home.run_gita("rm", "c")
            home.run_gita("add", "c")
            home.run_gita("shell", "c", "--", ":")
            wrong += [f"not swept: {path.name}" for path in home.leftovers()]
        return wrong


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("preload", metavar="LIBRARY")
    parser.add_argument("--all", action="store_true", help="every error at every call")
    parser.add_argument("-k", metavar="COMMAND", default="", help="commands that start so")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    root = Path(tempfile.mkdtemp(prefix="gita-faults-"))
    seed = int(os.environ.get("FAULTS_SEED", 1))
    workers = os.cpu_count() or 1
    homes = SimpleQueue()

    def on_a_home(task, *rest):
        home = homes.get()
        try:
            return task(home, *rest)
        finally:
            homes.put(home)

    for number in range(workers):
        homes.put(Home(root / str(number), GITA))
    chosen = [words for words in COMMANDS if " ".join(words).startswith(options.k)]
    passed = failed = 0
    with ThreadPoolExecutor(workers) as pool:
        for words in chosen:
            # The place of a call must not depend on the home it is made in.
            case = on_a_home(lambda home, words=words: Case(words, home, options.preload))
            tasks = [pool.submit(on_a_home, lambda home, place, error, case=case:
                                 case.try_fault(home, place, error), place, error)
                     for place, error in case.faults(options.all, seed)]
            for task in tasks:
                wrong = task.result()
                for one in wrong:
                    print(one)
                failed += bool(wrong)
                passed += not wrong
    shutil.rmtree(root)
    print(f"{passed} passed, {failed} failed (seed {seed})")
    return failed > 0 or passed == 0


if __name__ == "__main__":
    sys.exit(main())
