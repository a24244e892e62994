"""What Kolada answers, item by item, and what it means in our own words.

The fields are named as Kolada names them; fields that we do not know are passed over.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from ..models.value import Gender, Status

log = logging.getLogger(__name__)

GENDERS = {"T": int(Gender.ALL), "K": int(Gender.WOMEN), "M": int(Gender.MEN)}
STATUSES = {
    "Missing": int(Status.MISSING),
    "Not applicable": int(Status.NOT_APPLICABLE),
    "Privacy": int(Status.SECRET),
}
HAS_VALUE, MISSING, WITHDRAWN = int(Status.HAS_VALUE), int(Status.MISSING), int(Status.WITHDRAWN)


class KpiItem(msgspec.Struct, gc=False):
    id: str
    title: str
    description: str | None = None
    is_divided_by_gender: bool = False
    municipality_type: str | None = None  # K, L or A, as `models.kpi.Covers`
    auspice: str | None = None
    operating_area: str | None = None
    perspective: str | None = None
    prel_publication_date: str | None = None  # "2026-04-01"; `day_of` reads it
    publication_date: str | None = None
    publ_period: str | None = None  # the latest year that is or will be published
    has_ou_data: bool = False


class MunicipalityItem(msgspec.Struct, gc=False):
    id: str  # "0883"; "0000" is the country
    title: str
    type: str | None = None  # K, or L for the regions and the country


class MemberItem(msgspec.Struct, gc=False):
    member_id: str
    member_title: str = ""


class GroupItem(msgspec.Struct, gc=False):
    """A group of municipalities, or of KPIs."""

    id: str
    title: str
    members: list[MemberItem] = []


class UnitItem(msgspec.Struct, gc=False):
    id: str  # "V15E27459423"
    title: str
    municipality: str


class ValueItem(msgspec.Struct, gc=False):
    gender: str  # T, K or M
    value: float | None = None
    status: str | None = None
    count: int | None = None
    isdeleted: bool = False


class DataItem(msgspec.Struct, gc=False):
    """All genders of one KPI, one year and one municipality or unit."""

    kpi: str
    period: int
    values: list[ValueItem]
    municipality: str = ""
    ou: str = ""


def day_of(text: str | None) -> date | None:
    """Return the day that Kolada wrote, or None where it wrote none that there is."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


class Outcome(NamedTuple):
    """One value, or why there is none; gender and status are the numbers of our models."""

    kpi: str
    place: str  # the id of a municipality or of a unit
    year: int
    gender: int
    status: int
    value: float | None


def outcomes(page: Iterable[DataItem]) -> Iterator[Outcome]:
    """Return what a page says, a row for each gender, in plain words of ours.

    A deleted cell is withdrawn.  Where Kolada says both a value and a status, the status is
    believed and the value is dropped: some of them are secret.  Where it says neither, the value
    is missing; so it is under a status that we do not know.  An unknown gender is passed over.
    """
    made = tuple.__new__  # twice as fast as to call `Outcome`, and there are millions
    for item in page:
        kpi, year, place = item.kpi, item.period, item.municipality or item.ou
        for said in item.values:
            gender, value = GENDERS.get(said.gender), said.value
            if gender is None:
                log.warning("Kolada has an unknown gender %r: %s, %s", said.gender, kpi, year)
                continue
            if said.isdeleted:
                status, value = WITHDRAWN, None
            elif said.status:
                status, value = _status_of(said.status), None
            else:
                status = MISSING if value is None else HAS_VALUE
            yield made(Outcome, (kpi, place, year, gender, status, value))


def _status_of(word: str) -> int:
    if word not in STATUSES:
        log.warning("Kolada has an unknown status %r", word)
    return STATUSES.get(word, MISSING)


def repaired(text: str) -> str:
    """Return `text` as it was meant, where UTF-8 was read as Latin-1 on the way and encoded again.

    >>> repaired("VÃ¤stervik"), repaired("Ã…ldersgrupp"), repaired("Västervik"), repaired("Ã")
    ('Västervik', 'Åldersgrupp', 'Västervik', 'Ã')
    """
    if text.isascii():
        return text
    for wrong in ("latin-1", "cp1252"):
        try:
            return text.encode(wrong).decode("utf-8")
        except UnicodeError:
            continue
    return text


def title_of(text: str) -> str:
    """Return a title with single blanks; many of Kolada's have double ones."""
    return " ".join(repaired(text).split())


def prose_of(text: str | None) -> str:
    r"""Return a description with its line breaks; some of Kolada's hold a literal \n."""
    return repaired(text or "").replace("\\r", "").replace("\\n", "\n").strip()
