"""Why not?  The pictures and files of a work."""

from django.utils.translation import gettext as _

from organisation import rules as organisation_rules
from organisation.models import Person

from ..models import Work, WorkFile, WorkStatus
from .works import may_take_part


def why_not_keep_files(work: Work, person: Person) -> str | None:
    """Say why `person` may not add to or take from the files of `work`."""
    if not may_take_part(work, person):
        return _("Only the team can do this.")
    if work.status == WorkStatus.STOPPED:
        return organisation_rules.state_says_no(work)
    return None


def why_not_one_more(there: int) -> str | None:
    """Say why a work with `there` files takes no more."""
    if there < WorkFile.MOST_PER_WORK:
        return None
    return _("A work has room for %(most)s pictures and files. Remove one first.") % {
        "most": WorkFile.MOST_PER_WORK
    }
