"""The small charts of the cockpit: hundreds on a page, so in Python and drawn once for each verdict."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..queries.cockpit import Small

register = template.Library()


@register.simple_tag
def small_charts(measures: Iterable[Small]) -> SafeString:
    """Write the items of a list: each measure's name, drawing, newest value and verdict."""
    items = []
    for small in measures:
        word = f' <b data-verdict="{small.verdict}">{escape(small.word)}</b>' if small.word else ""
        items.append(
            f'<li><span class="cockpit-charts__name">{escape(small.name)}</span>{small.svg}'
            f'<span class="small">{escape(small.newest) or "–"}{word}</span></li>'
        )
    return mark_safe("".join(items))  # escaped above, and drawn by measures.chart
