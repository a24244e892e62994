"""Personal identity numbers never enter free text (design rule 9)."""

import re
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

_CANDIDATE = re.compile(r"(?<!\d)(?:\d{2})?(\d{6})[ ]?[-+–]?[ ]?(\d{4})(?!\d)")


def identity_numbers_in(text: str) -> list[str]:
    """Return what in `text` is a Swedish personal identity or coordination number.

    With or without century and separator.  A number counts when its date exists (the day plus
    60 in a coordination number) and its last digit is the right check digit, so that invoice
    and phone numbers are left alone.

    Source: Skatteverket, SKV 704 (personnummer) and SKV 707 (samordningsnummer); the check digit
    is the Luhn sum of the last ten digits.

    >>> identity_numbers_in("Ring 811228-9874 om taket")
    ['811228-9874']
    >>> identity_numbers_in("Faktura 811228-9875")
    []
    """
    return [
        match.group().strip()
        for match in _CANDIDATE.finditer(text)
        if _is_date(match[1]) and _luhn_sum(match[1] + match[2]) % 10 == 0
    ]


def _is_date(six_digits: str) -> bool:
    year, month, day = (int(six_digits[i : i + 2]) for i in (0, 2, 4))
    try:
        date(2000 + year, month, day - 60 if day > 60 else day)
    except ValueError:
        return (month, day % 60) == (2, 29)  # a leap day in another century
    return True


def _luhn_sum(ten_digits: str) -> int:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(ten_digits))
    return sum(product // 10 + product % 10 for product in doubled)


def no_identity_numbers(text: str) -> None:
    """Validate that free text names nobody by number; for model and form fields."""
    found = identity_numbers_in(text)
    if found:
        raise ValidationError(
            _("“%(number)s” looks like a personal identity number. Take it away before you save.")
            % {"number": found[0]},
            code="identity_number",
        )


if TYPE_CHECKING:  # generic in the stubs only
    Line = models.CharField[str, str]
    Text = models.TextField[str, str]
else:
    Line, Text = models.CharField, models.TextField


class FreeLine(Line):
    """A line in somebody's own words."""

    default_validators = [no_identity_numbers]


class FreeText(Text):
    """What somebody writes in their own words.  `max_length` is what a form allows."""

    default_validators = [no_identity_numbers]
