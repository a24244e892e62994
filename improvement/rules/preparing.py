"""What an idea lacks before it can be put forward, and why a preparation is not saved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import gettext as _

from foundation.money import format_kronor
from organisation.models import Person, Unit
from organisation.permissions import Permission
from organisation.rules import state_says_no, why_not_with

from ..models import MOST_POINTS, CostKind, CostLine, Criterion, Fund, Idea, IdeaStatus

# While an idea is in one of these, somebody may have it to prepare.
IN_HANDS = (
    IdeaStatus.SUBMITTED,
    IdeaStatus.PREPARING,
    IdeaStatus.RETURNED,
    IdeaStatus.READY,
    IdeaStatus.WAITING,
)


@dataclass(frozen=True, slots=True)
class Sums:
    """What the cost lines of an idea add up to, in öre."""

    of_kind: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Iterable[CostLine]) -> Self:
        of_kind: dict[str, int] = {}
        for line in lines:
            of_kind[line.kind] = of_kind.get(line.kind, 0) + line.amount_ore
        return cls(of_kind)

    @property
    def total_ore(self) -> int:
        return sum(self.of_kind.values())

    @property
    def is_mostly_material(self) -> bool:
        """Say whether more than four fifths is material; exactly four fifths is not."""
        return 5 * self.of_kind.get(CostKind.MATERIAL, 0) > 4 * self.total_ore


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be there before an idea is put forward.

    Attributes:
        name: What it is, when it is there.
        text: What to do, as a sentence, when it is not.
        field: The part of the page where it is done.
    """

    name: str
    text: str
    field: str
    is_done: bool


def over_cap(sums: Sums, funds: Sequence[Fund]) -> str | None:
    """Say that the sum is above the lowest guide amount of `funds`, and what that asks for.

    Args:
        funds: Those that may pay for the idea.  Of equal amounts the closest fund is named.
    """
    fund = min(funds, key=lambda fund: (fund.cap_ore, -fund.unit.depth), default=None)
    if fund is None or sums.total_ore <= fund.cap_ore:
        return None
    said = _("The sum, %(sum)s, is above the guide amount of %(cap)s in %(fund)s.") % {
        "sum": format_kronor(sums.total_ore),
        "cap": format_kronor(fund.cap_ore),
        "fund": fund.name,
    }
    if is_over_every_cap(sums, funds):
        return f"{said} {_('Write why it may cost more.')}"
    return f"{said} {_('Write why it may cost more, if that fund is to pay.')}"


def is_over_every_cap(sums: Sums, funds: Sequence[Fund]) -> bool:
    """Say whether no fund pays so much without a reason, so that one must be there.

    A fund with a lower guide amount asks again when it is to pay (`why_not_amount`).
    """
    return bool(funds) and sums.total_ore > max(fund.cap_ore for fund in funds)


def mostly_material(sums: Sums) -> str | None:
    """Say that most of the cost is material, and what that asks for."""
    if not sums.is_mostly_material:
        return None
    return _(
        "More than 80 percent of the cost is material. "
        "Write why it is an improvement and not only a purchase."
    )


def checks_before_decision(idea: Idea, sums: Sums, funds: Sequence[Fund]) -> list[Check]:
    """Return what a decision needs of `idea`: each thing, and whether it is there.

    Args:
        funds: Those that may pay for it.
    """
    costs = _(
        "Write what it costs first. If it costs nothing, choose “Do it now” instead of a decision."
    )
    agreed = _("Write who the costs are agreed with first.")
    checks = [
        Check(_("What it costs"), costs, "costs", sums.total_ore > 0),
        Check(_("Agreed with the staff group"), agreed, "agreed_with", bool(idea.agreed_with)),
    ]
    if (sentence := over_cap(sums, funds)) and is_over_every_cap(sums, funds):
        reason = _("Why it may cost more than usual")
        checks.append(Check(reason, sentence, "cap_reason", bool(idea.cap_reason)))
    if sentence := mostly_material(sums):
        reason = _("Why it is an improvement and not only a purchase")
        checks.append(Check(reason, sentence, "purchase_reason", bool(idea.purchase_reason)))
    return checks


def sums_of(idea: Idea) -> Sums:
    """Add up the cost lines of `idea` by type.  One query."""
    return Sums.of(idea.cost_lines.order_by("pk"))


def funds_for(idea: Idea) -> list[Fund]:
    """Return the funds that may pay for `idea`, the closest first.  One query."""
    return list(Fund.objects.open_to(idea).select_related("unit").order_by("-unit__path", "name"))


def why_not_put_forward(idea: Idea) -> str | None:
    """Say what is missing before a decision can be asked for.  Asks the database."""
    checks = checks_before_decision(idea, sums_of(idea), funds_for(idea))
    return next((check.text for check in checks if not check.is_done), None)


def why_not_over(idea: Idea, seen_version: int | None) -> str | None:
    """Say that somebody else has changed `idea` since the form was opened.

    Args:
        seen_version: `Idea.version` when the form was shown; None when there was no form.
    """
    if seen_version is None or seen_version == idea.version:
        return None
    return _("Somebody else has changed this since you opened it. Nothing of yours is saved yet.")


def why_not_give(idea: Idea, person: Person, to: Person | None) -> str | None:
    """Say why `person` may not let `to` (None: nobody) prepare `idea`."""
    if idea.status not in IN_HANDS:
        return state_says_no(idea)
    if refusal := why_not_with(Permission.IDEA_PREPARE, person, at=idea.unit):
        return refusal
    if to is not None and not (to.is_active and to.may(Permission.IDEA_PREPARE, at=idea.unit)):
        return _("%(person)s may not prepare ideas at %(unit)s.") % {
            "person": to,
            "unit": idea.unit,
        }
    return None


def why_not_set_criteria(person: Person, home: Unit | None) -> str | None:
    """Say why `person` may not choose the criteria, which are the same for the whole organisation."""
    if home is None or not person.may(Permission.IDEA_PREPARE, at=home):
        return _("The criteria are chosen by those who prepare ideas for the whole organisation.")
    return None


def why_not_judge(criterion: Criterion, points: int) -> str | None:
    if not criterion.is_active:
        return _("“%(criterion)s” is no longer used.") % {"criterion": criterion}
    return None if 1 <= points <= MOST_POINTS else _("Choose from one to five points.")
