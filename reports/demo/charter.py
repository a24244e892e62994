"""Works without money: one that waits for a manager, one from a red measure, one by eight steps.

Also what works can be tagged with, and charters that say more than an aim.
"""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from measures.actions.team import NewMeasure
from measures.models import Kpi
from measures.models.team import Direction
from organisation.permissions import Role
from programme.actions import charter, measuring, methods, works
from programme.models import Effect, Improves, Method, Origin, Scope, StrategicArea, Work

from .clock import Story
from .world import World

AREAS = (
    "Nära och tillgänglig service",
    "Hållbart arbetsliv",
    "Trygg uppväxt och god skola",
    "Digitalisering",
)


def life_of_the_methods(world: World) -> Story:
    """The development lead writes down what works can be tagged with."""
    yield world.calendar.moment(700, Random("områden"))
    lead = world.organisation.roles[Role.DEVELOPMENT_LEAD, "K"]
    for name in AREAS:
        methods.add_area(name=name, by=lead)


def life_of_a_proposal(world: World) -> Story:
    """A need seen at night: proposed, with a charter, and not answered yet."""
    chance = Random("förslag")
    organisation = world.organisation
    by = organisation.by_email["amina.lindqvist@exempel.se"]
    yield world.calendar.moment(4, chance)
    work = works.propose(
        beginning=works.Beginning(Origin.OWN, text="Fyra tillbud på två månader, alla efter 22."),
        unit=organisation.units["SOC-HT-N"],
        charter=works.Charter(
            title="Tryggare kvällsbesök i trapphusen",
            aim="Ingen i personalen känner sig otrygg på väg till ett kvällsbesök.",
            for_whom="De som får besök på kvällen, och de som gör besöken",
            why_wanted="Besök flyttas till dagen när vi inte vågar gå, och då blir natten lång.",
        ),
        team=works.Team(by, tuple(organisation.staff["SOC-HT-N"][1:3])),
        asked_by=organisation.by_email["peter.westerlund@exempel.se"],
        key=UUID(int=chance.getrandbits(128)),
        on=world.on,
        by=by,
    )
    charter.change(
        work_id=work.pk,
        changes={
            "what_to_change": "Gå två och två efter 22.\nRing brukaren innan.\nLampor i portarna.",
            "scope": [Scope.RELEVANT, Scope.IN_TIME],
            "effects": [Effect.WORK, Effect.QUALITY],
        },
        by=by,
    )


def life_of_a_red_measure(world: World) -> Story:
    """A measure that is red: proposed from its page, wanted by the manager, measured."""
    chance = Random("rött mått")
    organisation = world.organisation
    by = organisation.by_email["elias.nyman@exempel.se"]
    manager = organisation.holder(Role.MANAGER, "SOC-HT-S")
    yield world.calendar.moment(75, chance)
    work = works.propose(
        beginning=works.Beginning(Origin.MEASURE, kpi=Kpi.objects.filter(code="U21401").first()),
        unit=organisation.units["SOC-HT-S"],
        charter=works.Charter(
            title="Färre ansikten hemma hos var och en",
            aim="Den som har hjälp varje dag möter högst tio olika personer på två veckor.",
            for_whom="De som har hemtjänst varje dag, och deras anhöriga",
            aim_from=Decimal(16),
            aim_to=Decimal(10),
            aim_by=world.on + timedelta(days=180),
        ),
        team=works.Team(by, tuple(organisation.staff["SOC-HT-S"][:2])),
        asked_by=manager,
        key=UUID(int=chance.getrandbits(128)),
        on=world.on,
        by=by,
    )
    yield world.calendar.moment(72, chance)
    works.press(work_id=work.pk, step_name="confirm", by=manager)
    followed = measuring.add(
        work_id=work.pk,
        measure=NewMeasure(
            "Olika personer på två veckor", "personer", Direction.LOWER, "Medel för tio brukare."
        ),
        by=by,
    )
    yield from _values(followed.pk, (16, 15, 16, 14, 15), world, chance, by_work=work)


def life_of_eight_steps(world: World) -> Story:
    """An assignment from benchmarking, by the eight steps: forwards, once back, forwards again."""
    chance = Random("åtta steg")
    organisation = world.organisation
    by = organisation.roles[Role.IMPROVEMENT_LEADER, "BUF-FK"]
    manager = organisation.holder(Role.MANAGER, "BUF-FK-T")
    yield world.calendar.moment(160, chance)
    work = works.propose(
        beginning=works.Beginning(
            Origin.BENCHMARKING, text="Jämförelsen av tidig språkutveckling i våras"
        ),
        unit=organisation.units["BUF-FK-T"],
        charter=works.Charter(
            title="Läsning för varje barn varje dag",
            aim="Varje barn har en lässtund om dagen.",
            for_whom="Barnen på Tärnan",
            why_wanted="Ordförrådet vid sex år säger mycket om hur det går i skolan.",
            aim_from=Decimal(40),
            aim_to=Decimal(95),
            aim_by=world.on + timedelta(days=240),
        ),
        team=works.Team(by, tuple(organisation.staff["BUF-FK-T"][:3])),
        asked_by=manager,
        method=Method.objects.get(key="steps8"),
        key=UUID(int=chance.getrandbits(128)),
        on=world.on,
        by=by,
    )
    charter.change(
        work_id=work.pk,
        changes={
            "strategic_area": StrategicArea.objects.get(name=AREAS[2]),
            "improves": Improves.WAY,
            "effects": [Effect.QUALITY],
            "scope": list(Scope),
            "hours_planned": Decimal(60),
            "tags": ["Språk"],
        },
        by=by,
    )
    yield world.calendar.moment(155, chance)
    works.press(work_id=work.pk, step_name="confirm", by=manager)
    followed = measuring.add(
        work_id=work.pk,
        measure=NewMeasure("Barn med lässtund", "procent", Direction.HIGHER, "Räknas varje dag."),
        by=by,
    )
    for days in (150, 130, 110, 90):
        yield world.calendar.moment(days, chance)
        methods.step_on(work_id=work.pk, by=by)
    yield world.calendar.moment(70, chance)
    methods.step_back(
        work_id=work.pk, why="Det var inte böckerna som saknades utan tiden. Vi tänker om.", by=by
    )
    yield world.calendar.moment(50, chance)
    methods.step_on(work_id=work.pk, by=by)
    yield from _values(followed.pk, (40, 45, 42, 50, 48, 55, 60), world, chance, by_work=work)


def _values(
    followed: int, values: tuple[int, ...], world: World, chance: Random, *, by_work: Work
) -> Story:
    """Write down one value a week, the last some days ago."""
    leader = next(m.person for m in by_work.team if m.role == "leader")
    for weeks, value in zip(range(len(values), 0, -1), values, strict=True):
        yield world.calendar.moment(7 * weeks - 3, chance)
        taken: date = world.on
        measuring.record_value(
            followed_id=followed, taken_on=taken, value=Decimal(value), on=world.on, by=leader
        )
