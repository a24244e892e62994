"""What a team measures itself, over time."""

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
        _("Direction"), max_length=6, choices=Direction, default=Direction.HIGHER
    )
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
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def higher_is_better(self) -> bool:
        return self.direction == Direction.HIGHER


class Measurement(models.Model):
    """One value on one day.  A decimal number: what was typed is what is kept."""

    measure = models.ForeignKey(TeamMeasure, models.CASCADE, related_name="measurements")
    taken_on = models.DateField(_("Day"))
    value = models.DecimalField(_("Value"), max_digits=14, decimal_places=4)
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
            models.UniqueConstraint(fields=["measure", "taken_on"], name="measurement_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.taken_on}: {self.value}"


class MeasurementRevision(models.Model):
    """What a measurement was before it was corrected (rule 6: no value changes silently)."""

    measurement = models.ForeignKey(Measurement, models.CASCADE, related_name="revisions")
    value = models.DecimalField(max_digits=14, decimal_places=4)
    replaced_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.measurement_id}: {self.value}"
