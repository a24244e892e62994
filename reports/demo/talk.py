"""What is said about the ideas: who agrees, what is asked and answered, what is done at once."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from random import Random
from uuid import uuid4

from improvement.actions import ideas, talk
from improvement.models import Idea

from .clock import Story
from .telling import AMINA, ELIAS, JONAS
from .world import World


@dataclass(frozen=True, slots=True)
class Said:
    """A comment: so many days ago, by an address, or by somebody at the unit."""

    days: int
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class TalkTale:
    """What was said about the idea whose need begins so, and how many agreed."""

    need: str
    supports: int = 0
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class DoneTale:
    """Something small that a unit did at once and wrote down."""

    days: int
    unit: str
    text: str
    author: str = ""


TALK = (
    TalkTale(
        "Vi missar ofta att fylla på handskar",
        6,
        (
            Said(23, "Hände mig i går igen. Tjugo minuter fram och tillbaka."),
            Said(22, "Hur många gånger i veckan skulle ni säga att det händer?", JONAS),
            Said(21, "Jag har börjat sätta streck i almanackan, så vet vi på fredag.", AMINA),
        ),
    ),
    TalkTale(
        "Schemat ändras på morgonen",
        8,
        (
            Said(5, "Samma sak hos oss. Det räcker med en signal i telefonen när något ändras."),
            Said(4, "Jag tar upp det med planerarna på torsdag.", JONAS),
        ),
    ),
    TalkTale("Nya vikarier hittar inte", 4, (Said(7, "Även vi som är ordinarie letar ibland."),)),
    TalkTale("På natten ser vi inte", 5),
    TalkTale(
        "Fallrisken bedöms",
        3,
        (Said(50, "Bra! Då hinner vi göra något innan någon faller.", JONAS),),
    ),
    TalkTale(
        "Vi vet för lite om bemötande vid demens",
        7,
        (
            Said(30, "Jag lär gärna ut. Det behövs tid, inte någon föreläsare."),
            Said(
                29,
                "Det är just tiden som pengarna ska gå till. Ni är nästa i kön.",
                JONAS,
            ),
        ),
    ),
    TalkTale("Läkemedel kasseras", 4, (Said(25, "Apotekaren har redan lovat två dagar."),)),
    TalkTale("Varje år får flera elever indraget studiestöd", 5),
    TalkTale("Skadegörelsen i Stadsparken", 3),
    TalkTale(
        "Hallen är trång",
        6,
        (Said(9, "Vi skulle kunna gå ut i två omgångar. Kostar ingenting att prova."),),
    ),
    TalkTale("Sand och löv stannar kvar", 2),
)

DONE = (
    DoneTale(
        12,
        "SOC-HT-N",
        "Vi har flyttat nyckelskåpet till ingången. Ingen behöver gå en extra sväng på morgonen.",
        AMINA,
    ),
    DoneTale(34, "SOC-HT-N", "Vi skriver namn på laddarna. De försvinner inte längre."),
    DoneTale(61, "SOC-HT-N", "Bilarna parkeras med nosen ut, så blir starten lugnare."),
    DoneTale(27, "SOC-SB-E", "Hyllorna i linneförrådet har fått bilder. Alla hittar direkt."),
    DoneTale(41, "BUF-FK-T", "Bilder i hallen visar i vilken ordning kläderna tas på."),
    DoneTale(66, "SBF-MS", "Grönsakerna står först i serveringen. Barnen tar mer."),
    DoneTale(88, "BUF-GR-K", "Vi ringer hem när något har gått bra, inte bara när det är bråk."),
    DoneTale(
        19, "SOC-HT", "Vi börjar mötet med det som har hänt sedan sist. Det går fortare.", ELIAS
    ),
)


def life_of_talk(tale: TalkTale, world: World) -> Story:
    """Let colleagues agree with an idea, one by one, and say what they have to say."""
    chance = Random(tale.need)
    idea = yield from _when_it_is_left(tale, world, chance)
    colleagues = [p for p in world.organisation.staff[idea.unit.code] if p.pk != idea.author_id]
    began = (world.calendar.today - world.on).days
    agree = [(max(1, began - 1 - place), person) for place, person in enumerate(colleagues)]
    scenes: list[tuple[int, Callable[[], object]]] = [
        (days, partial(talk.support, idea_id=idea.pk, by=person))
        for days, person in agree[: tale.supports]
    ]
    for said in tale.said:
        by = world.organisation.by_email[said.by] if said.by else chance.choice(colleagues)
        say = partial(talk.comment, idea_id=idea.pk, text=said.text, key=uuid4(), by=by)
        scenes.append((said.days, say))
    for days, happen in sorted(scenes, key=lambda scene: -scene[0]):
        yield world.calendar.moment(days, chance)
        happen()


def _when_it_is_left(
    tale: TalkTale, world: World, chance: Random
) -> Generator[datetime, None, Idea]:
    """Wait a day at a time, the longest first, until the idea is there; return it."""
    for days in range(120, 0, -1):
        yield world.calendar.moment(days, chance)
        found = Idea.objects.filter(need__startswith=tale.need).exclude(status="draft")
        if idea := found.select_related("unit").first():
            return idea
    raise LookupError(tale.need)


def life_of_something_done(tale: DoneTale, world: World) -> Story:
    """Do it, and write it down."""
    chance = Random(tale.text)
    yield world.calendar.moment(tale.days, chance)
    organisation = world.organisation
    by = organisation.by_email.get(tale.author) or world.somebody_at(tale.unit, chance)
    ideas.record_done(unit=organisation.units[tale.unit], text=tale.text, by=by)
