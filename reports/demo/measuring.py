"""What teams measure besides their aim: shares, rates and rare things, pasted week by week.

One value is missing, one is left out, one was corrected; two measures are judged anew, one of
them after somebody had tried it too early and taken it back.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from measures.actions.team import NewMeasure
from measures.models.team import Direction, Frequency, MeasureKind
from measures.rules.phases import shift_in
from measures.typed.entry import Entry
from organisation.models import Person
from programme.actions import measuring
from programme.models import Member, Purpose, Work, WorkMeasure
from programme.queries.measures import measure_facts

from .clock import Story
from .world import World

FACES = "Samma ansikten hos den som bor hemma"
KEYS = "Tid till brukaren i stället för nycklar"
FASTING = "Kortare nattfasta på Lindbacken"
FALLS = "Färre fall på Ekdungen"

IN_THE_TEAM = NewMeasure(
    "Besök av någon i det lilla laget",
    "procent",
    Direction.HIGHER,
    "Av veckans besök hos de tio brukarna: hur många gjordes av någon i deras lag? "
    "Planeraren räknar på måndagen.",
    kind=MeasureKind.SHARE,
    per=100,
    frequency=Frequency.WEEKLY,
)
AT_NIGHT = NewMeasure(
    "Fall på natten",
    "per 1 000 vårddygn",
    Direction.LOWER,
    "Varje fall mellan 22 och 6 som är skrivet i avvikelsesystemet.",
    kind=MeasureKind.RATE,
    per=1_000,
)
LOST = NewMeasure(
    "Dagar mellan nycklar som kommit bort",
    "dagar",
    Direction.HIGHER,
    "Från den ena till den nästa.  Nyckelansvarig skriver när det händer.",
    kind=MeasureKind.BETWEEN,
    frequency=Frequency.SOMETIMES,
)
WEEKS, BEFORE = 64, 20  # measured, and of them before the small teams
LAST_WEEKS = 7  # written down week by week, after the others were pasted
MISSING_WEEK, LEFT_OUT_WEEK, CORRECTED_WEEK = 31, 26, 44


def life_of_measures(world: World) -> Story:
    """Follow more measures in three works, and judge two anew."""
    chance = Random("mått")
    yield world.calendar.moment(42, chance)
    faces = _follow(FACES, IN_THE_TEAM, Purpose.PROCESS, world)
    _write(faces, _weeks(world, LAST_WEEKS), world)
    _put_right(faces, world)
    fasting = _follow(FASTING, AT_NIGHT, Purpose.BALANCING, world)
    _write(fasting, _months(world), world)
    keys = _follow(KEYS, LOST, Purpose.OUTCOME, world)
    _write(keys, _losses(world), world)
    yield world.calendar.moment(30, chance)
    _judge_anew(FALLS, "Alla rum gås igenom med den boende när någon flyttar in", world)
    yield world.calendar.moment(21, chance)
    phase = _judge_anew(FACES, "Vikarierna har gått", world, measure=faces)
    yield world.calendar.moment(20, chance)
    measuring.undo_rebase(phase_id=phase, by=_leader(faces.work))
    yield world.calendar.moment(17, chance)
    _judge_anew(
        FACES, "Test 2: fem i varje litet lag, och den femte med från början", world, measure=faces
    )
    yield world.calendar.moment(2, chance)
    _write(faces, _weeks(world), world, only_new=True)


def _follow(title: str, measure: NewMeasure, purpose: str, world: World) -> WorkMeasure:
    work = Work.objects.get(title=title)
    return measuring.add(work_id=work.pk, measure=measure, purpose=purpose, by=_leader(work))


def _leader(work: Work) -> Person:
    return work.memberships.select_related("person").get(role=Member.LEADER).person


def _write(
    followed: WorkMeasure, entries: Iterator[Entry], world: World, *, only_new: bool = False
) -> None:
    there = (
        set(followed.measure.measurements.values_list("taken_on", flat=True)) if only_new else set()
    )
    new = [entry for entry in entries if entry.taken_on not in there]
    measuring.write(followed_id=followed.pk, entries=new, on=world.on, by=_leader(followed.work))


def _weeks(world: World, still_to_come: int = 0) -> Iterator[Entry]:
    """So many of the week's visits; more of them since the small teams began."""
    chance = Random("veckor")
    today = world.calendar.today
    monday = today - timedelta(days=today.weekday())
    for week in range(WEEKS - still_to_come):
        day = monday - timedelta(weeks=WEEKS - week) + timedelta(days=6)
        if week == MISSING_WEEK:
            yield Entry(day, missing_because="Planeringsverktyget låg nere")
            continue
        share = 0.41 if week < BEFORE else min(0.72, 0.58 + 0.02 * (week - BEFORE))
        visits = chance.randint(92, 118)
        hits = sum(chance.random() < share for _visit in range(visits))
        note = "Första lilla laget" if week == BEFORE else ""
        yield Entry(day, numerator=Decimal(hits), denominator=Decimal(visits), note=note)


def _months(world: World) -> Iterator[Entry]:
    chance = Random("nätter")
    for day in world.calendar.month_ends(15, newest=2, not_in_july=False):
        nights = chance.randint(880, 940)
        falls = sum(chance.random() < 0.005 for _night in range(nights))
        yield Entry(day, numerator=Decimal(falls), denominator=Decimal(nights))


def _losses(world: World) -> Iterator[Entry]:
    chance = Random("nycklar")
    day: date = world.on - timedelta(days=8)
    between = [chance.randint(30, 61) for _n in range(3)] + [
        chance.randint(4, 24) for _n in range(11)
    ]
    for days in between:
        yield Entry(day, value=Decimal(days))
        day -= timedelta(days=days)


def _put_right(followed: WorkMeasure, world: World) -> None:
    """Leave one value out, with its reason, and correct one that was typed wrong."""
    leader = _leader(followed.work)
    values = list(followed.measure.measurements.order_by("taken_on"))
    measuring.exclude(
        measurement_id=values[LEFT_OUT_WEEK].pk,
        because="Räknades i fel grupp den veckan",
        by=leader,
    )
    one = values[CORRECTED_WEEK]
    assert one.numerator is not None  # a share is kept as its two numbers
    measuring.record_value(
        followed_id=followed.pk,
        taken_on=one.taken_on,
        numerator=one.numerator + 3,
        denominator=one.denominator,
        on=world.on,
        by=leader,
    )


def _judge_anew(
    title: str, because: str, world: World, *, measure: WorkMeasure | None = None
) -> int:
    """Begin a new phase where the chart's shift began; the id of the phase."""
    followed = measure or WorkMeasure.objects.get(work__title=title, carries_aim=True)
    shift = shift_in(measure_facts(followed, on=world.on).chart)
    assert shift is not None  # its values are told so
    phase = measuring.rebase(
        followed_id=followed.pk,
        starts_on=shift.on,
        because=because,
        on=world.on,
        by=_leader(followed.work),
    )
    return phase.pk
