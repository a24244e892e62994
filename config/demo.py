"""The demo: starts all it needs, starts again what dies, and stops it all on Ctrl-C.

python -m config.demo           run the demo
python -m config.demo prepare   bring database, words and static files up to date
python -m config.demo reset     throw away everything the demo has stored
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

import django
import psutil
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from foundation import catalogue

from . import embedded, services
from .listening import HOST, answers, require_free_port

WATCH_SECONDS = 0.5
CALM_SECONDS = 60  # having run for so long, a process that dies is started again at once
STOP_SECONDS = 6
PORT_SECONDS = 5
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

WELCOME = """
  Förbättringshjulet är igång: {address}
  Öppna adressen i en webbläsare och logga in som någon av demopersonerna där.
  Avsluta med Ctrl-C. Allt du gör sparas till nästa gång; make demo-reset börjar om.

  Förbättringshjulet is running: {address}
  Open the address in a browser and sign in there as one of the demo people.
  Stop with Ctrl-C. What you do is kept until next time; make demo-reset starts over.

"""


class CannotRun(Exception):
    """The demo cannot run; the message is for the person at the keyboard."""


class Asked(Exception):
    """Somebody asked us to stop."""


@dataclass(slots=True)
class Child:
    """A process that must run; when it dies it is started again, later and later."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0
    start_again: float = 0
    wait: float = 1

    def start(self) -> None:
        with log_file(self.name) as log:
            self.process = spawn(self.command, log)
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start the process again when it has died and its time has come."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_again:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        end_group(
            self.process.pid, signal.SIGKILL
        )  # what it leaves behind would work beside the new
        self.process = None
        self.wait = 1 if now - self.started > CALM_SECONDS else min(30, self.wait * 2)
        self.start_again = now + self.wait
        say(f"{self.name} stopped ({code}); starting it again in {self.wait:.0f} s.")


@dataclass(slots=True)
class Demo:
    port: int
    children: list[Child] = field(init=False)

    def __post_init__(self) -> None:
        python = [sys.executable, "-m"]
        web = f"gunicorn config.wsgi --bind {HOST}:{self.port} --worker-class gthread --workers 2 "
        web += "--threads 4 --graceful-timeout 3 --no-control-socket"
        worker = "celery -A config worker --concurrency 2 --loglevel INFO "
        worker += "--without-gossip --without-mingle --without-heartbeat"
        beat = "celery -A config beat --pidfile= --loglevel WARNING"
        self.children = [
            Child("web", [*python, *web.split()]),
            Child("worker", [*python, *worker.split()]),
            Child("beat", [*python, *beat.split()]),
        ]

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}/"

    def run(self) -> None:
        """Run until somebody asks us to stop."""
        with only_one(self.address) as note:
            ended = end_leftovers()
            # The threads of a killed process may hold its port a moment longer than it is seen.
            require_free_port(self.port, patience=PORT_SECONDS if ended else 0)
            try:
                services.ensure_running()
                run_prepare()
                for child in self.children:
                    child.start()
                self.write_down(note)
                self.wait_until_ready()
                say(WELCOME.format(address=self.address))
                self.watch(note)
            finally:
                self.stop()

    def watch(self, note: IO[str]) -> None:
        while True:
            time.sleep(WATCH_SECONDS)
            before = [child.process for child in self.children]
            for child in self.children:
                child.look_after()
            if before != [child.process for child in self.children]:
                self.write_down(note)
            try:
                services.ensure_running()
            except services.Unavailable as reason:
                say(f"{reason}\nTrying again.")

    def wait_until_ready(self) -> None:
        while not answers(f"http://{HOST}:{self.port}/halsa/"):
            web = self.children[0].process
            if web is not None and web.poll() is not None:
                raise CannotRun(f"The web server did not start.\n{tail('web')}")
            time.sleep(0.1)

    def stop(self) -> None:
        for sign in STOP_SIGNALS:
            signal.signal(sign, signal.SIG_IGN)  # asked twice is asked once
        running = [child.process for child in self.children if child.process]
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            end_group(process.pid, signal.SIGKILL)
            process.wait()
        embedded.leave(settings.VAR_DIR)

    def write_down(self, note: IO[str]) -> None:
        """Note who our children are, for the next run to end them if we are killed."""
        running = [child.process.pid for child in self.children if child.process]
        note.seek(0)
        note.truncate()
        json.dump({"address": self.address, "groups": running}, note)
        note.flush()


def prepare() -> None:
    """Bring all that is stored up to date with the source; quick when it already is."""
    catalogue.compile_stale()  # first: Django reads them once, and already as it sets itself up
    django.setup()
    call_command("migrate", verbosity=1, interactive=False)
    call_command("createcachetable")
    gather_static_files()
    call_command("load_demo")


