"""Everything that changes a work and its team, but for measures, cycles and the report."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from improvement.actions import ideas, payments
from improvement.models import Idea, IdeaStatus
from measures.actions.team import NewMeasure
from measures.models import Kpi
from organisation.actions import guests
from organisation.models import Person, Unit
from organisation.permissions import Permission

from ..flow import WORK_FLOW, WORK_PRESSED, WORK_SAYS_WHY
from ..models import Member, Membership, Method, Purpose, Work, WorkStatus
from ..rules.works import (
    PROPOSED_FROM,
    why_not,
    why_not_asked_by,
    why_not_edit,
    why_not_grow,
    why_not_release,
    why_not_remove,
    why_not_start,
    why_not_start_at,
)
from . import coaching
from .measuring import aim_changed, follow
from .moving import move, tell


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
class Beginning:
    """What a work without money begins with.

    Attributes:
        origin: One of `rules.works.PROPOSED_FROM`.
        text: What it began with, in the team's own words.
        idea: What was done directly and has grown.
        kpi: The quality measure that it is to move.
        adopted_from: The work of another unit whose solution is tried.
    """

    origin: str
    text: str = ""
    idea: Idea | None = None
    kpi: Kpi | None = None
    adopted_from: Work | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """Who does it.  Whoever stands in more than one place gets the first."""

    leader: Person
    members: tuple[Person, ...] = ()
    coach: Person | None = None


@transaction.atomic
def start(
    *,
    idea_id: int,
    charter: Charter,
    measure: NewMeasure,
    team: Team,
    method: Method | None = None,
    on: date,
    by: Person,
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
    work = Work.objects.create(
        idea=idea, unit=idea.unit, kpi=idea.kpi, method=method, started_on=on, **asdict(charter)
    )
    record("work.start", work, by=by, idea=idea.pk)
    _enrol(work, team, on, by)
    follow(work, measure, Purpose.OUTCOME, carries_aim=True, by=by)
    return work


@transaction.atomic
def propose(
    *,
    beginning: Beginning,
    unit: Unit,
    charter: Charter,
    team: Team,
    asked_by: Person | None = None,
    method: Method | None = None,
    key: UUID,
    on: date,
    by: Person,
) -> Work:
    """Begin a work without money.

    It waits for `asked_by` to say that it is wanted; a starter who may say so at the unit has
    said it by starting.  Safe to repeat: the same form gives the same work.

    Args:
        asked_by: The manager; not needed when `by` may say yes.
        key: Of the form.

    Raises:
        Refused: `by` has nothing to do with the unit, the manager cannot say yes there, what was
            done directly has a work already, or the day of the aim has passed.
    """
    made = Work.objects.filter(key=key).first()
    if made is not None:
        return _mine(made, by)
    if beginning.origin not in PROPOSED_FROM:
        raise Refused(_("This cannot be done here."))
    require(why_not_start_at(unit, by))
    if beginning.idea is not None:
        idea = Idea.objects.locked().select_related("unit").get(pk=beginning.idea.pk)
        require(why_not_grow(idea, by))
    may_confirm = by.may(Permission.WORK_CONFIRM, at=unit)
    manager = asked_by or (by if may_confirm else None)
    require(why_not_asked_by(manager, unit))
    assert manager is not None  # or it is refused
    _check(charter, on)
    try:
        with transaction.atomic():
            work = Work.objects.create(
                origin=beginning.origin,
                origin_text=beginning.text,
                idea=beginning.idea,
                kpi=beginning.kpi,
                adopted_from=beginning.adopted_from,
                unit=unit,
                asked_by=manager,
                method=method,
                status=WorkStatus.PLANNED if may_confirm else WorkStatus.PROPOSED,
                is_confirmed=may_confirm,
                started_on=on,
                key=key,
                **asdict(charter),
            )
    except IntegrityError as error:
        made = Work.objects.filter(key=key).first()
        if made is None:  # another work has grown out of the same idea
            raise Refused(_("A work has already begun from it.")) from error
        return _mine(made, by)
    record("work.start" if may_confirm else "work.propose", work, by=by, origin=work.origin)
    _enrol(work, team, on, by)
    if not may_confirm:
        tell(work, "propose", [manager], by=by)
    return work


@transaction.atomic
def change(*, work_id: int, charter: Charter, by: Person) -> Work:
    """Change title and aim.  The journal keeps what the aim was."""
    work = _led(work_id, by)
    write(work, asdict(charter), by=by)
    return work


def write(work: Work, changes: dict[str, object], *, by: Person) -> None:
    """Write fields of the charter of `work`, whose lock the caller holds.

    The journal keeps which were changed, by their number of version, and what the aim was.
    """
    aim_by = changes.get("aim_by", work.aim_by)
    if isinstance(aim_by, date) and aim_by <= work.started_on:
        raise Refused(_("The day of the aim must be after the day the work starts."))
    changed = [name for name, value in changes.items() if getattr(work, name) != value]
    if not changed:
        return
    before = {name: str(getattr(work, name)) for name in _AIM if name in changed}
    for name in changed:
        setattr(work, name, changes[name])
    work.version += 1
    work.save(update_fields=[*changed, "version"])
    if "aim_to" in changed:
        aim_changed(work)
    if "aim_to" in changed:
        aim_changed(work)
    kind = "work.aim" if before else "work.write"
    record(kind, work, by=by, before=before, fields=changed, version=work.version)


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
    also: tuple[str, ...] = ()
    if step_name == "confirm":
        work.is_confirmed, work.asked_by = True, by
        also = ("is_confirmed", "asked_by")
    move(work, step, by=by, why=why.strip(), also=also)
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
    if role == Member.COACH:
        coaching.assign(work_id=work_id, coach=person, on=timezone.localdate(), by=by)
        return Membership.objects.get(work=work_id, person=person)
    if role != Member.MEMBER:
        raise Refused(_("A team has one leader. Hand the work over instead."))
    if not person.is_active:
        raise Refused(_("%(name)s does not work here any more.") % {"name": person.name})
    try:
        with transaction.atomic():
            membership = Membership.objects.create(work=work, person=person, role=role)
    except IntegrityError as error:
        raise Refused(_("%(name)s is already in the team.") % {"name": person.name}) from error
    record("work.join", work, by=by, person=person.pk, role=role)
    tell(work, "join", [person], by=by)
    return membership


@transaction.atomic
def remove_member(*, membership_id: int, by: Person) -> None:
    """Take somebody out of the team, or leave it oneself."""
    membership = _membership(membership_id)
    require(why_not_remove(membership, by))
    person = membership.person
    if membership.role == Member.COACH:
        coaching.end(work_id=membership.work_id, on=timezone.localdate(), by=by)
        return
    membership.delete()
    record("work.leave", membership.work, by=by, person=person.pk)
    if membership.role == Member.GUEST:
        guests.show_out(guest=person, by=by)


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
    tell(work, "lead", [person], by=by)


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


def _mine(work: Work, by: Person) -> Work:
    """Return what the form has made already, to whoever it was that filled it in."""
    if not Work.objects.visible_to(by).filter(pk=work.pk).exists():
        raise Refused(_("This cannot be done here."))
    return work


def _enrol(work: Work, team: Team, on: date, by: Person) -> None:
    """Put everybody in the team, and tell them.  Whoever starts it takes part, or looks after it."""
    roles = {team.leader.pk: Member.LEADER}
    coach = team.coach if team.coach != team.leader else None
    for person in team.members:
        if person != coach:
            roles.setdefault(person.pk, Member.MEMBER)
    if by != coach and not by.may(Permission.WORK_READ, at=work.unit):
        roles.setdefault(by.pk, Member.MEMBER)
    Membership.objects.bulk_create(
        Membership(work=work, person_id=pk, role=role) for pk, role in roles.items()
    )
    tell(work, "join", [pk for pk, role in roles.items() if role != Member.LEADER], by=by)
    tell(work, "lead", [team.leader], by=by)
    if coach is not None:
        coaching.begin(work, coach, on=on, by=by)


_AIM = ("aim", "aim_from", "aim_to", "aim_by")
