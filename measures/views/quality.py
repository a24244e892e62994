"""The quality viewer: the areas, and one area."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.htmx import page
from organisation.http import PersonRequest
from organisation.permissions import Permission

from ..address import Address, Level
from ..forms.viewer import LookForm
from ..models import Band, QualityArea
from ..queries import AreaView, areas_of, home_municipality
from ..queries.goals import Goals, goals_for
from ..queries.one_unit import reddest_of
from ..rules.keeping import why_not_keep
from ..sentences import area_sentence
from . import bar
from .rows import rows_of
from .standouts import good_examples, needing_attention

OWN_SHOWN = 3  # measures of one's own unit on the first page


@dataclass(frozen=True, slots=True)
class AreaCard:
    """An area on the first page."""

    area: QualityArea
    sentence: str
    year: int
    counts: list[tuple[str, int]]  # verdict, number of measures


@require_GET
def quality(request: PersonRequest) -> HttpResponse:
    """Show one's own unit, every area with what it says in a sentence, and what stands out."""
    home = home_municipality()
    views = areas_of(home) if home else []
    seen = [view for view in views if view.shown]
    context = {
        "home": home,
        "own": reddest_of(request.user, OWN_SHOWN),
        "cards": [_card(view) for view in seen],
        "coming": [(view.area, _why_not_yet(view)) for view in views if not view.shown],
        "good": good_examples(seen),
        "attention": needing_attention(seen),
        "keeps": why_not_keep(request.user) is None,
    }
    return page(request, "measures/quality.html", context)


@require_GET
def area_detail(request: PersonRequest, slug: str) -> HttpResponse:
    """Show one area as the address says: `measures.address`."""
    area = get_object_or_404(QualityArea, slug=slug)
    keeps = why_not_keep(request.user) is None
    if area.is_hidden and not keeps:
        raise Http404
    address = Address.read(request.GET)
    ours = home_municipality()
    view = address.view_of(area, ours)
    if view:
        address = address.as_shown(view)
    context: dict[str, Any] = {
        **{"area": area, "view": view, "ours": ours, "address": address, "keeps": keeps},
        "sets_goals": keeps or request.user.may_somewhere(Permission.GOAL_SET),
        "ours_address": address.but(municipality=""),
        "now_address": address.but(as_of=None),
    }
    if ours is None or view is None:
        return page(request, "measures/area_coming.html", context)
    if not view.shown:
        why = {"why": _why_not_yet(view)}
        return page(request, "measures/area_coming.html", context | why)
    form = LookForm(
        request.GET if "search_kommun" in request.GET else None,
        view=view,
        address=address,
        ours=ours,
    )
    context |= {
        "sentence": area_sentence(view, view.shown[-1]),
        "rows": list(rows_of(view, address, _goals(request, view))),
        "shows_rank": address.level == Level.RANK,
        "settings": bar.settings_in_words(view),
        "levels": bar.levels(view, address),
        "other_years": bar.other_years(view, address),
        "comparison": bar.comparison_in_words(view),
        "shared": request.build_absolute_uri(request.path + bar.shared_address(view, address)),
        "form": form,
        "is_searching": form.is_searching(),
        "good": good_examples([view]) if view.look.is_ours else None,
        "attention": needing_attention([view]) if view.look.is_ours else None,
    }
    return page(request, "measures/area_detail.html", context, parts=["viewer"])


def _goals(request: PersonRequest, view: AreaView) -> Goals:
    """Return our goals, for what is ours and as it is now; the reader's own unit's before all's."""
    if not view.look.is_ours or view.look.as_of:
        return Goals()
    return goals_for(
        [measure.measure.pk for measure in view.measures],
        {part.kpi.pk for measure in view.measures for part in measure.parts if part.kpi},
        [employment.unit for employment in request.user.employments_now],
    )


# --- the areas ---------------------------------------------------------------------------------


def _card(view: AreaView) -> AreaCard:
    last = view.shown[-1]
    counts = view.bands(last)
    return AreaCard(
        area=view.area,
        sentence=area_sentence(view, last),
        year=last,
        counts=[
            (band.verdict, counts[band])
            for band in (Band.GOOD, Band.MID, Band.BAD, Band.NONE)
            if counts[band]
        ],
    )


def _why_not_yet(view: AreaView) -> str:
    """Say why an area has nothing to show, as one who waits for it wants to know."""
    if not view.measures:
        return _("It has no measures yet.")
    if not any(True for _pair in view.counted_parts()):
        return _("Its measures have no KPIs yet.")
    if all(part.is_own for _measure, part in view.counted_parts()):
        return _("No results of our own surveys have been entered yet.")
    return _("The values have not been fetched from Kolada yet.")
