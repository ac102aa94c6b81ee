"""Runs a command on a pseudo terminal and copies what appears there to stdout.

terminal.py [--size 80x24] [--stdout FILE] [--screen] [--again] [--when TEXT --type KEYS]...
            -- COMMAND...

The command gets the terminal as its controlling terminal and standard
streams; with --stdout its standard output is FILE instead. Each pair of --when and
--type is one step, in order: once TEXT has appeared (since the step before), KEYS are
typed; both may hold \\n, \\r, \\e and \\xHH, so that --type '\\x03' is Ctrl-C. KEYS such as =40x10
type nothing but give the terminal that size. With --again the last KEYS are typed again as long as
nothing appears: ssh loses a Ctrl-C between its question and the wait for an answer. The exit status is the command's, 128 + N for a
signal N. Line ends are written as plain newlines.

With --screen not the bytes are written, but what they leave on the screen, with all that has
scrolled away: at each step that types something before its keys, with a line `--` behind it, and
at the end. Text loses its colours, and a line that a narrower terminal would break stays one.
Where the system has no pseudo terminals, it prints NO_TERMINAL and exits 98.
"""

import argparse
import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import unicodedata

NO_TERMINAL = "terminal.py: no pseudo terminal here"
PATIENCE = 120  # seconds without any sign of life, far above any real wait
AGAIN = 10  # seconds until keys are taken for lost


def unescape(text):
    named = {"n": "\n", "r": "\r", "e": "\x1b", "t": "\t", "\\": "\\"}
    return re.sub(
        r"\\(x[0-9a-fA-F]{2}|[nret\\])",
        lambda match: named.get(match[1]) or chr(int(match[1][1:], 16)),
        text,
    ).encode("latin-1" if text.isascii() else "utf-8")


class Screen:
    """As much of a terminal as gita uses: lines, CR, LF, going up, erasing."""

    def __init__(self, columns):
        self.columns, self.lines, self.at, self.column = columns, [[]], 0, 0

    def height(self, at):
        return max(1, -(-len(self.lines[at]) // self.columns))

    def put(self, character):
        wide = unicodedata.east_asian_width(character) in "WF"
        line = self.lines[self.at]
        line.extend(" " * (self.column - len(line)))
        cells = [character, ""] if wide else [character]
        line[self.column:self.column + len(cells)] = cells
        self.column += len(cells)

    def control(self, number, letter):
        if letter == "A":
            left = int(number or 1)
            while left > 0 and self.at > 0:
                self.at -= 1
                left -= self.height(self.at)
        if letter in "JK":
            del self.lines[self.at][self.column:]
        if letter == "J":
            del self.lines[self.at + 1:]

    def feed(self, text):
        for number, letter, character in re.findall(r"\x1b\[([0-9;]*)([A-Za-z])|([^\x1b])", text, re.S):
            if letter:
                self.control(number, letter)
            elif character == "\n":
                self.at += 1
                if self.at == len(self.lines):
                    self.lines.append([])
            elif character == "\r":
                self.column = 0
            else:
                self.put(character)

    def text(self):
        lines = ["".join(line).rstrip() for line in self.lines]
        return "\n".join(lines).rstrip("\n") + "\n"


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", default="80x24")
    parser.add_argument("--stdout")
    parser.add_argument("--screen", action="store_true")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--when", action="append", default=[])
    parser.add_argument("--type", action="append", default=[])
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


def resize(terminal, size):
    columns, rows = (int(number) for number in size.split("x"))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    return columns


def start(options):
    try:
        child, terminal = pty.fork()
    except OSError as why:
        print(f"{NO_TERMINAL}: {why}", file=sys.stderr)
        sys.exit(98)
    if child == 0:
        # As a shell on a terminal would; who runs the tests in the background ignores them.
        for key in signal.SIGINT, signal.SIGQUIT:
            signal.signal(key, signal.SIG_DFL)
        resize(0, options.size)
        if options.stdout:
            os.dup2(os.open(options.stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), 1)
        os.execvp(options.command[0], options.command)
    return child, terminal


def write(text):
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()


def take(terminal, keys, screen):
    if screen and keys:
        write(screen.text().encode() + b"--\n")
    if keys.startswith(b"="):
        columns = resize(terminal, keys[1:].decode())
        if screen:
            screen.columns = columns
    else:
        os.write(terminal, keys)


def follow(terminal, steps, screen, again):
    """Reads the terminal to its end, taking the steps on the way."""
    seen, decoder = b"", codecs.getincrementaldecoder("utf-8")("replace")
    keys, silent = b"", 0
    while True:
        ready, _, _ = select.select([terminal], [], [], AGAIN)
        silent = 0 if ready else silent + AGAIN
        if not ready and silent < PATIENCE:
            if again and keys and not steps:
                take(terminal, keys, screen)
            continue
        if not ready:
            sys.exit("terminal.py: silence; last seen: %r" % seen[-500:])
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # EIO: the last writer is gone
            piece = b""
        if not piece:
            return
        if screen:
            screen.feed(decoder.decode(piece))
        else:
            write(piece.replace(b"\r\n", b"\n"))
        seen += piece
        while steps and steps[0][0] in seen:
            text, keys = steps.pop(0)
            seen = seen[seen.index(text) + len(text):]
            take(terminal, keys, screen)


def main():
    options = arguments()
    steps = [(unescape(when), unescape(keys)) for when, keys in zip(options.when, options.type)]
    child, terminal = start(options)
    screen = Screen(int(options.size.split("x")[0])) if options.screen else None
    follow(terminal, steps, screen, options.again)
    if screen:
        write(screen.text().encode())
    _, status = os.waitpid(child, 0)
    if steps:
        print("terminal.py: never seen: %r" % steps[0][0], file=sys.stderr)
        sys.exit(99)
    sys.exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))


main()
