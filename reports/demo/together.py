"""What a team keeps together: who does what, what is said and decided, and a guest in the team."""

from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from organisation.models import Person
from programme.actions import deciding, guests, remarks, tasks
from programme.actions.tasks import Doing
from programme.models import Member, Task, Thread, Work

from .clock import Story
from .drivers import photograph
from .world import World

FACES = "Samma ansikten hos den som bor hemma"
KEYS = "Tid till brukaren i stället för nycklar"
LEADER, FIRST, GUEST = 0, 1, "guest"

# fmt: off
# Days ago; in which work; what is done: ("task", who writes it, who does it, text, by how many days after,
# done how many days after or None), ("say", who, text), ("decide", who, what, why), ("correct", who, what
# was wrong, what it is), ("guest",), ("picture", who, what it shows).
SCENES: tuple[tuple[int, str, tuple[Any, ...]], ...] = (
    (290, FACES, ("decide", LEADER, "Vi mäter den sista i varje månad", "Då är schemat för hela månaden lagt.")),
    (270, FACES, ("task", LEADER, FIRST, "Skriva ut schemat för det första lilla laget", 7, 5)),
    (210, FACES, ("decide", LEADER, "Högst sex medarbetare i ett litet lag", "Med fem blev det för sårbart när någon var sjuk.")),
    (196, FACES, ("correct", LEADER, "Högst sex medarbetare i ett litet lag", "Högst sju medarbetare i ett litet lag, så att helgen går ihop")),
    (120, FACES, ("guest",)),
    (116, FACES, ("say", LEADER, "Välkommen till teamet, {guest}! Säg till när vi pratar så att det inte går att förstå.")),
    (115, FACES, ("say", GUEST, "Tack. Det jag märker mest är när det kommer någon ny på morgonen, inte på kvällen.")),
    (114, FACES, ("say", FIRST, "Det visste vi inte. Ska vi börja med morgnarna, @{leader}?")),
    (113, FACES, ("decide", LEADER, "Morgnarna planeras först", "Det är då ett nytt ansikte märks mest, säger den som vet.")),
    (60, FACES, ("task", LEADER, GUEST, "Fråga två grannar hur morgnarna är för dem", 14, 11)),
    (30, FACES, ("picture", LEADER, "Tavlan med de små lagen, en färg för varje lag")),
    (18, FACES, ("task", LEADER, FIRST, "Prata med de nya vikarierna om lagen", 14, None)),
    (6, FACES, ("task", LEADER, LEADER, "Titta på talen efter andra helgen", 16, None)),
    (5, FACES, ("task", FIRST, LEADER, "Be planerarna om en lista över dem som kan byta", 12, None)),
    (5, FACES, ("say", FIRST, "@{leader}, jag hinner inte prata med vikarierna före helgen. Kan någon ta den?")),
    (3, FACES, ("task", LEADER, GUEST, "Läsa utkastet till rapporten", 10, None)),
    (70, KEYS, ("decide", LEADER, "De gamla nyckelskåpen står kvar till årsskiftet", "Två hus väntar på nya lås.")),
    (20, KEYS, ("task", LEADER, FIRST, "Lämna tillbaka de sista nycklarna", 30, None)),
    (8, KEYS, ("say", LEADER, "Bara två hus kvar nu. Bra jobbat!")),
)
# fmt: on


def life_of_the_teams(world: World) -> Story:
    """All of it, in order of time."""
    chance = Random("tillsammans")
    happen = [*SCENES]
    for days, title, scene in SCENES:
        if scene[0] == "task" and isinstance(scene[5], int):
            happen.append((days - scene[5], title, ("done", scene[3])))
    for days, title, scene in sorted(happen, key=lambda each: -each[0]):
        yield world.calendar.moment(days, chance)
        work = Work.objects.get(title=title)
        _let(scene, work, world)


def _let(scene: tuple[Any, ...], work: Work, world: World) -> None:
    what, *said = scene
    if what == "guest":
        invited = guests.Guest("Inga-Britt", "Sjögren")
        until = timezone.localdate() + timedelta(days=300)
        leader = _who(LEADER, work)
        guests.invite(work_id=work.pk, guest=invited, expires_on=until, on=world.on, by=leader)
    elif what == "task":
        by, owner, text, days = _who(said[0], work), _who(said[1], work), said[2], said[3]
        doing = Doing(text, owner, world.on + timedelta(days=days))
        tasks.add(work_id=work.pk, doing=doing, key=_key(text), by=by)
    elif what == "done":
        task = Task.objects.get(work=work, text=said[0])
        tasks.tick(task_id=task.pk, on=world.on, by=task.owner)
    elif what == "say":
        names = {"leader": _who(LEADER, work).name, "guest": "Inga-Britt"}
        text = said[1].format(**names)
        by = _who(said[0], work)
        remarks.say(work_id=work.pk, thread=Thread.TEAM, text=text, key=_key(text), by=by)
    elif what == "picture":
        photograph(work, None, said[1], _who(said[0], work))
    else:
        _decide(what, said, work, world)


def _decide(what: str, said: list[Any], work: Work, world: World) -> None:
    corrects = work.decisions.get(what=said[1]).pk if what == "correct" else None
    new, why = (said[2], "") if corrects else (said[1], said[2])
    deciding.write(
        work_id=work.pk,
        decided_on=world.on,
        what=new,
        why=why,
        corrects_id=corrects,
        key=_key(new),
        on=world.on,
        by=_who(said[0], work),
    )


def _who(who: object, work: Work) -> Person:
    """Return somebody of the team: its leader, its guest, or one of its members in order."""
    if who == GUEST:
        return next(m.person for m in work.team if m.role == Member.GUEST)
    people = [m.person for m in work.team if m.role in (Member.LEADER, Member.MEMBER)]
    assert isinstance(who, int)
    return people[min(who, len(people) - 1)]


def _key(text: str) -> UUID:
    return UUID(int=Random(text).getrandbits(128))
