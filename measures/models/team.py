"""What a team measures itself, over time."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.models import Person, Unit
from organisation.privacy import FreeLine, FreeText

from .kpi import Kpi


class Direction(models.TextChoices):
    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")
    NEITHER = "neither", _("Neither is better")  # a balancing measure that shall stay as it is


class MeasureKind(models.TextChoices):
    """What one value is, which decides what is asked for and which chart fits."""

    VALUE = "value", _("A value, for example minutes, days or points")
    SHARE = "share", _("A share: so many of so many")
    RATE = "rate", _("Occurrences per something, for example falls per 1,000 days of care")
    COUNT = "count", _("A number of occurrences")
    BETWEEN = "between", _("Days or cases between occurrences that are rare")


WITH_PARTS = (MeasureKind.SHARE, MeasureKind.RATE)  # worked out of two numbers


class Frequency(models.TextChoices):
    """How often a value is expected; decides when one is missing."""

    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")
    SOMETIMES = "sometimes", _("When there is something to measure")


class ChartChoice(models.TextChoices):
    """Which chart a measure is drawn as; the values are those of `measures.spc.ChartKind`."""

    FITTING = "", _("The one that fits")
    RUN = "run", _("Run chart (median)")
    I = "i", _("I chart (single values)")  # noqa: E741  # its name in the field
    P = "p", _("P chart (shares)")
    P_PRIME = "pp", _("P’ chart (shares of large numbers)")
    U = "u", _("U chart (occurrences per something)")
    U_PRIME = "up", _("U’ chart (occurrences per something, large numbers)")
    C = "c", _("C chart (number of occurrences)")
    G = "g", _("G chart (cases between rare occurrences)")
    T = "t", _("T chart (time between rare occurrences)")


class RuleChoice(models.TextChoices):
    """By which rules chance is told from change; the values are those of `measures.spc.RuleSet`."""

    ANHOEJ = "anhoej", _("Anhøj’s rules")
    NHS = "nhs", _("NHS England’s rules")
    WESTERN = "western", _("Western Electric’s rules")


class TeamMeasureQuerySet(models.QuerySet["TeamMeasure"]):
    def locked(self) -> "TeamMeasureQuerySet":
        return self.select_for_update(of=("self",), no_key=True)


class TeamMeasure(models.Model):
    """Something a team follows to see whether a change is an improvement.

    Who may see it is decided by what uses it (a work), so it is fetched through that.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="team_measures")
    name = FreeLine(_("What is measured"), max_length=120)
    unit_word = models.CharField(
        _("Unit of measure"), max_length=40, help_text=_("For example per cent, days, falls.")
    )
    direction = models.CharField(
        _("Direction"), max_length=7, choices=Direction, default=Direction.HIGHER
    )
    kind = models.CharField(
        _("What is a value?"), max_length=7, choices=MeasureKind, default=MeasureKind.VALUE
    )
    per = models.PositiveIntegerField(  # 100 for per cent, 1,000 for falls per 1,000 days of care
        _("Per"), default=1
    )
    frequency = models.CharField(
        _("How often is it measured?"),
        max_length=9,
        choices=Frequency,
        default=Frequency.MONTHLY,
    )
    collector = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Who collects the values?"),
    )
    chart = models.CharField(
        _("Chart"), max_length=3, choices=ChartChoice, default=ChartChoice.FITTING, blank=True
    )
    rules = models.CharField(
        _("Rules"), max_length=7, choices=RuleChoice, default=RuleChoice.ANHOEJ
    )
    screening = models.BooleanField(  # of moving ranges, when limits are worked out (Nelson 1982)
        _("Leave out single great leaps when limits are worked out"), default=True
    )
    # Values before this day show how it was; set when the first test starts, and then left alone.
    baseline_until = models.DateField(null=True)
    definition = FreeText(_("How it is measured"), max_length=1000, blank=True)
    target = models.DecimalField(
        _("Target"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    kpi = models.ForeignKey(Kpi, models.PROTECT, null=True, blank=True, related_name="+")
    # The start and the end as their own facts: a before and after is enough for a simple report.
    start_value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    start_on = models.DateField(null=True)
    end_value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    end_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)  # from this day no more values are expected

    objects = TeamMeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="team_measure_direction_known"
            ),
            models.CheckConstraint(
                condition=Q(start_value=None, start_on=None)
                | Q(start_value__isnull=False, start_on__isnull=False),
                name="team_measure_start_has_value_and_day",
            ),
            models.CheckConstraint(
                condition=Q(end_value=None, end_on=None)
                | Q(end_value__isnull=False, end_on__isnull=False),
                name="team_measure_end_has_value_and_day",
            ),
            models.CheckConstraint(
                condition=Q(start_on=None) | Q(end_on=None) | Q(end_on__gte=F("start_on")),
                name="team_measure_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MeasureKind.values), name="team_measure_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values), name="team_measure_frequency_known"
            ),
            models.CheckConstraint(
                condition=Q(chart__in=ChartChoice.values), name="team_measure_chart_known"
            ),
            models.CheckConstraint(
                condition=Q(rules__in=RuleChoice.values), name="team_measure_rules_known"
            ),
            models.CheckConstraint(condition=Q(per__gt=0), name="team_measure_per_something"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def higher_is_better(self) -> bool | None:
        """None where neither is better."""
        return None if self.direction == Direction.NEITHER else self.direction == Direction.HIGHER

    @property
    def has_ended(self) -> bool:
        return self.ended_on is not None

    @property
    def has_parts(self) -> bool:
        """Whether a value is worked out of a numerator and a denominator."""
        return self.kind in WITH_PARTS


class Measurement(models.Model):
    """One value on one day.  A decimal number: what was typed is what is kept.

    Of a share or a rate the two numbers are kept, and `value` is worked out of them.  Where a
    value was expected and is missing, a row without value says why.
    """

    PERSONAL_DATA: ClassVar = ("note", "excluded_because", "missing_because")

    measure = models.ForeignKey(TeamMeasure, models.CASCADE, related_name="measurements")
    taken_on = models.DateField(_("Day"))
    value = models.DecimalField(_("Value"), max_digits=14, decimal_places=4, null=True)
    numerator = models.DecimalField(_("How many"), max_digits=14, decimal_places=4, null=True)
    denominator = models.DecimalField(_("Of how many"), max_digits=14, decimal_places=4, null=True)
    missing_because = FreeLine(_("Why it is missing"), max_length=200, blank=True)
    note = FreeLine(
        pgettext_lazy("on a value", "Note"),
        max_length=200,
        blank=True,
    )
    excluded_because = FreeLine(  # drawn hollow, not counted
        max_length=200, blank=True
    )
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "taken_on"], name="measurement_once_a_day"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, missing_because="")
                | (Q(value=None) & ~Q(missing_because=""))
                | Q(value=None, numerator=0, denominator=0),  # nothing happened to count among
                name="measurement_has_value_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=Q(numerator=None, denominator=None)
                | Q(numerator__gte=0, denominator__gt=0)
                | Q(numerator=0, denominator=0),
                name="measurement_parts_are_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taken_on}: {self.value}"


