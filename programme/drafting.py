"""The first words of a report, gathered from what the work already knows.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.numbers import number

from .models import Cycle, Report, Work


@dataclass(frozen=True, slots=True)
class Texts:
    """What the team writes in a report; each name is a field of `Report`."""

    background: str = ""
    what_we_did: str = ""
    result: str = ""
    learning: str = ""
    spread: str = ""
    thanks: str = ""


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


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the measure that carries the aim began and ended."""

    measure: str
    unit: str
    start: Decimal | None
    end: Decimal | None

    def told(self) -> str:
        """Return it as a sentence, or nothing where a value is missing."""
        if self.start is None or self.end is None:
            return ""
        return _("%(measure)s: from %(start)s to %(end)s %(unit)s.") % {
            "measure": self.measure,
            "start": number(self.start),
            "end": number(self.end),
            "unit": self.unit,
        }


def press_text(report: Report, ends: Ends | None) -> str:
    """Return a text to begin from, to newspapers: what, for whom, how much better, and how."""
    work = report.work
    return _paragraphs(
        work.title,
        _("%(unit)s has tried out a better way of working. The aim: %(aim)s")
        % {"unit": work.unit.name, "aim": work.aim},
        ends.told() if ends else "",
        report.result,
        _("It is for: %(whom)s.") % {"whom": work.for_whom.rstrip(".")} if work.for_whom else "",
    )


def public_text(work: Work, ends: Ends | None, tests: int) -> str:
    """Return a text to begin from, to residents: of numbers, and nothing that a team has told."""
    tried = ngettext(
        "The change was tried out on a small scale first, in %(number)s test.",
        "The change was tried out on a small scale first, in %(number)s tests.",
        tests,
    ) % {"number": tests}
    return _paragraphs(
        _("%(unit)s has worked to make something better.") % {"unit": work.unit.name},
        ends.told() if ends else "",
        tried if tests else "",
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
