"""Numbers and aims in words.  Pure."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.numbers import number
from measures.models import TeamMeasure

from .models import Holds, Work


def amount(value: Decimal | None, unit_word: str, *, has_parts: bool = False) -> str:
    """Return a value with its unit, or nothing when there is no value.

    Args:
        has_parts: It was worked out of two numbers (`TeamMeasure.has_parts`).
    """
    if value is None:
        return ""
    return f"{number(rounded(value, has_parts=has_parts))}\N{NO-BREAK SPACE}{unit_word}"


def rounded(value: Decimal, *, has_parts: bool) -> Decimal:
    """Return a value as it is shown: one decimal where it was worked out, as it was typed else."""
    return round(value, 1) if has_parts else value


def day(on: date) -> str:
    """Return a day in words that stays on one line with its month: 1 December 2026."""
    return date_format(on, "j F Y").replace(" ", "\N{NO-BREAK SPACE}", 1)


def aim_in_numbers(work: Work, unit_word: str) -> str:
    """Return the aim as a sentence: from, to and by when; nothing when it has no number."""
    if work.aim_to is None or work.aim_by is None:
        return ""
    words = {
        "to": amount(work.aim_to, unit_word),
        "day": day(work.aim_by),
    }
    if work.aim_from is None:
        return _("To %(to)s by %(day)s.") % words
    return _("From %(from)s to %(to)s by %(day)s.") % {**words, "from": number(work.aim_from)}


def is_reached(work: Work, measure: TeamMeasure | None, value: Decimal | None) -> bool:
    """Say whether a value is as good as the aim, or better."""
    if measure is None or value is None or work.aim_to is None:
        return False
    return value >= work.aim_to if measure.higher_is_better else value <= work.aim_to


def held_in_words(held: str, months: int | None) -> str:
    """Say what a check said of the effect; nothing where there has been none.

    Args:
        held: A `Holds`, or empty.
        months: How long after the work was finished.
    """
    words = {
        Holds.YES: _("It held after %(months)s months"),
        Holds.PARTLY: _("It held in part after %(months)s months"),
        Holds.NO: _("It did not hold after %(months)s months"),
        Holds.UNKNOWN: _("Nobody knew after %(months)s months whether it held"),
    }
    return words[Holds(held)] % {"months": months} if held else ""
