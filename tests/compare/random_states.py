#!/usr/bin/python3
"""Compares `gita ll --json` with git on repositories that random steps lead to.

A number of repositories are changed side by side, a step at a time, and gita is
held against git after each step. The same seed makes the same steps; each run
has another one, and prints it.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from fleet import GITA, State, compare
from sandbox import HERE, Sandbox, run
from steps import NAMES, STEPS


class Walk(State):
    """A repository, and the steps that were taken in it."""

    def __init__(self, sandbox: Sandbox, seed: int, number: int):
        name = f"walk{number}"
        super().__init__(sandbox, name, sandbox.shell(name, "walk", HERE / "lib.sh"))
        self.number = number
        self.luck = random.Random(f"{seed}/{number}")  # its own: it can be walked alone
        self.taken = []

    def step(self):
        self.row = None  # nothing is known of before
        chosen = self.luck.choice(STEPS)
        try:
            self.taken.append(chosen(self))
        except OSError as why:
            self.taken.append(f"({chosen.__name__}: {why.strerror})")

    def git(self, *words: str):
        """Whatever comes of it: a conflict is as good as a success."""
        minute = 1700001000 + 60 * len(self.taken)
        variables = {"GIT_AUTHOR_DATE": f"{minute} +0000", "GIT_EDITOR": "true",
                     "GIT_COMMITTER_DATE": f"{minute} +0100",
                     "GIT_ALLOW_PROTOCOL": "file"}
        run(["git", *words], self.path, self.environment | variables)

    def any_name(self) -> str:
        return self.luck.choice(NAMES)

    def make_room(self, name: str) -> str:
        """The path of a name, with the folders above it."""
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def report(self, texts: list, seed: int):
        steps = len(self.taken)
        print(f"walk {self.number} of seed {seed}, after {steps} steps:")
        for text in texts:
            print(f"    {text}")
        print("  steps:", *self.taken, sep="\n    ")
        print(f"  {sys.argv[0]} --seed {seed} --only {self.number} --steps {steps} --keep")


def main() -> int:
    options = arguments()
    if not os.access(GITA, os.X_OK):
        sys.exit(f"{sys.argv[0]}: no binary at {GITA}; set GITA")
    root = os.path.realpath(tempfile.mkdtemp(prefix="gita-random-"))
    try:
        return walk_all(Sandbox(root), options)
    finally:
        if options.keep:
            print(f"kept: {root}")
        else:
            shutil.rmtree(root)


def walk_all(sandbox: Sandbox, options: argparse.Namespace) -> int:
    numbers = range(options.walks) if options.only is None else [options.only]
    walks = [Walk(sandbox, options.seed, number) for number in numbers]
    passed = failed = 0
    for step in range(options.steps):
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(Walk.step, walks))
        found = {}
        for name, text in compare(sandbox, walks):
            found.setdefault(name, []).append(text)
        for walk in [walk for walk in walks if walk.name in found]:
            walk.report(found.pop(walk.name), options.seed)
            walks.remove(walk)  # what comes after would be the same again
            failed += 1
        for name, texts in found.items():
            print(f"{name}, seed {options.seed}, step {step + 1}:", *texts, sep="\n    ")
            failed += 1
        passed += len(walks)
    print(f"{passed} passed, {failed} failed (seed {options.seed})")
    return 1 if failed else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--steps", type=int, default=40, help="steps of each walk")
    parser.add_argument("--walks", type=int, default=10, help="repositories side by side")
    parser.add_argument("--only", type=int, metavar="WALK", help="only this one of them")
    parser.add_argument("--keep", action="store_true", help="leave the sandbox, say where")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
