"""Make people and workers meet at the same moment, every time the test is run."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

from foundation.errors import Refused

WAITING = """
    SELECT pg_stat_clear_snapshot(), (
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'
    )
"""


def together(*calls, behind=None):
    """Run the calls at once, each on its own connection.

    The rows of the queryset `behind` are held until every call is waiting for them, so the
    calls meet there whatever the machine is doing.  Without it they meet where the test makes
    them, with `at_the_same_point`.

    Returns:
        What each call returned, or the `Refused` it raised.
    """
    with ThreadPoolExecutor(len(calls)) as threads:
        if behind is None:
            outcomes = [threads.submit(_call, call) for call in calls]
        else:
            with transaction.atomic():
                list(behind.select_for_update())
                outcomes = [threads.submit(_call, call) for call in calls]
                _wait_until_blocked(len(calls))
        return [outcome.result() for outcome in outcomes]


def at_the_same_point(function, count):
    """Wrap `function` so that `count` callers must have its answer before any goes on."""
    all_have_answers = threading.Barrier(count, timeout=5)

    def wrapped(*args, **kwargs):
        answer = function(*args, **kwargs)
        all_have_answers.wait()
        return answer

    return wrapped


def _call(call):
    try:
        with connection.cursor() as cursor:  # what is tested is who wins, not how fast fifty are
            cursor.execute("SET lock_timeout = '30s'")
        return call()
    except Refused as refusal:
        return refusal
    finally:
        connection.close()


def _wait_until_blocked(count):
    deadline = time.monotonic() + 5
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(WAITING)
            if cursor.fetchone()[1] >= count:
                return
            time.sleep(0.01)
    raise AssertionError(f"not all of the {count} calls came as far as the lock")
