"""Reporting delegated decisions to the board that has delegated them."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.models import Person, Unit

from ..models import DecisionList, DecisionListEntry
from ..queries.decision_lists import unreported_in
from ..rules.decision_lists import why_not_report


@transaction.atomic
def make(*, unit: Unit, board: str, by: Person) -> DecisionList:
    """Put every delegated decision of the unit that no board has been told of on one list.

    Two may press at once, also for units where one lies under the other: the decisions are
    locked first and then looked at again, and the database lets each stand on one list only.

    Raises:
        Refused: nothing is left to report, or `by` may not report there.
    """
    require(why_not_report(unit, board, by))
    list(unreported_in(unit).select_for_update(of=("self",), no_key=True).order_by("pk"))
    decisions = list(unreported_in(unit).order_by("decided_at", "pk").values_list("pk", flat=True))
    if not decisions:
        raise Refused(_("Every delegated decision has been reported already."))
    made = DecisionList.objects.create(unit=unit, board=board.strip(), made_by=by)
    DecisionListEntry.objects.bulk_create(
        (DecisionListEntry(list=made, decision_id=pk) for pk in decisions), batch_size=2_000
    )
    record("decision_list.make", made, by=by, decisions=len(decisions))
    return made
