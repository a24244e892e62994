"""What a file of units or people looks like.  The headings are Swedish in every language."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Holds(Enum):
    TEXT = auto()
    EMAIL = auto()
    DATE = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and what to write under it in words for people."""

    field: str
    heading: str
    what: str | Promise
    longest: int = 100
    required: bool = False
    holds: Holds = Holds.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of file, or one sheet of a workbook."""

    name: str
    columns: tuple[Column, ...]
    examples: tuple[tuple[str, ...], ...]

    def columns_under(self, headings: Iterable[str]) -> dict[int, Column]:
        """Return which of our columns stands where; case, spaces and hyphens do not matter."""
        ours = {_plain(column.heading): column for column in self.columns}
        return {
            place: ours[_plain(heading)]
            for place, heading in enumerate(headings)
            if _plain(heading) in ours
        }


def _plain(heading: str) -> str:
    return "".join(sign for sign in heading.lower() if sign.isalnum())


UNITS = Table(
    "Enheter",
    (
        Column("code", "Kod", _("the unit's code in the personnel system"), 60, required=True),
        Column("name", "Namn", _("the unit's name"), 200, required=True),
        Column("kind", "Typ", _("what the level is called, for example Förvaltning"), 60),
        Column("parent_code", "Överordnad kod", _("the code of the unit it belongs to"), 60),
        Column("municipality_code", "Kommunkod", _("four digits, for the topmost unit only"), 4),
    ),
    (
        ("K", "Exempelkommunen", "Kommun", "", "0883"),
        ("SOC", "Socialförvaltningen", "Förvaltning", "K", ""),
        ("SOC-HT", "Hemtjänsten", "Område", "SOC", ""),
    ),
)

# fmt: off
PEOPLE = Table(
    "Personer",
    (
        Column("personnel_number", "Anställningsnummer", _("the number in the personnel system, never a personal identity number"), 60),
        Column("given_name", "Förnamn", _("the given name"), required=True),
        Column("family_name", "Efternamn", _("the family name"), required=True),
        Column("email", "E-post", _("the e-mail address, like anna.berg@kommunen.se"), 254, required=True, holds=Holds.EMAIL),
        Column("unit_code", "Enhetskod", _("the code of the unit where the person works"), 60, required=True),
        Column("position", "Befattning", _("the position, like Undersköterska"), 120, required=True),
        Column("starts_on", "Från", _("the first day, like 2026-03-01; empty means from now on"), 10, holds=Holds.DATE),
        Column("ends_on", "Till", _("the last day, like 2026-08-31; empty means until further notice"), 10, holds=Holds.DATE),
    ),
    (
        ("1001", "Anna", "Berg", "anna.berg@kommunen.se", "SOC-HT", "Undersköterska", "2024-02-01", ""),
        ("1002", "Örjan", "Ek", "orjan.ek@kommunen.se", "SOC-HT", "Enhetschef", "2019-08-19", ""),
        ("1002", "Örjan", "Ek", "orjan.ek@kommunen.se", "SOC", "Projektledare", "2026-01-01", "2026-12-31"),
    ),
)
# fmt: on
