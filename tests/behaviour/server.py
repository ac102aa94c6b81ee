"""Serves repositories on loopback: ssh, git:// and http, each behind a relay.

server.py FOLDER [--delay MS] [--sshd-option 'NAME VALUE']... [--password WORD] [--login USER:WORD]

ssh is a real sshd with a configuration, a host key and authorized keys of its own in
FOLDER, git:// is `git daemon`, http is `git http-backend`; whatever the client names is a
path below FOLDER/repos (git://, http) or an absolute path (ssh). --password makes sshd take
that password and nothing else, --login makes http ask for a name and a password.

What clients connect to is a relay: a round trip through it takes MS milliseconds longer
than one without. `mute` is the same sshd behind a relay that accepts and says nothing until
FOLDER/spoken is there. When all is up, FOLDER/ports is there, a line `NAME PORT` each. For each
connection the relay appends a line to FOLDER/connections: the name, and `dropped` behind
it if that one was. FOLDER/faults is read at each connection; its lines are

    drop N          close every N-th connection to sshd before a word is exchanged
    cut BYTES       close a connection after so many bytes from the server

It ends, and all that it has started with it, on TERM or when whoever started it has ended.
"""

import argparse
import asyncio
import base64
import getpass
import http.server
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path

SSHD = shutil.which("sshd", path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")
# Only sshd's own reading of the password file is replaced, so that a password can be
# known without anybody's account being touched.
SHADOW = """
#include <shadow.h>
#include <stdlib.h>

struct spwd *getspnam(const char *name)
{
	static struct spwd entry;

	entry = (struct spwd){(char *)name, getenv("SERVER_HASH"), 1, -1, -1, -1, -1, -1, 0};
	return &entry;
}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    """Until somebody listens there; False if the process has ended instead."""
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.02)
    return False


def start(command, **options):
    """A port that was free may be taken by now: with another one, then."""
    for _ in range(5):
        port = free_port()
        process = subprocess.Popen([word.format(port=port) for word in command],
                                   stdin=subprocess.DEVNULL, **options)
        if wait_for(port, process):
            return port, process
    sys.exit(f"server.py: {command[0]} does not start")


def sshd_environment(folder, password):
    if not password:
        return None
    source, library = folder / "shadow.c", folder / "shadow.so"
    source.write_text(SHADOW)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source], check=True)
    hashed = subprocess.run(["openssl", "passwd", "-6", password], check=True,
                            capture_output=True, text=True).stdout.strip()
    return {**os.environ, "LD_PRELOAD": str(library), "SERVER_HASH": hashed}


def start_sshd(folder, options):
    if os.geteuid() == 0:
        os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
    key = folder / "host_key"
    if not key.exists():
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    lines = [
        f"HostKey {key}", f"PidFile {folder}/sshd.pid", "ListenAddress 127.0.0.1",
        f"AuthorizedKeysFile {folder}/authorized_keys", "StrictModes no", "UsePAM no",
        f"PasswordAuthentication {'yes' if options.password else 'no'}",
        f"PubkeyAuthentication {'no' if options.password else 'yes'}",
        "KbdInteractiveAuthentication no", "PermitRootLogin yes", "AcceptEnv GIT_PROTOCOL",
        f"AllowUsers {getpass.getuser()}", "MaxStartups 200",
        "SetEnv " + " ".join(f'{name}="{os.environ[name]}"' for name in ("HOME", "PATH", "GATES")
                             if name in os.environ),
    ]
    # sshd takes the first value that it reads.
    (folder / "sshd_config").write_text("\n".join(options.sshd_option + lines) + "\n")
    return start([SSHD, "-D", "-f", f"{folder}/sshd_config", "-p", "{port}", "-E", f"{folder}/sshd.log"],
                 env=sshd_environment(folder, options.password), start_new_session=True)


def start_daemon(folder):
    return start(["git", "daemon", "--listen=127.0.0.1", "--port={port}", "--export-all",
                  "--enable=receive-pack", "--reuseaddr", f"--base-path={folder}/repos",
                  f"{folder}/repos"], stderr=subprocess.DEVNULL, start_new_session=True)


def http_handler(folder, login):
    wanted = "Basic " + base64.b64encode(login.encode()).decode() if login else None

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def log_message(self, *_):
            pass

        def body(self):
            if "chunked" not in self.headers.get("Transfer-Encoding", ""):
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            whole = b""
            while size := int(self.rfile.readline(), 16):
                whole += self.rfile.read(size)
                self.rfile.readline()
            return whole

        def answer(self):
            if wanted and self.headers.get("Authorization") != wanted:
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="repos"')
                self.end_headers()
                return
            url = urllib.parse.urlsplit(self.path)
            body = self.body()
            environment = {
                **os.environ, "GIT_PROJECT_ROOT": f"{folder}/repos", "GIT_HTTP_EXPORT_ALL": "1",
                "REQUEST_METHOD": self.command, "PATH_INFO": urllib.parse.unquote(url.path),
                "QUERY_STRING": url.query, "CONTENT_LENGTH": str(len(body)), "REMOTE_USER": "user",
                "CONTENT_TYPE": self.headers.get("Content-Type", ""), "REMOTE_ADDR": "127.0.0.1",
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            }
            result = subprocess.run(["git", "http-backend"], input=body, env=environment,
                                    capture_output=True, check=False).stdout
            head, _, content = result.partition(b"\r\n\r\n")
            lines = head.decode().split("\r\n")
            status = next((line[8:] for line in lines if line.startswith("Status: ")), "200 OK")
            self.wfile.write(f"HTTP/1.0 {status}\r\n".encode())
            self.wfile.write(head + b"\r\n\r\n" + content)

        do_GET = do_POST = answer

    return Handler


def start_http(folder, login):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http_handler(folder, login))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


class Relay:
    def __init__(self, folder, name, target, delay):
        self.folder, self.name, self.target = folder, name, target
        self.delay = delay / 2000
        self.count = 0

    def faults(self):
        try:
            lines = (self.folder / "faults").read_text().split("\n")
        except FileNotFoundError:
            return {}
        return {name: int(value) for name, value in (line.split() for line in lines if line)}

    async def accept(self, reader, writer):
        faults = self.faults()
        self.count += 1
        dropped = "drop" in faults and self.count % faults["drop"] == 0
        with open(self.folder / "connections", "a", encoding="ascii") as log:
            log.write(f"{self.name}{' dropped' if dropped else ''}\n")
        if dropped:
            writer.close()
            return
        while self.name == "mute" and not (self.folder / "spoken").exists():
            await asyncio.sleep(0.02)
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.target)
        await asyncio.gather(self.copy(reader, there_writer),
                             self.copy(there_reader, writer, faults.get("cut")))

    async def copy(self, reader, writer, limit=None):
        """Each piece arrives so much later as it was read; many may be under way."""
        loop, queue = asyncio.get_running_loop(), asyncio.Queue(1024)

        async def deliver():
            while True:
                due, piece = await queue.get()
                await asyncio.sleep(due - loop.time())
                if not piece:
                    break
                writer.write(piece)
                await writer.drain()

        task = asyncio.create_task(deliver())
        try:
            while not task.done():
                piece = await reader.read(65536)
                if limit is not None:
                    piece, limit = piece[:limit], limit - len(piece[:limit])
                await queue.put((loop.time() + self.delay, piece))
                if not piece:
                    break
            await task
        except OSError:
            task.cancel()
        writer.close()

    async def start(self):
        server = await asyncio.start_server(self.accept, "127.0.0.1", 0, backlog=256)
        return server, server.sockets[0].getsockname()[1]


async def serve(folder, targets, delay, parent):
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, ending.set)
    # Clients that break off are no news.
    loop.set_exception_handler(lambda *_: None)
    relays = {}
    for name, port in targets.items():
        relays[name] = await Relay(folder, name, port, delay).start()
    ports = "".join(f"{name} {port}\n" for name, (_, port) in relays.items())
    (folder / "ports.new").write_text(ports)
    (folder / "ports.new").rename(folder / "ports")
    while os.getppid() == parent and not ending.is_set():
        try:
            await asyncio.wait_for(ending.wait(), 1)
        except asyncio.TimeoutError:
            pass


def main():
    parent = os.getppid()
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--delay", type=float, default=0)
    parser.add_argument("--sshd-option", action="append", default=[])
    parser.add_argument("--password")
    parser.add_argument("--login")
    options = parser.parse_args()
    folder = options.folder.resolve()
    (folder / "repos").mkdir(parents=True, exist_ok=True)
    (folder / "ports").unlink(missing_ok=True)
    ssh_port, sshd = start_sshd(folder, options)
    git_port, daemon = start_daemon(folder)
    targets = {"ssh": ssh_port, "mute": ssh_port, "git": git_port, "http": start_http(folder, options.login)}
    try:
        asyncio.run(serve(folder, targets, options.delay, parent))
    finally:
        for process in (sshd, daemon):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
        os._exit(0)


main()
