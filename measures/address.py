"""What the address of a quality viewer page says: what is open, which years, whose, against whom.

The one place that reads and writes these settings: a page, a file and a paper of the same address
show the same.

    view = Address.read(request.GET).view_of(area)
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from .models import Kind, Municipality, QualityArea
from .queries import YEARS_SHOWN, AreaView, Look, National, Split, area_of, home_municipality
from .queries.groups import ALL, group_of, groups_for

MOST_YEARS = 10


class Level(IntEnum):
    """How much is shown; the source's table opens the same way, with the buttons 1, 2 and 3."""

    MEASURES = 1
    KPIS = 2
    RANK = 3  # and the difference from the country


@dataclass(frozen=True, slots=True)
class Address:
    level: Level = Level.MEASURES
    year: int | None = None  # the last of those shown; None is the latest there is
    count: int = YEARS_SHOWN  # how many years
    national: National = National.MEAN
    split: Split = Split.ALL
    group: str = ALL  # the key of one of `groups_for`
    municipality: str = ""  # the code of another one's than ours
    as_of: date | None = None  # as it was said on that day
    turned: frozenset[int] = frozenset()  # measures opened or closed against what the level says

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Read it; what makes no sense is as if it were not said."""
        count = _number(query.get("antal")) or YEARS_SHOWN
        return cls(
            level=_one_of(Level, query.get("niva"), Level.MEASURES),
            year=_number(query.get("ar")),
            count=min(count, MOST_YEARS),
            national=_one_of(National, query.get("mot"), National.MEAN),
            split=_one_of(Split, query.get("kon"), Split.ALL),
            group=query.get("grupp") or ALL,
            municipality=_code(query.get("kommun")),
            as_of=_past_day(query.get("per")),
            turned=frozenset(n for n in map(_number, query.getlist("vand")) if n is not None),
        )

    def view_of(self, area: QualityArea, ours: Municipality | None = None) -> AreaView | None:
        """Return the area as this address shows it, or None when nobody knows which home is ours.

        Args:
            ours: Our own municipality, if it is known already; else it is looked up.
        """
        ours = ours or home_municipality()
        home = self._other(ours) or ours
        if home is None:
            return None
        groups = groups_for(home, area)
        group = group_of(groups, self.group)
        look = Look(
            year=self.year,
            count=self.count,
            national=self.national,
            split=self.split,
            group=None if group.is_all else group,
            as_of=self.as_of,
            is_ours=home == ours,
        )
        return area_of(area, home, look, groups=groups)

    def homes(self) -> tuple[Municipality | None, Municipality | None]:
        """Return our own municipality, and the one that is looked at: it, or another asked for."""
        ours = home_municipality()
        return ours, self._other(ours) or ours

    def _other(self, ours: Municipality | None) -> Municipality | None:
        """Return the other municipality that is asked for, if there is one."""
        if ours is None or self.municipality in ("", ours.code):
            return None
        others = Municipality.objects.exclude(kind=Kind.COUNTRY)
        return others.filter(code=self.municipality).first()

    def as_shown(self, view: AreaView) -> Self:
        """Return it without what was asked for and is not there: a group, another municipality."""
        return replace(
            self,
            group=view.group.key if view.group else ALL,
            municipality="" if view.look.is_ours else self.municipality,
        )

    def is_open(self, measure_id: int) -> bool:
        return (self.level >= Level.KPIS) != (measure_id in self.turned)

    def but(self, **changes: Any) -> str:
        """Return the address with something changed, as a link on the page."""
        return replace(self, **changes).query

    def with_turned(self, measure_id: int) -> str:
        return self.but(turned=self.turned ^ {measure_id})

    @property
    def query(self) -> str:
        """The address as a link; what is as usual is not said, but for the level."""
        said: list[tuple[str, object]] = [
            ("niva", int(self.level)),
            ("ar", self.year),
            ("antal", self.count if self.count != YEARS_SHOWN else None),
            ("mot", self.national if self.national is not National.MEAN else None),
            ("kon", self.split if self.split is not Split.ALL else None),
            ("grupp", self.group if self.group != ALL else None),
            ("kommun", self.municipality or None),
            ("per", self.as_of),
            *(("vand", measure_id) for measure_id in sorted(self.turned)),
        ]
        return f"?{urlencode([(name, value) for name, value in said if value is not None])}"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def _code(text: str | None) -> str:
    return text if text and len(text) == 4 and _number(text) is not None else ""


def _past_day(text: str | None) -> date | None:
    """Read a day that has been; as it is now needs no day."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day < timezone.localdate() else None


def _one_of[E: (Level, National, Split)](kind: type[E], text: str | None, otherwise: E) -> E:
    return next((member for member in kind if str(member.value) == text), otherwise)
