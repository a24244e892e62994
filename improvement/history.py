"""The story of an idea in plain words, told from the journal."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.journal import subject_of
from foundation.models import Event
from foundation.money import format_kronor

from .models import Idea
from .standing import words

# What each kind of event is called when somebody reads about an idea.  Kinds that are not here
# (a corrected text, support) are for the journal only.
TOLD: dict[str, str | Promise] = {
    "idea.create": _("The idea was written down"),
    "idea.submit": _("The idea was submitted"),
    "idea.answer": _("The answer was handed in"),
    "idea.record": _("It was done directly, and written down"),
    "idea.prepare": _("A development lead began to prepare it"),
    "idea.return": _("More information was asked for"),
    "idea.direct": _("It can be done now, without an application"),
    "idea.propose": _("It was put forward for decision"),
    "idea.take_back": _("It was taken back for more preparation"),
    "idea.approve": _("It was approved, and the money was reserved"),
    "idea.queue": _("It was approved, and waits in the queue for money"),
    "idea.wait": _("The decision was to wait"),
    "idea.supplement": _("More was asked for before a decision"),
    "idea.do_now": _("The decision was to do it now, without an application"),
    "idea.reconsider": _("The decision was taken up again"),
    "idea.wake": _("What it waited for has come true, and its author was asked"),
    "idea.still_needed": _("It is still needed"),
    "idea.rests_on": _("It rests for a while longer"),
    "idea.resume": _("The preparation was taken up again"),
    "idea.fund": _("Its turn came, and the money was reserved"),
    "idea.let_go": _("The money was released, and the idea waits"),
    "idea.start": _("The work began"),
    "idea.add": _("More money was granted"),
    "idea.complete": _("The improvement was carried out and reported"),
    "idea.reject": _("The decision was no"),
    "idea.merge": _("It was joined with another idea about the same thing"),
    "idea.split": _("It was separated from the other idea again"),
    "idea.joined": _("Another idea about the same thing was joined with it"),
    "idea.separated": _("The other idea was separated from it again"),
    "idea.finish": _("It is done"),
    "idea.withdraw": _("The idea was withdrawn"),
    "idea.silence": _("Nothing has happened for a while. This is where it stands"),
    "idea.lay_down": _("It is no longer needed, said the one who left it"),
}

# A changed cost: told to those who may see amounts.
COST = "idea.cost"


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that happened to an idea, as the timeline shows it.

    `who` is a name, or empty when nobody did it; `note` is the sentence that came with it.
    """

    when: datetime
    text: str | Promise
    who: str
    note: str


# How many passages a page shows; the journal keeps them all.
MOST = 60


def story_of(idea: Idea, *, with_amounts: bool = False) -> list[Passage]:
    """Return what has happened to `idea`, the latest first.  One query.

    Args:
        with_amounts: Also how its cost was changed, for those who may see amounts.
    """
    kinds = [*TOLD, *([COST] if with_amounts else [])]
    events = Event.objects.filter(subject=subject_of(idea), kind__in=kinds).select_related("by")
    passages = [
        Passage(
            when=event.at,
            text=_change_of(event) if event.kind == COST else TOLD[event.kind],
            who=event.by.name if event.by else "",
            note=_note_of(event),
        )
        for event in events.order_by("-at", "-pk")[:MOST]
    ]
    return [passage for passage in passages if passage.text]


def _change_of(event: Event) -> str:
    """Say how the cost was changed; empty where it was only written anew."""
    before_ore, after_ore = event.data.get("before_ore", 0), event.data.get("after_ore", 0)
    if before_ore == after_ore:
        return ""
    if not before_ore:
        return gettext("The cost was reckoned to %(after)s") % {"after": format_kronor(after_ore)}
    return gettext("The cost was changed from %(before)s to %(after)s") % {
        "before": format_kronor(before_ore),
        "after": format_kronor(after_ore),
    }


def _note_of(event: Event) -> str:
    """The sentence that came with it: somebody's own words, or where it stood that day."""
    if event.kind == "idea.silence":
        return words(event.data)
    return str(event.data.get("why", ""))
