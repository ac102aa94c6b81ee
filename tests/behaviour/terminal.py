"""Runs a command on a pseudo terminal and copies what appears there to stdout.

terminal.py [--size 80x24] [--stdout FILE] [--when TEXT --type KEYS]... -- COMMAND...

The command gets the terminal as its controlling terminal and standard
streams; with --stdout its standard output is FILE instead. Each pair of --when and
--type is one step, in order: once TEXT has appeared (since the step before), KEYS are
typed; both may hold \\n, \\r, \\e and \\xHH, so that --type '\\x03' is Ctrl-C. The exit status is
the command's, 128 + N for a signal N. Line ends are written as plain newlines.
Where the system has no pseudo terminals, it prints NO_TERMINAL and exits 98.
"""

import argparse
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios

NO_TERMINAL = "terminal.py: no pseudo terminal here"
PATIENCE = 120  # seconds without any sign of life, far above any real wait


def unescape(text):
    named = {"n": "\n", "r": "\r", "e": "\x1b", "t": "\t", "\\": "\\"}
    return re.sub(
        r"\\(x[0-9a-fA-F]{2}|[nret\\])",
        lambda match: named.get(match[1]) or chr(int(match[1][1:], 16)),
        text,
    ).encode("latin-1" if text.isascii() else "utf-8")


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", default="80x24")
    parser.add_argument("--stdout")
    parser.add_argument("--when", action="append", default=[])
    parser.add_argument("--type", action="append", default=[])
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


def start(options):
    try:
        child, terminal = pty.fork()
    except OSError as why:
        print(f"{NO_TERMINAL}: {why}", file=sys.stderr)
        sys.exit(98)
    if child == 0:
        columns, rows = (int(number) for number in options.size.split("x"))
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if options.stdout:
            os.dup2(os.open(options.stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), 1)
        os.execvp(options.command[0], options.command)
    return child, terminal


def follow(terminal, steps):
    """Reads the terminal to its end, taking the steps on the way."""
    seen = b""
    while True:
        ready, _, _ = select.select([terminal], [], [], PATIENCE)
        if not ready:
            sys.exit("terminal.py: silence; last seen: %r" % seen[-500:])
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # EIO: the last writer is gone
            piece = b""
        if not piece:
            return
        sys.stdout.buffer.write(piece.replace(b"\r\n", b"\n"))
        sys.stdout.buffer.flush()
        seen += piece
        while steps and steps[0][0] in seen:
            text, keys = steps.pop(0)
            seen = seen[seen.index(text) + len(text):]
            os.write(terminal, keys)


def main():
    options = arguments()
    steps = [(unescape(when), unescape(keys)) for when, keys in zip(options.when, options.type)]
    child, terminal = start(options)
    follow(terminal, steps)
    _, status = os.waitpid(child, 0)
    if steps:
        print("terminal.py: never seen: %r" % steps[0][0], file=sys.stderr)
        sys.exit(99)
    sys.exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))


main()
