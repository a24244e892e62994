"""A web server, a worker and a Valkey that can be killed, around the test's own database.

Kolada is a stand-in, `world.kolada`, with nothing in it until a test says so.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import psutil
from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.servers import Valkey
from config.services import sockets
from foundation.models import Job
from tests.kolada.stand_in import StandIn

WAITING_FOR_A_LOCK = """
    SELECT pg_stat_clear_snapshot(), (
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'
    )
"""


def until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("it did not happen in time")
        time.sleep(0.05)


class Program:
    """One of our processes with its children, in a session of its own."""

    def __init__(self, *command, environment, log):
        self.command = [sys.executable, "-m", *command]
        self.environment = environment
        self.log = log
        self.process = None

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """Kill -9 it and all its children: nobody gets to tidy up."""
        if self.is_running:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    @contextmanager
    def asleep(self):
        """It and its children do nothing for a while."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.process.pid, signal.SIGCONT)


class World:
    def __init__(self, folder: Path):
        folder.joinpath("log").mkdir(parents=True)
        self.valkey = Valkey(folder, sockets(folder), durable=True)
        self.valkey.sockets.mkdir(mode=0o700)
        self.kolada = StandIn()
        self.broker = f"redis+socket://{self.valkey.sockets / self.valkey.socket_file}"
        database = connection.settings_dict
        environment = os.environ | {
            "VAR_DIR": str(folder),
            "REDIS_URL": self.broker,
            "KOLADA_URL": self.kolada.url,
            "KOLADA_PER_SECOND": "1000",  # nobody need be polite to a stand-in
            "DATABASE_URL": f"postgresql://{database['USER']}@/{database['NAME']}"
            f"?host={database['HOST']}",
        }
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        log = folder / "log"
        self.web = Program(
            *f"gunicorn config.wsgi --workers 1 --bind 127.0.0.1:{self.port}".split(),
            environment=environment,
            log=log / "web.log",
        )
        self.worker = Program(
            *["celery", "--app", "config", "worker", "--concurrency", "1", "--loglevel", "INFO"],
            environment=environment,
            log=log / "worker.log",
        )

    def start(self):
        self.kolada.__enter__()
        self.valkey.start()
        self.worker.start()
        self.start_web()

    def start_web(self):
        self.web.start()
        until(self._web_answers)

    def mend(self):
        """Start what has been killed; a worker whose Valkey was away begins anew."""
        if self.valkey.pid() is None:
            self.valkey.start()
            self.worker.kill()
        if not self.worker.is_running:
            self.worker.start()
        if not self.web.is_running:
            self.start_web()

    def end(self):
        self.web.kill()
        self.worker.kill()
        self.kill_valkey()
        self.kolada.__exit__()

    # --- things that happen -------------------------------------------------------------------

    def sign_in(self, person):
        """Give `person` a browser with a session, saved where the web server finds it."""
        client = Client()
        client.force_login(person)
        secret = "s" * 32
        return {
            "Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={secret}",
            "X-CSRFToken": secret,
        }

    def post(self, browser, name, *args):
        """Press a button over real HTTP, and return the address that one is sent on to."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)) as web:
            web.request("POST", reverse(name, args=args), headers=browser)
            return web.getresponse().headers["Location"]

    def post_and_never_hear(self, browser, name, *args):
        """Press the button from a thread of its own: the answer will not come."""

        def press():
            with suppress(OSError, http.client.HTTPException):  # it was killed: that is the point
                self.post(browser, name, *args)

        threading.Thread(target=press, daemon=True).start()

    def a_minute_passes(self):
        """Let leases and waits run out, and let beat wake the workers as it does all the time."""
        past = timezone.now() - timedelta(minutes=1)
        Job.objects.live().update(sent_at=past, due_at=past)
        Job.objects.live().exclude(lease_until=None).update(lease_until=past)
        with current_app.connection_for_write(self.broker) as broker:
            current_app.send_task("foundation.wake_silent_jobs", connection=broker)

    def kill_valkey(self):
        if pid := self.valkey.pid():
            os.kill(pid, signal.SIGKILL)
            # Asking for its id takes leave of it; until then it is a zombie.
            until(lambda: self.valkey.pid() is None and not psutil.pid_exists(pid))

    @contextmanager
    def frozen_valkey(self):
        """Valkey takes connections and never answers."""
        pid = self.valkey.pid()
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def _web_answers(self):
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as web:
                web.request("GET", "/")
                return web.getresponse().status < 500
        except OSError:
            return False


@contextmanager
def held(table):
    """Let nobody write in `table`, so that whoever means to is caught in the middle."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
        yield
        transaction.set_rollback(True)


def until_somebody_waits():
    """Return when another connection waits for what `held` holds.  Inside its transaction."""

    def somebody():
        with connection.cursor() as cursor:
            cursor.execute(WAITING_FOR_A_LOCK)
            return cursor.fetchone()[1] > 0

    until(somebody)
