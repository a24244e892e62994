"""What the address of a quality viewer page says: what is open, up to which year, against what."""

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from .queries import National


class Level(IntEnum):
    """How much is shown; the source's table opens the same way, with the buttons 1, 2 and 3."""

    MEASURES = 1
    KPIS = 2
    RANK = 3  # and the difference from the country


@dataclass(frozen=True, slots=True)
class Address:
    level: Level = Level.MEASURES
    year: int | None = None  # the last of those shown; None is the latest there is
    national: National = National.MEAN
    turned: frozenset[int] = frozenset()  # measures opened or closed against what the level says

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Read it; what makes no sense is as if it were not said."""
        return cls(
            level=_one_of(Level, query.get("niva"), Level.MEASURES),
            year=_number(query.get("ar")),
            national=_one_of(National, query.get("mot"), National.MEAN),
            turned=frozenset(n for n in map(_number, query.getlist("vand")) if n is not None),
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
        said: list[tuple[str, str | int]] = [("niva", int(self.level))]
        if self.year is not None:
            said.append(("ar", self.year))
        if self.national is not National.MEAN:
            said.append(("mot", self.national.value))
        said += [("vand", measure_id) for measure_id in sorted(self.turned)]
        return f"?{urlencode(said)}"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def _one_of[E: (Level, National)](kind: type[E], text: str | None, otherwise: E) -> E:
    return next((member for member in kind if str(member.value) == text), otherwise)
