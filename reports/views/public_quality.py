"""What anybody may read of the quality viewer, without signing in (`public_pages`)."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from measures.models import MeasureKpi, Release
from measures.released import Facts
from organisation.models.unit import home_unit
from programme.models import Report
from programme.published import PublicReport
from programme.queries.public_reports import public_reports_on

from .public_pages import public_page

MOST_WORKS = 12  # named on an area's page


@login_not_required
@require_safe
def public_quality(request: HttpRequest) -> HttpResponseBase:
    """Show the areas that are public, and the way to the works that are."""
    public = list(Release.objects.current().order_by("area__position", "pk").values_list("pk"))
    name = "-".join(str(pk) for (pk,) in public)
    name = f"{name}:{Report.objects.published().exists()}"
    return public_page(request, "reports/public_quality.html", f"areas:{name}", _areas)


@login_not_required
@require_safe
def public_area(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what was released of one area."""
    found = Release.objects.current().filter(area__slug=slug).defer("facts")
    release = get_object_or_404(found)
    works = _works_in(release)
    name = "-".join(f"{work.pk}.{work.published_at:%Y%m%d%H%M%S%f}" for work in works)
    return public_page(
        request,
        "reports/public_area.html",
        f"area:{release.pk}:{name}",
        lambda: _one_area(release, works),
    )


def _works_in(release: Release) -> list[Report]:
    """Return the latest public works that are aimed at a key figure of the area.  Two queries."""
    parts = MeasureKpi.objects.filter(measure__area=release.area_id)
    return list(public_reports_on(set(parts.values_list("kpi", flat=True)))[:MOST_WORKS])


def _one_area(release: Release, works: list[Report]) -> dict[str, Any]:
    facts = Facts.read(release.facts)
    return {
        "organisation": facts.organisation,
        "release": release,
        "facts": facts,
        "works": [(work.pk, PublicReport.read(work.public_facts)) for work in works],
    }


def _areas() -> dict[str, Any]:
    found = Release.objects.current().select_related("area").order_by("area__position", "pk")
    home = home_unit()
    return {
        "organisation": home.name if home else "",
        "areas": [(release, Facts.read(release.facts)) for release in found],
        "has_works": Report.objects.published().exists(),
    }
