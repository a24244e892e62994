"""What the development lead adds to an idea before a decision."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.models import Person

from ..models import CostKind, CostLine, Idea
from ..models.cost import staff_cost_ore
from ..rules.ideas import why_not_cost


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost line as asked for: hours and rate for staff, an amount for everything else."""

    kind: str
    description: str = ""
    hours: Decimal | None = None
    rate_ore: int | None = None
    amount_ore: int | None = None


@transaction.atomic
def prepare(
    *,
    idea_id: int,
    title: str,
    expected_effect: str,
    agreed_with: str,
    cap_reason: str,
    costs: list[Cost],
    by: Person,
) -> Idea:
    """Write what the development lead adds: costs, effect, who agreed.

    The cost lines are replaced as a whole; a changed total is visible in the journal.

    Raises:
        Refused: it is not being prepared, or a line is incomplete.
    """
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    require(why_not_cost(idea, by))
    before_ore = idea.cost_ore()
    idea.title, idea.expected_effect = title, expected_effect
    idea.agreed_with, idea.cap_reason = agreed_with, cap_reason
    idea.save(update_fields=["title", "expected_effect", "agreed_with", "cap_reason"])
    idea.cost_lines.all().delete()
    CostLine.objects.bulk_create(_line(idea, cost) for cost in costs)
    record("idea.cost", idea, by=by, before_ore=before_ore, after_ore=idea.cost_ore())
    return idea


def _line(idea: Idea, cost: Cost) -> CostLine:
    if cost.kind == CostKind.STAFF:
        if not cost.hours or not cost.rate_ore:
            raise Refused(_("Staff costs need both hours and cost per hour."))
        amount_ore = staff_cost_ore(cost.hours, cost.rate_ore)
        hours, rate_ore = cost.hours, cost.rate_ore
    else:
        if not cost.amount_ore:
            raise Refused(_("Every cost needs an amount above zero."))
        amount_ore, hours, rate_ore = cost.amount_ore, None, None
    return CostLine(
        idea=idea,
        kind=cost.kind,
        description=cost.description,
        hours=hours,
        rate_ore=rate_ore,
        amount_ore=amount_ore,
    )
