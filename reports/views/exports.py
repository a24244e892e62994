"""The Quality viewer taken along: Excel, CSV and paper of just what the address shows."""

from dataclasses import replace

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.export import Kind, download
from foundation.htmx import page
from measures.address import Address
from measures.models import QualityArea
from measures.queries import AreaView, Look, areas_of, home_municipality
from measures.queries.goals import Goals
from measures.queries.groups import ALL, groups_for
from measures.queries.units import YEARS_OF_UNITS, UnitTable, unit_table
from measures.views.bar import settings_in_words
from organisation.http import PersonRequest

from .. import viewer_csv
from ..actions import documents
from ..papers import VIEWER
from ..queries import paper_state
from ..viewer_areas import areas_seen_by
from ..viewer_excel import AreaBook, workbook_of
from ..viewer_pdf import variant_of
from ..viewer_table import file_name, goals_of


@require_GET
def area_excel(request: PersonRequest, slug: str) -> HttpResponse:
    area, address = _area(request, slug), Address.read(request.GET)
    view = _view(area, address)
    book = _book(request, address, view, goals_of(view), _units(view))
    content = workbook_of([book], on=timezone.localdate())
    return download(content, file_name(book.view), Kind.EXCEL)


@require_GET
def areas_excel(request: PersonRequest) -> HttpResponse:
    """Every area that has values, a sheet each.  A fixed number of queries."""
    address = _address_of_all(request)
    views = _views(address)
    goals = goals_of(*views)
    books = [_book(request, address, view, goals) for view in views]
    content = workbook_of(books, on=timezone.localdate())
    return download(content, _name_of_all(books[0].view), Kind.EXCEL)


@require_GET
def area_csv(request: PersonRequest, slug: str) -> HttpResponse:
    area, address = _area(request, slug), Address.read(request.GET)
    view = _view(area, address)
    return download(viewer_csv.table_of([view], goals_of(view)), file_name(view), Kind.CSV)


@require_GET
def areas_csv(request: PersonRequest) -> HttpResponse:
    views = _views(_address_of_all(request))
    return download(viewer_csv.table_of(views, goals_of(*views)), _name_of_all(views[0]), Kind.CSV)


@require_GET
def area_paper(request: PersonRequest, slug: str) -> HttpResponse:
    """Show where the PDF of this view stands.  While it is being made the part asks for itself."""
    area, address = _area(request, slug), Address.read(request.GET)
    view = _view(area, address)
    context = {
        "title": _("%(area)s as a PDF") % {"area": area.name},
        "lead": settings_in_words(view),
        "about": _(
            "One A4, landscape, of just what the page shows: to print, to send, to a meeting."
        ),
        "above": (area.name, reverse("area-detail", args=[slug]) + address.query),
        "paper": paper_state(VIEWER, area, _language(), variant_of(address)),
        "here": request.path + address.query,
        "ask": reverse("area-paper-request", args=[slug]) + address.query,
    }
    return page(request, "reports/kept.html", context, parts=["kept-paper"])


@require_POST
def area_paper_request(request: PersonRequest, slug: str) -> HttpResponse:
    """Ask for the PDF.  The redirect is plain, so htmx fetches it into the part it stands in."""
    area, address = _area(request, slug), Address.read(request.GET)
    documents.request(
        kind=VIEWER,
        subject_id=area.pk,
        language=_language(),
        variant=variant_of(address),
        by=request.user,
    )
    return HttpResponseRedirect(reverse("area-paper", args=[slug]) + address.query)


def _language() -> str:
    return get_language() or "sv"


def _area(request: PersonRequest, slug: str) -> QualityArea:
    return get_object_or_404(areas_seen_by(request.user), slug=slug)


def _view(area: QualityArea, address: Address) -> AreaView:
    """Return what the address shows; nothing to show is nothing to take along."""
    view = address.view_of(area)
    if view is None or not view.shown:
        raise Http404
    return view


def _address_of_all(request: PersonRequest) -> Address:
    """Return what is said of all areas: ours, and compared with all in the country.

    Whom one else compares with differs from area to area.
    """
    return replace(Address.read(request.GET), group=ALL, municipality="", turned=frozenset())


def _views(address: Address) -> list[AreaView]:
    """Return every area that has something to show."""
    home = home_municipality()
    if home is None:
        raise Http404
    look = Look(
        year=address.year,
        count=address.count,
        national=address.national,
        split=address.split,
        as_of=address.as_of,
    )
    everybody = tuple(groups_for(home)[:1])
    views = [replace(view, groups=everybody) for view in areas_of(home, look) if view.shown]
    if not views:
        raise Http404
    return views


def _book(
    request: PersonRequest,
    address: Address,
    view: AreaView,
    goals: Goals,
    units: UnitTable | None = None,
) -> AreaBook:
    path = reverse("area-detail", args=[view.area.slug])
    link = request.build_absolute_uri(path + address.but(year=view.shown[-1]))
    return AreaBook(view, address, link, goals, units)


def _units(view: AreaView) -> UnitTable | None:
    """Return our own units' values; nobody else's are known, and not what they once were."""
    if not view.look.is_ours or view.look.as_of:
        return None
    last = view.shown[-1]
    kpis = [part.kpi for measure in view.measures for part in measure.parts if part.kpi]
    years = last - YEARS_OF_UNITS + 1, last
    return unit_table(kpis, view.home, years=years, gender=view.genders[0])


def _name_of_all(view: AreaView) -> str:
    return _("Quality viewer – %(home)s %(day)s") % {
        "home": view.home.name,
        "day": timezone.localdate().isoformat(),
    }
