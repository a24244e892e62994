"""The areas of the quality viewer: area → quality measures → KPIs; goals and what is released."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from organisation.models import Unit
from organisation.privacy import FreeLine, FreeText

from .kpi import Kpi


class QualityArea(models.Model):
    """A part of what the organisation does, as readers know it: compulsory school, home care.

    One without measures, or whose values have not come, is on its way.
    """

    slug = models.SlugField(max_length=50, unique=True)
    name = FreeLine(max_length=80)
    about = FreeLine(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField()
    # Which of Kolada's groups of similar municipalities it is compared with: "äldreomsorg".
    likeness = models.CharField(max_length=60, blank=True)
    is_hidden = models.BooleanField(default=False)  # kept with all its measures, but not shown

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class QualityMeasure(models.Model):
    """A quality measure (kvalitetsmått): the mean of its KPIs, ranked by itself."""

    area = models.ForeignKey(QualityArea, models.CASCADE, related_name="measures")
    name = FreeLine(max_length=80)
    note = FreeLine(max_length=200, blank=True)  # "sjukfrånvaro + andel timavlönade"
    position = models.PositiveSmallIntegerField()
    # Costs come late: with a lag of 1, the value of 2019 is shown under 2020, and says so.
    year_lag = models.PositiveSmallIntegerField(default=0)
    kpis = models.ManyToManyField(Kpi, through="MeasureKpi", related_name="+")

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="measure_once_in_its_area"),
            models.CheckConstraint(condition=Q(year_lag__lte=3), name="measure_lags_a_little"),
        ]

    def __str__(self) -> str:
        return self.name


class MeasureKpi(models.Model):
    """A KPI as part of a quality measure, or shown beside it without being counted."""

    measure = models.ForeignKey(QualityMeasure, models.CASCADE, related_name="parts")
    kpi = models.ForeignKey(Kpi, models.PROTECT, related_name="measure_parts")
    position = models.PositiveSmallIntegerField()
    is_left_out = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["measure", "kpi"], name="kpi_once_in_a_measure")
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.kpi_id}"


class Goal(models.Model):
    """What a board or a unit wants a measure or a KPI to be in a year; shown beside the outcome."""

    PERSONAL_DATA: ClassVar = ("set_by",)

    measure = models.ForeignKey(QualityMeasure, models.CASCADE, null=True, related_name="goals")
    kpi = models.ForeignKey(Kpi, models.PROTECT, null=True, related_name="goals")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="goals"
    )  # whose goal; the root is all
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=4)
    note = FreeLine(max_length=200, blank=True)  # who set it: "Socialnämnden 2026-02-03 § 12"
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(measure=None, kpi__isnull=False) | Q(measure__isnull=False, kpi=None),
                name="goal_is_for_a_measure_or_a_kpi",
            ),
            models.UniqueConstraint(
                fields=["measure", "kpi", "unit", "year"],
                nulls_distinct=False,
                name="one_goal_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.value}"


class ReleaseQuerySet(models.QuerySet["Release"]):
    def current(self) -> "ReleaseQuerySet":
        """What the public sees: the last of each area, unless it was withdrawn."""
        newer = Release.objects.filter(area=OuterRef("area"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(newer), withdrawn_at=None)


class Release(models.Model):
    """The overall level of an area as it was made public; it stays as it was, whatever comes.

    `facts` is all that the public page shows, comments too, so that it reads nothing else
    (`measures.released`).  A trigger refuses every change but one: that it is withdrawn.
    """

    PERSONAL_DATA: ClassVar = ("released_by", "withdrawn_by")

    area = models.ForeignKey(QualityArea, models.PROTECT, related_name="releases")
    year = models.PositiveSmallIntegerField()  # the last of those shown
    facts = models.JSONField()
    released_at = models.DateTimeField(default=timezone.now)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    why_withdrawn = FreeText(max_length=500, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, why_withdrawn="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(why_withdrawn=""),
                name="release_is_withdrawn_by_somebody_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_id}, {self.year}"
