"""Small pictures in a table's row; what they show stands beside them as text."""

from django.utils.safestring import SafeString, mark_safe


def bar(value: float, *, low: float, high: float, beside: float | None = None) -> SafeString:
    """Draw `value` as a bar from `low` towards `high`, with a line where `beside` lies."""
    span = (high - low) or 1

    def x(at: float) -> float:
        return round(min(max((at - low) / span, 0), 1) * 100, 2)

    line = (
        ""
        if beside is None
        else f'<rect class="unit-bar__beside" x="{min(x(beside), 99.2):g}" y="0" width="0.8" height="14"/>'
    )
    return mark_safe(  # numbers only
        '<svg class="unit-bar" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="unit-bar__value" x="0" y="3" width="{max(x(value), 0.6):g}" height="8"/>{line}</svg>'
    )
