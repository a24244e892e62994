"""How texts and numbers are set on paper."""

from decimal import Decimal

from django import template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from foundation.numbers import number

register = template.Library()

# What one field may take of a report.  Laying out is slow for endless text, and a form's own
# limits do not hold for what was imported.
LONGEST_TEXT = 8000
MOST_PARAGRAPHS = 60
LONGEST_LINE = 300


@register.filter
def prose(text: str) -> SafeString:
    """Set what somebody has written as paragraphs: one for each line."""
    lines = [line.strip() for line in str(text)[:LONGEST_TEXT].splitlines()]
    paragraphs = [line for line in lines if line][:MOST_PARAGRAPHS]
    if len(str(text)) > LONGEST_TEXT or sum(map(bool, lines)) > MOST_PARAGRAPHS:
        paragraphs.append("…")
    return format_html_join("", "<p>{}</p>", ((line,) for line in paragraphs))


@register.filter
def line(text: object) -> SafeString:
    """Set it on a line of its own, shortened if it is very long."""
    return conditional_escape(Truncator(" ".join(str(text).split())).chars(LONGEST_LINE))


@register.filter
def figure(value: Decimal | None) -> str:
    """Write a number as one says it, with a real minus; nothing measured is a dash."""
    return "–" if value is None else number(value).replace("-", "−")
