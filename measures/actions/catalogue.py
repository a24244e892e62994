"""What is chosen of Kolada's catalogue."""

from django.db import transaction

from foundation.errors import require
from foundation.journal import record
from organisation.models import Person

from ..models import Kpi
from ..rules import imports as rules


@transaction.atomic
def follow(*, kpi: Kpi, by: Person) -> Kpi:
    """Fetch the values of `kpi` each night, whether it is part of a measure or not.

    Raises:
        Refused: it is our own, or Kolada no longer has it.
    """
    require(rules.why_not_fetch(by) or rules.why_not_follow(kpi))
    return _set_followed(kpi, True, by)


@transaction.atomic
def unfollow(*, kpi: Kpi, by: Person) -> Kpi:
    """Fetch it no longer, unless a measure needs it.  What was fetched stays."""
    require(rules.why_not_fetch(by))
    return _set_followed(kpi, False, by)


def _set_followed(kpi: Kpi, is_followed: bool, by: Person) -> Kpi:
    if Kpi.objects.filter(pk=kpi.pk, is_followed=not is_followed).update(is_followed=is_followed):
        record("kpi.follow" if is_followed else "kpi.unfollow", kpi, by=by)
    kpi.is_followed = is_followed
    return kpi
