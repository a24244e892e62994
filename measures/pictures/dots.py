"""Small pictures in a table's row; what they show stands beside them as text."""

from django.utils.safestring import SafeString, mark_safe


def dot(value: float, *, low: float, high: float, beside: float | None = None) -> SafeString:
    """Draw `value` as a dot on a line from `low` to `high`, with a mark where `beside` lies.

    A dot and no bar: the line need not begin at zero.
    """
    span = (high - low) or 1

    def x(at: float) -> float:
        return round(min(max((at - low) / span, 0), 1) * 100, 2)

    mark = "" if beside is None else f'<path class="unit-dot__beside" d="M{x(beside):g} 1v12"/>'
    return mark_safe(  # numbers only
        '<svg class="unit-dot" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="unit-dot__line" d="M0 7h100"/>{mark}'
        f'<path class="unit-dot__value" d="M{x(value):g} 7h0"/></svg>'
    )
