"""Personal identity numbers never enter free text; what else may point at a person is asked about.

Everything is looked for here, on the server; no text is sent anywhere.
"""

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

# --- personal identity numbers --------------------------------------------------------------------

_GAP = r"[^\S\r\n]"  # a space of any kind, on the same line
_DASH = r"\-+＋－.·/\u2010-\u2015\u2212"
_BEFORE = r"(?<!\d)"
_AFTER = r"(?!\d)"
# Where digits are in groups, other groups beside them make it something else (an account, a phone).
_ALONE_BEFORE = rf"(?<!\d)(?<!\d[\s{_DASH}])"
_ALONE_AFTER = rf"(?!\d)(?![\s{_DASH}]\d)"
_CANDIDATES = [
    re.compile(pattern)
    for pattern in (
        # 8112289874, 811228-9874, 19811228 – 9874
        rf"{_BEFORE}(?P<century>18|19|20)?(?P<day>\d{{6}}){_GAP}{{0,2}}(?P<sign>[{_DASH}]?){_GAP}{{0,2}}"
        rf"(?P<last>\d{{4}}){_AFTER}",
        # 1981-12-28-9874, 81 12 28 98 74
        rf"{_ALONE_BEFORE}(?P<century>18|19|20)?(?P<day>\d\d(?P<gap>[\s./\-–])\d\d(?P=gap)\d\d)"
        rf"{_GAP}?(?P<sign>[{_DASH}]?){_GAP}?(?P<last>\d\d{_GAP}?\d\d){_ALONE_AFTER}",
        # 8 1 1 2 2 8 9 8 7 4
        rf"{_ALONE_BEFORE}(?P<century>(?:1 [89]|2 0) )?(?P<day>\d(?: \d){{5}})"
        rf" (?P<sign>)(?P<last>\d(?: \d){{3}}){_ALONE_AFTER}",
    )
]


def identity_numbers_in(text: str) -> list[str]:
    """Return what in `text` is a Swedish personal identity or coordination number.

    With or without century, with any separator or none, in groups, in digits of any script.  A
    number counts when its day has been (the day of the month plus 60 in a coordination number) and
    its last digit is the right check digit, so that invoice and phone numbers are left alone.

    Source: Skatteverket, SKV 704 (personnummer) and SKV 707 (samordningsnummer); the check digit
    is the Luhn sum of the last ten digits.

    >>> identity_numbers_in("Ring 811228-9874 om taket")
    ['811228-9874']
    >>> identity_numbers_in("Faktura 811228-9875")
    []
    """
    plain = _with_plain_digits(text)
    spans = sorted(
        {
            match.span()
            for pattern in _CANDIDATES
            for match in pattern.finditer(plain)
            if _is_identity_number(match)
        }
    )
    return [text[start:end].strip() for start, end in spans]


def _with_plain_digits(text: str) -> str:
    """Return `text`, sign for sign, with 0 to 9 for the digits of every script."""
    if text.isascii():
        return text
    return "".join(sign if sign.isascii() else str(unicodedata.digit(sign, sign)) for sign in text)


def _is_identity_number(match: re.Match[str]) -> bool:
    day = re.sub(r"\D", "", match["day"])
    last = re.sub(r"\D", "", match["last"])
    century = re.sub(r"\D", "", match["century"] or "")
    if not century and not match["sign"] and _could_be_a_phone(match.group(), day):
        return False
    return _has_been(century, day) and _luhn_sum(day + last) % 10 == 0


def _could_be_a_phone(typed: str, day: str) -> bool:
    """Say whether ten digits are rather 0701740635, or 08 11 22 33 44, than somebody's number.

    A person's number with the day in clear and no space in it is never taken for a phone.
    """
    in_pairs = typed.count(" ") >= 4
    return day.startswith("0") and (in_pairs or (day[1] == "7" and int(day[4:]) > 31))


def _has_been(century: str, six_digits: str) -> bool:
    """Say whether the day exists and, where the century tells which it is, is not still to come."""
    year, month, day = (int(six_digits[i : i + 2]) for i in (0, 2, 4))
    if day > 60:
        day -= 60
    if century:
        return _is_day(int(century) * 100 + year, month, day)
    return _is_day(1900 + year, month, day) or _is_day(2000 + year, month, day)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day) <= timezone.localdate()
    except ValueError:
        return False


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


# --- what may point at a person ---------------------------------------------------------------------

_NUMBER_BEFORE = r"(?<![\w.,/–-])"
_PHONE = (
    rf"{_NUMBER_BEFORE}(?:\+|00)46[\s-]*(?:\(0\))?(?:[\s-]*\d){{7,10}}(?![\d])"
    rf"|{_NUMBER_BEFORE}07[02369](?:[\s–-]?\d){{7}}(?![\d])"
    # another area: a dash after its number, or groups with spaces
    rf"|{_NUMBER_BEFORE}0\d{{1,3}}{_GAP}?[-–]{_GAP}?(?:\d{{5,8}}|\d{{2,3}}(?: \d{{2,3}}){{1,3}})(?![\d])"
    rf"|{_NUMBER_BEFORE}0\d{{1,3}} \d{{2,3}}(?: \d{{2}}){{1,3}}(?![\d])"
)
_E_MAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
# One single person, in the definite form: patients in general ("patienter") are no one.
_SOMEBODY = (
    *("patienten", "brukaren", "eleven", "hyresgästen", "klienten", "låntagaren"),
    *("vårdtagaren", "omsorgstagaren", "barnet", "flickan", "pojken", "tjejen", "killen"),
    *("kvinnan", "mannen", "damen", "herrn", "tanten", "gubben", "mamman", "pappan", "fadern"),
    *("dottern", "sonen", "maken", "makan", "hustrun", "systern", "brodern"),
    *("mormodern", "morfadern", "farmodern", "farfadern", "anhörigen", "grannen"),
)
_PERSONAL = re.compile(
    rf"{_PHONE}|{_E_MAIL}|\b(?:{'|'.join(_SOMEBODY)})s?\b|\bpat\.(?!\w)", re.IGNORECASE
)


def personal_words_in(text: str) -> list[str]:
    """Return what in `text` may tell who somebody is: phones, addresses, "patienten" and the like.

    Nothing to refuse, only to ask about: the form says it in a friendly way (`AsksGently`).  Each
    is returned once, as it was typed, in the order it stands.

    >>> personal_words_in("Patienten ringde 070-174 06 35. Patientsäkerheten brister 2026.")
    ['Patienten', '070-174 06 35']
    """
    found = (match.group().strip() for match in _PERSONAL.finditer(_with_plain_digits(text)))
    return list(dict.fromkeys(found))
