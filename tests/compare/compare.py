#!/usr/bin/python3
"""Compares `gita ll` with git itself on every state of states/*.sh.

Each state is tried fresh (its files are as new as its index), touched (no stat
data are those of the index), refreshed (by `git status`, all are again), and
once more with a flag that means nothing, for which gita leaves all to git.
The binary is $GITA, else build/gita.
"""

import argparse
import fnmatch
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from fleet import COLUMNS, GITA, State, compare, everything_in, functions
from liar import self_test
from sandbox import Sandbox, Unbuilt


def main() -> int:
    options = arguments()
    if options.self_test:
        return self_test()
    chosen = {
        name: script
        for name, script in functions().items()
        if any(fnmatch.fnmatch(name, glob) for glob in options.only or ["*"])
    }
    if options.list:
        print(*chosen, sep="\n")
        return 0
    if not chosen:
        sys.exit("compare.py: no state has such a name")
    if not os.access(GITA, os.X_OK):
        sys.exit(f"compare.py: no binary at {GITA}; set GITA")
    root = tempfile.mkdtemp(prefix="gita-compare-")
    try:
        return compare_all(Sandbox(os.path.realpath(root)), chosen)
    finally:
        if options.keep:
            print(f"kept: {root}")
        else:
            remove_all(root)


def compare_all(sandbox: Sandbox, chosen: dict) -> int:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        states, failed = build_all(sandbox, chosen, pool)
        tried = len(failed)
        for condition in ("fresh", "touched", "refreshed", "flagged"):
            if condition == "touched":
                list(pool.map(State.touch, states))
            if condition == "refreshed":
                list(pool.map(State.refresh, states))
            flags = ["-c", "gita.flagged=1"] if condition == "flagged" else []
            columns = COLUMNS if condition in ("fresh", "flagged") else ()
            found = compare(sandbox, states, flags=flags, columns=columns,
                            watches=condition == "refreshed")
            for name, text in found:
                print(f"{name} ({condition}): {text}")
                print(f"    {sys.argv[0]} --keep --only {name}")
                failed.add((name, condition))
            tried += len(states)
    print(f"{tried - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def build_all(sandbox: Sandbox, chosen: dict, pool: ThreadPoolExecutor) -> tuple:
    """The states, and the names of those that should have been made but were not."""
    states, failed = [], set()
    waiting = {name: pool.submit(sandbox.shell, name, name, script)
               for name, script in chosen.items()}
    for name, folder in waiting.items():
        try:
            states.append(State(sandbox, name, folder.result()))
        except Unbuilt as why:
            skipped, said = why.args
            print(f"{name}: {said}")
            if not skipped:
                failed.add((name, "not made"))
    return states, failed


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", metavar="GLOB",
                        help="only states of this name (repeatable)")
    parser.add_argument("--keep", action="store_true", help="leave the sandbox, say where")
    parser.add_argument("--list", action="store_true", help="the states' names")
    parser.add_argument("--self-test", action="store_true",
                        help="a gita that lies must be found out")
    return parser.parse_args()


def remove_all(root):
    """Some states hold folders that nobody may read or write to, or very deep ones."""
    for path in everything_in(root):
        if not os.path.islink(path):
            os.chmod(path, 0o700)
    subprocess.run(["rm", "-rf", root], check=True)


if __name__ == "__main__":
    sys.exit(main())
