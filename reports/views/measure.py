"""The page that opens from a cell of the quality viewer: one KPI, or one quality measure."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET

from foundation.htmx import page
from measures.address import Address
from measures.models import Kpi, Municipality, QualityArea, QualityMeasure
from measures.queries.one_unit import own_units_of
from measures.queries.units import unit_values
from measures.rules.keeping import why_not_keep
from organisation.http import PersonRequest
from organisation.permissions import Permission

from .. import measure_shown as shown
from ..kpi_story import definition, ended, replaced, revised
from ..measure_page import MeasureFacts, Wish, about_kpi, about_measure


@require_GET
def kpi_detail(request: PersonRequest, code: str) -> HttpResponse:
    """One KPI: where we are, how it has gone, and what is being done about it."""
    kpi = get_object_or_404(Kpi.objects.select_related("successor"), code=code)
    areas, (home, wish) = _areas(kpi), _wish(request)
    context: dict[str, Any] = {
        "name": kpi.name,
        "kpi": kpi,
        "areas": areas,
        "start": _start(kpi, wish),
        "start_work": _start_work(kpi, wish, request),
        "set_goal": _set_goal(request, f"?kpi={kpi.code}"),
        "definition": definition(kpi),
        "ended": ended(kpi),
        "texts": kpi.text_revisions.all(),
        "replaced": replaced(kpi, by=wish.on),
        "home": home,
        **_ways_back(request, wish),
    }
    if home:
        facts = about_kpi(kpi, home, areas, wish)
        context |= _shown(facts, request) | _units(kpi, home, facts, wish)
        context |= {"revised": revised(kpi, home, facts.course, by=wish.on)}
    return page(request, "reports/measure_kpi.html", context)


@require_GET
def kpi_explore(request: PersonRequest, code: str, picture: str) -> HttpResponse:
    """A picture of a KPI as data."""
    kpi = get_object_or_404(Kpi, code=code)
    home, wish = _wish(request)
    return _explored(about_kpi(kpi, home, _areas(kpi), wish) if home else None, picture)


@require_GET
def measure_detail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One quality measure: the same, and how it is made of its KPIs."""
    measure = _measure_or_404(slug, pk)
    home, wish = _wish(request)
    context: dict[str, Any] = {
        "name": measure.name,
        "measure": measure,
        "areas": [measure.area],
        "set_goal": _set_goal(request, f"?measure={measure.pk}"),
        "home": home,
        **_ways_back(request, wish),
    }
    if home:
        facts = about_measure(measure, home, wish)
        context |= _shown(facts, request)
        context |= {
            "parts": facts.parts,
            "arithmetic": shown.arithmetic(facts),
            "start": _start(shown.begin_with(facts), wish),
            "start_work": _start_work(shown.begin_with(facts), wish, request),
            "part_query": _part_query(request, facts),
        }
    return page(request, "reports/measure_whole.html", context)


@require_GET
def measure_explore(request: PersonRequest, slug: str, pk: int, picture: str) -> HttpResponse:
    """A picture of a quality measure as data."""
    measure = _measure_or_404(slug, pk)
    home, wish = _wish(request)
    return _explored(about_measure(measure, home, wish) if home else None, picture)


# --- what the two have in common ------------------------------------------------------------------


def _areas(kpi: Kpi) -> list[QualityArea]:
    areas = QualityArea.objects.filter(measures__parts__kpi=kpi, is_hidden=False)
    return list(areas.distinct())


def _measure_or_404(slug: str, pk: int) -> QualityMeasure:
    measures = QualityMeasure.objects.select_related("area").filter(area__slug=slug)
    return get_object_or_404(measures, pk=pk)


def _wish(request: PersonRequest) -> tuple[Municipality | None, Wish]:
    """Return whose page it is, and how it is looked at."""
    address = Address.read(request.GET)
    ours, home = address.homes()
    wish = Wish(
        address=address,
        has_all_years=request.GET.get("tid") == "alla",
        person=request.user,
        is_ours=home == ours,
    )
    return home, wish


def _ways_back(request: PersonRequest, wish: Wish) -> dict[str, Any]:
    """Return the settings that one must not overlook, and the addresses without them."""
    return {
        "address": wish.address,
        "now_address": _but(request, per=None),
        "everybody_address": _but(request, kon=None),
    }


def _but(request: PersonRequest, **changes: int | None) -> str:
    """Return the address with something changed, or left out."""
    changed = request.GET.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"


def _part_query(request: PersonRequest, facts: MeasureFacts) -> str:
    """Return how the page of a part is opened: in the year shown, looked at as the measure is."""
    return _but(request, ar=facts.year)


def _start(kpi: Kpi | None, wish: Wish) -> str:
    """Return where an improvement of it is started; not from what was known another day."""
    return f"{reverse('idea-create')}?kpi={kpi.code}" if kpi and not wish.address.as_of else ""


def _start_work(kpi: Kpi | None, wish: Wish, request: PersonRequest) -> str:
    """Return where a work without money begins with it; a guest starts none."""
    if kpi is None or wish.address.as_of or request.user.is_guest:
        return ""
    return f"{reverse('work-propose', args=['measure'])}?kpi={kpi.code}"


def _set_goal(request: PersonRequest, query: str) -> str:
    """Return where a goal for it is set, for those who may set one."""
    person = request.user
    if person.may_somewhere(Permission.GOAL_SET) or why_not_keep(person) is None:
        return reverse("goal-add") + query
    return ""


def _shown(facts: MeasureFacts, request: PersonRequest) -> dict[str, Any]:
    rows = shown.year_rows(facts)
    query = request.GET.urlencode()
    return {
        "facts": facts,
        "sentence": shown.level_sentence(facts),
        "of_gender": shown.gender_sentence(facts),
        "trend": shown.trend_picture(facts),
        "by_gender": shown.gender_picture(facts),
        "strip": shown.strip_picture(facts),
        "everybody": shown.everybody_rows(facts),
        "rows": rows,
        "has_goals": any(row.goal != shown.NONE for row in rows),
        "choices": shown.choices(facts, request.GET),
        "explore": {
            picture: f"{request.path}utforska/{picture}/{'?' if query else ''}{query}"
            for picture in ("ar", "kon", "plats")
        },
    }


def _units(kpi: Kpi, home: Municipality, facts: MeasureFacts, wish: Wish) -> dict[str, Any]:
    """The units beside each other in the latest year that any has a value for; as they are now."""
    if wish.address.as_of:
        return {"units": []}
    series = unit_values(kpi, home, gender=facts.course.gender)
    year = max((one.latest_year or 0 for one in series), default=0)
    if not year:
        return {"units": []}
    ours = facts.course.years.get(year)
    value = ours.value if ours else None
    own = {unit.pk for unit in own_units_of(wish.person)}
    return {"units": shown.unit_rows(series, year, value, own), "units_year": year}


def _explored(facts: MeasureFacts | None, picture: str) -> JsonResponse:
    data = shown.explored(facts, picture) if facts else None
    if data is None:
        raise Http404
    return JsonResponse(data)
