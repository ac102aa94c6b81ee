#!/usr/bin/python3
"""Many changes at once, of every kind: none is lost.

writers.py [ROUNDS]: in each round 200 processes of gita ($GITA, else build/gita) start
together, each with a change of its own. What one of them reports as done is there at
the end, and nothing else is.
"""

import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from home import Home

GITA = os.environ.get("GITA") or str(Path(__file__).resolve().parents[2] / "build/gita")
EACH = 40  # of five kinds

BUSY = "another process has held the lock"  # a machine that is too slow; said, not lost


class Round:
    """The processes, and what each of them should have brought about."""

    def __init__(self, home: Home):
        self.home = home
        home.reset(repos=False)
        config = home.config
        rows = "".join(f"{home.src}/old{i},old{i},,\r\n" for i in range(3 * EACH))
        (config / "repos.csv").write_text(rows, newline="")
        (config / "groups.csv").write_text("all:old0:\r\n", newline="")
        (config / "pair.context").unlink()

    def changes(self) -> list:
        """Words for gita, and a test of the files."""
        found = []
        for i in range(EACH):
            found += [
                (["add", f"new{i}"], lambda repos, groups, i=i: f"new{i}" in repos),
                (["rm", f"old{i}"], lambda repos, groups, i=i: f"old{i}" not in repos),
                (["rename", f"old{EACH + i}", f"name{i}"],
                 lambda repos, groups, i=i: f"name{i}" in repos and f"old{EACH + i}" not in repos),
                (["flags", "set", f"old{2 * EACH + i}", "-c", f"core.x={i}"],
                 lambda repos, groups, i=i: repos[f"old{2 * EACH + i}"] == f"-c core.x={i}"),
                (["group", "add", "-n", f"group{i % 7}", f"old{2 * EACH + i}"],
                 lambda repos, groups, i=i: f"old{2 * EACH + i}" in groups.get(f"group{i % 7}", ())),
            ]
        return found

    def run(self, seed: int) -> list:
        """What is wrong at the end."""
        changes = self.changes()
        random.Random(seed).shuffle(changes)
        running = [subprocess.Popen([self.home.gita, *words], cwd=self.home.src,
                                    env=self.home.environment, stdin=subprocess.DEVNULL,
                                    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                   for words, _ in changes]
        ended = [(process.communicate(timeout=600)[1], process.returncode)
                 for process in running]
        repos, groups = self.read()
        wrong = []
        for (words, there), (said, status) in zip(changes, ended):
            if status != 0 and BUSY not in said:
                wrong.append(f"{' '.join(words)}: exit {status}: {said.strip()}")
            elif there(repos, groups) != (status == 0):
                wrong.append(f"{' '.join(words)}: exit {status}, and the change is "
                             f"{'lost' if status == 0 else 'there'}")
        return wrong

    def read(self):
        """Flags by repo, members by group."""
        with open(self.home.config / "repos.csv", newline="") as file:
            repos = {row[1]: row[3] for row in csv.reader(file)}
        with open(self.home.config / "groups.csv", newline="") as file:
            groups = {row[0]: row[1].split() for row in csv.reader(file, delimiter=":")}
        return repos, groups


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    seed = int(os.environ.get("WRITERS_SEED") or random.SystemRandom().randrange(1 << 32))
    root = Path(tempfile.mkdtemp(prefix="gita-writers-"))
    home = Home(root, GITA)
    for i in range(EACH):
        shutil.copytree(home.src / "more", home.src / f"new{i}")
    failed = 0
    for number in range(rounds):
        wrong = Round(home).run(seed + number)
        failed += bool(wrong)
        for one in wrong:
            print(f"round {number}: {one}")
    shutil.rmtree(root)
    print(f"{rounds - failed} passed, {failed} failed (seed {seed})")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
