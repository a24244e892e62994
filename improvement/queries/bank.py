"""What rests in the idea bank, and what is due to wake up."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from measures.models.comparison import Band, KpiPlace
from measures.queries import home_municipality
from organisation.models.unit import Unit, within

from ..models import RESTING, Condition, Decision, Fund, Idea, Period, Revival
from ..models.decision import DecisionQuerySet


def resting_decisions() -> DecisionQuerySet:
    """Return the latest decision on each idea that rests."""
    later = Decision.objects.filter(idea=OuterRef("idea"), pk__gt=OuterRef("pk"))
    return Decision.objects.filter(~Exists(later), idea__status__in=RESTING)


def due(on: date) -> list[int]:
    """Return the ids of the decisions whose condition holds, and that nobody has been asked about.

    A day has come; a fund that pays for the unit has money that nobody waits for; the measure
    that the idea is aimed at is red in the latest year it has.  Six queries.
    """
    asked = resting_decisions().filter(revival=None)
    holds = Q(wait_until__lte=on)
    for unit in _units_with_money(on):
        holds |= Q(returns_when=Condition.MONEY) & within(unit, through="idea__unit")
    holds |= Q(returns_when=Condition.RED, idea__kpi__in=_red_kpis())
    return list(asked.filter(holds).order_by("pk").values_list("pk", flat=True))


def unanswered_since(before: datetime) -> list[int]:
    """Return the ids of what was asked before then and is still neither answered nor passed on."""
    silent = Revival.objects.live().filter(answer="", passed_on_at=None, asked_at__lte=before)
    return list(silent.order_by("pk").values_list("pk", flat=True))


def revival_of(idea: Idea) -> Revival | None:
    """Return what is asked about `idea` now, or None.  One query at most."""
    if idea.status not in RESTING:
        return None
    return Revival.objects.live().filter(decision__idea=idea).select_related("decision").first()


def _units_with_money(on: date) -> list[Unit]:
    """Return the units of the funds that have money and nobody in their queue.  Two queries."""
    queued = Decision.objects.queued().order_by().values("fund")
    funds = Fund.objects.filter(is_active=True).exclude(pk__in=queued)
    begun = Period.objects.filter(fund__in=funds, closed_at=None, starts_on__lte=on)
    # Written latest first, so that the earliest stays: the one that `Period.current` names.
    current = {
        period.fund_id: period
        for period in begun.with_balance().select_related("fund__unit").order_by("-starts_on")
    }
    return [p.fund.unit for p in current.values() if p.sum_left_ore > 0]  # type: ignore[attr-defined]


def _red_kpis() -> list[int]:
    """Return the KPIs that resting ideas are aimed at and that are red in their latest year."""
    home = home_municipality()
    if home is None:
        return []
    aimed_at = resting_decisions().filter(returns_when=Condition.RED, revival=None)
    places = KpiPlace.objects.filter(
        municipality=home, kpi__in=aimed_at.values("idea__kpi")
    ).order_by("kpi", "-year")
    latest = places.distinct("kpi").values_list("kpi", "band")
    return [kpi for kpi, band in latest if band == Band.BAD]
