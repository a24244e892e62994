"""Kolada's catalogue of KPIs as the quality lead looks through it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q

from ..models import Gender, Kpi, KpiValue, MeasureKpi, Municipality, QualityArea, Source, Status
from ..models.kpi import KpiQuerySet
from ..wording import value_text

# What `Kpi.ended_year` finds, for the database: the title alone says that a series has ended.
ENDED = Q(title__regex=r"\(\s*-\s*\d{4}\)")
YEARS_PREVIEWED = 8


def catalogue() -> KpiQuerySet:
    """Return all of Kolada's KPIs, also those that it no longer has."""
    return Kpi.objects.filter(source=Source.KOLADA)


def as_rows(kpis: KpiQuerySet) -> KpiQuerySet:
    """Give each KPI what a row shows, in the order of their titles.  Two queries a page."""
    parts = MeasureKpi.objects.select_related("measure__area").order_by("measure__area__position")
    return (
        kpis.defer("description")
        .select_related("successor")
        .prefetch_related(Prefetch("measure_parts", parts))
        .order_by("title_order", "code")
    )


def areas_of_kpi(kpi: Kpi) -> list[QualityArea]:
    """Return the areas whose measures it is part of, each once; asks nothing after `as_rows`."""
    return list(
        {part.measure.area_id: part.measure.area for part in kpi.measure_parts.all()}.values()
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of the catalogue there is, and how much of it is fetched."""

    total: int
    wanted: int  # fetched each night


def counts() -> Counts:
    """Count it.  One query."""
    is_part = Q(pk__in=MeasureKpi.objects.values("kpi"))
    found = catalogue().aggregate(
        total=Count("pk", filter=Q(retired_on=None)),
        wanted=Count("pk", filter=Q(retired_on=None) & (Q(is_followed=True) | is_part)),
    )
    return Counts(**found)


def said_by_kolada() -> tuple[list[str], list[str]]:
    """Return every operating area and every perspective that the catalogue has.  One query."""
    pairs = set(catalogue().order_by().values_list("operating_area", "perspective").distinct())
    areas, perspectives = (sorted({pair[n] for pair in pairs} - {""}) for n in (0, 1))
    return areas, perspectives


# --- our own values -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YearOfValues:
    """What is said of us in a year, written out; "" where nothing is said."""

    year: int
    everybody: str = ""
    women: str = ""
    men: str = ""


def years_of_values(
    said: list[tuple[int, int, int, float | None]], decimals: int
) -> list[YearOfValues]:
    """Return the latest years first.

    Args:
        said: year, gender, status and value of each outcome.
    """
    columns = {Gender.ALL: "everybody", Gender.WOMEN: "women", Gender.MEN: "men"}
    years: dict[int, dict[str, str]] = {}
    for year, gender, status, value in said:
        text = Status(status).sign if value is None else value_text(value, decimals)
        years.setdefault(year, {})[columns[Gender(gender)]] = text
    latest = sorted(years, reverse=True)[:YEARS_PREVIEWED]
    return [YearOfValues(year, **years[year]) for year in latest]


def stored_values(kpi: Kpi, home: Municipality) -> list[YearOfValues]:
    """Return what is stored of `home`.  One query."""
    said = KpiValue.objects.filter(kpi=kpi, municipality=home)
    return years_of_values(
        list(said.values_list("year", "gender", "status", "value")), kpi.decimals
    )


# --- what Kolada said before ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rewording:
    """What Kolada called a KPI, or said of it, before and after a day."""

    on: datetime
    title_before: str
    title_after: str
    description_before: str
    description_after: str

    @property
    def title_changed(self) -> bool:
        return self.title_before != self.title_after

    @property
    def description_changed(self) -> bool:
        return self.description_before != self.description_after


def rewordings_of(kpi: Kpi) -> list[Rewording]:
    """Return how its words have changed, the latest first.  One query."""
    title, description = kpi.title, kpi.description
    found = []
    for former in kpi.text_revisions.all():
        found.append(
            Rewording(former.replaced_at, former.title, title, former.description, description)
        )
        title, description = former.title, former.description
    return found
