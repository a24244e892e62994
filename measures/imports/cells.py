"""What a cell with a result means: a number as people write it, or a sign for why there is none."""

import re
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import Gender, Status
from ..rules.team import why_not_value

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:[eE]-?\d{1,2})?")
_UNCLEAR = re.compile(r"-?[1-9]\d{0,2},\d{3}")  # 1,234: a comma of decimals, or of thousands?
# Thousands are parted by the sign that is not that of decimals, or by one that stands twice.
_ENGLISH = re.compile(r"-?\d{1,3}(?:,\d{3})+\.\d+|-?\d{1,3}(?:,\d{3}){2,}")
_SWEDISH = re.compile(r"-?\d{1,3}(?:\.\d{3})+,\d+|-?\d{1,3}(?:\.\d{3}){2,}")

SIGNS = {
    "-": Status.MISSING,
    "–": Status.MISSING,
    ".": Status.NOT_APPLICABLE,
    "..": Status.SECRET,
    "…": Status.SECRET,  # what a word processor makes of two or three full stops
}
GENDERS = {
    **dict.fromkeys(("", "t", "alla", "totalt", "all"), Gender.ALL),
    **dict.fromkeys(("k", "kvinna", "kvinnor", "flicka", "flickor", "women"), Gender.WOMEN),
    **dict.fromkeys(("m", "man", "män", "pojke", "pojkar", "men"), Gender.MEN),
}


class Outcome(NamedTuple):
    """`value` is None exactly when `status` says why."""

    status: Status
    value: float | None


def outcome_in(text: str) -> Outcome:
    """Return what a result says: "62,5", "62.5", "1 234,5 %", or one of the signs.

    Raises:
        ValidationError: what is wrong, and what to write instead.
    """
    if text in SIGNS:
        return Outcome(SIGNS[text], None)
    return Outcome(Status.HAS_VALUE, float(number_in(text)))


def number_in(text: str) -> Decimal:
    """Return the number that is written in Swedish or English.

    Raises:
        ValidationError: it is none, it is too large, or its comma can be read in two ways.
    """
    value = decimal_in(text)
    if value is None:
        raise ValidationError(
            _(
                "“%(text)s” is no number. Write for example 62 or 7,5, or a sign: - is missing, "
                ". is not applicable, .. is secret."
            )
            % {"text": text[:30]}
        )
    if refusal := why_not_value(value):
        raise ValidationError(refusal)
    return value


def decimal_in(text: str) -> Decimal | None:
    """Return the number that is written in Swedish or English; None where it is none.

    Raises:
        ValidationError: its comma can be read in two ways.
    """
    plain = re.sub(r"[\s%']", "", text).replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")
    if _UNCLEAR.fullmatch(plain):
        raise ValidationError(
            _(
                "“%(text)s” can be read in two ways. Write %(whole)s if the comma is between "
                "thousands, or %(parts)s if it is before decimals."
            )
            % {
                "text": text[:30],
                "whole": plain.replace(",", " "),
                "parts": f"{plain}0",
            }
        )
    if _ENGLISH.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _SWEDISH.fullmatch(plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".")
    return Decimal(plain) if _PLAIN.fullmatch(plain) else None


def year_in(text: str) -> int:
    if not re.fullmatch(r"\d{4}", text, re.ASCII):
        raise ValidationError(
            _("“%(text)s” is no year. Write four digits, like 2025.") % {"text": text[:30]}
        )
    return int(text)


def gender_in(text: str) -> Gender:
    if text.casefold() not in GENDERS:
        raise ValidationError(
            _(
                "“%(text)s” is none of the genders. Write K for women, M for men, or nothing for all."
            )
            % {"text": text[:30]}
        )
    return GENDERS[text.casefold()]


def answers_in(text: str) -> int | None:
    """Return how many answered; None where the cell is empty, for it is then no survey."""
    if not text:
        return None
    plain = re.sub(r"\s", "", text)
    if not re.fullmatch(r"\d{1,7}", plain, re.ASCII):
        raise ValidationError(
            _("“%(text)s” is no number of answers. Write a whole number, like 24.")
            % {"text": text[:30]}
        )
    return int(plain)
