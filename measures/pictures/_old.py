"""Small pictures of one KPI as inline SVG: its years beside the country's, its place among all.

What they show stands as text beside them.  No database.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 700, 236
LEFT, RIGHT, TOP, BOTTOM = 24, 150, 18, 196  # the room of the lines; names stand to the right
NAMES_APART = 26  # least height between the two names
WIDEST_LABEL = 9  # years that can be written along the axis without touching

type Points = Sequence[tuple[int, float]]  # year, value


def years_picture(
    title: str, own: Points, mean: Points, *, own_name: str, mean_name: str
) -> SafeString:
    """Draw our own values as a line and the municipalities' mean as a dashed one.

    Gaps between years are kept as distance.  Each line has its name at its end, outside the data.
    Empty when there are fewer than two own values.
    """
    if len(own) < 2:
        return SafeString("")
    first, last = own[0][0], own[-1][0]
    mean = [(year, value) for year, value in mean if first <= year <= last]
    values = [value for _year, value in (*own, *mean)]
    low, high = min(values), max(values)

    def x(year: int) -> float:
        return round(LEFT + (year - first) / (last - first) * (WIDTH - RIGHT - LEFT), 1)

    def y(value: float) -> float:
        return round(BOTTOM - (value - low) / ((high - low) or 1) * (BOTTOM - TOP), 1)

    def line(points: Points, kind: str) -> SafeString:
        where = " ".join(f"{x(year)},{y(value)}" for year, value in points)
        return format_html('<polyline class="{}" fill="none" points="{}"/>', kind, where)

    years = [year for year, _value in own]
    step = -(-len(years) // WIDEST_LABEL)
    axis = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        ((x(year), HEIGHT - 8, year) for year in years[::-1][::step]),
    )
    dots = format_html_join(
        "",
        '<circle class="point" cx="{}" cy="{}" r="4"/>',
        ((x(year), y(value)) for year, value in own),
    )
    own_y, mean_y = _apart(y(own[-1][1]), y(mean[-1][1]) if mean else None)
    end = WIDTH - RIGHT + 12
    names = format_html('<text class="chart-strong" x="{}" y="{}">{}</text>', end, own_y, own_name)
    if mean_y is not None:
        names += format_html('<text x="{}" y="{}">{}</text>', end, mean_y, mean_name)
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img"><title>{}</title>'
        '<line class="chart-axis" x1="{}" x2="{}" y1="{}" y2="{}"/>{}{}{}{}{}</svg>',
        *(WIDTH, HEIGHT, title, 0, WIDTH - RIGHT + 6, BOTTOM + 10, BOTTOM + 10),
        line(mean, "chart-limit"),
        line(own, "chart-line"),
        dots,
        axis,
        names,
    )


def _apart(own: float, mean: float | None) -> tuple[float, float | None]:
    """Return the heights of the two names, moved from each other if they would touch."""
    if mean is None or abs(own - mean) >= NAMES_APART:
        return own + 5, None if mean is None else mean + 5
    middle, half = (own + mean) / 2 + 5, NAMES_APART / 2
    return (middle - half, middle + half) if own <= mean else (middle + half, middle - half)


def place_strip(rank: int, counted: int) -> SafeString:
    """Draw the three bands from best to worst with a mark at `rank`."""
    here = round((rank - 0.5) / counted * 100, 2)
    return format_html(
        '<svg class="strip" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="strip__good" x="0" y="3" width="24.6" height="8"/>'
        '<rect class="strip__mid" x="25" y="3" width="49.6" height="8"/>'
        '<rect class="strip__bad" x="75" y="3" width="25" height="8"/>'
        '<rect class="strip__here" x="{}" y="0" width="1.4" height="14" rx="0.4"/></svg>',
        round(min(max(here - 0.7, 0), 98.6), 2),
    )
