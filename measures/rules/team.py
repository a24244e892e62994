"""Why not?  None, or a sentence for the person who asked."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.numbers import number
from organisation.privacy import no_identity_numbers

from ..models.team import ChartChoice, MeasureKind, TeamMeasure
from ..typed.entry import Entry

SMALLEST = Decimal("0.0001")  # values are kept with four decimals
TEXT_LENGTH = 200  # of a note and of a reason
TOO_LARGE = Decimal(10) ** 10  # what a column of values holds
MOST_PER = 1_000_000
OF_PARTS = {ChartChoice.P, ChartChoice.P_PRIME, ChartChoice.U, ChartChoice.U_PRIME}
COUNTING = {ChartChoice.C, ChartChoice.G, ChartChoice.T}
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


def faults_in(measure: TeamMeasure, entry: Entry, *, on: date) -> dict[str, str]:
    """Say all that is wrong with what was written of one day, under the name of each part of it.

    An empty answer: nothing is.  Today is `on`.
    """
    faults = {"taken_on": why_not_day(entry.taken_on, on=on)}
    faults |= {
        name: why_not_text(getattr(entry, name), most=TEXT_LENGTH)
        for name in ("note", "missing_because")
    }
    if entry.missing_because:
        if (entry.value, entry.numerator, entry.denominator) != (None, None, None):
            faults["missing_because"] = _("Write either a value or why it is missing.")
    elif measure.has_parts:
        faults |= _faults_in_parts(measure, entry.numerator, entry.denominator)
    else:
        faults["value"] = _why_not_kind_of_value(measure, entry.value)
    return {name: fault for name, fault in faults.items() if fault is not None}


def _why_not_kind_of_value(measure: TeamMeasure, value: Decimal | None) -> str | None:
    if value is None:
        return _("Write a value, or why it is missing.")
    if refusal := why_not_value(value):
        return refusal
    if measure.kind == MeasureKind.COUNT and value != value.to_integral_value():
        return _("A number of occurrences is a whole number.")
    if measure.kind in (MeasureKind.COUNT, MeasureKind.BETWEEN) and value < 0:
        return _below_zero()
    return None


def _faults_in_parts(
    measure: TeamMeasure, numerator: Decimal | None, denominator: Decimal | None
) -> dict[str, str | None]:
    faults = {
        "numerator": _why_not_part(numerator, _("Write how many.")),
        "denominator": _why_not_part(denominator, _("Write of how many.")),
    }
    if numerator is None or denominator is None or any(faults.values()):
        return faults
    numerator, denominator = rounded(numerator), rounded(denominator)  # as they will be kept
    if denominator == 0 and numerator != 0:
        faults["denominator"] = _(
            "It cannot be %(number)s of 0. If there was nothing to count among, write 0 of 0."
        ) % {"number": number(numerator)}
    elif measure.kind == MeasureKind.SHARE and numerator > denominator:
        faults["numerator"] = _(
            "It cannot be %(number)s of %(all)s. Have the numbers changed places?"
        ) % {"number": number(numerator), "all": number(denominator)}
    elif denominator and value_of(measure, numerator, denominator) >= TOO_LARGE:
        faults["denominator"] = _("The value becomes too large to keep. Look at the two numbers.")
    return faults


def _why_not_part(part: Decimal | None, missing: str) -> str | None:
    if part is None:
        return missing
    return why_not_value(part) or (_below_zero() if part < 0 else None)


def _below_zero() -> str:
    return _("A number of something cannot be below zero.")


def value_of(measure: TeamMeasure, numerator: Decimal, denominator: Decimal) -> Decimal:
    """Return what so many of so many are, in the unit of the measure: 3 of 40 are 7,5 per cent."""
    return numerator / denominator * measure.per


def as_kept(measure: TeamMeasure, entry: Entry) -> dict[str, Decimal | str | None]:
    """Return what is kept of an entry without faults, rounded as the columns do."""
    value = entry.value
    parts: tuple[Decimal | None, Decimal | None] = (None, None)
    if measure.has_parts and entry.numerator is not None and entry.denominator is not None:
        parts = (rounded(entry.numerator), rounded(entry.denominator))
        value = value_of(measure, *parts) if parts[1] else None
    return {
        "value": None if value is None else rounded(value),
        "numerator": parts[0],
        "denominator": parts[1],
        "missing_because": entry.missing_because.strip(),
    }


def rounded(value: Decimal) -> Decimal:
    return value.quantize(SMALLEST)


def why_not_ends(start_on: date | None, end_on: date | None) -> str | None:
    """Say why a measure cannot start and end on these days."""
    if start_on and end_on and end_on < start_on:
        return _("The end is before the start.")
    return None


def why_not_settings(measure: TeamMeasure, *, kinds_of_value: set[bool]) -> str | None:
    """Say why a measure cannot be followed in the way that is asked for.

    Args:
        kinds_of_value: Of the values that are there, whether they are made of two numbers: both,
            one of them, or empty where there are none.
    """
    if not 1 <= measure.per <= MOST_PER:
        return _("Write what it is counted per as a whole number between 1 and 1,000,000.")
    if measure.has_parts and False in kinds_of_value:
        return _(
            "There are values without the two numbers they are worked out of, so the measure "
            "cannot become a share or a rate. Begin a new measure instead."
        )
    if measure.chart in OF_PARTS and not measure.has_parts:
        return _("That chart needs shares or rates: so many of so many.")
    if measure.chart in COUNTING and measure.has_parts:
        return _("That chart does not suit shares and rates. Let the one that fits be chosen.")
    return None
