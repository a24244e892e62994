"""The idea bank: what waits for a day, for money or for a measure wakes up by itself.

The author is asked first whether it still matters; then the development lead gets it.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from foundation import jobs
from foundation.errors import require
from foundation.journal import record
from organisation.actions import notices
from organisation.models import Person

from ..flow import IDEA_FLOW
from ..models import Answer, Condition, Decision, Idea, Revival
from ..queries.bank import due, resting_decisions, unanswered_since
from ..queries.readers import preparers_of
from ..rules.bank import why_not_answer, why_not_let_rest, why_not_now
from ..rules.ideas import authors_of, why_not
from .moving import move


def wake(*, on: date) -> list[Revival]:
    """Ask about every idea whose condition has come true.  Each in a transaction of its own.

    Run by the clock each day, and when money has come.  Safe to repeat, and to run twice at once.
    """
    return [revival for pk in due(on) if (revival := _wake(pk)) is not None]


@jobs.work("improvement.wake_bank", seconds=600)
def wake_bank(run: jobs.Run, *, on: str) -> None:
    """The same, when there is money that nobody waits for (`money_came`)."""
    wake(on=date.fromisoformat(on))
    with run.step(last=True):
        pass  # each idea was a transaction of its own


def money_came(*, on: date) -> None:
    """Let those who rest until there is money be woken, if there are any.  Call it where money is."""
    resting = resting_decisions().filter(returns_when=Condition.MONEY, revival=None)
    if resting.exists():
        jobs.enqueue(wake_bank, key="improvement.wake_bank", by=None, on=on.isoformat())


def pass_on_unanswered(*, at: datetime) -> list[Revival]:
    """Give the development lead what its author has not answered for `Revival.PATIENCE`."""
    waiting = unanswered_since(at - Revival.PATIENCE)
    return [revival for pk in waiting if (revival := _pass_on_silent(pk, at)) is not None]


@transaction.atomic
def answer(*, revival_id: int, answer: str, note: str = "", by: Person) -> Revival:
    """Say whether an idea still matters.  Yes gives it to the lead; no ends it, with thanks."""
    revival, idea = _locked(revival_id)
    require(why_not_answer(revival, by))
    revival.answer = Answer(answer)
    revival.note, revival.answered_at = note.strip(), timezone.now()
    if revival.answer == Answer.YES:
        record("idea.still_needed", idea, by=by, **({"why": revival.note} if revival.note else {}))
        _pass_on(revival, idea, revival.answered_at)
        return revival
    require(why_not(IDEA_FLOW["lay_down"], idea, by))
    revival.save(update_fields=["answer", "answered_at", "note"])
    move(idea, IDEA_FLOW["lay_down"], by=by, why=revival.note)
    _tell("idea.thanks", preparers_of(idea), idea, note=revival.note)
    return revival


@transaction.atomic
def let_rest(*, revival_id: int, why: str = "", by: Person) -> Revival:
    """Leave an idea that came back where it is, with a sentence that its author reads."""
    revival, idea = _locked(revival_id)
    require(why_not_let_rest(revival, by))
    revival.rested_at = timezone.now()
    revival.save(update_fields=["rested_at"])
    record("idea.rests_on", idea, by=by, **({"why": why.strip()} if why.strip() else {}))
    _tell("idea.rests_on", authors_of(idea), idea, note=why.strip(), except_for=by)
    return revival


@transaction.atomic
def _wake(decision_id: int) -> Revival | None:
    """Ask the authors, unless somebody has just done so or the idea no longer rests."""
    decision = Decision.objects.get(pk=decision_id)
    idea = Idea.objects.locked().select_related("unit").get(pk=decision.idea_id)
    if not resting_decisions().filter(pk=decision_id).exists():
        return None
    revival, is_new = Revival.objects.get_or_create(decision=decision)
    if not is_new:
        return None
    record("idea.wake", idea, by=None, condition=decision.returns_when)
    asked = _tell("idea.still_needed", authors_of(idea), idea, place="#revival")
    if not asked:  # nobody is left to ask
        _pass_on(revival, idea, revival.asked_at)
    return revival


@transaction.atomic
def _pass_on_silent(revival_id: int, at: datetime) -> Revival | None:
    revival, idea = _locked(revival_id)
    if revival.answer or revival.passed_on_at or why_not_now(revival):
        return None
    _pass_on(revival, idea, at)
    return revival


def _pass_on(revival: Revival, idea: Idea, at: datetime) -> None:
    revival.passed_on_at = at
    revival.save(update_fields=["answer", "answered_at", "note", "passed_on_at"])
    _tell("idea.came_back", preparers_of(idea), idea, note=revival.note, place="#revival")


def _locked(revival_id: int) -> tuple[Revival, Idea]:
    """Lock the idea, and read the question after it."""
    idea_id = Revival.objects.values_list("decision__idea", flat=True).get(pk=revival_id)
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    revival = Revival.objects.select_related("decision").get(pk=revival_id)
    revival.decision.idea = idea
    return revival, idea


def _tell(
    kind: str,
    people: Iterable[Person | int],
    idea: Idea,
    *,
    note: str = "",
    place: str = "",
    except_for: Person | None = None,
) -> int:
    href = reverse("idea-detail", args=[idea.pk]) + place
    return notices.tell(
        people, kind=kind, title=idea.title, note=note, href=href, except_for=except_for
    )
