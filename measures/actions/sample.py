"""Load the bundled sample: real Kolada values and the areas of the quality viewer."""

import csv
import gzip
from collections.abc import Collection, Iterator
from io import TextIOWrapper
from pathlib import Path

from django.db import transaction

from ..kolada.items import GroupItem, KpiItem, MemberItem, MunicipalityItem, prose_of, title_of
from ..models import (
    Gender,
    Kpi,
    MeasureKpi,
    Municipality,
    MunicipalityGroup,
    Status,
)
from . import bulk, catalogue, comparisons, shipped, values

DATA = Path(__file__).parent.parent / "data"
REVISED = "U07417"  # from per 1 000 inhabitants to per 100 000, its whole history at once
GENDERS = {"T": Gender.ALL, "K": Gender.WOMEN, "M": Gender.MEN}  # Kolada's letters
STATUSES = {status.sign: status for status in Status if status != Status.WITHDRAWN}


@transaction.atomic
def load(*, first_read: bool = False) -> values.Loaded:
    """Load the sample; loading it again changes nothing.  A few seconds the first time.

    What is there stays as it is, and an area that somebody has changed is theirs.

    Args:
        first_read: Give what Kolada has revised since as it was before.
    """
    before = _definitions()
    _load_municipalities()
    _load_kpis()
    _load_groups()
    shipped.load(compare=False)
    loaded = values.load(rows(first_read=first_read))
    if _definitions() != before:
        comparisons.refresh()
    return loaded


def rows(*codes: str, first_read: bool = False) -> Iterator[values.Row]:
    """Return the sample's values, or those of some KPIs, read one at a time.

    With `first_read`, those of `REVISED` are as they were before.

    The two queries, for the ids, are asked here and now: none can be asked during a COPY.
    """
    return _read(
        codes,
        first_read,
        kpis=dict(Kpi.objects.values_list("code", "pk")),
        municipalities=dict(Municipality.objects.values_list("code", "pk")),
    )


def _read(
    wanted: Collection[str],
    first_read: bool,
    kpis: dict[str, int],
    municipalities: dict[str, int],
) -> Iterator[values.Row]:
    for name in ("values.csv.gz", *(["earlier.csv.gz"] * first_read)):
        since_revised = {REVISED} if first_read and name == "values.csv.gz" else set()
        with gzip.open(DATA / name) as file:
            lines = csv.reader(TextIOWrapper(file, "utf-8"))
            next(lines)  # the column names
            for kpi, year, gender, municipality, value, status in lines:
                if (not wanted or kpi in wanted) and kpi not in since_revised:
                    yield values.Row(
                        kpis[kpi],
                        municipalities[municipality],
                        int(year),
                        GENDERS[gender],
                        STATUSES[status],
                        float(value) if value else None,
                    )


def _load_municipalities() -> None:
    rows = _table("municipalities.csv")
    items = [MunicipalityItem(row["code"], row["name"], row["type"]) for row in rows]
    _add_missing(Municipality, [catalogue.municipality_of(item) for item in items])


def _load_kpis() -> None:
    items = map(_kpi_item, _table("catalogue.csv.gz"))
    _add_missing(Kpi, [catalogue.kpi_of(item) for item in items])


def _kpi_item(row: dict[str, str]) -> KpiItem:
    return KpiItem(
        id=row["kpi"],
        title=title_of(row["title"]),
        description=prose_of(row["description"]),
        municipality_type=row["covers"],
        is_divided_by_gender=bool(row["genders"]),
        has_ou_data=bool(row["units"]),
        operating_area=row["operating_area"],
        perspective=row["perspective"],
        publ_period=row["period"],
        publication_date=row["published"],
        prel_publication_date=row["preliminary"],
    )


def _load_groups() -> None:
    items = [
        GroupItem(row["group"], row["title"], [MemberItem(code) for code in row["members"].split()])
        for row in _table("groups.csv.gz")
    ]
    _add_missing(MunicipalityGroup, list(catalogue.groups_of(items)))


def _add_missing[M: (Kpi, Municipality, MunicipalityGroup)](
    model: type[M], things: list[M]
) -> None:
    """Add those whose codes are not there; what is there may be newer than the sample, and stays."""
    known = set(model._default_manager.values_list("code", flat=True))
    bulk.add(model, [thing for thing in things if thing.code not in known])


def _definitions() -> set[tuple[object, ...]]:
    """All that a comparison depends on besides the values."""
    parts = MeasureKpi.objects.values_list("measure", "kpi", "is_left_out")
    return {*parts, *Kpi.objects.values_list("pk", "good")}


def _table(name: str) -> list[dict[str, str]]:
    opened = gzip.open if name.endswith(".gz") else open
    with opened(DATA / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
