"""Where we stand, for pages about something else: the start page, an idea, a work."""

from collections.abc import Collection
from dataclasses import dataclass

from ..models import Band, Gender, Kpi, KpiValue, KpiYear, Municipality
from ..wording import place_text, value_text
from .viewer import home_municipality, series_of

RECENT_YEARS = 5  # older than this beside our newest value, red is history and not a call to act


@dataclass(frozen=True, slots=True)
class KpiSummary:
    """Where we stand in one KPI, for pages about something else."""

    kpi: Kpi
    year: int
    value_text: str
    verdict: str  # good, mid, bad or none
    rank: int | None
    of: int

    @property
    def place_text(self) -> str:
        return place_text(self.rank, self.of) if self.rank else ""


def kpi_summary(kpi: Kpi) -> KpiSummary | None:
    """Return our latest value of `kpi`, or None if we have none.  Five queries."""
    home = home_municipality()
    series = series_of(kpi, home) if home else None
    latest = series.latest if series else None
    if series is None or latest is None:
        return None
    text = series.value_text(latest, with_unit=True)
    return KpiSummary(kpi, latest.year, text, latest.band.verdict, latest.rank, latest.counted)


def latest_red(kpis: Collection[int], home: Municipality) -> list[KpiYear]:
    """Return the latest ranked year of each of `kpis` (ids) that is red in it, long past left out.

    Each with its KPI and `rank`.  One query.
    """
    latest = list(
        KpiYear.objects.seen_by(home)
        .filter(kpi__in=kpis, rank__isnull=False)  # type: ignore[misc]
        .select_related("kpi")
        .order_by("kpi", "-year")
        .distinct("kpi")
    )
    newest = max((standing.year for standing in latest), default=0)
    return [
        standing
        for standing in latest
        if standing.band(standing.rank) == Band.BAD and standing.year > newest - RECENT_YEARS
    ]


@dataclass(frozen=True, slots=True)
class RedMeasure:
    """A KPI where we are among the worst quarter."""

    kpi: Kpi
    title: str
    area_slug: str
    year: int
    value_text: str
    rank: int
    of: int

    @property
    def place_text(self) -> str:
        return place_text(self.rank, self.of)


def red_measures(limit: int) -> list[RedMeasure]:
    """Return the KPIs that are red in the latest year they have, of the areas' counted parts.

    The most recent first, and of the same year those furthest down; none that is long past.
    Five queries.
    """
    home = home_municipality()
    if home is None:
        return []
    area_of_kpi: dict[int, str] = dict(
        Kpi.objects.filter(measure_parts__is_left_out=False)
        .order_by("-measure_parts__measure__area__position")
        .values_list("pk", "measure_parts__measure__area__slug")
    )
    red = latest_red(area_of_kpi, home)
    values = {
        (said.kpi_id, said.year): said.value
        for said in KpiValue.objects.filter(
            kpi__in=[place.kpi_id for place in red], municipality=home, gender=Gender.ALL
        )
    }
    rows = [
        RedMeasure(
            kpi=place.kpi,
            title=place.kpi.name,
            area_slug=area_of_kpi[place.kpi_id],
            year=place.year,
            value_text=value_text(
                values[place.kpi_id, place.year] or 0.0, place.kpi.decimals, place.kpi.unit_word
            ),
            rank=place.rank or 0,
            of=place.counted,
        )
        for place in red
    ]
    return sorted(rows, key=lambda row: (-row.year, -row.rank / row.of))[:limit]
