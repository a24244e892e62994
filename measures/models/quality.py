"""The areas of the quality viewer: area → quality measures → KPIs."""

from django.db import models
from django.db.models import Q

from .kolada import Kpi


class QualityArea(models.Model):
    """A part of what the organisation does, as readers know it: compulsory school, home care.

    One without measures is on its way.
    """

    slug = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class QualityMeasure(models.Model):
    """A quality measure (kvalitetsmått): the mean of its KPIs, ranked by itself."""

    area = models.ForeignKey(QualityArea, models.CASCADE, related_name="measures")
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()
    # Costs come late: with a lag of 1, the value of 2019 is shown under 2020, and says so.
    year_lag = models.PositiveSmallIntegerField(default=0)
    kpis = models.ManyToManyField(Kpi, through="MeasureKpi", related_name="+")

    class Meta:
        ordering = ("position",)
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
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["measure", "kpi"], name="kpi_once_in_a_measure")
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.kpi_id}"
