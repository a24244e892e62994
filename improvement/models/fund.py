from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, Sum, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Person, Unit
from organisation.permissions import Permission
from organisation.privacy import FreeLine

if TYPE_CHECKING:
    from .idea import Idea


class Rollover(models.TextChoices):
    """What becomes of what is left when a period ends."""

    AUTOMATIC = "automatic", _("Moves on by itself")
    CONFIRMED = "confirmed", _("Moves on when somebody confirms it")
    LAPSES = "lapses", _("Goes back to the organisation")


class QueueRule(models.TextChoices):
    STRICT = "strict", _("Strictly in the order of decision")
    NEXT_THAT_FITS = "fits", _("The next one that the money is enough for")


class FundQuerySet(models.QuerySet["Fund"]):
    def visible_to(self, person: Person) -> "FundQuerySet":
        """The funds of the units one looks after, and those above that pay for them."""
        units = person.units_where(Permission.FUND_READ)
        above = {pk for unit in units for pk in unit.lineage}
        return self.filter(person.reach(Permission.FUND_READ) | Q(unit__in=above))

    def managed_by(self, person: Person) -> "FundQuerySet":
        return self.filter(person.reach(Permission.FUND_MANAGE))

    def open_to(self, idea: "Idea") -> "FundQuerySet":
        """The funds that may pay for `idea`: its own unit's, and those of the units above."""
        return self.filter(unit__in=idea.unit.lineage, is_active=True)

    def locked(self) -> "FundQuerySet":
        """Money moves only under this lock, taken before any other (docs/locks.md)."""
        return self.select_for_update(of=("self",), no_key=True)


