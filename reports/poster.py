"""The poster of a workplace: a question for the wall, and a code that opens the form about ideas.

`collect` reads the database and knows no HTML; `to_html` knows no database.  The code holds a short
address of our own (`poster-scan`), so a poster keeps working when the form moves or the workplace
is renamed or moved: it knows the workplace by its id.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import batched
from typing import Self

import segno
from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.errors import require
from organisation.models import Person, Unit
from organisation.models.unit import UnitQuerySet, home_unit, within
from organisation.permissions import Permission

SHEETS_AT_A_TIME = 25  # are laid out together, and then it is said how far it has come
MOST_SHEETS = 500  # in one file: binding takes as long as a worker may be silent at some 2,000


class Size(StrEnum):
    A4 = "a4"
    A3 = "a3"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which posters of a workplace: how large, and whether one for each part of it too."""

    size: Size = Size.A4
    with_parts: bool = False

    @property
    def variant(self) -> str:
        """In one word, as it is stored: "a4", "a3-all"."""
        return f"{self.size}-all" if self.with_parts else str(self.size)

    @classmethod
    def from_variant(cls, variant: str) -> Self:
        size, _dash, parts = variant.partition("-")
        return cls(Size(size) if size in Size else Size.A4, parts == "all")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One poster."""

    unit: str
    part_of: str  # tells two workplaces with the same name apart on the wall, and in the printer
    address: str  # in the code: https://…/i/412/

    @property
    def address_to_type(self) -> str:
        return self.address.split("://")[-1].rstrip("/")

    @property
    def code(self) -> str:
        """The QR code as a drawing in a data address; a quarter of it may be dirty."""
        return segno.make(self.address, error="q", micro=False).svg_data_uri(
            border=0, dark="#06302f", omitsize=True
        )


@dataclass(frozen=True, slots=True)
class Poster:
    """What the posters say, ready to print: plain values in the language they are printed in."""

    organisation: str
    language: str
    variant: str
    title: str  # of the file
    sheets: tuple[Sheet, ...]

    @property
    def size(self) -> Size:
        return Wanted.from_variant(self.variant).size


def units_for_posters(person: Person) -> UnitQuerySet:
    """The gate: the workplaces that `person` may make posters for."""
    return Unit.objects.active().filter(person.reach(Permission.POSTER_MAKE, through=""))


def units_of(unit: Unit, wanted: Wanted) -> UnitQuerySet:
    """Return the workplaces that get a poster each."""
    parts = within(unit, through="") if wanted.with_parts else Q(pk=unit.pk)
    return Unit.objects.active().filter(parts)


def why_not_so_many(count: int) -> str | None:
    """Say why that many posters are not put in one file."""
    if count > MOST_SHEETS:
        return _(
            "There are more than %(most)s workplaces below it, too many for one file. Choose a "
            "part of it."
        ) % {"most": MOST_SHEETS}
    return None


def collect(unit: Unit, variant: str) -> Poster:
    """Gather what the posters say, in the language that is active.  Three queries.

    Raises:
        Refused: there are too many for one file.
    """
    wanted = Wanted.from_variant(variant)
    home = home_unit()
    units = list(units_of(unit, wanted).in_tree_order()[: MOST_SHEETS + 1])
    require(why_not_so_many(len(units)))
    return Poster(
        organisation=home.name if home else "",
        language=translation.get_language() or settings.LANGUAGE_CODE,
        variant=variant,
        title=_title(unit, len(units) - 1 if wanted.with_parts else 0),
        sheets=tuple(_sheets(units)),
    )


def _title(unit: Unit, parts: int) -> str:
    if not parts:
        return _("Poster – %(unit)s") % {"unit": unit}
    return ngettext(
        "Posters – %(unit)s and %(parts)s part of it",
        "Posters – %(unit)s and %(parts)s parts of it",
        parts,
    ) % {"unit": unit, "parts": parts}


def _sheets(units: list[Unit]) -> Iterable[Sheet]:
    for unit, option in zip(units, Unit.objects.as_options(units), strict=True):
        path = reverse("poster-scan", args=[unit.pk])
        yield Sheet(unit.name, option.hint, f"{settings.SITE_URL.rstrip('/')}{path}")


def to_html(poster: Poster) -> list[str]:
    """Write the pages, some sheets at a time."""
    with translation.override(poster.language):
        return [
            render_to_string("reports/poster.html", {"poster": poster, "sheets": sheets})
            for sheets in batched(poster.sheets, SHEETS_AT_A_TIME, strict=False)
        ]
