"""Who listens at a port of this machine, and whether they answer."""

import errno
import os
import socket
import time
import urllib.error
import urllib.request

from .services import Unavailable

HOST = "127.0.0.1"


def require_free_port(port: int, *, patience: float = 0) -> None:
    """Say so if somebody else listens at `port`, and still does after so many seconds."""
    deadline = time.monotonic() + patience
    while problem := _why_not_listen(port):
        if problem.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise problem
        if time.monotonic() < deadline:
            time.sleep(0.05)
            continue
        raise Unavailable(
            f"Port {port} cannot be used here: {os.strerror(problem.errno)}. "
            f"Choose another: make demo PORT={port + 1 if port >= 1024 else 8000}"
        )


def _why_not_listen(port: int) -> OSError | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as problem:
            return problem
    return None


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True  # it answered, which is what we asked
    except OSError:
        return False
