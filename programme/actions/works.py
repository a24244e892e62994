"""Everything that changes a work and its team, but for measures, cycles and the report."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import move, record
from improvement.actions import ideas, payments
from improvement.models import Idea, IdeaStatus
from measures.actions.team import NewMeasure
from organisation.models import Person

from ..flow import WORK_FLOW, WORK_PRESSED, WORK_SAYS_WHY
from ..models import Member, Membership, Purpose, Work
from ..rules.works import why_not, why_not_edit, why_not_release, why_not_remove, why_not_start
from .measuring import follow


@dataclass(frozen=True, slots=True)
class Charter:
    """What a work wants: the aim in words and in numbers, for whom, and why."""

    title: str
    aim: str
    for_whom: str = ""
    why_wanted: str = ""
    aim_from: Decimal | None = None
    aim_to: Decimal | None = None
    aim_by: date | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """Who does it.  Whoever stands in more than one place gets the first."""

    leader: Person
    members: tuple[Person, ...] = ()
    coach: Person | None = None


@transaction.atomic
def start(
    *, idea_id: int, charter: Charter, measure: NewMeasure, team: Team, on: date, by: Person
) -> Work:
    """Start a work from an approved idea, with its aim, its measure and its team.

    The idea is locked and leaves the state in which works are started, so a second press of the
    button is refused.

    Raises:
        Refused: the idea has no money reserved, or `by` neither wrote it nor leads works there.
    """
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    require(why_not_start(idea, by))
    _check(charter, on)
    ideas.start(idea_id=idea_id, by=by)
    work = Work.objects.create(idea=idea, unit=idea.unit, started_on=on, **asdict(charter))
    record("work.start", work, by=by, idea=idea.pk)
    _enrol(work, team)
    follow(work, measure, Purpose.OUTCOME, carries_aim=True, by=by)
    return work


@transaction.atomic
def change(*, work_id: int, charter: Charter, by: Person) -> Work:
    """Change title and aim.  The journal keeps what the aim was."""
    work = _led(work_id, by)
    _check(charter, work.started_on)
    before = {name: getattr(work, name) for name in ("aim", "aim_from", "aim_to", "aim_by")}
    for name, value in asdict(charter).items():
        setattr(work, name, value)
    work.save(update_fields=list(asdict(charter)))
    changed = {name: str(value) for name, value in before.items() if value != getattr(work, name)}
    record("work.aim" if changed else "work.write", work, by=by, before=changed)
    return work


@transaction.atomic
def press(*, work_id: int, step_name: str, why: str = "", by: Person) -> Work:
    """Take one of the steps that are a button (`flow.WORK_PRESSED`).

    A stopped work whose idea has been granted money anew begins again with it.

    Args:
        why: A sentence for the diary; needed for the steps in `flow.WORK_SAYS_WHY`.
    """
    if step_name not in WORK_PRESSED:
        raise Refused(_("This cannot be done here."))
    step = WORK_FLOW[step_name]
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not(step, work, by))
    if step_name in WORK_SAYS_WHY and not why.strip():
        raise Refused(_("Write why first. It is kept in the diary."))
    if step_name == "reopen" and work.idea is not None and work.idea.status == IdeaStatus.FUNDED:
        ideas.start(idea_id=work.idea.pk, by=by)
    move(work, step, by=by, why=why.strip())
    return work


@transaction.atomic
def release_money(*, work_id: int, reason: str, on: date, by: Person) -> Work:
    """Release the money of a stopped work; its idea waits, and those in the queue are served.

    Who may is asked where the money is: a fund's keeper.
    """
    work = Work.objects.locked().select_related("unit", "idea").get(pk=work_id)
    require(why_not_release(work))
    assert work.idea is not None  # or it is refused
    payments.let_go(idea_id=work.idea.pk, reason=reason, work_is_stopped=True, on=on, by=by)
    record("work.release", work, by=by, why=reason.strip())
    return work


@transaction.atomic
def add_member(
    *, work_id: int, person: Person, role: str = Member.MEMBER, by: Person
) -> Membership:
    """Take somebody into the team, as a member or as its coach.

    Raises:
        Refused: already in the team, has left the organisation, or is to be a second leader.
    """
    work = _led(work_id, by)
    if role not in (Member.MEMBER, Member.COACH):
        raise Refused(_("A team has one leader. Hand the work over instead."))
    if not person.is_active:
        raise Refused(_("%(name)s does not work here any more.") % {"name": person.name})
    try:
        with transaction.atomic():
            membership = Membership.objects.create(work=work, person=person, role=role)
    except IntegrityError as error:
        raise Refused(_("%(name)s is already in the team.") % {"name": person.name}) from error
    record("work.join", work, by=by, person=person.pk, role=role)
    return membership


@transaction.atomic
def remove_member(*, membership_id: int, by: Person) -> None:
    """Take somebody out of the team."""
    membership = _membership(membership_id)
    require(why_not_remove(membership, by))
    person = membership.person
    membership.delete()
    record("work.leave", membership.work, by=by, person=person.pk)


@transaction.atomic
def hand_over(*, membership_id: int, by: Person) -> None:
    """Make a member the leader; the former leader stays as a member."""
    membership = _membership(membership_id)
    work = membership.work
    require(why_not_edit(work, by))
    if membership.role != Member.MEMBER:
        raise Refused(_("Only a member of the team can become its leader."))
    work.memberships.filter(role=Member.LEADER).update(role=Member.MEMBER)
    membership.role = Member.LEADER
    membership.save(update_fields=["role"])
    person = membership.person
    record("work.lead", work, by=by, person=person.pk)


def _led(work_id: int, by: Person) -> Work:
    """Lock the work and make sure that `by` may change it."""
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not_edit(work, by))
    return work


def _membership(membership_id: int) -> Membership:
    """Lock the work that the membership belongs to."""
    membership = Membership.objects.select_related("person").get(pk=membership_id)
    membership.work = Work.objects.locked().select_related("unit").get(pk=membership.work_id)
    return membership


def _check(charter: Charter, on: date) -> None:
    if charter.aim_by is not None and charter.aim_by <= on:
        raise Refused(_("The day of the aim must be after the day the work starts."))


def _enrol(work: Work, team: Team) -> None:
    roles = {team.leader.pk: Member.LEADER}
    if team.coach is not None:
        roles.setdefault(team.coach.pk, Member.COACH)
    for person in team.members:
        roles.setdefault(person.pk, Member.MEMBER)
    Membership.objects.bulk_create(
        Membership(work=work, person_id=pk, role=role) for pk, role in roles.items()
    )
