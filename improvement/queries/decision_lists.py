"""What is to be reported to a board, and what has been."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Person, Unit
from organisation.models.unit import within

from ..models import Basis, Decision, DecisionList
from ..models.decision import DecisionQuerySet
from .decisions import granted


def unreported_in(unit: Unit) -> DecisionQuerySet:
    """Return the delegated decisions of `unit` and below that no board has been told of."""
    return Decision.objects.unreported().filter(within(unit, through="idea__unit"))


def executed_in(unit: Unit, *, since: date) -> DecisionQuerySet:
    """Return what only carried out an earlier decision: not reported, but shown for itself."""
    return Decision.objects.filter(
        within(unit, through="idea__unit"), basis=Basis.EXECUTION, decided_at__date__gte=since
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One decision as a board reads it."""

    pk: int
    idea_id: int
    decided_on: date
    case_number: str
    idea: str
    unit: str
    outcome: str
    amount: str
    decider: str
    delegation_reference: str
    note: str


def rows_of(decisions: DecisionQuerySet, *, most: int | None = None) -> list[Row]:
    """Return the decisions as rows, in the order they were taken; the first ones.  One query."""
    found = decisions.select_related("idea__unit", "decided_by", "replaces").order_by(
        "decided_at", "pk"
    )
    return [
        Row(
            pk=decision.pk,
            idea_id=decision.idea_id,
            decided_on=timezone.localdate(decision.decided_at),
            case_number=decision.case_number,
            idea=decision.idea.title,
            unit=decision.idea.unit.name,
            outcome=decision.get_outcome_display(),
            amount=granted(decision),
            decider=decision.decided_by.name,
            delegation_reference=decision.delegation_reference,
            note=_note(decision),
        )
        for decision in found[:most]
    ]


def rows_on(list_: DecisionList) -> list[Row]:
    """Return the decisions that stand on a list.  One query."""
    return rows_of(Decision.objects.filter(list_entry__list=list_))


def _note(decision: Decision) -> str:
    """Say what the decision does to an earlier one that the board may have been told of."""
    if decision.replaces is not None:
        day = timezone.localdate(decision.replaces.decided_at).isoformat()
        return _("Replaces decision %(number)s of %(day)s") % {
            "number": decision.replaces_id,
            "day": day,
        }
    if decision.adds_to_id is not None:
        return _("Adds to decision %(number)s") % {"number": decision.adds_to_id}
    return ""


def lists_for(person: Person) -> QuerySet[DecisionList]:
    """Return the lists that `person` may see, each with how many decisions: `length`."""
    lists = DecisionList.objects.visible_to(person).select_related("unit", "made_by")
    return lists.annotate(length=Count("entries")).order_by("-made_at", "-pk")


def latest_board(unit: Unit) -> str:
    """Return the board that the unit's decisions were last reported to, or nothing."""
    boards = DecisionList.objects.filter(unit=unit).order_by("-pk")
    return boards.values_list("board", flat=True).first() or ""
