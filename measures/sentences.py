"""What a page of the quality viewer says, as a sentence or two."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from .models import Band
from .queries import AreaView


def area_sentence(view: AreaView, year: int) -> str:
    """Say how many measures lie where in `year`, and which one has moved two years in a row."""
    counts = view.bands(year)
    coloured = len(view.measures) - counts[Band.NONE]
    where = {
        _("in the country's best quarter"): counts[Band.GOOD],
        _("in the middle"): counts[Band.MID],
        _("in the worst quarter"): counts[Band.BAD],
    }
    said = [(count, text) for text, count in where.items() if count]
    if not said:
        return _("No measure can be compared in %(year)s.") % {"year": year}
    if coloured == 1:
        first = _("The one measure that can be compared in %(year)s is %(where)s.")
        facts = {"year": year, "where": said[0][1]}
    else:
        first = _("Of %(count)s measures that can be compared in %(year)s, %(where)s.")
        listed = get_text_list([f"{count} {text}" for count, text in said], _("and"))
        facts = {"count": coloured, "year": year, "where": listed}
    return " ".join([first % facts, *_movement(view, year)])


def _movement(view: AreaView, year: int) -> list[str]:
    """A sentence on what got worse two years in a row; else on what got better; else none."""
    for way, text in (
        (-1, _("%(name)s has become worse two years in a row.")),
        (1, _("%(name)s has become better two years in a row.")),
    ):
        for measure in view.measures:
            if measure.whole.turn(year) == way:
                return [text % {"name": measure.whole.name}]
    return []


def movement(band: Band, way: int) -> str:
    """Say where it is going, and at once where that is another way than the colour looks.

    Args:
        way: 1 better two years in a row, −1 worse, 0 neither.
    """
    if way > 0:
        return (
            _("Red, but better two years in a row")
            if band == Band.BAD
            else _("Better two years in a row")
        )
    if way < 0:
        return (
            _("Green, but worse two years in a row")
            if band == Band.GOOD
            else _("Worse two years in a row")
        )
    return ""
