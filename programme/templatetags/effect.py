"""Whether a work held, in words and in a colour that the words stand beside."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from foundation.money import format_kronor
from foundation.numbers import number

from ..models import Benefit, BenefitKind
from ..wording import held_in_words

register = template.Library()

TONES = {"yes": "success", "partly": "sun", "no": "danger", "unknown": "neutral"}

register.simple_tag(held_in_words, name="held")


@register.filter
def held_tone(held: str) -> str:
    """Return the colour of an answer to “is it still so?”."""
    return TONES.get(held, "neutral")


@register.simple_tag
def span(low: Decimal, high: Decimal) -> str:
    """Write a range of hours: "40–60 hours"."""
    return _("%(range)s hours") % {"range": _between(number(low), number(high))}


@register.simple_tag
def span_of_kronor(low_ore: int, high_ore: int) -> str:
    """Write a range of money: "40 000–60 000 kr"."""
    low, high = format_kronor(low_ore), format_kronor(high_ore)
    return _between(low.removesuffix("\N{NO-BREAK SPACE}kr"), high) if low != high else high


@register.filter
def saved_text(benefit: Benefit) -> str:
    """Write what one benefit is, from the least to the most."""
    if benefit.kind == BenefitKind.HOURS:
        assert benefit.hours_low is not None  # by the constraint
        assert benefit.hours_high is not None
        return str(span(benefit.hours_low, benefit.hours_high))
    return str(span_of_kronor(benefit.low_ore or 0, benefit.high_ore or 0))


def _between(low: str, high: str) -> str:
    return low if low == high else f"{low}–{high}"