def gather_static_files() -> None:
    """Collect and compress the static files, if any has changed: compressing takes seconds."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(None):
            there = os.stat(storage.path(path))
            seen.update(f"{path} {there.st_size} {there.st_mtime_ns}\n".encode())
    seal = settings.STATIC_ROOT / "gathered-from.txt"
    if seal.exists() and seal.read_text() == seen.hexdigest():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    seal.write_text(seen.hexdigest())


def reset() -> None:
    """Throw away everything the demo has stored; what others made stays."""
    with only_one("nobody"):
        end_leftovers()
        embedded.erase(settings.VAR_DIR, services.sockets(settings.VAR_DIR))
        for name in ("static", "files", "mail", "log"):
            subprocess.run(["rm", "-rf", "--", str(settings.VAR_DIR / name)], check=True)
        for path in settings.VAR_DIR.glob("beat-schedule*"):
            path.unlink()
    say("The demo's data is gone. `make demo` starts over.")


def run_prepare() -> None:
    say("Förbereder databasen och demodata … / Preparing the database and the demo data …")
    with log_file("prepare") as log:
        log.truncate(0)
        process = spawn([sys.executable, "-m", "config.demo", "prepare"], log)
    try:
        code = process.wait()
    finally:
        end_group(process.pid, signal.SIGTERM)
    if code != 0:
        raise CannotRun(f"The preparation failed.\n{tail('prepare')}")
    if not pdf_works():
        say(
            "WeasyPrint does not find Pango, so no PDF can be made; everything else works.\n"
            f"Install it with: {pango_command()}"
        )


def pdf_works() -> bool:
    """Return whether WeasyPrint finds the libraries it needs."""
    return (
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", "import weasyprint"], capture_output=True
        ).returncode
        == 0
    )


def pango_command() -> str:
    if sys.platform == "darwin":
        return "brew install pango"
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


# --- processes --------------------------------------------------------------------------------


def spawn(command: list[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start `command` in a group of its own: Ctrl-C is for us, and we tell it."""
    return subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )


def end_group(group: int, sign: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, sign)


def note_path() -> Path:
    path: Path = settings.VAR_DIR / "demo.json"
    return path


@contextlib.contextmanager
def only_one(address: str) -> Iterator[IO[str]]:
    """Keep a second demo away from the same `var`; the kernel lets go of the lock of a killed one."""
    note_path().parent.mkdir(parents=True, exist_ok=True)
    with note_path().open("a+") as note:
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            where = noted().get("address", "")
            raise CannotRun(f"The demo is already running: {where}") from None
        yield note


def noted() -> dict[str, object]:
    try:
        found: dict[str, object] = json.loads(note_path().read_text())
    except (OSError, ValueError):
        return {}
    return found


def end_leftovers() -> bool:
    """End what a killed run left behind, and only that: a number may belong to others by now.

    Returns whether there was anything to end.
    """
    left = noted()
    groups = left.get("groups")
    if not isinstance(groups, list):
        return False
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, ProcessLookupError):
            if os.getpgid(process.pid) in groups and process.cwd() == str(settings.BASE_DIR):
                process.kill()
                found.append(process)
    while any(is_alive(process) for process in found):
        time.sleep(0.05)
    return bool(found)


def is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


# --- words ------------------------------------------------------------------------------------


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def log_file(name: str) -> IO[bytes]:
    folder = settings.VAR_DIR / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return open(folder / f"{name}.log", "ab")


def tail(name: str) -> str:
    """Return why a step failed, in one sentence if we know it."""
    path = settings.VAR_DIR / "log" / f"{name}.log"
    text = path.read_text(errors="replace")
    if os.strerror(errno.ENOSPC) in text:
        return "The disk is full."
    return "\n".join([*text.strip().splitlines()[-5:], f"More in {path}."])


def on_signal(_number: int, _frame: FrameType | None) -> None:
    raise Asked


def chosen_port() -> int:
    port = os.environ.get("PORT", "") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CannotRun(f"PORT must be a number from 1 to 65535, not {port!r}.")
    return int(port)


def main(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DEMO", "yes")
    for sign in STOP_SIGNALS:
        signal.signal(sign, on_signal)
    try:
        if words == ["prepare"]:
            prepare()
        elif words == ["reset"]:
            reset()
        else:
            Demo(chosen_port()).run()
    except Asked:
        say("Stopped.")
    except (CannotRun, services.Unavailable, ImproperlyConfigured) as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    except OSError as problem:
        if problem.errno != errno.ENOSPC:
            raise
        sys.stderr.write("The disk is full.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
