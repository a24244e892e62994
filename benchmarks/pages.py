"""How long does the server take for a page, in a region of the largest size?

    uv run python -m benchmarks.pages [part of an address]

Asks for each page as somebody who looks after all of it, and prints median and 95th percentile of
the time in the server (Django's own client: no network, no browser), the number of queries and the
size.  Beside each stands a bare view, behind the same sign-in, that lists 50 rows of the page's
table and nothing else: what Django itself costs here.
"""

import sys
from functools import partial

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import include, path

from benchmarks.region import region
from benchmarks.timing import Pages, times
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
    tables = sorted({model._meta.model_name for model in PAGES.values()})
    bare_ms = {name: times(partial(client.get, f"/bare/{name}/")).median for name in tables}
    pages = Pages(32)
    for address, model in PAGES.items():
        if asked in address:
            beside = f"   bare: {bare_ms[model._meta.model_name]:.1f} ms"
            pages.row(client, _of_one(address), beside=beside)


if __name__ == "__main__":
    main(*sys.argv[1:])
