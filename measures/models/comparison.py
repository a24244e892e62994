"""How municipalities compare: worked out from the values by `measures.actions.comparisons`.

Ours, not Kolada's: "egen bearbetning av uppgifter från Kolada".

One row holds a whole year in the country: its national values, its quarters, and every
municipality's rank.  `municipalities` and `ranks` go together, the best first; who is not among
them has no value, and where no way is good `ranks` is empty.
"""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast

from .kolada import Kind, Municipality
from .kpi import Kpi
from .quality import QualityMeasure
from .value import Gender


class Band(models.IntegerChoices):
    """Where among all a value lies.  The names are those that the look knows."""

    NONE = 0, "none"
    GOOD = 1, "good"  # best quarter
    MID = 2, "mid"
    BAD = 3, "bad"  # worst quarter

    @property
    def verdict(self) -> str:
        return str(self.label)


class StandingQuerySet[M: "_Standing"](models.QuerySet[M]):
    def seen_by(self, home: Municipality, *genders: Gender) -> Self:
        """Among `home`'s own kind, each with `rank`: the place of `home`, or None.  No arrays.

        Args:
            genders: Everybody together, if none is given.
        """
        found = self.filter(kind=home.kind, gender__in=genders or [Gender.ALL])
        return found.annotate(rank=_of(home, "ranks")).defer("municipalities", "ranks")


class MeasureYearQuerySet(StandingQuerySet["MeasureYear"]):
    def seen_by(self, home: Municipality, *genders: Gender) -> Self:
        """The same, and `own`: the value of `home`, or None."""
        found = super().seen_by(home, *genders).annotate(own=_of(home, "values"))
        return found.defer("municipalities", "ranks", "values")


def _of(home: Municipality, column: str) -> Func:
    """Return what stands in `column` for `home`: ``column[array_position(municipalities, id)]``."""
    place = Func(
        F("municipalities"),
        Cast(models.Value(home.pk), models.SmallIntegerField()),
        function="array_position",
        output_field=models.IntegerField(),
    )
    held = models.FloatField if column == "values" else models.SmallIntegerField
    return Func(
        F(column),
        place,
        template="(%(expressions)s]",
        arg_joiner=")[",
        output_field=held(null=True),
    )


class _Standing(models.Model):
    """A year in the whole country, for one gender and one kind of municipality."""

    kind = models.CharField(max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField()
    gender = models.PositiveSmallIntegerField(choices=Gender)
    counted = models.PositiveSmallIntegerField()  # how many have a value
    green_to = models.PositiveSmallIntegerField(null=True)  # the last rank in the best quarter
    red_from = models.PositiveSmallIntegerField(null=True)  # the first rank in the worst quarter
    mean = models.FloatField(null=True)  # of the municipalities, unweighted
    weighted = models.FloatField(null=True)  # Riket: sum of numerators / sum of denominators
    lower = models.FloatField(null=True)  # a quarter of the values lie below
    median = models.FloatField(null=True)
    upper = models.FloatField(null=True)  # a quarter lie above
    municipalities = ArrayField(models.SmallIntegerField())
    ranks = ArrayField(models.SmallIntegerField())
    rank: int | None  # of the one that `seen_by` was asked for

    objects = StandingQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ranks__len=0) | Q(ranks__len=F("municipalities__len")),
                name="%(class)s_ranks_all_or_none",
            )
        ]

    def band(self, rank: int | None) -> Band:
        """Return the colour of a rank; equals have one colour."""
        if rank is None:
            return Band.NONE
        if self.green_to is not None and rank <= self.green_to:
            return Band.GOOD
        return Band.BAD if self.red_from is not None and rank >= self.red_from else Band.MID


class KpiYear(_Standing):
    """One KPI in one year: ranked by the unrounded value, among those that have one."""

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="+", db_index=False)
    pk = models.CompositePrimaryKey("kpi", "year", "gender", "kind")

    def __str__(self) -> str:
        return f"{self.kpi_id}, {self.year}"


class MeasureYear(_Standing):
    """One quality measure in one year: ranked by the mean of its parts.

    Only municipalities that have every part are ranked.  The national values are the means of the
    parts' national values.  `values` go with `municipalities`.
    """

    measure = models.ForeignKey(QualityMeasure, models.CASCADE, related_name="+", db_index=False)
    values = ArrayField(models.FloatField())
    own: float | None  # as `rank`
    pk = models.CompositePrimaryKey("measure", "year", "gender", "kind")

    objects = MeasureYearQuerySet.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return f"{self.measure_id}, {self.year}"
