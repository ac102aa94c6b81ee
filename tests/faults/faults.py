#!/usr/bin/python3
"""Lets each call fail that a command of gita makes.

faults.py LIBRARY [--all] [--only KIND] [-k COMMAND]: gita ($GITA, else build/gita) runs
the commands of cases.py again and again, each time with a fault at another call of the C
library. With --all that is every fault at every call; without, one a call, of the calls
that only read every fifth, and of those for memory every 25th.

changes    A command that changes users' files is killed in front of a call that changes
           something, or a call fails with an error that it may have, or does half of
           what it was to do. Afterwards
           - each file is the old one or the new one, whole, after success the new one,
             and no group has lost a repo, no context its group;
           - the exit status is 1 and the message names the error, or it is 0;
           - no temporary file is left, or after a kill, none an hour later;
           - gita works, and the same command once more does what is left to do.
looks      One that only shows something shows all of it, or says why not.
libraries  The same where a call of a library fails.
races      Another process changes everything between two calls: what is shown is what
           was there before, or after.
"""

import argparse
import errno
import os
import shlex
import shutil
import signal
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from cases import CHANGES, LIBRARIES, LOOKS, RACES
from home import Home, Memory

GITA = os.environ.get("GITA") or str(Path(__file__).resolve().parents[2] / "build/gita")

KILL, HALF = 0, -1  # besides the errors

# What a call may fail with; of those that are not named, the first row.
USUAL = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EMFILE, errno.EINTR)
MEMORY = (errno.ENOMEM,)
ERRORS = {
    "realloc": MEMORY,
    "malloc": MEMORY,
    "calloc": MEMORY,
    "strdup": MEMORY,
    "strndup": MEMORY,
    "mmap": MEMORY,
    "dlopen": (errno.ENOENT,),
    "read": (errno.EIO, errno.EINTR, HALF),
    "pread": (errno.EIO, errno.EINTR, HALF),
    "readdir": (errno.EIO,),
    "getdents64": (errno.EIO,),
    "write": (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EINTR, HALF),
    "pwrite": (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EINTR, HALF),
    "fwrite": (errno.ENOSPC, errno.EIO, errno.EDQUOT),
    "fflush": (errno.ENOSPC, errno.EIO, errno.EDQUOT),
    "fclose": (errno.ENOSPC, errno.EIO, errno.EDQUOT),
    "close": (errno.EIO, errno.EINTR, errno.EDQUOT),
    "fsync": (errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EINTR),
    "flock": (errno.EIO, errno.EINTR),
    "fstat": (errno.EIO,),
    "stat": (errno.EIO,),
    "lstat": (errno.EIO,),
    "fstatat": (errno.EIO,),
    "access": (errno.EIO, errno.EROFS),
    "readlink": (errno.EIO,),
    "readlinkat": (errno.EIO,),
    "realpath": (errno.EIO,),
    "getcwd": (errno.EIO,),
    "pipe2": (errno.EMFILE,),
    "posix_spawnp": (errno.EAGAIN, errno.ENOMEM),
}
# Who is interrupted tries again.
PATIENT = {"read", "pread", "write", "pwrite", "fsync", "flock"}

# Nothing changes between one of these and the next: in front of the others a kill
# leaves what it leaves in front of the next of these.
CHANGING = {"open", "open64", "openat", "openat64", "mkostemp", "mkstemp", "mkdtemp", "write",
            "pwrite", "fwrite", "fflush", "fclose", "ftruncate", "fchmod", "fchown", "rename",
            "link", "unlink", "unlinkat", "mkdir", "rmdir", "fsync", "posix_spawnp"}
SAMPLE, SAMPLE_OF_MEMORY = 5, 25
REGISTRY = ("repos.csv", "groups.csv", "pair.context", "two.context")
ALWAYS = {"readdir", "getcwd", "fdopen"}  # whose errors are easily overlooked


def sample(name: str) -> int:
    return 1 if name in ALWAYS else SAMPLE_OF_MEMORY if name == "realloc" else SAMPLE


def names(said: str, error: int) -> bool:
    """Whether the message gives the error as the reason."""
    reason = os.strerror(error).lower()
    return (reason in said.lower() or (error == errno.ENOMEM and "out of memory" in said)
            or "/(unreachable)" in said)


def title(fault: int) -> str:
    return {KILL: "killed", HALF: "half"}.get(fault) or errno.errorcode[fault]


