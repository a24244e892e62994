"""What every story needs to know of the rest."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from organisation.models import Person

from .clock import Calendar, Clock
from .organisation import Organisation

# A moment, and what happens then.
Scene = tuple[datetime, Callable[[], object]]


@dataclass(slots=True)
class World:
    calendar: Calendar
    clock: Clock
    organisation: Organisation
    funds: dict[str, int] = field(default_factory=dict)  # by the code of the unit

    @property
    def on(self) -> date:
        return self.clock.on

    def somebody_at(self, code: str, chance: Random) -> Person:
        return chance.choice(self.organisation.staff[code])
