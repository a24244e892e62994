"""What a person can do next with an idea: the buttons of its page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisation.models import Person
from organisation.permissions import Permission

from ..flow import ASKS_FIRST, IDEA_FLOW
from ..models import Idea, IdeaStatus
from ..rules.decisions import may_decide, why_not_declare
from ..rules.ideas import may_grow, may_start, pressed_steps, why_not, why_not_cost, why_not_edit
from ..rules.preparing import why_not_give


@dataclass(frozen=True, slots=True)
class Way:
    """A button: to a page, or one that does it at once (`posts`)."""

    label: str | Promise
    address: str
    posts: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """What one normally does next, and what else one may do."""

    main: list[Way]
    more: list[Way]


def ways_of(idea: Idea, person: Person, *, has_work: bool) -> Ways:
    """Return what `person` can do with `idea` now.

    Args:
        has_work: It was granted money, so that what is under way or done is a work of its own.
    """
    main = [
        _to(label, route, idea)
        for label, route, is_open in (
            (_("Decide"), "idea-decide", may_decide(idea, person)),
            (_("Start the work"), "work-start", may_start(idea, person)),
            (_("Go to the work"), "work-of-idea", has_work and _may_see_work(idea, person)),
            (_("Change and submit"), "idea-edit", why_not_edit(idea, person) is None),
            (_("Costs and preparation"), "idea-prepare", why_not_cost(idea, person) is None),
        )
        if is_open
    ]
    more: list[Way] = []
    if idea.status == IdeaStatus.DIRECT and may_grow(idea, person):
        more.append(_growing(idea))
    for step in pressed_steps(idea, person):
        address = reverse("idea-step", args=[idea.pk, step.name])
        way = Way(step.label, address, posts=step.name not in ASKS_FIRST)
        if step.name != "answer":  # the page where one writes hands it in
            (main if step.main and not main else more).append(way)
    for name, route in _PAGES.items():
        if why_not(IDEA_FLOW[name], idea, person) is None:
            more.append(_to(IDEA_FLOW[name].label, route, idea))
    if why_not_give(idea, person, None) is None:
        more.append(_to(_("Choose who prepares it"), "idea-give", idea))
    if person.may(Permission.IDEA_DECIDE, at=idea.unit) and why_not_declare(idea) is None:
        more.append(_to(_("Declare a conflict of interest"), "idea-conflict", idea))
    return Ways(main, more)


# Steps that have a page of their own.  To let the money go stands beside the money (idea_money.py).
_PAGES = {"merge": "idea-merge", "split": "idea-split"}


def _to(label: str | Promise, route: str, idea: Idea) -> Way:
    return Way(label, reverse(route, args=[idea.pk]))


def _growing(idea: Idea) -> Way:
    """What was done directly and has become larger than that: to its work, or to begin one."""
    if Idea.objects.filter(pk=idea.pk, work__isnull=False).exists():
        return _to(_("Go to the work"), "work-of-idea", idea)
    address = f"{reverse('work-propose', args=['direct'])}?idea={idea.pk}"
    return Way(_("It has grown: start a work"), address)


def _may_see_work(idea: Idea, person: Person) -> bool:
    """Say whether the gate of works lets `person` through (programme/models/work.py)."""
    under_way = idea.status in (IdeaStatus.UNDERWAY, IdeaStatus.DONE)
    reads = person.pk == idea.author_id or person.may(Permission.WORK_READ, at=idea.unit)
    return under_way and reads
