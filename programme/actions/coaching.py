"""Who supports a work, until when, and each time that they do.

Who coaches now stands twice: as the open `Coaching` and as the coach's place in the team.  Only
what is here writes them, both or neither.
"""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.actions import notices
from organisation.models import Person

from ..models import Coaching, Member, Membership, Work
from ..models.coaching import MONTHS
from ..months import months_on
from ..rules.coaching import (
    why_not_already,
    why_not_assign,
    why_not_begin,
    why_not_end,
    why_not_hand_over,
    why_not_support,
    why_not_until,
)


@transaction.atomic
def assign(
    *, work_id: int, coach: Person, until: date | None = None, on: date, by: Person
) -> Coaching:
    """Give a work its coach, for eight months unless another day is agreed.

    Raises:
        Refused: it has a coach, the coach is in the team already, or `by` may not.
    """
    work = _locked(work_id)
    require(why_not_assign(work, coach, by))
    return begin(work, coach, until=until, on=on, by=by)


def begin(
    work: Work, coach: Person, *, until: date | None = None, on: date, by: Person
) -> Coaching:
    """Let `coach` begin, under the work's lock and when it has been asked whether `by` may."""
    require(why_not_begin(work, coach))
    require(why_not_already(work, open_coaching(work)))
    coaching = Coaching(work=work, coach=coach, starts_on=on, until=until or months_on(on, MONTHS))
    require(why_not_until(coaching, coaching.until))
    coaching.save()
    Membership.objects.create(work=work, person=coach, role=Member.COACH, joined_on=on)
    _forget_team(work)
    record("work.coach", work, by=by, person=coach.pk, until=coaching.until.isoformat())
    _tell([coach], "coaching.begin", work, by)
    return coaching


@transaction.atomic
def hand_over(
    *, work_id: int, to: Person, because: str, until: date | None = None, on: date, by: Person
) -> Coaching:
    """Let another coach take over.  The time that was agreed goes on; the history stays.

    Args:
        because: A sentence that the leader and the next coach read.
        until: Another day than the one that was agreed.

    Raises:
        Refused: there is no coach to take over from, nothing is said, or `by` may not.
    """
    work = _locked(work_id)
    require(why_not_hand_over(work, to, by))
    if not because.strip():
        raise Refused(_("Write why first. The next coach and the leader read it."))
    former = open_coaching(work)
    if former is None:
        raise Refused(_("The work has no coach now. Give it one instead."))
    _close(former, because, on)
    agreed = until or max(former.until, on)
    coaching = Coaching(work=work, coach=to, starts_on=on, until=agreed)
    require(why_not_until(coaching, agreed))
    coaching.save()
    Membership.objects.create(work=work, person=to, role=Member.COACH, joined_on=on)
    _forget_team(work)
    record(
        "work.coach_after",
        work,
        by=by,
        person=to.pk,
        after=former.coach_id,
        until=agreed.isoformat(),
        why=because.strip(),
    )
    _tell([to], "coaching.take_over", work, by, note=because.strip())
    others = [pk for pk in (work.leader_id, former.coach_id) if pk is not None]
    _tell(others, "coaching.handed_over", work, by, note=because.strip())
    return coaching


@transaction.atomic
def end(*, work_id: int, because: str = "", on: date, by: Person) -> Coaching:
    """End the support.  The coach leaves the team, and what was done stays to be read."""
    work = _locked(work_id)
    require(why_not_end(work, by))
    coaching = open_coaching(work)
    if coaching is None:
        raise Refused(_("The work has no coach now."))
    _close(coaching, because, on)
    _forget_team(work)
    why = {"why": because.strip()} if because.strip() else {}
    record("work.coach_ends", work, by=by, person=coaching.coach_id, **why)
    told = [pk for pk in (work.leader_id, coaching.coach_id) if pk is not None]
    _tell(told, "coaching.end", work, by, note=because.strip())
    return coaching


@transaction.atomic
def set_until(*, work_id: int, until: date, by: Person) -> Coaching:
    """Agree on another last day of the support.  The journal keeps the former."""
    work = _locked(work_id)
    require(why_not_support(work, by))
    coaching = open_coaching(work)
    if coaching is None:
        raise Refused(_("The work has no coach now."))
    require(why_not_until(coaching, until))
    if until != coaching.until:
        before, coaching.until = coaching.until, until
        coaching.save(update_fields=["until"])
        record(
            "work.coach_until",
            work,
            by=by,
            person=coaching.coach_id,
            before=before.isoformat(),
            until=until.isoformat(),
        )
        told = [pk for pk in (work.leader_id, coaching.coach_id) if pk is not None]
        _tell(told, "coaching.until", work, by)
    return coaching


def open_coaching(work: Work) -> Coaching | None:
    """Return who coaches now and until when.  One query."""
    return Coaching.objects.open().select_related("coach").filter(work=work).first()


def _locked(work_id: int) -> Work:
    return Work.objects.locked().select_related("unit").get(pk=work_id)


def _close(coaching: Coaching, because: str, on: date) -> None:
    coaching.ended_on = max(on, coaching.starts_on)
    coaching.ended_because = because.strip()
    coaching.save(update_fields=["ended_on", "ended_because"])
    places: QuerySet[Membership] = coaching.work.memberships.filter(role=Member.COACH)
    places.filter(person=coaching.coach_id).delete()


def _forget_team(work: Work) -> None:
    """Let the team be read again: it has changed."""
    work.__dict__.pop("team", None)


def _tell(people: list[Person] | list[int], kind: str, work: Work, by: Person, **more: str) -> None:
    href = reverse("work-support", args=[work.pk])
    notices.tell(people, kind=kind, title=work.title, href=href, except_for=by, **more)
