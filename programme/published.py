"""What residents may read of a work: plain facts that stay as they were when they were released.

Knows neither database nor HTML.  `PublicReport.stored` is what the report keeps, and `read` what it
says again years later: a field that is added must have a default.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class PublicChart:
    """A chart without any word of the team's, drawn and said in one language."""

    svg: str
    strong: str
    sentence: str
    note: str = ""

    @property
    def drawing(self) -> SafeString:
        return mark_safe(self.svg)  # drawn by measures.chart, which escapes every text


@dataclass(frozen=True, slots=True)
class PublicReport:
    """All that the public page of a work shows.

    Attributes:
        title, aim, text: As whoever released it approved them.
        start, end, target: In words, with a comma; empty where there is none.
        began, ended: Days as "2026-03-12".
        charts: By language; empty where the chart is left out.
        kpis: The ids of the key figures that the work is aimed at.
    """

    organisation: str
    unit: str
    title: str
    aim: str
    text: str
    began: str
    ended: str
    measure: str = ""
    unit_word: str = ""
    start: str = ""
    end: str = ""
    target: str = ""
    charts: Mapping[str, PublicChart] = field(default_factory=dict)
    kpis: tuple[int, ...] = ()

    @property
    def chart(self) -> PublicChart | None:
        """The chart in the language that is active, or in any."""
        return self.charts.get(get_language() or "") or next(iter(self.charts.values()), None)

    @property
    def began_on(self) -> date:
        return date.fromisoformat(self.began)

    @property
    def ended_on(self) -> date | None:
        return date.fromisoformat(self.ended) if self.ended else None

    @property
    def written(self) -> dict[str, str]:
        """What people have written in it, by where it stands."""
        return {
            "title": self.title,
            "aim": self.aim,
            "text": self.text,
            "measure": f"{self.measure} {self.unit_word}",
        }

    @property
    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def read(cls, stored: Mapping[str, Any] | None) -> Self:
        """Read what a report keeps; one that is public always keeps it (a constraint)."""
        assert stored is not None
        charts = {code: PublicChart(**chart) for code, chart in stored["charts"].items()}
        return cls(**{**stored, "charts": charts, "kpis": tuple(stored["kpis"])})