class MeasurementRevision(models.Model):
    """What a measurement was before it was corrected (rule 6: no value changes silently)."""

    measurement = models.ForeignKey(Measurement, models.CASCADE, related_name="revisions")
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    numerator = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    missing_because = FreeLine(max_length=200, blank=True)
    replaced_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.measurement_id}: {self.value}"


class MeasurePhaseQuerySet(models.QuerySet["MeasurePhase"]):
    def in_force(self) -> "MeasurePhaseQuerySet":
        """Those that were not undone, in time order."""
        return self.filter(undone_at=None).order_by("starts_on")


class MeasurePhase(models.Model):
    """From a day on the process is judged anew, for a stated cause (rule 8).

    A person decides it, never the application.  Undone, it stays to be read, and counts no more.
    """

    PERSONAL_DATA: ClassVar = ("because",)

    measure = models.ForeignKey(TeamMeasure, models.CASCADE, related_name="phases")
    starts_on = models.DateField(_("From which day?"))
    because = FreeLine(_("What is the cause?"), max_length=300)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = MeasurePhaseQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "starts_on"],
                condition=Q(undone_at=None),
                name="measure_phase_starts_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(because=""), name="measure_phase_has_a_stated_cause"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="measure_phase_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}: {self.because}"


class MeasureVerdict(models.Model):
    """What the chart of a measure says, worked out when its data or settings change.

    Overviews read it and compute nothing.  Written by `measures/actions/judging.py` alone.
    """

    measure = models.OneToOneField(
        TeamMeasure, models.CASCADE, primary_key=True, related_name="verdict"
    )
    verdict = models.CharField(max_length=10)  # a `measures.chart.Verdict`
    newest_on = models.DateField(null=True)
    newest_value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    points = models.PositiveIntegerField(default=0)  # that count
    usual_gap = models.FloatField(
        null=True
    )  # days between two of them, as a median of three or more
    facts = models.JSONField(default=dict)  # `measures.chart.verdict_facts`: numbers, no language
    judged_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.verdict}"
