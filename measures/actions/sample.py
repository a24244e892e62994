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
from django.db.models import Model

from ..models import (
    Gender,
    Kind,
    Kpi,
    MeasureKpi,
    Municipality,
    QualityArea,
    QualityMeasure,
    Status,
)
from . import comparisons, values

DATA = Path(__file__).parent.parent / "data"
COUNTRY = "0000"
GENDERS = {"T": Gender.ALL, "K": Gender.WOMEN, "M": Gender.MEN}  # Kolada's letters
STATUSES = {status.sign: status for status in Status}


@transaction.atomic
def load() -> values.Loaded:
    """Load the sample; loading it again changes nothing.  A few seconds the first time.

    Areas and measures are made to be as in the file, but an area that is not in it is left alone.
    """
    before = _definitions()
    _load_municipalities()
    _load_kpis()
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
    _make_so(
        Municipality,
        "code",
        [
            Municipality(code=row["code"], name=row["name"], kind=_kind_of(row["code"]))
            for row in _table("municipalities.csv")
        ],
        fields=["name", "kind"],
    )


def _kind_of(code: str) -> Kind:
    return Kind.COUNTRY if code == COUNTRY else Kind.REGION if code < "0100" else Kind.MUNICIPALITY


def _load_kpis() -> None:
    ours = _areas()["kpis"]
    _make_so(
        Kpi,
        "code",
        [
            Kpi(
                code=row["kpi"],
                title=row["title"],
                description=row["description"],
                short_title=ours[row["kpi"]]["name"],
                unit_word=ours[row["kpi"]]["unit"],
                good=ours[row["kpi"]]["good"],
                decimals=ours[row["kpi"]]["decimals"],
            )
            for row in _table("kpis.csv")
        ],
        fields=["title", "description", "short_title", "unit_word", "good", "decimals"],
    )


def _make_so[M: Model](model: type[M], key: str, wanted: list[M], *, fields: list[str]) -> None:
    """Add those of `wanted` that are not there, and give the others their `fields`.

    No upsert: that takes a new id for each row it tries, and there are only 32,767 small ones.
    """
    known = dict(model._default_manager.values_list(key, "pk"))
    for thing in wanted:
        thing.pk = known.get(getattr(thing, key))
    there, new = [t for t in wanted if t.pk], [t for t in wanted if not t.pk]
    model._default_manager.bulk_update(there, fields)
    model._default_manager.bulk_create(new)


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
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
