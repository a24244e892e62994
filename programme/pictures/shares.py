"""Shares over time as small bars, from nothing to all.  The table beside them says the same."""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe

HEIGHT, WIDE, APART = 48, 14, 6


def share_bars(shares: Sequence[float | None]) -> SafeString:
    """Return a bar for each share (0 to 1), the earliest first.

    Where it is not told, for there are too few, only the place is marked.
    """
    if not shares:
        return SafeString("")
    parts = []
    for place, share in enumerate(shares):
        x = place * (WIDE + APART)
        if share is None:
            parts.append(
                f'<rect class="share-none" x="{x + 0.5}" y="0.5" width="{WIDE - 1}"'
                f' height="{HEIGHT - 1}" rx="2"/>'
            )
            continue
        up = round(share * HEIGHT, 1)
        parts.append(
            f'<rect class="share-all" x="{x}" y="0" width="{WIDE}" height="{HEIGHT}" rx="2"/>'
            f'<rect class="share-met" x="{x}" y="{HEIGHT - up:g}" width="{WIDE}" height="{up:g}" rx="2"/>'
        )
    width = len(shares) * (WIDE + APART) - APART
    return mark_safe(  # numbers only
        f'<svg class="share-bars" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}"'
        f' aria-hidden="true">{"".join(parts)}</svg>'
    )
