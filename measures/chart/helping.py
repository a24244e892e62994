"""How to read a chart, in plain words: only what is in the one at hand."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..spc import Firmness
from .judged import Judged
from .model import Verdict
from .naming import centre_named


def help_texts(judged: Judged) -> Iterator[str]:
    """Explain the lines and the shapes that the drawing has."""
    phase = judged.last
    if phase is not None and phase.shows_limits:
        yield _(
            "The grey band is how far chance reaches as long as nothing changes. Inside it one "
            "value says no more than another."
        )
        if phase.firmness is Firmness.PRELIMINARY:
            yield _(
                "Its edges are dashed as long as they are preliminary: more values will move them."
            )
    if phase is not None and phase.shows_centre and not judged.chart.shows_ranges:
        yield _(
            "Chance lays values on both sides of %(line)s, and seldom many in a row on one side."
        ) % {"line": centre_named(phase)}
    meanings = {mark.meaning for mark in judged.marks.values()}
    if Verdict.BETTER in meanings:
        yield _("A square goes beyond chance, in the wanted direction.")
    if Verdict.WORSE in meanings:
        yield _("A diamond goes beyond chance, in the unwanted direction.")
    if Verdict.CHANGE in meanings:
        yield _("A triangle goes beyond chance, up or down as it points.")
    if any(p.excluded_because for p in judged.chart.points):
        yield _("A ring is a value that is not counted.")
    if None in judged.values and not judged.chart.shows_ranges:
        yield _("An empty square on the axis is a value that is missing.")
    if judged.chart.target is not None:
        yield _("The target is what one wishes for. Once on the wrong side of it is no signal.")
