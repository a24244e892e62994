"""The demo starts, restarts what dies, says what is wrong in a sentence, and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from random import randint

import psutil
import pytest
from django.conf import settings

from config import embedded, services

pytestmark = [pytest.mark.slow, pytest.mark.resilience]


@pytest.fixture
def var(tmp_path):
    yield tmp_path / "var"
    embedded.erase(tmp_path / "var", services.sockets(tmp_path / "var"))


@pytest.fixture
def port():
    """One that nobody listens to, and below those that the system hands out to whoever calls out."""
    while True:
        number = randint(20_000, 30_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", number))
            return number


def start(var, *, port, **environment):
    ours = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "config.demo"],
        cwd=settings.BASE_DIR,
        env=ours | {"VAR_DIR": str(var), "PORT": str(port)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def refusal(var, **options):
    process = start(var, **options)
    _said, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in complaint
    return complaint


@contextmanager
def running_demo(var, *, port):
    process = start(var, port=port)
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if "starts over" in line:
                break
        assert process.poll() is None, f"{said} {process.stderr.read()}"
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def page(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/halsa/", timeout=5) as answer:
        return answer.status


def groups(var):
    return json.loads((var / "demo.json").read_text())["groups"]


def alive_in(var):
    """The processes of the demo of `var`, services included."""
    found = set()
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            named = str(var) in " ".join(process.cmdline())  # the services
            if named or process.environ().get("VAR_DIR") == str(var):
                found.add(process.pid)
    return found


def test_it_starts_heals_and_is_cleared_away_when_it_was_killed(var, port):
    with running_demo(var, port=port) as first:
        assert page(port) == 200
        assert "already running: http://localhost" in refusal(var, port=port)

        web = groups(var)[0]
        os.kill(web, signal.SIGKILL)
        deadline = time.monotonic() + 30
        while web in groups(var) or len(groups(var)) < 3:
            assert time.monotonic() < deadline, "nobody started the web again"
            time.sleep(0.2)

        left = groups(var)
        first.kill()
        first.wait()
        assert alive_in(var)

        with running_demo(var, port=port):
            assert page(port) == 200
            assert not alive_in(var) & set(left)

    assert alive_in(var) == set()


def test_a_port_in_use_is_said_in_a_sentence(var, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()

        assert f"make demo PORT={port + 1}" in refusal(var, port=port)


def test_a_port_must_be_a_number(var):
    assert "PORT must be a number" in refusal(var, port="http")


def test_a_demo_in_production_is_refused(var, port):
    assert "cannot be combined with PRODUCTION" in refusal(var, port=port, PRODUCTION="yes")


def test_a_database_that_cannot_be_reached_is_said_in_a_sentence(var, port):
    complaint = refusal(var, port=port, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")

    assert "preparation failed" in complaint
