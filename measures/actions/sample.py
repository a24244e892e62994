"""Load the bundled sample: real Kolada values and the areas of the quality viewer."""

import csv
import gzip
import tomllib
from collections.abc import Collection, Iterator
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.db import transaction

from ..kolada.items import day_of, prose_of, title_of
from ..kolada.likeness import likeness_of
from ..models import (
    Gender,
    Good,
    Kind,
    Kpi,
    MeasureKpi,
    Municipality,
    MunicipalityGroup,
    QualityArea,
    QualityMeasure,
    Status,
)
from . import comparisons, values

DATA = Path(__file__).parent.parent / "data"
COUNTRY = "0000"
GENDERS = {"T": Gender.ALL, "K": Gender.WOMEN, "M": Gender.MEN}  # Kolada's letters
STATUSES = {status.sign: status for status in Status if status != Status.WITHDRAWN}


@transaction.atomic
def load() -> values.Loaded:
    """Load the sample; loading it again changes nothing.  A few seconds the first time.

    Areas and measures are made to be as in the file, but an area that is not in it is left alone.
    """
    before = _definitions()
    _load_municipalities()
    _load_kpis()
    _load_groups()
    _load_areas()
    loaded = values.load(rows())
    if _definitions() != before:
        comparisons.refresh()
    return loaded


def rows(*codes: str) -> Iterator[values.Row]:
    """Return the sample's values, or those of some KPIs, read one at a time.

    The two queries, for the ids, are asked here and now: none can be asked during a COPY.
    """
    return _read(
        codes,
        kpis=dict(Kpi.objects.values_list("code", "pk")),
        municipalities=dict(Municipality.objects.values_list("code", "pk")),
    )


def _read(
    wanted: Collection[str], kpis: dict[str, int], municipalities: dict[str, int]
) -> Iterator[values.Row]:
    with gzip.open(DATA / "values.csv.gz") as file:
        lines = csv.reader(TextIOWrapper(file, "utf-8"))
        next(lines)  # the column names
        for kpi, year, gender, municipality, value, status in lines:
            if not wanted or kpi in wanted:
                yield values.Row(
                    kpis[kpi],
                    municipalities[municipality],
                    int(year),
                    GENDERS[gender],
                    STATUSES[status],
                    float(value) if value else None,
                )


def _load_municipalities() -> None:
    _add_missing(
        Municipality,
        [
            Municipality(code=row["code"], name=row["name"], kind=_kind_of(row))
            for row in _table("municipalities.csv")
        ],
    )


def _kind_of(row: dict[str, str]) -> Kind:
    if row["code"] == COUNTRY:
        return Kind.COUNTRY
    return Kind.MUNICIPALITY if row["type"] == "K" else Kind.REGION


def _load_kpis() -> None:
    ours = _areas()["kpis"]
    _add_missing(Kpi, [_kpi(row, ours.get(row["kpi"], {})) for row in _table("catalogue.csv.gz")])


def _kpi(row: dict[str, str], ours: dict[str, Any]) -> Kpi:
    return Kpi(
        code=row["kpi"],
        title=title_of(row["title"]),
        description=prose_of(row["description"]),
        covers=row["covers"],
        has_genders=bool(row["genders"]),
        has_units=bool(row["units"]),
        operating_area=row["operating_area"],
        perspective=row["perspective"],
        period=row["period"],
        published_on=day_of(row["published"]),
        preliminary_on=day_of(row["preliminary"]),
        short_title=ours.get("name", ""),
        unit_word=ours.get("unit", ""),
        good=ours.get("good", Good.NEITHER),
        decimals=ours.get("decimals", 1),
    )


def _load_groups() -> None:
    by_code = dict(Municipality.objects.values_list("code", "pk"))
    by_name = {(m.kind, m.name): m for m in Municipality.objects.all()}
    groups = []
    for row in _table("groups.csv.gz"):
        alike = likeness_of(row["title"])
        kind = Kind.REGION if row["title"].startswith("Liknande regioner") else Kind.MUNICIPALITY
        groups.append(
            MunicipalityGroup(
                code=row["group"],
                title=row["title"],
                alike=by_name.get((kind, alike.name)) if alike else None,
                subject=alike.subject if alike else "",
                year=alike.year if alike else None,
                members=[by_code[code] for code in row["members"].split()],
            )
        )
    _add_missing(MunicipalityGroup, groups)


def _add_missing[M: (Kpi, Municipality, MunicipalityGroup)](
    model: type[M], things: list[M]
) -> None:
    """Add those whose codes are not there; what is there may be newer than the sample, and stays."""
    known = set(model._default_manager.values_list("code", flat=True))
    model._default_manager.bulk_create([thing for thing in things if thing.code not in known])


def _load_areas() -> None:
    kpis = {kpi.code: kpi for kpi in Kpi.objects.all()}
    for area_position, of_area in enumerate(_areas()["areas"]):
        area, _ = QualityArea.objects.update_or_create(
            slug=of_area["slug"],
            defaults={
                "name": of_area["name"],
                "about": of_area["about"],
                "position": area_position,
            },
        )
        measures = of_area.get("measures", [])
        area.measures.exclude(name__in=[of_measure["name"] for of_measure in measures]).delete()
        for position, of_measure in enumerate(measures):
            measure, _ = QualityMeasure.objects.update_or_create(
                area=area,
                name=of_measure["name"],
                defaults={"position": position, "year_lag": of_measure.get("year_lag", 0)},
            )
            counted, left_out = of_measure["kpis"], of_measure.get("left_out", [])
            measure.parts.all().delete()
            MeasureKpi.objects.bulk_create(
                MeasureKpi(
                    measure=measure, kpi=kpis[code], position=n, is_left_out=n >= len(counted)
                )
                for n, code in enumerate([*counted, *left_out])
            )


def _definitions() -> set[tuple[object, ...]]:
    """All that a comparison depends on besides the values."""
    parts = MeasureKpi.objects.values_list("measure", "kpi", "is_left_out")
    return {*parts, *Kpi.objects.values_list("pk", "good")}


@cache
def _areas() -> dict[str, Any]:
    return tomllib.loads((DATA / "areas.toml").read_text("utf-8"))


def _table(name: str) -> list[dict[str, str]]:
    opened = gzip.open if name.endswith(".gz") else open
    with opened(DATA / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
