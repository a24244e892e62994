"""Hints that a team puts aside, and takes up again."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.models import Person

from ..guidance.hints import NAMES
from ..models import Cycle, HintDismissal
from ..rules.cycles import why_not_plan


@transaction.atomic
def put_aside(*, cycle_id: int, name: str, by: Person) -> None:
    """Show a hint no more about this cycle; twice is once."""
    cycle = _cycle(cycle_id, by)
    if name not in NAMES:
        raise Refused(_("This cannot be done here."))
    _dismissal, is_new = HintDismissal.objects.get_or_create(
        cycle=cycle, name=name, defaults={"by": by}
    )
    if is_new:
        record("cycle.put_hint_aside", cycle, by=by, hint=name)


@transaction.atomic
def take_up(*, cycle_id: int, name: str, by: Person) -> None:
    """Show a hint again that was put aside."""
    cycle = _cycle(cycle_id, by)
    gone, _by_model = HintDismissal.objects.filter(cycle=cycle, name=name).delete()
    if gone:
        record("cycle.take_hint_up", cycle, by=by, hint=name)


def _cycle(cycle_id: int, by: Person) -> Cycle:
    cycle = Cycle.objects.select_related("work__unit").get(pk=cycle_id)
    require(why_not_plan(cycle.work, by))
    return cycle
