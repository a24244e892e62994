"""What a work has saved: written down with its source, withdrawn and never deleted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from foundation.money import HIGHEST_ORE
from organisation.models import Person

from ..models import Benefit, BenefitKind, Work
from ..rules.effect import why_not_benefit, why_not_withdraw_benefit

MOST_HOURS = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Saving:
    """What is said to be saved, from one end of a range to the other.

    Attributes:
        kind: A `BenefitKind`; hours are given in `hours`, everything else in `ore`.
        year: The first year; the only one, where it is not `is_yearly`.
        source: How one knows.
    """

    kind: str
    year: int
    source: str
    is_yearly: bool = True
    hours: tuple[Decimal, Decimal] | None = None
    ore: tuple[int, int] | None = None
    uncertain: str = ""


@transaction.atomic
def add(*, work_id: int, saving: Saving, key: UUID, on: date, by: Person) -> Benefit:
    """Write down what a work has saved.

    Args:
        key: Of the form; the same form sent twice is one benefit.
        on: Today.

    Raises:
        Refused: no range, no source, a year that is not reasonable, or not in the team.
    """
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not_benefit(work, by))
    there = Benefit.objects.filter(key=key).first()
    if there is not None and there.work_id == work.pk:
        return there
    _check(saving, work, on)
    hours, ore = saving.hours or (None, None), saving.ore or (None, None)
    made = Benefit.objects.create(
        work=work,
        kind=saving.kind,
        hours_low=hours[0],
        hours_high=hours[1],
        low_ore=ore[0],
        high_ore=ore[1],
        is_yearly=saving.is_yearly,
        year=saving.year,
        source=saving.source.strip(),
        uncertain=saving.uncertain.strip(),
        by=by,
        key=key,
    )
    record("work.benefit", work, by=by, benefit=made.pk, saved=made.kind)
    return made


@transaction.atomic
def withdraw(*, benefit_id: int, because: str, by: Person) -> Benefit:
    """Withdraw what was written; it stays to be read, and counts no more."""
    work_id = Benefit.objects.values_list("work", flat=True).get(pk=benefit_id)
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    benefit = Benefit.objects.get(pk=benefit_id)
    benefit.work = work
    require(why_not_withdraw_benefit(benefit, by))
    if not because.strip():
        raise Refused(_("Write why it is withdrawn."))
    benefit.withdrawn_at, benefit.withdrawn_by = timezone.now(), by
    benefit.withdrawn_because = because.strip()
    benefit.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record("work.benefit_withdrawn", work, by=by, benefit=benefit.pk, why=because.strip())
    return benefit


def _check(saving: Saving, work: Work, on: date) -> None:
    is_hours = saving.kind == BenefitKind.HOURS
    ends = saving.hours if is_hours else saving.ore
    if saving.kind not in BenefitKind.values or ends is None:
        raise Refused(_("Write how much is saved, from the least to the most."))
    if ends[0] < 0 or ends[1] < ends[0]:
        raise Refused(_("The least must not be more than the most."))
    if ends[1] <= 0:
        raise Refused(_("Nothing is saved if the most is 0."))
    if ends[1] > (MOST_HOURS if is_hours else HIGHEST_ORE):
        raise Refused(_("That is more than can be right. Look at the number again."))
    if not work.started_on.year <= saving.year <= on.year:
        raise Refused(
            _("Something can have been saved from %(first)s, when the work began, to this year.")
            % {"first": work.started_on.year}
        )
    if not saving.source.strip():
        raise Refused(_("Say how you know: measured, from the accounts, or how it was reckoned."))
