"""What templates need to be drawn in one look: icons, and where in the menu we are."""

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, kind: str = "icon") -> SafeString:
    """Draw one of static/site/icons.svg.  Always beside words: it is hidden for screen readers."""
    sprite = static("site/icons.svg")
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', kind, sprite, name
    )


@register.simple_tag(takes_context=True)
def is_here(context: Context, address: str) -> bool:
    """Say whether the page being drawn is at `address` or below it."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return False
    return request.path == address or (address != "/" and request.path.startswith(address))