class Trial:
    """A command, and the calls that it makes when nothing fails."""

    kills = False

    def __init__(self, home: Home, library: str, case):
        self.case = case
        self.environment = {"LD_PRELOAD": library}
        if getattr(case, "faulty", None):
            self.environment["FAULT_IN"] = case.faulty
        log = home.root / "calls"
        log.unlink(missing_ok=True)
        self.begin(home)
        self.old = home.files()
        self.done = home.run_gita(*case.words, FAULT_LOG=str(log), **self.environment)
        self.new = home.files()
        self.calls = [line.split(" ", 1)[0] for line in
                      (log.read_text().splitlines() if log.exists() else [])]
        if not self.calls:
            sys.exit(f"faults.py: {case}: {self.done.stdout}{self.done.stderr}")

    def begin(self, home: Home):
        home.prepare(self.case.setup)
        home.reset(getattr(self.case, "repos", False))

    def faults(self, everything: bool, start: int):
        """(place, fault)"""
        for place, name in enumerate(self.calls, start):
            errors = ERRORS.get(name, USUAL)
            if self.kills and name in CHANGING:
                yield place - start + 1, KILL
            elif not everything and place % sample(name):
                continue
            for error in errors if everything else (errors[place % len(errors)],):
                yield place - start + 1, error

    def try_fault(self, home: Home, place: int, fault: int) -> list:
        """What is wrong afterwards."""
        self.begin(home)
        environment = self.environment | {"FAULT_AT": str(place)}
        if fault == HALF:
            environment["FAULT_SHORT"] = "1"
        elif fault != KILL:
            environment["FAULT_ERRNO"] = str(fault)
        done = home.run_gita(*self.case.words, **environment)
        return [f"{self.case}: call {place}, {self.calls[place - 1]}, {title(fault)}: {one}\n"
                f"    exit {done.returncode}: {done.stderr.strip()}"
                for one in self.judge(home, done, place, fault)]

    def must_succeed(self, place: int, fault: int) -> bool:
        return fault == HALF or (fault == errno.EINTR and not self.case.varies
                                 and self.calls[place - 1] in PATIENT)


class ChangeTrial(Trial):
    kills = True

    def __init__(self, home: Home, library: str, case):
        super().__init__(home, library, case)
        if self.done.returncode != 0 or self.new == self.old:
            sys.exit(f"faults.py: {case}: {self.done.stdout}{self.done.stderr}")

    def judge(self, home: Home, done, place: int, fault: int) -> list:
        now = home.files()
        return (self.judge_end(done, place, fault) + self.judge_files(now, done, fault)
                + self.judge_memory(now) + self.judge_rest(home, place, fault)
                + self.judge_again(home))

    def judge_end(self, done, place: int, fault: int) -> list:
        if done.returncode == 0 and (fault != KILL or self.case.varies):
            return []
        if fault == KILL:
            return [] if done.returncode == -signal.SIGKILL else ["not killed"]
        if self.must_succeed(place, fault):
            return ["no second try"]
        if done.returncode != 1:
            return ["the exit status is neither 0 nor 1"]
        if names(done.stderr, fault) or (self.case.varies and "out of memory" in done.stderr):
            return []
        return ["the message does not name the error"]

    def judge_files(self, now: dict, done, fault: int) -> list:
        wrong = []
        for name in sorted(self.old.keys() | self.new.keys() | now.keys()):
            if self.case.each and fault > 0 and names(done.stderr, fault):
                continue
            allowed = [self.old.get(name), self.new.get(name)]
            if fault in (KILL, errno.ENOMEM):  # which may come between two files
                allowed += [self.case.between] * (name == "groups.csv")
            elif name in REGISTRY and done.returncode != 0 and not self.case.varies:
                allowed.pop()
            # A run goes on without its journal, and says so.
            if done.returncode == 0 and not (name == "last-run" and "journal" in done.stderr):
                allowed = allowed[1:]
            if now.get(name) not in allowed:
                wrong.append(f"{name} is neither old nor new: {now.get(name)!r}")
        if "repos.csv.bak" in self.new and self.old["repos.csv"] not in now.values():
            wrong.append("the repos are lost")
        return wrong

    def judge_memory(self, now: dict) -> list:
        """The files agree with one another, whichever of them is the new one."""
        memory, old, new = Memory(now), Memory(self.old), Memory(self.new)
        wrong = [f"the context '{name}' has no group" for name in memory.dangling()]
        for name, paths in memory.groups.items():
            before, after = old.groups.get(name, set()), new.groups.get(name, set())
            # A repo that is forgotten leaves first the one file, then the other.
            if (paths not in (before, after, before & set(memory.repos.values()))
                    and not self.case.each):
                wrong.append(f"the group '{name}' has {sorted(paths)}")
        return wrong

    def judge_rest(self, home: Home, place: int, fault: int) -> list:
        wrong = []
        # Who is out of memory leaves things as they are.
        if (fault not in (KILL, errno.ENOMEM) and not self.case.varies
                and not self.calls[place - 1].startswith("unlink")):
            wrong += [f"left behind: {path.name}" for path in home.leftovers()]
        for path in home.leftovers():
            os.utime(path, (0, 0))
        done = home.run_gita("ls")
        if done.returncode != 0:
            wrong.append(f"gita ls says: {done.stderr.strip()}")
        return wrong

    def judge_again(self, home: Home) -> list:
        left = bool(home.leftovers())
        again = home.run_gita(*self.case.words)
        now = home.files()
        wrong = []
        for name in sorted(self.new.keys() | now.keys()):
            # As often as not there is nothing left to do, and so there is no run.
            if name not in ("repos.csv", "groups.csv", "last-run") and now.get(name) != self.new.get(name):
                wrong.append(f"once more: {name} is not new: {now.get(name)!r}")
        if Memory(now) != Memory(self.new):
            wrong.append(f"once more: {vars(Memory(now))}")
        wrong = [f"{one}\n    exit {again.returncode}: {again.stderr.strip()}" for one in wrong]
        if left:
            home.run_gita("color", "set", "diverged", "blue")
            home.run_gita("rm", "c")
            home.run_gita("add", "c")
            home.run_gita("shell", "c", "--", ":")
            wrong += [f"not swept: {path.name}" for path in home.leftovers()]
        return wrong


