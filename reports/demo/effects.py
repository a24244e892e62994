"""What came of the works that are finished: it held, it held in part, and one goes back.

One is tried by another unit, and some have said what they save.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from random import Random
from uuid import UUID

from organisation.permissions import Role
from programme.actions import benefits, effect, library, measuring
from programme.actions.benefits import Saving
from programme.actions.effect import Answer
from programme.models import BenefitKind as B
from programme.models import FollowUp, Holds, Work
from programme.rules.effect import EARLY

from .clock import Story
from .world import World

KR = 100
ON_TIME = "Medicin i rätt tid på morgonen"
FALLS = "Färre fall på Ekdungen"
WASTE = "Halverat matsvinn i skolköken"


@dataclass(frozen=True, slots=True)
class Check:
    """A check, so many days ago, if its time has come by then: works end with a month."""

    days: int
    title: str
    months: int
    said: Answer


@dataclass(frozen=True, slots=True)
class Said:
    """What a team said so many days ago that it saves; counted from that year."""

    days: int
    title: str
    kind: str
    source: str
    low: int  # hours, or kronor
    high: int
    uncertain: str = ""
    is_yearly: bool = True


# fmt: off
CHECKS = (
    Check(54, ON_TIME, 3, Answer(Holds.YES, Holds.YES, Decimal("93.5"), told="Den nya turordningen sitter. Nya i gruppen lär sig den första veckan.")),
    Check(10, FALLS, 3, Answer(Holds.PARTLY, Holds.YES, Decimal(3), told="Nattlamporna är på överallt. Stolen vid sängen glöms ibland när vikarier jobbar.")),
    Check(1, ON_TIME, 6, Answer(Holds.YES, Holds.YES, Decimal(94), told="Håller. Vi har visat schemat för söder.")),
)
SAVED = (
    Said(52, ON_TIME, B.HOURS, "Två veckors tidmätning före och efter", 180, 260, "Hur mycket som beror på den nya turen och hur mycket på färre sjuka."),
    Said(51, ON_TIME, B.POOR_QUALITY, "Avvikelser för sen medicin, 4 timmars utredning var", 45_000, 90_000, "Vad en avvikelse kostar är en uppskattning."),
    Said(48, FALLS, B.POOR_QUALITY, "Färre fall med sjukhusvård, regionens schablon", 120_000, 400_000, "Få fall: slumpen spelar stor roll. Vinsten hamnar delvis i regionen."),
    Said(40, WASTE, B.MONEY, "Inköpen i bokföringen, mot året innan", 210_000, 260_000, "Priserna på mat steg under tiden."),
)
# fmt: on
TRIED_DAYS_AGO = 45
GOES_BACK_DAYS_AGO = 9


def life_of_what_holds(world: World) -> Story:
    """Let the checks be made, the savings be said, and one measure go back."""
    chance = Random(26)
    scenes: list[tuple[int, Callable[[], object]]] = [
        *((one.days, partial(_check, world, one)) for one in CHECKS),
        *((one.days, partial(_say, world, one)) for one in SAVED),
        (TRIED_DAYS_AGO, partial(_try, world)),
        (GOES_BACK_DAYS_AGO, partial(_go_back, world)),
    ]
    for days, happen in sorted(scenes, key=lambda scene: -scene[0]):
        yield world.calendar.moment(days, chance)
        happen()


def _check(world: World, told: Check) -> None:
    check = FollowUp.objects.select_related("owner").get(
        work__title=told.title, work__adopted_from=None, months=told.months
    )
    if world.on >= check.due_on - EARLY:
        effect.answer(follow_up_id=check.pk, said=told.said, on=world.on, by=check.owner)


def _say(world: World, told: Said) -> None:
    work = _work(told.title)
    is_hours = told.kind == B.HOURS
    benefits.add(
        work_id=work.pk,
        saving=Saving(
            kind=told.kind,
            year=world.on.year,
            source=told.source,
            is_yearly=told.is_yearly,
            hours=(Decimal(told.low), Decimal(told.high)) if is_hours else None,
            ore=None if is_hours else (told.low * KR, told.high * KR),
            uncertain=told.uncertain,
        ),
        key=UUID(int=Random(told.source).getrandbits(128)),
        on=world.on,
        by=work.follow_ups.select_related("owner")[0].owner,
    )


def _try(world: World) -> None:
    """Let another unit of home care begin from what the first one found."""
    unit = world.organisation.units["SOC-HT-S"]
    by = world.organisation.holder(Role.IMPROVEMENT_LEADER, "SOC-HT-S")
    library.adopt(work_id=_work(ON_TIME).pk, unit=unit, on=world.on, by=by)


def _go_back(world: World) -> None:
    work = _work(FALLS)
    measuring.record_value(
        followed_id=work.followed.get(carries_aim=True).pk,
        taken_on=world.on,
        value=Decimal(8),
        note="Tre nya nattvikarier",
        on=world.on,
        by=work.follow_ups.select_related("owner")[0].owner,
    )


def _work(title: str) -> Work:
    return Work.objects.get(title=title, adopted_from=None)
