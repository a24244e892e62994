"""Why not?  Trying what others have carried out."""

from django.utils.translation import gettext as _

from organisation import rules as organisation_rules
from organisation.models import Person, Unit
from organisation.permissions import Permission

from ..models import Work
from .works import why_not_start_at


def why_not_adopt(work: Work, unit: Unit, person: Person) -> str | None:
    """Say why `person` may not try `work` at `unit`."""
    if not work.is_carried_out:
        return organisation_rules.state_says_no(work)
    if work.unit_id == unit.pk:
        return _("%(unit)s has carried it out already. Choose another unit.") % {"unit": unit}
    return why_not_start_at(unit, person)


def may_tip(person: Person) -> bool:
    """Say whether `person` sees which units may be helped by a work: development leads."""
    return person.may_somewhere(Permission.COACHING_MANAGE)


def why_not_tip(work: Work, unit: Unit, person: Person) -> str | None:
    """Say why `person` may not tell the managers of `unit` of `work`."""
    if not work.is_carried_out:
        return organisation_rules.state_says_no(work)
    if work.unit_id == unit.pk:
        return _("%(unit)s has carried it out already. Choose another unit.") % {"unit": unit}
    return organisation_rules.why_not_with(Permission.COACHING_MANAGE, person, at=unit)
