"""How long does the server take for a page, in a region of the largest size?

    uv run python -m benchmarks.pages [part of an address]

Asks for each page as somebody who looks after all of it, and prints median and 95th percentile of
the time in the server (Django's own client: no network, no browser), the number of queries and the
size.  Beside each stands a bare view, behind the same sign-in, that lists 50 rows of the page's
table and nothing else: what Django itself costs here.
"""

import statistics
import sys
import time
from collections.abc import Callable

from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import include, path

from benchmarks.region import region
from improvement.models import Decision, Fund, Idea, IdeaStatus, LedgerEntry, Meeting
from measures.models import KpiValue
from organisation.models import Unit
from programme.models import Work

RUNS = 40
PAGES: dict[str, type[models.Model]] = {
    "/": Idea,
    "/ideer/": Idea,
    "/ideer/?q=larm": Idea,
    "/ideer/?page=20": Idea,
    "/ideer/?sort=-cost": Idea,
    "/ideer/?least_ore=40000": Idea,
    "/ideer/?unit=17": Idea,
    "/ideer/tavla/": Idea,
    "/ideer/ny/": Idea,
    "/ideer/gjort/": Idea,
    "/ideer/READY/": Idea,
    "/ideer/PREPARING/bered/": Idea,
    "/ideer/READY/besluta/": Idea,
    "/idebank/": Idea,
    "/moten/": Meeting,
    "/moten/1/": Meeting,
    "/moten/arenden/1/": Meeting,
    "/anmalan/": Decision,
    "/pengar/": Fund,
    "/pengar/1/": LedgerEntry,
    "/pengar/perioder/8/": LedgerEntry,
    "/pengar/1/beloningar/": LedgerEntry,
    "/notiser/": Idea,
    "/arbeten/": Work,
    "/kvalitet/": KpiValue,
    "/kvalitet/gymnasieskola/": KpiValue,
    "/organisation/": Unit,
}
BARE = engines["django"].from_string("<ul>{% for row in rows %}<li>{{ row }}</li>{% endfor %}</ul>")
TABLES = {model._meta.model_name: model for model in PAGES.values()}


def bare(request: HttpRequest, table: str) -> HttpResponse:
    """List 50 rows, as plainly as Django can."""
    rows = TABLES[table].objects.order_by("-pk")[:50]  # type: ignore[attr-defined]
    return HttpResponse(BARE.render({"rows": rows}))


urlpatterns = [path("bare/<slug:table>/", bare), path("", include("config.urls"))]


def counting(queries: list[str]) -> Callable[..., object]:
    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        queries.append(sql)
        return execute(sql, *rest)

    return count


def timed(client: Client, address: str) -> tuple[float, float, int, int]:
    """Return median and 95th percentile in ms, queries, and kB not compressed."""
    queries: list[str] = []
    with connection.execute_wrapper(counting(queries)):
        response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    return statistics.median(times), p95, len(queries), len(response.content) // 1000


def _of_one(address: str) -> str:
    """Put the latest idea in a state in the place of the state's name."""
    for status in IdeaStatus:
        if f"/{status.name}/" in address:
            pk = Idea.objects.filter(status=status).latest("created_at").pk
            return address.replace(status.name, str(pk))
    return address


@override_settings(ROOT_URLCONF="benchmarks.pages")
def main(asked: str = "") -> None:
    client = Client()
    client.force_login(region())
    print(f"{'page':<32}{'median ms':>10}{'p95 ms':>9}{'queries':>9}{'kB':>7}{'bare ms':>9}")
    plain = {name: timed(client, f"/bare/{name}/")[0] for name in TABLES}
    for address, model in PAGES.items():
        if asked not in address:
            continue
        median, p95, queries, size = timed(client, _of_one(address))
        beside = plain[str(model._meta.model_name)]
        print(f"{address:<32}{median:>10.1f}{p95:>9.1f}{queries:>9}{size:>7}{beside:>9.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
