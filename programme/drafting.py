"""The first words of a report, gathered from what the work already knows.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import Cycle, Work


@dataclass(frozen=True, slots=True)
class Texts:
    """What the team writes in a report; each name is a field of `Report`."""

    background: str = ""
    what_we_did: str = ""
    result: str = ""
    learning: str = ""
    spread: str = ""


def first_texts(work: Work, cycles: Sequence[Cycle]) -> Texts:
    """Return texts to begin from: the idea's need, each test, its result and its learning.

    What the chart says is not among them: it is a fact, and stands beside the text as it is.

    Args:
        cycles: In order; those whose test has not begun are left out.
    """
    tested = [cycle for cycle in cycles if cycle.has_started]
    need = work.idea.need if work.idea is not None else ""
    return Texts(
        background=_paragraphs(need, work.why_wanted),
        what_we_did=_paragraphs(*(_told(c, c.plan_what, c.what_happened) for c in tested)),
        result=_paragraphs(*(_told(c, c.result) for c in tested if c.result)),
        learning=_paragraphs(*(c.learning for c in tested)),
    )


def _told(cycle: Cycle, *texts: str) -> str:
    told = " ".join(text.strip() for text in texts if text.strip())
    return _("Test %(number)s (%(scale)s): %(told)s") % {
        "number": cycle.number,
        "scale": cycle.get_scale_display().lower(),
        "told": told,
    }


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text.strip() for text in texts if text.strip())
