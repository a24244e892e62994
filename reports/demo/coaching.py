"""The coaches: their visits and calls, a work that is handed over, and what is said in confidence.

Some works are visited often, some have been left alone: so that the cockpit has something to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from random import Random
from uuid import UUID

from organisation.models import Person
from organisation.permissions import Role
from programme.actions import coaching, contacts, remarks
from programme.actions.contacts import Meeting
from programme.models import ContactKind as K
from programme.models import Member, Thread, Work

from .clock import Story
from .telling import BIRGITTA
from .world import World


@dataclass(frozen=True, slots=True)
class Talk:
    """A contact, so many days ago, by whoever coaches the work then.

    Attributes:
        next_in: Days after it that the next step is to be done; 0: no day was agreed.
    """

    days: int
    title: str  # of the work
    kind: str
    hours: str
    about: str
    next_step: str = ""
    next_in: int = 0


FACES = "Samma ansikten hos den som bor hemma"
KEYS = "Tid till brukaren i stället för nycklar"
FASTING = "Kortare nattfasta på Lindbacken"
BREAKS = "Trygga raster på Kustskolan"
FIRST_DAY = "Allt klart första dagen"
PICKING_UP = "Lugnare hämtning på Tärnan"
WEEKENDS = "Min helg, mitt val"

# fmt: off
TALKS = (
    Talk(285, FACES, K.VISIT, "3", "Gick igenom målet och vad vi räknar. Lugnt första steg: en brukare."),
    Talk(250, FACES, K.CALL, "0.5", "Lärdomen från första testet: den femte i laget."),
    Talk(200, BREAKS, K.VISIT, "2.5", "Rastvärdarna visade runt. Vi ritade om mätningen så att den går att göra på en minut."),
    Talk(190, FASTING, K.VISIT, "3", "Startläget är mätt. Nattpersonalen är med."),
    Talk(168, FACES, K.VISIT, "2", "Hela gruppen är med. Pratade om helgerna."),
    Talk(140, FASTING, K.MEETING, "1", "Diagrammet börjar röra sig. Vänta med att ändra mer."),
    Talk(120, FIRST_DAY, K.MEETING, "1", "Checklistan sitter. Vem äger den när teamet är klart?"),
    Talk(104, PICKING_UP, K.VISIT, "2", "Första besöket. Målet är tydligt, gruppen är liten.", "Mäta startläget i två veckor", 14),
    Talk(96, FACES, K.CALL, "0.5", "Vikarierna är nya. Vi pratade om hur de lär känna brukarna."),
    Talk(88, BREAKS, K.EMAIL, "0.25", "Skickade mallen för rapporten.", "Läsa utkastet till rapporten", 21),
    Talk(62, FIRST_DAY, K.CALL, "0.5", "HR tar över listan från årsskiftet."),
    Talk(41, FASTING, K.CALL, "0.5", "Fyra av fem dagar går bra, helgen är svårare.", "Besöka helgpasset", 20),
    Talk(12, FACES, K.VISIT, "2.5", "Såg helgen planeras. Två i laget kan inte byta, och det är okej.", "Titta på talen efter andra helgen", 16),
    Talk(9, KEYS, K.CALL, "0.5", "Rapporten är läst. Fin text, siffrorna talar."),
    Talk(6, FIRST_DAY, K.MEETING, "1", "Sista genomgången innan rapporten.", "Rapporten klar", 20),
    Talk(4, WEEKENDS, K.VISIT, "2", "Lärde känna teamet. De vill börja med en brukare och en helg.", "Skriva en förutsägelse till första testet", 10),
)
# fmt: on

BOARD = (
    (
        31,
        FACES,
        Member.LEADER,
        "Två i gruppen tycker att det går för fort. Hur får jag med dem utan att tjata?",
    ),
    (
        30,
        FACES,
        Member.COACH,
        "Låt dem välja nästa test. Den som får bestämma något litet brukar vilja se hur det gick.",
    ),
    (11, FACES, Member.LEADER, "Det fungerade! De planerade helgen själva."),
)


def life_of_the_coaches(world: World) -> Story:
    """All that the coaches do, in order of time."""
    chance = Random("coacher")
    organisation = world.organisation
    birgitta = organisation.by_email[BIRGITTA]
    monica = organisation.roles[Role.COACH, "SOC"]
    lead = organisation.roles[Role.DEVELOPMENT_LEAD, "K"]
    scenes: list[tuple[int, Callable[[], object]]] = [
        *((talk.days, partial(_talk, talk, world)) for talk in TALKS),
        *((days, partial(_say, title, role, text)) for days, title, role, text in BOARD),
        (110, lambda: _assign(PICKING_UP, birgitta, lead, world)),
        (95, lambda: _longer(world)),
        (48, lambda: _hand_over(birgitta, monica, world)),
        (10, lambda: _assign(WEEKENDS, monica, lead, world)),
    ]
    for days, happen in sorted(scenes, key=lambda scene: -scene[0]):
        yield world.calendar.moment(days, chance)
        happen()


def _assign(title: str, coach: Person, lead: Person, world: World) -> None:
    coaching.assign(work_id=_work(title).pk, coach=coach, on=world.on, by=lead)


def _hand_over(coach: Person, to: Person, world: World) -> None:
    coaching.hand_over(
        work_id=_work(FASTING).pk,
        to=to,
        because="Monica är på Lindbacken varje vecka och kan se helgpasset.",
        on=world.on,
        by=coach,
    )


def _work(title: str) -> Work:
    return Work.objects.get(title=title)


def _talk(talk: Talk, world: World) -> None:
    work = _work(talk.title)
    coach = _coach_of(work)
    contacts.log(
        work_id=work.pk,
        contact=Meeting(
            kind=talk.kind,
            taken_on=world.on,
            hours=Decimal(talk.hours),
            about=talk.about,
            next_step=talk.next_step,
            next_on=world.on + timedelta(days=talk.next_in) if talk.next_in else None,
        ),
        key=UUID(int=Random(talk.about).getrandbits(128)),
        on=world.on,
        by=coach,
    )


def _longer(world: World) -> None:
    """The eight months are over, and leader and coach agree to go on for a while."""
    for title, days in ((FACES, 230), (FIRST_DAY, 110), (KEYS, 130)):
        work = _work(title)
        until = world.on + timedelta(days=days)
        coaching.set_until(work_id=work.pk, until=until, by=_coach_of(work))


def _say(title: str, role: str, text: str) -> None:
    work = _work(title)
    by = next(m.person for m in work.team if m.role == role)
    remarks.say(
        work_id=work.pk,
        thread=Thread.COACH,
        text=text,
        key=UUID(int=Random(text).getrandbits(128)),
        by=by,
    )


def _coach_of(work: Work) -> Person:
    return next(m.person for m in work.team if m.role == Member.COACH)