class LookTrial(Trial):
    def judge(self, home: Home, done, place: int, fault: int) -> list:
        wrong = []
        if home.files() != self.old and not self.case.varies:
            wrong.append("files have changed")
        if (done.returncode, done.stdout) == (self.done.returncode, self.done.stdout):
            return wrong
        # Where threads read, the call at that place may be another one this time.
        if done.returncode == 1 and "out of memory" in done.stderr:
            return wrong
        if self.must_succeed(place, fault):
            return wrong + [f"no second try: {done.stdout}"]
        if done.returncode not in (0, 1, 2):  # 2: where an own command is not found
            return wrong + ["the exit status is not 0, 1 or 2"]
        if not names(done.stdout + done.stderr, fault):
            wrong.append(f"it does not say what is wrong: {done.stdout}")
        return wrong


class Race(Trial):
    """The fault is that somebody else is faster."""

    def __init__(self, home: Home, library: str, case, line: str):
        super().__init__(home, library, case)
        self.environment["FAULT_RUN"] = f"{shlex.quote(GITA)} {line} >/dev/null"
        self.line = line
        self.begin(home)
        home.run_gita(*shlex.split(line))
        self.after = home.run_gita(*case.words)
        if self.after.stdout == self.done.stdout:
            sys.exit(f"faults.py: {case}, {line}: {self.after.stdout}{self.after.stderr}")

    def faults(self, everything: bool, start: int):
        return [(place, KILL) for place in range(1, len(self.calls) + 1)]

    def judge(self, home: Home, done, place: int, fault: int) -> list:
        seen = (done.returncode, done.stdout, done.stderr)
        if seen in [(one.returncode, one.stdout, one.stderr) for one in (self.done, self.after)]:
            return []
        return [f"neither what was there before '{self.line}' nor after: {done.stdout}"]


KINDS = {
    "changes": (ChangeTrial, [[case] for case in CHANGES]),
    "looks": (LookTrial, [[case] for case in LOOKS]),
    "libraries": (LookTrial, [[case] for case in LIBRARIES]),
    "races": (Race, RACES),
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("preload", metavar="LIBRARY")
    parser.add_argument("--all", action="store_true", help="every fault at every call")
    parser.add_argument("--only", metavar="KIND", choices=KINDS, help=" ".join(KINDS))
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
    chosen = [(trial, row) for kind, (trial, rows) in KINDS.items()
              if options.only in (None, kind)
              for row in rows if str(row[0]).startswith(options.k)]
    passed = failed = 0
    with ThreadPoolExecutor(workers) as pool:
        for kind, row in chosen:
            trial = on_a_home(kind, options.preload, *row)
            # The place of a call must not depend on the home it is made in.
            tasks = [pool.submit(on_a_home, trial.try_fault, place, fault)
                     for place, fault in trial.faults(options.all, seed)]
            results = [task.result() for task in tasks]
            for one in (one for wrong in results for one in wrong):
                print(one, flush=True)
            bad = sum(map(bool, results))
            failed += bad
            passed += len(results) - bad
            if options.all:
                print(f"{trial.case}: {len(results) - bad} passed, {bad} failed", flush=True)
    shutil.rmtree(root)
    print(f"{passed} passed, {failed} failed (seed {seed})")
    return failed > 0 or passed == 0


if __name__ == "__main__":
    sys.exit(main())
