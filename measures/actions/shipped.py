"""The areas that come with the application: each is made once, and is then ours to change.

Loading again adds what is lacking and leaves alone what is there, and what somebody has taken away.
"""

import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from foundation.journal import record, subject_of
from foundation.models import Event
from organisation.models import Person

from ..models import Good, Kpi, KpiYear, MeasureKpi, QualityArea, QualityMeasure
from . import comparisons
from .defining import hold_definitions, next_place

AREAS = Path(__file__).parent.parent / "data" / "areas.toml"


@transaction.atomic
def load(*, compare: bool = True, by: Person | None = None) -> list[QualityArea]:
    """Make the areas that have never been here, and say our words of KPIs that nobody has described.

    Args:
        compare: Whether to work out ranks and colours of what came; not when that is done anyway.

    Returns:
        The areas that were made.
    """
    hold_definitions(by)
    _add_kpis()
    _describe()
    known = set(QualityArea.objects.values_list("slug", flat=True)) | _taken_away()
    made = _make([of_area for of_area in _shipped()["areas"] if of_area["slug"] not in known], by)
    if compare:
        comparisons.refresh_measures(
            list(QualityMeasure.objects.filter(area__in=made).values_list("pk", flat=True))
        )
    return made


@transaction.atomic
def bring_back(*, slug: str, by: Person) -> QualityArea:
    """Make one shipped area again as it was shipped, after it was taken away.  Twice is once.

    Raises:
        Refused: not a quality lead.
    """
    hold_definitions(by)
    if there := QualityArea.objects.filter(slug=slug).first():
        return there
    _add_kpis()
    _describe()
    [area] = _make([of_area for of_area in _shipped()["areas"] if of_area["slug"] == slug], by)
    comparisons.refresh_measures(list(area.measures.values_list("pk", flat=True)))
    return area


def lacking(slugs: Collection[str]) -> list[tuple[str, str]]:
    """Return (slug, name) of the shipped areas that are not among `slugs`."""
    return [(a["slug"], a["name"]) for a in _shipped()["areas"] if a["slug"] not in slugs]


def _add_kpis() -> None:
    """Add the KPIs that an area needs and the catalogue has not, or has not any more."""
    shipped: dict[str, dict[str, Any]] = _shipped()["kpis"]
    known = set(Kpi.objects.filter(code__in=shipped).values_list("code", flat=True))
    Kpi.objects.bulk_create(
        Kpi(
            code=code,
            title=of_kpi.get("title", of_kpi["name"]),
            retired_on=of_kpi.get("retired_on"),
        )
        for code, of_kpi in shipped.items()
        if code not in known
    )


def _describe() -> None:
    """Say what is ours of each KPI of which nothing is said, unless somebody wished it so."""
    shipped: dict[str, dict[str, Any]] = _shipped()["kpis"]
    blank = Kpi.objects.filter(  # whatever the unit: of a new KPI it is a guess at its title
        code__in=shipped, short_title="", good=Good.NEITHER, successor=None
    )
    by_subject = {subject_of(kpi): kpi for kpi in blank}
    if not by_subject:
        return
    said = set(
        Event.objects.filter(kind="kpi.describe", subject__in=by_subject).values_list(
            "subject", flat=True
        )
    )
    ids = dict(Kpi.objects.filter(code__in=shipped).values_list("code", "pk"))
    described = [kpi for subject, kpi in by_subject.items() if subject not in said]
    for kpi in described:
        words = shipped[kpi.code]
        kpi.short_title, kpi.unit_word = words["name"], words["unit"]
        kpi.good, kpi.decimals = words["good"], words["decimals"]
        kpi.successor_id = ids.get(words.get("successor", ""))
    Kpi.objects.bulk_update(
        described, ["short_title", "unit_word", "good", "decimals", "successor"]
    )
    _compare_anew([kpi.pk for kpi in described if kpi.good != Good.NEITHER])


def _compare_anew(kpi_ids: list[int]) -> None:
    """Rank KPIs that have got a direction, if there is anything to rank."""
    years = KpiYear.objects.filter(kpi__in=kpi_ids).values_list("kpi", "year").distinct()
    comparisons.refresh(list(years))


def _make(shipped: list[dict[str, Any]], by: Person | None) -> list[QualityArea]:
    """Make areas with their measures and parts, after those that are there."""
    codes = [
        code for of_area in shipped for of in of_area.get("measures", []) for code in _codes(of)
    ]
    kpis = dict(Kpi.objects.filter(code__in=codes).values_list("code", "pk"))
    first = next_place(QualityArea.objects.all())
    areas = []
    for position, of_area in enumerate(shipped, start=first):
        area = QualityArea.objects.create(
            slug=of_area["slug"],
            name=of_area["name"],
            about=of_area["about"],
            likeness=of_area.get("likeness", ""),
            position=position,
        )
        measures = QualityMeasure.objects.bulk_create(
            QualityMeasure(
                area=area,
                name=of["name"],
                note=of.get("note", ""),
                year_lag=of.get("year_lag", 0),
                position=n,
            )
            for n, of in enumerate(of_area.get("measures", []))
        )
        MeasureKpi.objects.bulk_create(
            MeasureKpi(
                measure=measure, kpi_id=kpis[code], position=n, is_left_out=n >= len(of["kpis"])
            )
            for measure, of in zip(measures, of_area.get("measures", []), strict=True)
            for n, code in enumerate(_codes(of))
        )
        record("area.ship", area, by=by, name=area.name, slug=area.slug)
        areas.append(area)
    return areas


def _codes(of_measure: dict[str, Any]) -> list[str]:
    return [*of_measure["kpis"], *of_measure.get("left_out", [])]


def _taken_away() -> set[str]:
    return set(Event.objects.filter(kind="area.delete").values_list("data__slug", flat=True))


@cache
def _shipped() -> dict[str, Any]:
    return tomllib.loads(AREAS.read_text("utf-8"))
