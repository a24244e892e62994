"""Why not?  What is said in a work."""

from django.utils.translation import gettext as _

from organisation import rules as organisation_rules
from organisation.models import Person

from ..models import Coaching, Member, Remark, Thread, Work, WorkStatus
from .coaching import is_coach
from .works import may_take_part


def why_not_say(work: Work, thread: str, person: Person) -> str | None:
    """Say why `person` may not say anything in `thread`.

    The whole team talks, its guest too; on the sounding board only its leader and its coach.
    """
    if work.status == WorkStatus.STOPPED:
        return organisation_rules.state_says_no(work)
    if thread == Thread.COACH:
        if person.pk == work.leader_id or is_coach(work, person):
            return None
        return _("Only the leader and the coach talk here.")
    if person.pk in work.team_ids or may_take_part(work, person):
        return None
    return _("Only the team can do this.")


def talks_with_coach(work: Work, person: Person) -> bool:
    """Say whether `person` reads the sounding board: the leader, and who coaches or has coached."""
    if person.pk == work.leader_id or is_coach(work, person):
        return True
    return Coaching.objects.filter(work=work, coach=person).exists()


def why_not_take_back(remark: Remark, person: Person) -> str | None:
    """Say why `person` may not take away the words of `remark`.

    Everyone takes back their own; the leader may take away what somebody wrote to the team.
    """
    if remark.removed_at is not None:
        return _("It has been taken away already.")
    leads = remark.thread == Thread.TEAM and person.pk == remark.work.leader_id
    if remark.by_id != person.pk and not leads:
        return _("Only the person who wrote it can take it back.")
    return None


def concerned(work: Work, thread: str) -> set[int]:
    """Return the ids of those who follow what is said in `thread`."""
    if thread == Thread.TEAM:
        return work.team_ids
    among = (Member.LEADER, Member.COACH)
    return {m.person_id for m in work.team if m.role in among}
