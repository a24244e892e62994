"""Why not?  Patients and users in a team."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from organisation.models import Person

from ..models import Work
from .works import why_not_edit

LONGEST = timedelta(days=366)


def why_not_invite(work: Work, expires_on: date, person: Person, *, on: date) -> str | None:
    """Say why `person` may not invite a guest to `work` until a day."""
    if refusal := why_not_edit(work, person):
        return refusal
    if expires_on <= on:
        return _("The last day must be a day to come.")
    if expires_on - on > LONGEST:
        return _("Invite for at most a year. The link can be renewed.")
    return None
