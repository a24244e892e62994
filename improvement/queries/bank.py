"""What rests in the idea bank, and what is due to wake up."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.models import Band, KpiYear
from measures.queries import home_municipality
from organisation.models import Person
from organisation.models.unit import Unit, within
from organisation.permissions import Permission

from ..models import RESTING, Condition, Decision, Fund, Idea, IdeaStatus, Period, Revival
from ..models.decision import DecisionQuerySet
from ..models.idea import IdeaQuerySet
from .decisions import comes_back


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


def resting_ideas(person: Person, *, mine: bool) -> IdeaQuerySet:
    """Return what rests of one's own, or of the units where one prepares ideas.

    What was rejected without a condition is answered for good, and does not rest.
    """
    whose = Q(author=person) if mine else person.reach(Permission.IDEA_PREPARE)
    comes_back = resting_decisions().exclude(returns_when="")
    rests = Q(status=IdeaStatus.WAITING) | Q(pk__in=comes_back.values("idea"))
    # Both are within what one sees: `visible_to` would ask for each row what is asked already.
    ideas = Idea.objects.filter(whose, rests, status__in=RESTING)
    return ideas.select_related("unit", "author").order_by("-created_at", "-pk")


@dataclass(frozen=True, slots=True)
class BankRow:
    """An idea that rests, the decision that says why, and what is asked about it now."""

    idea: Idea
    decision: Decision | None
    revival: Revival | None

    @property
    def state(self) -> str | Promise:
        """What is being done about it; empty while it only rests."""
        if self.revival is None:
            return ""
        if self.revival.passed_on_at is None:
            return _("Its author has been asked")
        return _("Has come back, and waits to be prepared")

    @property
    def until(self) -> str:
        """What brings it back; empty where nothing does by itself."""
        return comes_back(self.decision) if self.decision else ""


def bank_rows(ideas: list[Idea]) -> list[BankRow]:
    """Return the rows of the bank for `ideas`, in their order.  Two queries."""
    latest = Decision.objects.filter(idea__in=ideas).order_by("idea", "-pk").distinct("idea")
    decisions = {decision.idea_id: decision for decision in latest}
    live = Revival.objects.live().filter(decision__in=decisions.values())
    revivals = {revival.decision_id: revival for revival in live}
    rows = []
    for idea in ideas:
        decision = decisions.get(idea.pk)
        rows.append(BankRow(idea, decision, revivals.get(decision.pk) if decision else None))
    return rows


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
    ranked = KpiYear.objects.seen_by(home).filter(
        kpi__in=aimed_at.values("idea__kpi"), rank__isnull=False
    )
    latest = ranked.order_by("kpi", "-year").distinct("kpi")
    return [standing.kpi_id for standing in latest if standing.band(standing.rank) == Band.BAD]
