"""How municipalities compare: worked out from the values by `measures.actions.comparisons`.

Ours, not Kolada's: "egen bearbetning av uppgifter från Kolada".
"""

from django.db import models
from django.db.models import Q

from .kolada import Kpi, Municipality
from .quality import QualityMeasure


class Band(models.IntegerChoices):
    """Where among all a value lies.  The names are those that the look knows."""

    NONE = 0, "none"
    GOOD = 1, "good"  # best quarter
    MID = 2, "mid"
    BAD = 3, "bad"  # worst quarter

    @property
    def verdict(self) -> str:
        return str(self.label)


class _CountryYear(models.Model):
    """A year in the whole country."""

    year = models.PositiveSmallIntegerField()
    counted = models.PositiveSmallIntegerField()  # municipalities that have a value
    mean = models.FloatField(null=True)  # of the municipalities, unweighted
    weighted = models.FloatField(null=True)  # Riket: sum of numerators / sum of denominators

    class Meta:
        abstract = True


class KpiYear(_CountryYear):
    """One KPI in one year, in the whole country."""

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="+", db_index=False)
    pk = models.CompositePrimaryKey("kpi", "year")

    def __str__(self) -> str:
        return f"{self.kpi_id}, {self.year}"


class MeasureYear(_CountryYear):
    """One quality measure in one year: the means of its parts' national values."""

    measure = models.ForeignKey(QualityMeasure, models.CASCADE, related_name="+", db_index=False)
    pk = models.CompositePrimaryKey("measure", "year")

    def __str__(self) -> str:
        return f"{self.measure_id}, {self.year}"


class _Place(models.Model):
    """One municipality's place among all, in one year."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    rank = models.PositiveSmallIntegerField(null=True)  # 1 is best; None: no way is good
    band = models.PositiveSmallIntegerField(choices=Band)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(rank=None, band=Band.NONE)
                | Q(rank__isnull=False, rank__gte=1, band__gt=Band.NONE, band__lte=Band.BAD),
                name="%(class)s_with_a_rank_has_a_colour",
            )
        ]


class KpiPlace(_Place):
    """Ranked by the unrounded value, among those that have one."""

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="+", db_index=False)
    pk = models.CompositePrimaryKey("kpi", "municipality", "year")

    def __str__(self) -> str:
        return f"{self.kpi_id}, {self.municipality_id}, {self.year}: {self.rank}"


class MeasurePlace(_Place):
    """Ranked by the mean of the parts; only municipalities that have every part."""

    measure = models.ForeignKey(QualityMeasure, models.CASCADE, related_name="+", db_index=False)
    value = models.FloatField()
    pk = models.CompositePrimaryKey("measure", "municipality", "year")

    def __str__(self) -> str:
        return f"{self.measure_id}, {self.municipality_id}, {self.year}: {self.rank}"
