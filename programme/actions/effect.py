"""What comes after a work: the checks whether it holds, and a measure that goes back.

Locked in this order: the work, the check, and what is measured.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import move, record
from measures.actions import measurements
from measures.models import MeasureVerdict
from organisation.actions import notices
from organisation.models import Person

from ..flow import WORK_FLOW
from ..models import CHECKED_AFTER, FollowUp, Holds, Member, Membership, Work, WorkStatus
from ..months import months_on
from ..queries.effect import carrying_aim, managers_of
from ..rules.effect import why_not_answer, why_not_give
from .drifting import look_for_drift


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said in a check.

    Attributes:
        is_followed, is_kept: A `Holds` each.
        value: Of the measure that carries the aim, today; None where nothing was measured.
        numerator, denominator: Instead of `value`, where a value is made of the two.
        told: What one sees, in words.
    """

    is_followed: str
    is_kept: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    told: str = ""


def plan_follow_ups(work: Work, *, on: date, by: Person) -> list[FollowUp]:
    """Plan the checks 3, 6 and 12 months on from the day a work was finished.

    In the transaction and under the lock in which it is finished.  Safe to repeat: what is
    planned already stays as it is.

    Returns:
        The checks that were added.
    """
    there = set(work.follow_ups.values_list("months", flat=True))
    missing = [months for months in CHECKED_AFTER if months not in there]
    owner = keeper_of(work) or by
    planned = FollowUp.objects.bulk_create(
        FollowUp(work=work, months=months, due_on=months_on(on, months), owner=owner)
        for months in missing
    )
    if planned:
        record("work.plan_checks", work, by=by, months=missing, owner=owner.pk)
    return planned


@transaction.atomic
def answer(*, follow_up_id: int, said: Answer, on: date, by: Person) -> FollowUp:
    """Make a check: say whether it holds, and write down the value of today.

    What the chart says that day is kept with it.  The first check takes a finished work on to
    being followed up; with the last one it is done.

    Raises:
        Refused: somebody has made it already, it is too early, or it is not for `by` to make.
    """
    follow_up = _locked(follow_up_id)
    require(why_not_answer(follow_up, by, on=on))
    if said.is_followed not in Holds.values or said.is_kept not in Holds.values:
        raise Refused(_("Answer both questions first."))
    work = follow_up.work
    follow_up.value, follow_up.verdict = _measure(work, said, on, by)
    follow_up.is_followed, follow_up.is_kept = said.is_followed, said.is_kept
    follow_up.told = said.told.strip()
    follow_up.done_on, follow_up.done_by = on, by
    follow_up.save(
        update_fields=[
            *("is_followed", "is_kept", "value", "verdict", "told", "done_on", "done_by")
        ]
    )
    record(
        "work.check",
        work,
        by=by,
        months=follow_up.months,
        is_followed=said.is_followed,
        is_kept=said.is_kept,
    )
    if follow_up.months == CHECKED_AFTER[-1]:
        move(work, WORK_FLOW["complete"], by=by)
    elif work.status == WorkStatus.FINISHED:
        move(work, WORK_FLOW["follow_up"], by=by)
    _tell_of(follow_up, by)
    return follow_up


@transaction.atomic
def give(*, follow_up_id: int, to: Person, by: Person) -> FollowUp:
    """Let somebody else make a check, and those that come after it.

    Raises:
        Refused: not for `by` to say, the check is made, or `to` does not work here.
    """
    follow_up = _locked(follow_up_id)
    require(why_not_give(follow_up, to, by))
    if follow_up.owner_id != to.pk:
        hand_over(follow_up.work, to, from_months=follow_up.months, by=by)
        follow_up.owner = to
    return follow_up


def _locked(follow_up_id: int) -> FollowUp:
    """Lock the work, then the check."""
    work_id = FollowUp.objects.values_list("work", flat=True).get(pk=follow_up_id)
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    follow_up = FollowUp.objects.locked().select_related("owner", "done_by").get(pk=follow_up_id)
    follow_up.work = work
    return follow_up


def keeper_of(work: Work) -> Person | None:
    """Return who sees to it that a work holds: its leader, or else a manager.  Two queries at most."""
    held = Membership.objects.filter(work=work, role=Member.LEADER, person__is_active=True)
    leading = held.select_related("person").first()
    if leading is not None:
        return leading.person
    return next(iter(managers_of([work.unit])[work.unit_id]), None)


def _measure(work: Work, said: Answer, on: date, by: Person) -> tuple[Decimal | None, str]:
    """Write the value of today down.

    Returns:
        The value, and what the chart says after it.
    """
    followed = carrying_aim(work)
    if followed is None:
        return None, ""
    value = None
    if said.value is not None or said.numerator is not None:
        made = measurements.record_value(
            measure_id=followed.measure_id,
            taken_on=on,
            value=said.value,
            numerator=said.numerator,
            denominator=said.denominator,
            on=on,
            by=by,
        )
        value = made.value
        look_for_drift(followed_ids=[followed.pk], on=on)
    verdict = MeasureVerdict.objects.filter(measure=followed.measure_id).first()
    return value, verdict.verdict if verdict else ""


def hand_over(work: Work, to: Person, *, from_months: int = 0, by: Person | None) -> None:
    """Give `to` the checks that are left, from one on, and tell them.  Under the work's lock."""
    left = work.follow_ups.filter(done_on=None, months__gte=from_months)
    left.update(owner=to)
    record("work.give_checks", work, by=by, person=to.pk)
    notices.tell(
        [to], kind="work.give_checks", title=work.title, href=_effect_page(work), except_for=by
    )


def _tell_of(follow_up: FollowUp, by: Person) -> None:
    """Tell the team and its manager how it went."""
    work = follow_up.work
    managers = managers_of([work.unit])[work.unit_id]
    notices.tell(
        {*work.team_ids, *(manager.pk for manager in managers)},
        kind=f"work.check_{follow_up.is_kept}",
        title=work.title,
        href=_effect_page(work),
        except_for=by,
    )


def _effect_page(work: Work) -> str:
    return reverse("work-effect", args=[work.pk])
