"""Charts for the style page: made-up numbers in every form that a chart can have."""

from datetime import date

from django.utils.translation import gettext as _

from measures.chart import (
    Bar,
    Chart,
    ChartKind,
    Figure,
    PhaseStart,
    Point,
    Settings,
    figure,
    icons,
    small_chart,
    verdict_facts,
)

PARTS = [31, 36, 27, 37, 30, 29, 25, 36, 33, 27, 34, 28, 39, 44, 36, 45, 38, 46, 35, 43, 37, 45]
OF = [50, 54, 47, 52, 49, 51, 46, 53, 50, 48, 52, 47, 50, 51, 48, 52, 50, 53, 49, 51, 50, 52]
WAITS = [
    42,
    45,
    39,
    44,
    41,
    46,
    40,
    43,
    38,
    44,
    42,
    41,
    45,
    33,
    30,
    34,
    31,
    29,
    33,
    30,
    32,
    28,
    31,
    29,
    33,
    30,
]


def run_chart_example() -> Figure:
    """A run chart with everything on it: target, notes, a missing value, tests."""
    values = [61, 63, 60, 62, 64, 61, 62, 65, 63, 62, 71, 73, 76, 75, None, 77, 80, 78, 81, 79, 82]
    notes = {4: _("Summer substitutes")}
    return figure(
        Chart(
            title=_("Share who know their contact"),
            unit_word=_("per cent"),
            points=tuple(
                Point(day, value, note=notes.get(n, ""))
                for n, (day, value) in enumerate(zip(_months(len(values)), values, strict=True))
            ),
            higher_is_better=True,
            today=date(2026, 10, 1),
            target=90.0,
            bars=(
                Bar(_("1 one resident"), date(2025, 10, 20), date(2025, 11, 2), "#chart"),
                Bar(_("2 a group"), date(2025, 12, 1), date(2026, 2, 10), "#chart"),
                Bar(_("3 the whole unit"), date(2026, 3, 1), None, "#chart"),
            ),
            baseline_until=date(2025, 10, 20),
        )
    )


def control_chart_examples() -> list[Figure]:
    """Shares with limits that follow the numbers; waits judged anew after a change."""
    return [figure(_shares()), figure(_waits())]


def small_chart_examples() -> list[dict[str, object]]:
    """Small charts with their words, as overviews have them."""
    found: list[dict[str, object]] = []
    for chart in (_shares(), _waits()):
        facts = verdict_facts(chart)
        found.append(
            {
                "title": chart.heading,
                "svg": small_chart(facts),
                "icons": icons(
                    facts.variation, facts.assurance, facts.side, facts.higher_is_better
                ),
            }
        )
    return found


def _shares() -> Chart:
    return Chart(
        title=_("Share who know their contact"),
        unit_word=_("per cent"),
        points=tuple(
            Point(day, None, numerator=part, denominator=of)
            for day, part, of in zip(_months(len(PARTS)), PARTS, OF, strict=True)
        ),
        higher_is_better=True,
        today=date(2026, 10, 1),
        target=90.0,
        settings=Settings(ChartKind.P, multiply=100),
        baseline_until=date(2026, 1, 1),
    )


def _waits() -> Chart:
    days = _months(len(WAITS))
    return Chart(
        title=_("Wait for the first visit"),
        unit_word=_("days"),
        points=tuple(Point(day, float(wait)) for day, wait in zip(days, WAITS, strict=True)),
        higher_is_better=False,
        today=date(2026, 10, 1),
        target=25.0,
        settings=Settings(ChartKind.I),
        phase_starts=(PhaseStart(days[13], _("one way in for every referral")),),
    )


def _months(count: int) -> list[date]:
    return [date(2025 + n // 12, n % 12 + 1, 15) for n in range(count)]
