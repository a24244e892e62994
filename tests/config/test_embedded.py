"""The embedded services survive whatever happens to them and to those who use them."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
import redis
from django.conf import settings

from config import embedded, services
from config.servers import PostgreSQL, Valkey

pytestmark = [pytest.mark.slow, pytest.mark.resilience]

USE_UNTIL_TOLD = """
import sys
from pathlib import Path
from config import embedded, services
var = Path(sys.argv[1])
try:
    embedded.join(var, services.sockets(var), postgresql=True, valkey=True, durable=False)
except services.Unavailable as reason:
    sys.exit(f"unavailable: {reason}")
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def var(tmp_path):
    # Pytest's own folder is closed to others, and root's PostgreSQL runs as somebody else.
    yield tmp_path / "var"
    embedded.erase(tmp_path / "var", services.sockets(tmp_path / "var"))


@contextmanager
def user_of(var):
    """Another process that uses the services of `var`, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", USE_UNTIL_TOLD, str(var)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        if process.stdout.readline() != "ready\n":
            raise AssertionError(process.communicate()[1])
        yield process
    finally:
        process.communicate()


def pids(var):
    sockets = services.sockets(var)
    servers = (kind(var, sockets, durable=True) for kind in (PostgreSQL, Valkey))
    return [server.pid() for server in servers]


def database(var):
    return psycopg.connect(
        host=str(services.sockets(var)),
        user=services.DATABASE_NAME,
        dbname=services.DATABASE_NAME,
        autocommit=True,
    )


def valkey(var):
    return redis.Redis(unix_socket_path=str(services.sockets(var) / "valkey"))


def test_the_last_to_leave_stops_the_services(var):
    with user_of(var):
        first = pids(var)
        with user_of(var):
            assert pids(var) == first
        assert pids(var) == first

    assert pids(var) == [None, None]


def test_committed_rows_and_messages_survive_the_death_of_everything(var):
    with user_of(var) as user:
        with database(var) as connection:
            connection.execute("CREATE TABLE bee (name text)")
            connection.execute("INSERT INTO bee VALUES ('Åsa')")
        with valkey(var) as client:
            client.set("bee", "Åsa")
        time.sleep(1.2)  # Valkey writes to disk every second
        for pid in [user.pid, *pids(var)]:
            os.kill(pid, signal.SIGKILL)

    with user_of(var):
        with database(var) as connection:
            assert connection.execute("SELECT lower(name) FROM bee").fetchall() == [("åsa",)]
        with valkey(var) as client:
            assert client.get("bee").decode() == "Åsa"


def test_services_that_a_killed_user_left_behind_are_used_again(var):
    with user_of(var) as user:
        left = pids(var)
        user.kill()
        user.wait()
        assert pids(var) == left

    with user_of(var):
        assert pids(var) == left
    assert pids(var) == [None, None]


def test_an_old_process_id_that_somebody_else_has_now_is_no_obstacle(var):
    with user_of(var):
        pass
    stranger = str(os.getpid())
    PostgreSQL(var, services.sockets(var), durable=True).folder.joinpath(
        "postmaster.pid"
    ).write_text(f"{stranger}\n{var}/postgresql\n0\n5432\n\n\n       0         0\n")

    with user_of(var):
        assert stranger not in map(str, pids(var))


def test_a_zombie_is_not_taken_for_a_server(var):
    with user_of(var):
        sockets = services.sockets(var)
        server = PostgreSQL(var, sockets, durable=True)
        zombie = subprocess.Popen(["true"], cwd=server.folder)
        while psutil.Process(zombie.pid).status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.01)
        server.recorded_pid = lambda: zombie.pid

        assert server.pid() is None
        zombie.wait()


def test_a_half_made_data_folder_is_made_again(var):
    server = PostgreSQL(var, services.sockets(var), durable=True)
    half = server.folder.with_name("postgresql.new")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    with user_of(var):
        assert pids(var)[0]
    assert not half.exists()


def test_a_folder_that_is_no_database_is_left_alone_with_a_sentence(var):
    folder = PostgreSQL(var, services.sockets(var), durable=True).folder
    folder.mkdir(parents=True)
    (folder / "diary.txt").write_text("Dear diary")

    with pytest.raises(AssertionError, match="is no PostgreSQL data"), user_of(var):
        pass
    assert (folder / "diary.txt").exists()


def test_swept_sockets_bring_a_new_start(var):
    with user_of(var):
        shutil.rmtree(services.sockets(var))

        with user_of(var), database(var) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_deep_checkout_has_short_sockets(tmp_path):
    deep = tmp_path / "/".join(["a-rather-long-name"] * 12)

    assert len(f"{services.sockets(deep)}/.s.PGSQL.5432.lock") < 108


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts PostgreSQL as somebody else")
def test_root_leaves_the_permissions_of_closed_folders_alone(var):
    closed = var.parent
    closed.chmod(0o700)

    with user_of(var):
        assert Path(psutil.Process(pids(var)[0]).cwd()).is_relative_to("/var/tmp")
        assert psutil.Process(pids(var)[0]).uids().real != 0
    assert closed.stat().st_mode & 0o777 == 0o700


def test_the_extensions_we_use_are_there(var):
    with user_of(var), database(var) as connection:
        for name in ("pg_trgm", "unaccent", "btree_gist"):
            connection.execute(f"CREATE EXTENSION {name}")
