"""A PostgreSQL and a Valkey of our own, for the demo and the tests: who starts and stops them.

Both run in the background and are shared by every process of one `var` folder: the demo, a
`manage.py` beside it, all workers of one test run.  Each process that uses them holds a shared
lock for as long as it lives, and whoever leaves last stops them.  The kernel drops the lock of a
killed process, so nobody counts and nothing goes stale; at worst the services run on until the
next user leaves.
"""

import atexit
import contextlib
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from .servers import PostgreSQL, Server, Valkey, own_folder
from .services import Unavailable


@dataclass(frozen=True, slots=True)
class _Use:
    """What this process uses, and the open lock that says so."""

    servers: list[Server]
    lock: FileIO


_in_use: dict[Path, _Use] = {}


def join(var: Path, sockets: Path, *, postgresql: bool, valkey: bool, durable: bool) -> None:
    """Start what does not run, and keep it running until this process ends."""
    kinds: tuple[tuple[type[Server], bool], ...] = ((PostgreSQL, postgresql), (Valkey, valkey))
    wanted = [kind for kind, is_wanted in kinds if is_wanted]
    try:
        var.joinpath("log").mkdir(parents=True, exist_ok=True)
        with _changing(var):
            use = _in_use.get(var)
            if use is None:
                servers = [kind(var, sockets, durable=durable) for kind in wanted]
                use = _Use(servers, _lock_file(var, "in-use"))
            fcntl.flock(use.lock, fcntl.LOCK_SH)
            own_folder(sockets, use.servers[0].run_as())
            for server in use.servers:
                server.start()
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            raise Unavailable("The disk is full.") from problem
        raise
    if var not in _in_use:
        _in_use[var] = use
        atexit.register(leave, var, os.getpid())


def leave(var: Path, joined_by: int | None = None) -> None:
    """Let go of the services, and stop them if nobody else uses them."""
    forked = joined_by not in {None, os.getpid()}
    if forked or var not in _in_use or not var.exists():
        return
    with _changing(var):
        use = _in_use.pop(var)
        use.lock.close()
        with _lock_file(var, "in-use") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            for server in use.servers:
                server.stop()
            with contextlib.suppress(OSError):
                use.servers[0].sockets.rmdir()


def erase(var: Path, sockets: Path) -> None:
    """Stop the services of `var`, whoever started them, and remove all they have stored."""
    var.joinpath("log").mkdir(parents=True, exist_ok=True)
    with _changing(var):
        for kind in (PostgreSQL, Valkey):
            server = kind(var, sockets, durable=True)
            server.stop()
            for folder in (server.folder, server.folder.with_name(f"{server.name}.new")):
                shutil.rmtree(folder, ignore_errors=True)
        for folder in (sockets, Path("/var/tmp") / sockets.name):
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _changing(var: Path) -> Iterator[None]:
    """Let one process at a time start or stop the services of `var`."""
    with _lock_file(var, "changing") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lock_file(var: Path, name: str) -> FileIO:
    return FileIO(var / f"services-{name}.lock", "w")
