"""How pages are timed, and a database to time them in: the same for every benchmark of pages."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection
from django.test import Client
from django.test.utils import setup_databases

from config import services

RUNS = 40


class Times(NamedTuple):
    """Milliseconds: the median, the 95th percentile, and what the processor worked (median)."""

    median: float
    p95: float
    worked: float


def times(function: Callable[[], object], runs: int = RUNS) -> Times:
    """Return how long `function` takes, when it has been called once before."""
    function()
    took, worked = [], []
    for _run in range(runs):
        began, began_to_work = time.perf_counter(), time.process_time()
        function()
        took.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - began_to_work) * 1000)
    return Times(
        statistics.median(took), statistics.quantiles(took, n=20)[-1], statistics.median(worked)
    )


@contextmanager
def queries() -> Iterator[list[str]]:
    """Give a list that is filled with the SQL of whatever is asked meanwhile."""
    asked: list[str] = []

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        yield asked


class Pages:
    """A table of pages and how long the server takes for each, printed as it comes.

    Django's own client: no network, no browser.
    """

    def __init__(self, width: int = 48) -> None:
        self.width = width
        gc.collect()
        gc.freeze()  # what was there before, as the web server does when it starts
        heads = f"{'median ms':>10}{'p95 ms':>9}{'work ms':>9}{'queries':>9}{'kB':>7}"
        print(f"{'page':<{width}}{heads}", flush=True)

    def row(self, client: Client, address: str, name: str = "", beside: str = "") -> None:
        """Time one page; its row bears `name` or the address, and ends with `beside`."""
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        with queries() as asked:
            client.get(address)
        median, p95, worked = times(lambda: client.get(address))
        figures = f"{median:>10.1f}{p95:>9.1f}{worked:>9.1f}{len(asked):>9}"
        size = len(response.content) // 1000  # not compressed
        print(f"{name or address:<{self.width}}{figures}{size:>7}{beside}", flush=True)


@contextmanager
def own_database(keep: bool = False) -> Iterator[None]:
    """An empty database that is thrown away, or with `keep` that of the last run, kept again."""
    services.ensure_running()
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[], keepdb=keep)
    try:
        yield
    finally:
        for connected, name, destroy in made:
            if destroy:
                connected.creation.destroy_test_db(name, verbosity=0, keepdb=keep)


def analyse() -> None:
    """Let PostgreSQL look at what it has been given, as it would by itself in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
