"""A chart of a team's measure as plain data, for the library that one explores it with."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from ..chart import Judged, Verdict, value_text
from ..chart.lines import centre_word
from ..chart.model import Bar
from ..spc import Phase

MOST_DECIMALS = 2


def chart_data(judged: Judged) -> dict[str, Any]:
    """Return values, lines, target and tests; a phase's lines do not run on into the next."""
    chart = judged.chart
    series = [
        *(line for phase in judged.phases for line in _band(judged, phase)),
        _line(judged, "median", _centre_name(judged), _centre),
        _points(judged, "own", chart.heading, lambda n: judged.counts(n)),
        _points(judged, "excluded", _("Not counted"), lambda n: not judged.counts(n)),
        _points(judged, "signal_better", _("Improvement"), _means(judged, Verdict.BETTER)),
        _points(judged, "signal_worse", _("Deterioration"), _means(judged, Verdict.WORSE)),
        _points(judged, "signal", _("Change"), _means(judged, Verdict.CHANGE)),
    ]
    if chart.target is not None and chart.points:
        ends = [chart.points[0].on.isoformat(), chart.points[-1].on.isoformat()]
        text = f"{_('Target')}: {value_text(chart.target)}"
        series.append(
            {
                "role": "target",
                "name": _("Target"),
                "x": ends,
                "y": [chart.target] * 2,
                "text": [text] * 2,
            }
        )
    return {
        "kind": "time",
        "title": chart.heading,
        "unit": chart.unit_word,
        "decimals": MOST_DECIMALS,
        "separators": get_format("DECIMAL_SEPARATOR") + get_format("THOUSAND_SEPARATOR"),
        "series": [one for one in series if any(y is not None for y in one["y"])],
        "efforts": [_effort(bar, judged) for bar in chart.bars],
        "stripes": [],
        "range": None,
    }


def _band(judged: Judged, phase: Phase) -> list[dict[str, Any]]:
    """Return the limits of one phase; the room between them is filled phase by phase."""
    name = _("Limits") if phase is judged.last else ""  # named once
    return [
        _line(judged, "lower", "", lambda at, n: _limit(at, n, at.lower), only=phase),
        _line(judged, "band", name, lambda at, n: _limit(at, n, at.upper), only=phase),
    ]


def _means(judged: Judged, verdict: Verdict) -> Callable[[int], bool]:
    return lambda n: n in judged.marks and judged.marks[n].meaning is verdict


def _limit(phase: Phase, place: int, line: tuple[float | None, ...]) -> float | None:
    return phase.at(place, line) if phase.shows_limits else None


def _centre(phase: Phase, _place: int) -> float | None:
    return phase.centre if phase.shows_centre else None


def _centre_name(judged: Judged) -> str:
    return centre_word(judged.last).capitalize() if judged.last else ""


def _line(
    judged: Judged,
    role: str,
    name: str,
    height: Callable[[Phase, int], float | None],
    *,
    only: Phase | None = None,
) -> dict[str, Any]:
    """Return a line of every phase, or of one."""
    x: list[str] = []
    y: list[float | None] = []
    for phase in judged.phases if only is None else (only,):
        for place in range(phase.start, phase.stop):
            x.append(judged.chart.points[place].on.isoformat())
            y.append(height(phase, place))
        if only is None:
            x.append(judged.chart.points[phase.stop - 1].on.isoformat())
            y.append(None)  # so that the next phase's line begins anew
    text = ["" if value is None else f"{name}: {value_text(value)}" for value in y]
    return {"role": role, "name": name, "x": x, "y": y, "text": text}


def _points(
    judged: Judged, role: str, name: str, is_shown: Callable[[int], bool]
) -> dict[str, Any]:
    """Return the values that are to be shown so; a gap where one is not."""
    chart = judged.chart
    y = [value if is_shown(n) else None for n, value in enumerate(judged.values)]
    text = [
        ""
        if value is None
        else f"{date_format(point.on, 'j F Y')}: {value_text(value)}"
        + (f"<br>{_plain(point.note)}" if point.note else "")
        for point, value in zip(chart.points, y, strict=True)
    ]
    x = [point.on.isoformat() for point in chart.points]
    return {"role": role, "name": name, "x": x, "y": y, "text": text}


def _plain(note: str) -> str:
    """Return a note without signs that the library takes for marks."""
    return note.replace("<", "‹").replace(">", "›").replace("&", "+")


def _effort(bar: Bar, judged: Judged) -> dict[str, Any]:
    ends = bar.ends_on or judged.chart.today
    return {"name": bar.label, "from": bar.starts_on.isoformat(), "to": ends.isoformat()}
