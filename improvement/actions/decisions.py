"""What a decider decides, and what follows from it in the same transaction."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.actions import notices
from organisation.models import Person

from ..flow import IDEA_FLOW
from ..models import Basis, Condition, Conflict, Decision, Fund, Idea, Meeting, Outcome, Period
from ..queries.closeness import owners_of
from ..rules.decisions import (
    why_not_add,
    why_not_amount,
    why_not_back,
    why_not_between_meetings,
    why_not_decided_since,
    why_not_declare,
    why_not_extra,
    why_not_more_than_asked,
    why_not_on,
    why_not_replace,
    why_not_spare,
    why_not_take,
    why_not_unsaid,
)
from .moving import move
from .queue import must_queue, release_all, reserve, serve_queue


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why, and by what right: what every decision must say.

    Attributes:
        delegation_reference: The point of the delegation order; needed for a delegated decision.
        consulted: Those who were asked, in words (samråd).
        case_number: The organisation's own number for the matter (diarienummer), if it has one.
    """

    reason: str
    delegation_reference: str = ""
    basis: str = Basis.DELEGATED
    consulted: str = ""
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is decided.

    Attributes:
        fund_id, project_ore: For an approval: who pays, and how much for carrying it out, in öre.
        returns_when, wait_until: After a no: what brings the idea back, and the day if it is one.
    """

    outcome: str
    fund_id: int | None = None
    project_ore: int = 0
    returns_when: str = ""
    wait_until: date | None = None


@transaction.atomic
def decide(
    *,
    idea_id: int,
    terms: Terms,
    grounds: Grounds,
    on: date,
    meeting: Meeting | None = None,
    by: Person,
) -> Decision:
    """Decide on an idea that is ready, with any outcome.

    Takes ids because it reads the rows itself under lock: the fund first, then the idea, as
    everywhere (docs/locks.md).

    Args:
        on: Today; decides which period the money comes from.
        meeting: Where it is decided; None between meetings.

    Raises:
        Refused: the rules say no.  An empty period is no reason to refuse (W-19).
    """
    fund = Fund.objects.locked().get(pk=terms.fund_id) if terms.fund_id else None
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    return _decide(idea, fund, terms, grounds, on, by, meeting=meeting)


def approve(
    *, idea_id: int, fund_id: int, project_ore: int, grounds: Grounds, on: date, by: Person
) -> Decision:
    """Approve an idea.  Its money and the reward are reserved, or it is queued for them.

    The queue is strict: behind others that wait, an idea waits too, even if what is left would be
    enough for it.

    Args:
        project_ore: What the fund promises for carrying the idea out, in öre; less than was
            asked for is a part funding.
    """
    terms = Terms(Outcome.APPROVED, fund_id, project_ore)
    return decide(idea_id=idea_id, terms=terms, grounds=grounds, on=on, by=by)


def reject(
    *,
    idea_id: int,
    grounds: Grounds,
    returns_when: str = "",
    until: date | None = None,
    on: date | None = None,
    by: Person,
) -> Decision:
    """Say no, with a reason that the author will read; for good, or for now."""
    terms = Terms(Outcome.REJECTED, returns_when=_condition(returns_when, until), wait_until=until)
    return decide(
        idea_id=idea_id, terms=terms, grounds=grounds, on=on or timezone.localdate(), by=by
    )


def wait(
    *,
    idea_id: int,
    grounds: Grounds,
    returns_when: str = "",
    until: date | None = None,
    on: date | None = None,
    by: Person,
) -> Decision:
    """Say not now.  The idea is kept alive and comes back on its condition.

    Args:
        returns_when: A `Condition`; may be left out when `until` names a day.
        on: Today, if not by the clock.
    """
    terms = Terms(Outcome.WAITING, returns_when=_condition(returns_when, until), wait_until=until)
    return decide(
        idea_id=idea_id, terms=terms, grounds=grounds, on=on or timezone.localdate(), by=by
    )


@transaction.atomic
def replace(
    *, decision_id: int, why: str, terms: Terms, grounds: Grounds, on: date, by: Person
) -> Decision:
    """Put a new decision in the place of one that nothing has been done on yet.

    What the old one reserved is released first; those who wait are served last, so that the new
    one takes its place behind them.

    Args:
        why: What has come to light since; kept with the new decision.

    Raises:
        Refused: it has been replaced already, the work has begun, something has been paid, or
            the rules say no to the new decision.
    """
    old = Decision.objects.get(pk=decision_id)
    funds = _funds_locked(old.fund_id, terms.fund_id)
    idea = Idea.objects.locked().select_related("unit").get(pk=old.idea_id)
    paid_ore: int = old.entries.aggregate(ore=Sum("paid_ore", default=0))["ore"]
    require(why_not_replace(old, idea, by, paid_ore))
    require(why_not_unsaid(why))
    released_ore = release_all(old, by=by)
    idea.revision += 1
    move(
        idea,
        IDEA_FLOW["reconsider"],
        by=by,
        why=why.strip(),
        also=("revision",),
        decision=old.pk,
        released_ore=released_ore,
    )
    new = _decide(
        idea,
        funds.get(terms.fund_id),
        terms,
        grounds,
        on,
        by,
        replaces=old,
        replaces_why=why.strip(),
    )
    for fund in funds.values():
        serve_queue(fund_id=fund.pk, on=on, by=by)
    return new


@transaction.atomic
def add(
    *,
    decision_id: int,
    extra_ore: int,
    grounds: Grounds,
    seen_revision: int | None = None,
    on: date,
    by: Person,
) -> Decision:
    """Grant more money to what is being carried out; an overrun is a decision of its own.

    Reserved at once from the current period, or refused: work that goes on cannot stand in a
    queue.

    Args:
        decision_id: The approval that is in force.
        extra_ore: How much more, in öre.
        seen_revision: The idea's revision when the form was opened; the same form sent twice is
            one decision.
    """
    base = Decision.objects.get(pk=decision_id)
    funds = _funds_locked(base.fund_id)
    idea = Idea.objects.locked().select_related("unit").get(pk=base.idea_id)
    require(why_not_add(base, idea, by))
    require(why_not_decided_since(idea, seen_revision))
    require(why_not_on(grounds.basis, grounds.delegation_reference, grounds.reason))
    fund = funds[base.fund_id]
    require(why_not_extra(fund, extra_ore))
    period = Period.objects.current(fund, on)
    left_ore = period.left_ore() if period is not None else 0
    others_first = must_queue(fund, period, extra_ore)
    require(why_not_spare(left_ore, extra_ore, others_first=others_first))
    idea.revision += 1
    idea.save(update_fields=["revision"])
    more = _write(
        idea,
        Outcome.APPROVED,
        grounds,
        by,
        adds_to=base,
        fund=fund,
        project_ore=extra_ore,
        asked_ore=extra_ore,
    )
    assert period is not None  # what is left is above zero
    reserve(more, period, by=by)
    record("idea.add", idea, by=by, why=grounds.reason, decision=more.pk, amount_ore=extra_ore)
    notices.tell(
        owners_of([idea])[idea.pk],
        kind="idea.add",
        title=idea.title,
        href=reverse("idea-detail", args=[idea.pk]),
        note=grounds.reason,
        except_for=by,
    )
    return more


@transaction.atomic
def declare_conflict(*, idea_id: int, reason: str, by: Person) -> Conflict:
    """Say that one is too close to an idea to take part in its handling (jäv).  Safe to repeat."""
    idea = Idea.objects.locked().get(pk=idea_id)
    require(why_not_declare(idea))
    require(why_not_unsaid(reason))
    conflict, is_new = Conflict.objects.get_or_create(
        idea=idea, person=by, defaults={"reason": reason.strip()}
    )
    if is_new:
        record("idea.conflict", idea, by=by)
    return conflict


def _decide(
    idea: Idea,
    fund: Fund | None,
    terms: Terms,
    grounds: Grounds,
    on: date,
    by: Person,
    *,
    meeting: Meeting | None = None,
    **more: Any,
) -> Decision:
    """Write the decision and take the idea where it leads.  Under the locks of fund and idea."""
    step_name = _STEPS[Outcome(terms.outcome)]
    require(why_not_take(IDEA_FLOW[step_name], idea, by))
    require(why_not_on(grounds.basis, grounds.delegation_reference, grounds.reason))
    asked_ore = idea.cost_ore()
    more |= {"asked_ore": asked_ore, "meeting": meeting}
    if terms.outcome == Outcome.APPROVED:
        if fund is None:
            raise Refused(_("Choose the fund that pays."))
        require(why_not_amount(fund, idea, terms.project_ore))
        require(why_not_more_than_asked(terms.project_ore, asked_ore))
        if meeting is None:
            require(why_not_between_meetings(fund, terms.project_ore))
        return _approve(idea, fund, terms.project_ore, grounds, on, by, **more)
    require(why_not_back(terms.outcome, terms.returns_when, terms.wait_until, idea, on))
    comes_back = {"returns_when": terms.returns_when, "wait_until": terms.wait_until}
    decision = _write(idea, terms.outcome, grounds, by, **comes_back, **more)
    idea.is_direct = idea.is_direct or terms.outcome == Outcome.DIRECT
    also = ("is_direct",)
    move(idea, IDEA_FLOW[step_name], by=by, why=grounds.reason, also=also, decision=decision.pk)
    return decision


_STEPS = {
    Outcome.APPROVED: "approve",
    Outcome.REJECTED: "reject",
    Outcome.WAITING: "wait",
    Outcome.SUPPLEMENT: "supplement",
    Outcome.DIRECT: "do_now",
}


def _approve(
    idea: Idea,
    fund: Fund,
    project_ore: int,
    grounds: Grounds,
    on: date,
    by: Person,
    **more: Any,
) -> Decision:
    """Write the approval; reserve its money, or leave the idea in the queue for it."""
    period = Period.objects.current(fund, on)
    waits = must_queue(fund, period, project_ore + fund.reward_ore)
    decision = _write(
        idea,
        Outcome.APPROVED,
        grounds,
        by,
        fund=fund,
        project_ore=project_ore,
        reward_ore=fund.reward_ore,
        **more,
    )
    if period is not None and not waits:
        reserve(decision, period, by=by)
        move(idea, IDEA_FLOW["approve"], by=by, why=grounds.reason, decision=decision.pk)
    else:
        move(idea, IDEA_FLOW["queue"], by=by, why=grounds.reason, decision=decision.pk)
    return decision


def _write(idea: Idea, outcome: str, grounds: Grounds, by: Person, **more: Any) -> Decision:
    return Decision.objects.create(
        idea=idea,
        revision=idea.revision,
        outcome=outcome,
        reason=grounds.reason,
        basis=grounds.basis,
        delegation_reference=grounds.delegation_reference,
        consulted=grounds.consulted,
        case_number=grounds.case_number,
        decided_by=by,
        **more,
    )


def _funds_locked(*fund_ids: int | None) -> dict[int | None, Fund]:
    """Lock the funds that are concerned, in the order of their ids, so that nobody waits in a ring."""
    known = {pk for pk in fund_ids if pk is not None}
    return {fund.pk: fund for fund in Fund.objects.locked().filter(pk__in=known).order_by("pk")}


def _condition(returns_when: str, until: date | None) -> str:
    return returns_when or (Condition.DATE if until else "")
