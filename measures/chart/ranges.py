"""The chart that goes with an I chart: how far each value is from the one before."""

from dataclasses import replace

from django.utils.translation import gettext as _

from .model import Chart


def moving_range_chart(chart: Chart) -> Chart:
    """Return the moving ranges of a chart, on the same days and in the same phases.

    No range is better or worse than another, and the target is not theirs.
    """
    return replace(
        chart,
        title=_("%(title)s: step from the one before") % {"title": chart.title},
        shows_ranges=True,
        higher_is_better=None,
        target=None,
        bars=(),
        points=tuple(replace(point, note="") for point in chart.points),
    )
