"""Why not?  None, or a sentence for the person who asked."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisation.privacy import no_identity_numbers

TOO_LARGE = Decimal(10) ** 10  # what a column of values holds
FIRST_YEAR = 1990  # an earlier one is a slip of the finger


def why_not_value(value: Decimal) -> str | None:
    """Say why `value` cannot be a measurement."""
    if not value.is_finite() or abs(value) >= TOO_LARGE:
        return _("Write a number, for example 62 or 7,5.")
    return None


def why_not_day(taken_on: date, *, on: date) -> str | None:
    """Say why nothing can have been measured on `taken_on`, when today is `on`."""
    if taken_on > on:
        return _("That day has not come yet.")
    if taken_on.year < FIRST_YEAR:
        return _("Look at the year: %(year)s is too long ago.") % {"year": taken_on.year}
    return None


def why_not_text(text: str, *, most: int) -> str | None:
    """Say why `text` cannot be kept: too long, or somebody's identity number in it."""
    if len(text) > most:
        return _("Write it in at most %(most)s characters.") % {"most": most}
    try:
        no_identity_numbers(text)
    except ValidationError as error:
        return str(error.messages[0])
    return None


def why_not_ends(start_on: date | None, end_on: date | None) -> str | None:
    """Say why a measure cannot start and end on these days."""
    if start_on and end_on and end_on < start_on:
        return _("The end is before the start.")
    return None
