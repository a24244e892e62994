"""An area of the Quality viewer on paper: one A4, landscape, of just what an address shows.

`collect` reads the database and knows no HTML; `to_html` knows no database.  The variant of the
paper is the address' own settings, so each view has a paper of its own.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from foundation.errors import Refused
from measures.address import Address, Level
from measures.models import QualityArea
from measures.sentences import area_sentence
from measures.views.bar import comparison_in_words, settings_in_words
from measures.views.rows import Row, rows_of
from organisation.models.unit import home_unit

from .viewer_table import file_name, goals_of, sources_of

LONGEST_VARIANT = 1000
DENSE, DENSER = 23, 30  # lines of rows that find room on a sheet, and those set closer
NARROW, WIDE = 62, 120  # characters beside the numbers: with ranks and differences, and without


@dataclass(frozen=True, slots=True)
class PaperCell:
    """What stands under one year."""

    value: str
    verdict: str
    place: str
    difference: str
    goal: str = ""


@dataclass(frozen=True, slots=True)
class PaperRow:
    name: str
    unit_word: str
    notes: tuple[str, ...]
    cells: tuple[PaperCell, ...]
    movement: str  # "Röd, men bättre två år i rad"
    change: str  # "+1,2 på ett år"
    is_part: bool
    gender: str = ""

    def lines(self, per_line: int) -> int:
        """How many lines it takes, if so many characters find room beside the numbers."""
        texts = " ".join((self.name, self.unit_word, *self.notes))
        return -(-len(texts) // per_line) + any(cell.goal for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ViewerPaper:
    """What the sheet says, ready to print: plain values in the language they are printed in."""

    organisation: str
    language: str
    made_on: date
    title: str  # of the file
    area: str
    about: str
    home: str
    sentence: str
    settings: str
    comparison: str
    years: tuple[int, ...]
    shows_rank: bool
    rows: tuple[PaperRow, ...]
    sources: tuple[str, ...]

    @property
    def density(self) -> str:
        """How close the rows are set, so that a sheet is enough if it can be."""
        per_line = NARROW if self.shows_rank else WIDE
        lines = sum(row.lines(per_line) for row in self.rows)
        return "denser" if lines > DENSER else "dense" if lines > DENSE else ""


def variant_of(address: Address) -> str:
    """Return the address as the name of a paper; endlessly many opened rows are left out."""
    variant = address.query.removeprefix("?")
    if len(variant) <= LONGEST_VARIANT:
        return variant
    return address.but(turned=frozenset()).removeprefix("?")


def collect(area: QualityArea, variant: str, *, on: date) -> ViewerPaper:
    """Gather what the sheet says, in the language that is active.

    Raises:
        Refused: there is nothing to show.
    """
    address = Address.read(QueryDict(variant))
    view = address.view_of(area)
    if view is None or not view.shown:
        raise Refused(translation.gettext("There are no values to put on paper."))
    organisation = home_unit()
    return ViewerPaper(
        organisation=organisation.name if organisation else "",
        language=translation.get_language() or settings.LANGUAGE_CODE,
        made_on=on,
        title=file_name(view),
        area=area.name,
        about=area.about,
        home=view.home.name,
        sentence=area_sentence(view, view.shown[-1]),
        settings=settings_in_words(view),
        comparison=comparison_in_words(view) if address.level == Level.RANK else "",
        years=view.shown,
        shows_rank=address.level == Level.RANK,
        rows=tuple(map(_row, rows_of(view, address, goals_of(view)))),
        sources=tuple(sources_of(view)),
    )


def _row(row: Row) -> PaperRow:
    return PaperRow(
        name=row.name,
        unit_word=row.unit_word,
        notes=tuple(filter(None, (row.own_note, *row.notes))),
        cells=tuple(
            PaperCell(cell.value, cell.verdict, cell.place, cell.difference, cell.goal)
            for cell in row.cells
        ),
        movement=row.trend.words,
        change=row.trend.change,
        is_part=row.is_part,
        gender=row.gender,
    )


def to_html(paper: ViewerPaper) -> str:
    """Write the page."""
    with translation.override(paper.language):
        return render_to_string("reports/viewer_paper.html", {"paper": paper})
