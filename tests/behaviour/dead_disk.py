"""A disk that never answers, at an empty folder: dead_disk.py FOLDER READY

Mounts a FUSE file system, accepts it (the file READY appears then), and answers nothing
more: whoever looks at it hangs, also beyond SIGKILL, until this process ends. Exits 77
where mounting is not allowed.
"""

import ctypes
import os
import struct
import sys

HEADER = "IIQQ"  # length, operation, request, node (fuse_in_header in linux/fuse.h)
INIT = "IIIIHHIIHH7I"  # fuse_init_out
ROOM = 1 << 17


def mount(folder):
    try:
        device = os.open("/dev/fuse", os.O_RDWR)
    except OSError:
        sys.exit(77)
    options = f"fd={device},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()}"
    libc = ctypes.CDLL(None)
    if libc.mount(b"dead", folder.encode(), b"fuse", 0, options.encode()):
        sys.exit(77)
    return device


def main():
    folder, ready = sys.argv[1:]
    device = mount(folder)
    _, _, request, _ = struct.unpack_from(HEADER, os.read(device, ROOM))
    reply = struct.pack(INIT, 7, 31, 65536, 0, 16, 12, 65536, 1, 0, 0, *[0] * 7)
    head = struct.pack("IiQ", 16 + len(reply), 0, request)
    os.write(device, head + reply)
    open(ready, "w").close()
    while os.read(device, ROOM):
        pass


if __name__ == "__main__":
    main()
