"""What templates need to be drawn in one look: icons, and where in the menu we are."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, kind: str = "icon") -> SafeString:
    """Draw one of static/site/icons.svg.  Always beside words: it is hidden for screen readers."""
    return _icon(name, kind)


@cache  # a table has hundreds of them, and there are but some dozens
def _icon(name: str, kind: str) -> SafeString:
    sprite = static("site/icons.svg")
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', kind, sprite, name
    )


@register.simple_tag(takes_context=True)
def is_here(context: Context, address: str, also: Iterable[str] = ()) -> bool:
    """Say whether the page being drawn is at `address`, at one of the routes `also`, or below."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return False
    if request.path == address:
        return True
    places = [place for place in (address, *map(reverse, also)) if place != "/"]
    # A place in the menu that lies below another has its own pages to itself.
    inner = {reverse(item.route) for item in context.get("menu") or ()} - {address}
    return any(request.path.startswith(place) for place in places) and not any(
        request.path.startswith(each) and each.startswith(address) for each in inner
    )


@register.simple_tag
def select_options(optgroups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """Write the options of a select.

    In Python and not in the template: a list of a thousand units takes a tenth of the time.

    Args:
        optgroups: As a widget gives them: (group's name or None, its options, its number).
    """
    return format_html_join(
        "\n",
        "{}",
        (
            (format_html('<optgroup label="{}">{}</optgroup>', name, _options(options)),)
            if name
            else (_options(options),)
            for name, options, _number in optgroups
        ),
    )


def _options(options: list[dict[str, Any]]) -> SafeString:
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        (
            (
                "" if option["value"] is None else str(option["value"]),
                SafeString(
                    " selected" * bool(option["selected"])
                    + " disabled" * bool(option["attrs"].get("disabled"))
                ),
                option["label"],
            )
            for option in options
        ),
    )
