"""A gita that lies, to prove that the comparison would notice."""

import json
import os
import tempfile
from pathlib import Path

from fleet import COLUMNS, State, compare, functions
from sandbox import Sandbox

# A wrong value for each field of a row, unlike that of any state used here.
LIES = {
    "name": "nobody", "path": "/", "type": "submodule", "groups": ["work"],
    "state": "timeout", "error": "no", "branch": "nowhere", "detached": True,
    "head": "0" * 40, "tag": "v0", "upstream": "far/away", "sync": "gone",
    "ahead": 77, "behind": 77, "staged": True, "unstaged": True,
    "untracked": True, "conflicted": True, "stashes": 77, "operation": "am",
    "subject": "", "time": 0, "author": "",
    "hash": "0000000", "branch_name": "nowhere", "remote": "https://far/away", "fetched": "never",
}
NOTICED = {"name": "no row", "state": "the run: "}
# What a status must not do, as shell in the state's folder.
DEEDS = {
    "touch repo/.git/index": "gita wrote ",
    "touch repo/.git/new": "gita wrote ",
    "echo x >>repo/.git/config": "gita wrote ",
    "echo hook >>marks": "gita ran hook",
    'git -C "$PWD/repo" rev-parse HEAD >answer': "gita asked git",
    "exit 3": "the run: ",
    "exit 1": "the run: ",
}


def self_test() -> int:
    failed = 0
    with tempfile.TemporaryDirectory(prefix="gita-liar-") as root:
        sandbox = Sandbox(root)
        name = "sync_in_sync"
        state = State(sandbox, name, sandbox.shell(name, name, functions()[name]))
        truth, _ = state.judged(COLUMNS)
        assert truth.keys() == LIES.keys(), truth.keys() ^ LIES.keys()
        cases = [({}, ":", None), ({"more": 1}, ":", "fields")]
        cases += [({field: lie}, ":", NOTICED.get(field, field)) for field, lie in LIES.items()]
        cases += [({}, deed, wanted) for deed, wanted in DEEDS.items()]
        for lie, deed, wanted in cases:
            gita = liar(sandbox.root, state.folder, truth | lie, deed)
            found = [text for _, text in compare(sandbox, [state], gita, columns=COLUMNS, watches=True)]
            noticed = any(text.startswith(wanted) for text in found) if wanted else not found
            if not noticed:
                print(f"not noticed: {lie or deed}, but {found}")
                failed += 1
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


def liar(folder: Path, state: Path, row: dict, deed: str) -> str:
    """A program that prints this row whatever it is asked, then does the deed."""
    program = folder / "liar"
    for column in COLUMNS:
        (folder / column).write_text(f"{row['name']} {row[column]}\n")
    (folder / "--json").write_text(json.dumps([{key: value for key, value in row.items() if key not in COLUMNS}]))
    program.write_text(f"#!/bin/sh\nfor what; do :; done\ncat '{folder}'/\"$what\"\ncd '{state}'\n{deed}\n")
    os.chmod(program, 0o755)
    return str(program)
