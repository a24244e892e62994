"""What anybody may read of improvement works, without signing in (`public_pages`)."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from organisation.models.unit import home_unit
from programme.models import Report
from programme.published import PublicReport
from programme.queries.public_reports import MOST_IN_A_SEARCH, public_reports

from .public_pages import public_page

PER_PAGE = 24


@login_not_required
@require_safe
def public_works(request: HttpRequest) -> HttpResponseBase:
    """List what is public, the latest first; all words that are sought stand in it."""
    sought = " ".join(request.GET.get("q", "")[:MOST_IN_A_SEARCH].replace("\0", "").split())
    number = request.GET.get("page", "")
    query = {
        name: value for name, value in (("q", sought), ("page", number)) if value not in ("", "1")
    }
    # Whatever is released or withdrawn changes one of the two.
    now = Report.objects.published().order_by().aggregate(n=Count("pk"), last=Max("published_at"))
    return public_page(
        request,
        "reports/public_works.html",
        f"works:{now['n']}:{now['last']}",
        lambda: _works(sought, number),
        query=query,
    )


@login_not_required
@require_safe
def public_work(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show what was released of one work."""
    report = get_object_or_404(public_reports(), pk=pk)
    return public_page(
        request,
        "reports/public_work.html",
        f"work:{pk}:{report.published_at}",
        lambda: _work(report),
    )


def _works(sought: str, number: str) -> dict[str, Any]:
    home = home_unit()
    rows = Paginator(public_reports(sought), PER_PAGE).get_page(number)
    return {
        "organisation": home.name if home else "",
        "q": sought,
        "rows": rows,
        "works": [(row.pk, PublicReport.read(row.public_facts)) for row in rows],
    }


def _work(report: Report) -> dict[str, Any]:
    facts = PublicReport.read(report.public_facts)
    return {"organisation": facts.organisation, "report": report, "facts": facts}
