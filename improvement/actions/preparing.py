"""What the development lead adds to an idea before a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from foundation.money import HIGHEST_ORE
from organisation.actions.notices import tell
from organisation.models import Person

from ..models import Assessment, CostKind, CostLine, Criterion, Idea
from ..models.cost import staff_cost_ore
from ..rules.ideas import why_not_cost
from ..rules.preparing import Sums, sums_of, why_not_give, why_not_judge, why_not_over


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost line as asked for: hours and rate for staff, an amount for everything else."""

    kind: str
    description: str = ""
    hours: Decimal | None = None
    rate_ore: int | None = None
    amount_ore: int | None = None

    def in_ore(self) -> int:
        """Return what it comes to; 0 while something is missing."""
        if self.kind == CostKind.STAFF:
            return staff_cost_ore(self.hours, self.rate_ore) if self.hours and self.rate_ore else 0
        return self.amount_ore or 0


@dataclass(frozen=True, slots=True)
class Judged:
    """Points for one criterion, and why in short."""

    criterion: Criterion
    points: int
    reason: str = ""


@transaction.atomic
def prepare(
    *,
    idea_id: int,
    title: str,
    expected_effect: str,
    agreed_with: str,
    cap_reason: str,
    costs: list[Cost],
    purchase_reason: str = "",
    spread_potential: str = "",
    expected_done_on: date | None = None,
    seen_version: int | None = None,
    by: Person,
) -> Idea:
    """Write what the development lead adds: costs, effect, who agreed.

    The cost lines are replaced as a whole; the journal keeps what each type was before and after.

    Args:
        seen_version: The idea's version when the form was opened; None when there was no form.

    Raises:
        Refused: it is not being prepared, somebody else has saved since, or a line is incomplete.
    """
    idea: Idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    require(why_not_cost(idea, by))
    require(why_not_over(idea, seen_version))
    before = sums_of(idea)
    texts = {
        "title": title,
        "expected_effect": expected_effect,
        "agreed_with": agreed_with,
        "cap_reason": cap_reason,
        "purchase_reason": purchase_reason,
        "spread_potential": spread_potential,
        "expected_done_on": expected_done_on,
    }
    for name, value in texts.items():
        setattr(idea, name, value)
    idea.version += 1
    idea.answered_at = None  # whoever saves has read the answer
    if idea.assigned_to_id is None:
        idea.assigned_to = by  # whoever goes on with what nobody has, has it
    idea.save(update_fields=[*texts, "version", "answered_at", "assigned_to"])
    idea.cost_lines.all().delete()
    CostLine.objects.bulk_create(_line(idea, cost) for cost in costs)
    after = sums_of(idea)
    record(
        "idea.cost",
        idea,
        by=by,
        before_ore=before.total_ore,
        after_ore=after.total_ore,
        **_by_kind(before, after),
    )
    return idea


@transaction.atomic
def give(*, idea_id: int, to: Person | None, by: Person) -> Idea:
    """Let `to` prepare the idea, or nobody; who gets it from somebody else is told.

    Raises:
        Refused: one of them may not prepare ideas there, or it is no longer to be prepared.
    """
    idea: Idea = Idea.objects.locked().select_related("unit", "assigned_to").get(pk=idea_id)
    require(why_not_give(idea, by, to))
    if idea.assigned_to == to:
        return idea
    before, idea.assigned_to = idea.assigned_to, to
    idea.save(update_fields=["assigned_to"])
    record("idea.give", idea, by=by, before=before and before.pk, after=to and to.pk)
    if to is not None:
        tell(
            [to],
            kind="idea.give",
            title=idea.title,
            href=reverse("idea-detail", args=[idea.pk]),
            except_for=by,
        )
    return idea


@transaction.atomic
def judge(*, idea_id: int, judged: list[Judged], by: Person) -> Idea:
    """Keep the points that `by` gives an idea in its preparation, in place of earlier ones.

    A criterion that is not among `judged` has then no points by this person.
    """
    idea: Idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    require(why_not_cost(idea, by))
    for one in judged:
        require(why_not_judge(one.criterion, one.points))
    theirs = idea.assessments.filter(person=by, criterion__is_active=True)
    before = dict(theirs.values_list("criterion", "points"))
    theirs.delete()
    Assessment.objects.bulk_create(
        Assessment(
            idea=idea,
            criterion=one.criterion,
            person=by,
            points=one.points,
            reason=one.reason,
            at=timezone.now(),
        )
        for one in judged
    )
    after = {one.criterion.pk: one.points for one in judged}
    if before != after:
        record("idea.judge", idea, by=by, before=_named(before), after=_named(after))
    return idea


def _line(idea: Idea, cost: Cost) -> CostLine:
    is_staff = cost.kind == CostKind.STAFF
    if is_staff and not (cost.hours and cost.rate_ore):
        raise Refused(_("Staff costs need both hours and cost per hour."))
    amount_ore = cost.in_ore()
    if amount_ore <= 0:
        raise Refused(_("Every cost needs an amount above zero."))
    if amount_ore > HIGHEST_ORE:
        raise Refused(_("A cost is larger than any budget. Look at hours and amounts again."))
    return CostLine(
        idea=idea,
        kind=cost.kind,
        description=cost.description,
        hours=cost.hours if is_staff else None,
        rate_ore=cost.rate_ore if is_staff else None,
        amount_ore=amount_ore,
    )


def _by_kind(before: Sums, after: Sums) -> dict[str, object]:
    """Return the sums of each type, for the journal."""
    return {"before": dict(before.of_kind), "after": dict(after.of_kind)}


def _named(points: Mapping[int, int]) -> dict[str, int]:
    return {str(criterion): number for criterion, number in points.items()}
