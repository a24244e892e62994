"""How the method is used in works: the four key features, half-year by half-year."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.htmx import page
from organisation.http import PersonRequest
from organisation.permissions import Permission

from ..forms.trend import LABELS, TrendFilter
from ..models import Work
from ..pictures.shares import share_bars
from ..queries.features import features_of_works
from ..queries.trend import (
    FEWEST_WORKS,
    NAMES,
    HalfYear,
    facts_of,
    half_years_of,
    lacking,
    that_have_tested,
    together,
)

PER_PAGE = 25
MOST_BARS = 10  # five years


@require_GET
def method_trend(request: PersonRequest) -> HttpResponse:
    """Show how large a share of the works that one looks after has each feature."""
    person = request.user
    if person.is_guest or not person.may_somewhere(Permission.WORK_READ):
        raise Http404
    filters = TrendFilter(request.GET)
    works = that_have_tested(Work.objects.filter(person.reach(Permission.WORK_READ)))
    works = filters.narrow(works)
    facts = facts_of(works)
    halves = half_years_of(facts)
    shown = Paginator(lacking(facts, filters.lacked), PER_PAGE).get_page(request.GET.get("page"))
    named = Work.objects.select_related("unit").in_bulk(list(shown))
    features = features_of_works(list(named.values()))
    context = {
        "filters": filters,
        "chips": list(filters.chips()),
        "features": _features(halves),
        "labels": LABELS.values(),
        "halves": [(_said(half), _cells(half), half) for half in reversed(halves)],
        "number": sum(half.works for half in halves),
        "fewest": FEWEST_WORKS,
        "shown": shown,
        "rows": [(named[pk], _of_work(features[pk])) for pk in shown],
    }
    return page(request, "programme/method_trend.html", context, parts=["trend"])


def _features(halves: list[HalfYear]) -> list[dict[str, Any]]:
    """Return each feature over all the works, and its share over time."""
    whole = together(halves)
    features = []
    for name in NAMES:
        shares = [half.share(name) for half in halves]
        said = [
            (half, share) for half, share in zip(halves, shares, strict=True) if share is not None
        ]
        features.append(
            {
                "label": LABELS[name],
                "met": whole.met[name],
                "works": whole.works,
                "percent": _percent(whole.share(name)),
                "bars": share_bars(shares[-MOST_BARS:]),
                "first": (_said(said[0][0]), _percent(said[0][1])) if len(said) > 1 else None,
                "last": (_said(said[-1][0]), _percent(said[-1][1])) if len(said) > 1 else None,
            }
        )
    return features


def _cells(half: HalfYear) -> list[dict[str, Any]]:
    return [
        {
            "label": LABELS[name],
            "met": half.met[name],
            "works": half.works,
            "percent": _percent(half.share(name)),
        }
        for name in NAMES
    ]


def _of_work(features: Any) -> list[tuple[Any, Any]]:
    return [(LABELS[feature.name], feature) for feature in features]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{round(share * 100)}\N{NO-BREAK SPACE}%"


def _said(half: HalfYear) -> str:
    words = {"year": half.year}
    if half.half == 1:
        return _("First half of %(year)s") % words
    return _("Second half of %(year)s") % words