class Fund(models.Model):
    """Money set aside for improvement ideas in a unit and everything below it.

    A fund stores no balance.  What is left in a period is the sum of its ledger, nothing else.
    """

    # W-21: "around" so much per idea; above it a written reason is asked for, nothing is stopped.
    USUAL_CAP_ORE = 50_000_00
    USUAL_REWARD_ORE = 5_000_00  # W-22, to the staff group
    USUAL_ALLOCATION_ORE = 1_000_000_00  # W-18, each half-year
    VERY_MANY = 25  # W-22 names no number; each fund may set its own

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="funds")
    name = FreeLine(_("Name"), max_length=120)
    cap_ore = models.PositiveBigIntegerField(default=USUAL_CAP_ORE)
    reward_ore = models.PositiveBigIntegerField(default=USUAL_REWARD_ORE)
    # W-22: the reward may be raised when very many took part.  None: it is the same for all.
    many_people = models.PositiveSmallIntegerField(null=True, default=VERY_MANY)
    many_reward_ore = models.PositiveBigIntegerField(default=2 * USUAL_REWARD_ORE)
    usual_allocation_ore = models.PositiveBigIntegerField(default=USUAL_ALLOCATION_ORE)
    rollover_within_year = models.CharField(
        max_length=10, choices=Rollover, default=Rollover.AUTOMATIC
    )
    rollover_at_year_end = models.CharField(
        max_length=10, choices=Rollover, default=Rollover.AUTOMATIC
    )
    queue_rule = models.CharField(max_length=10, choices=QueueRule, default=QueueRule.STRICT)
    # Above it a decision is taken at a meeting.  None: any amount may be decided between them.
    between_meetings_ore = models.PositiveBigIntegerField(null=True, default=None)
    is_active = models.BooleanField(default=True)

    objects = FundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="fund_named_once_per_unit"),
            models.CheckConstraint(
                condition=Q(rollover_within_year__in=Rollover.values)
                & Q(rollover_at_year_end__in=Rollover.values),
                name="fund_rollover_known",
            ),
            models.CheckConstraint(
                condition=Q(queue_rule__in=QueueRule.values), name="fund_queue_rule_known"
            ),
            models.CheckConstraint(
                condition=Q(many_people=None) | Q(many_people__gt=1),
                name="fund_very_many_is_more_than_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Balance:
    """What a ledger adds up to, in öre."""

    allocated_ore: int
    left_ore: int
    reserved_ore: int
    paid_ore: int


class PeriodQuerySet(models.QuerySet["Period"]):
    def current(self, fund: Fund, on: date) -> "Period | None":
        """The period that decisions draw on: the latest that has begun and is not closed.

        One that has ended is drawn on until it is closed or the next begins, so that nobody is
        without money on the day between.
        """
        begun = self.filter(fund=fund, starts_on__lte=on, closed_at=None)
        return begun.order_by("-starts_on").first()

    def following(self, period: "Period") -> "Period | None":
        """The period that takes over what is left of `period`: the next that is not closed."""
        later = self.filter(fund=period.fund_id, starts_on__gt=period.ends_on, closed_at=None)
        return later.order_by("starts_on").first()

    def to_close(self, on: date) -> "PeriodQuerySet":
        """Those that have ended and are not closed, in funds that are in use."""
        return self.filter(closed_at=None, ends_on__lt=on, fund__is_active=True)

    def where_left(self, *rules: str) -> "PeriodQuerySet":
        """Those whose fund does one of `rules` with what is left (see `Period.rollover`)."""
        at_year_end = Q(ends_on__month=12, ends_on__day=31)
        return self.filter(
            at_year_end & Q(fund__rollover_at_year_end__in=rules)
            | ~at_year_end & Q(fund__rollover_within_year__in=rules)
        )

    def with_balance(self) -> "PeriodQuerySet":
        """Annotate the four sums of `Balance`, in öre: `sum_allocated_ore` and so on."""
        incoming = ~Q(entries__kind__in=OF_A_DECISION)
        return self.annotate(
            sum_allocated_ore=Sum("entries__left_ore", filter=incoming, default=0),
            sum_left_ore=Sum("entries__left_ore", default=0),
            sum_reserved_ore=Sum("entries__reserved_ore", default=0),
            sum_paid_ore=Sum("entries__paid_ore", default=0),
        )


class Period(models.Model):
    """A stretch of time, usually a half-year, with money of its own."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="periods")
    name = FreeLine(_("Name"), max_length=60)  # "Första halvåret 2026"
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    closed_at = models.DateTimeField(null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="period_ends_after_it_starts"
            ),
            ExclusionConstraint(
                name="period_never_overlaps_another_of_its_fund",
                expressions=[
                    (F("fund"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def rollover(self) -> str:
        """What the fund does with what is left of this period (W-20): a `Rollover`."""
        if (self.ends_on.month, self.ends_on.day) == (12, 31):
            return self.fund.rollover_at_year_end
        return self.fund.rollover_within_year

    def left_ore(self) -> int:
        """Sum the ledger.  Asks the database; lock the fund first if you mean to act on it."""
        total_ore: int = self.entries.aggregate(ore=Sum("left_ore", default=0))["ore"]
        return total_ore


class Account(models.TextChoices):
    """What a promise is for; the two are kept apart from reservation to payout."""

    PROJECT = "project", _("Project money")
    REWARD = "reward", _("Reward")


class LedgerKind(models.TextChoices):
    ALLOCATION = "allocation", _("Allocated")
    ROLLOVER_IN = "rollover_in", _("Brought forward")
    ROLLOVER_OUT = "rollover_out", _("Carried forward")
    LAPSE = "lapse", _("Gone back")
    RESERVATION = "reservation", _("Reserved")
    RELEASE = "release", _("Released")
    PAYOUT = "payout", _("Paid")


# Money is always in one of three places: left, reserved or paid.  Each kind of row moves its
# amount out of one and into another (None: from or to outside the period).
MOVES: dict[LedgerKind, tuple[str | None, str | None]] = {
    LedgerKind.ALLOCATION: (None, "left"),
    LedgerKind.ROLLOVER_IN: (None, "left"),
    LedgerKind.ROLLOVER_OUT: ("left", None),
    LedgerKind.LAPSE: ("left", None),
    LedgerKind.RESERVATION: ("left", "reserved"),
    LedgerKind.RELEASE: ("reserved", "left"),
    LedgerKind.PAYOUT: ("reserved", "paid"),
}
OF_A_DECISION = (LedgerKind.RESERVATION, LedgerKind.RELEASE, LedgerKind.PAYOUT)


def _effect_on(place: str) -> models.GeneratedField:
    """The column that says what a row does to `place`; the database fills it in."""
    gives = [kind for kind, (_from, to) in MOVES.items() if to == place]
    takes = [kind for kind, (from_, _to) in MOVES.items() if from_ == place]
    whens = [When(kind__in=gives, then=F("amount_ore"))]
    if takes:
        whens.append(When(kind__in=takes, then=-F("amount_ore")))
    return models.GeneratedField(
        expression=Case(*whens, default=Value(0)),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    def balance(self) -> Balance:
        """Add the rows up.  Asks the database."""
        incoming = ~Q(kind__in=OF_A_DECISION)
        return Balance(
            **self.aggregate(
                allocated_ore=Sum("left_ore", filter=incoming, default=0),
                left_ore=Sum("left_ore", default=0),
                reserved_ore=Sum("reserved_ore", default=0),
                paid_ore=Sum("paid_ore", default=0),
            )
        )


class LedgerEntry(models.Model):
    """One movement of money in a period.  Written once; corrected by a counter-row.

    Triggers (migration 0003) refuse every change of a row, and every statement after which a
    period, or what a decision has reserved, would be below zero, or that adds to a promise that
    is closed.  So this holds for psql too (docs/adr/0008).
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=LedgerKind)
    account = models.CharField(max_length=10, choices=Account, blank=True)
    amount_ore = models.BigIntegerField()  # above zero; below it in a counter-row
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    decision = models.ForeignKey(
        "improvement.Decision", models.PROTECT, null=True, related_name="entries"
    )
    document_number = models.CharField(max_length=60, blank=True)  # invoice, voucher
    note = FreeLine(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(null=True, unique=True)  # of the form it was asked for in
    left_ore = _effect_on("left")
    reserved_ore = _effect_on("reserved")
    paid_ore = _effect_on("paid")

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=LedgerKind.values), name="ledger_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, amount_ore__gt=0)
                | Q(corrects__isnull=False, amount_ore__lt=0),
                name="ledger_below_zero_only_in_a_correction",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=OF_A_DECISION, decision__isnull=False, account__in=Account.values
                )
                | (~Q(kind__in=OF_A_DECISION) & Q(decision=None, account="")),
                name="ledger_promise_names_its_decision_and_account",
            ),
            models.UniqueConstraint(
                fields=["decision", "period"],
                condition=Q(kind=LedgerKind.PAYOUT, account=Account.REWARD),
                name="ledger_reward_is_paid_once",
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(kind=LedgerKind.RESERVATION, account=Account.PROJECT),
                name="ledger_project_money_is_reserved_once",
            ),
            models.UniqueConstraint(fields=["corrects"], name="ledger_row_is_corrected_once"),
            models.CheckConstraint(
                condition=Q(corrects=None)
                | Q(kind=LedgerKind.ALLOCATION)
                | Q(kind=LedgerKind.PAYOUT, account=Account.PROJECT),
                name="ledger_corrects_allocations_and_payments",
            ),
        ]
        indexes = [
            models.Index(
                fields=["period", "at"],
                # What sums ask for, so that they are read from the index alone.
                include=["kind", "account", "amount_ore", "left_ore", "reserved_ore", "paid_ore"],
                name="ledger_of_period_in_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount_ore} öre"
