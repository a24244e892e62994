"""What is said of a KPI: of a municipality and a year, or of one unit and a year.

Narrow rows, for there are tens of millions: the columns stand in the order that leaves no gaps.
That what they are about exists is asked once for each statement that adds rows, by a trigger
(0003): a foreign key asks once a row, and takes a third of the time of a first load.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .kolada import Municipality
from .kpi import Kpi
from .service_unit import ServiceUnit


class Gender(models.IntegerChoices):
    """Stored as small numbers; the letters are Kolada's."""

    ALL = 0, _("All")
    WOMEN = 1, _("Women")
    MEN = 2, _("Men")


class Status(models.IntegerChoices):
    """Why there is no value."""

    HAS_VALUE = 0, _("has a value")
    MISSING = 1, _("missing")
    NOT_APPLICABLE = 2, _("not applicable")
    SECRET = 3, _("secret")
    WITHDRAWN = 4, _("withdrawn")

    @property
    def sign(self) -> str:
        """The sign that Kolada's own tables use; a withdrawn value is missing to a reader."""
        return {
            Status.MISSING: "-",
            Status.NOT_APPLICABLE: ".",
            Status.SECRET: "..",
            Status.WITHDRAWN: "-",
        }.get(self, "")


class _Outcome(models.Model):
    """What was said: a value, or why there is none."""

    kpi = models.ForeignKey(
        Kpi, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    year = models.PositiveSmallIntegerField()
    gender = models.PositiveSmallIntegerField(choices=Gender)
    status = models.PositiveSmallIntegerField(choices=Status, default=Status.HAS_VALUE)
    seen_on = models.DateField(default=timezone.localdate)  # when it was first said so
    value = models.FloatField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status=Status.HAS_VALUE, value__isnull=False)
                | Q(status__gt=Status.HAS_VALUE, value=None),
                name="%(class)s_is_a_number_or_has_a_status",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="%(class)s_status_known"
            ),
            models.CheckConstraint(
                condition=Q(gender__in=Gender.values), name="%(class)s_gender_known"
            ),
        ]


class KpiValue(_Outcome):
    """What is said now of a municipality.  Written by `measures.actions.values.load` alone.

    Its key is what it is about, so the same thing cannot be said twice.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    pk = models.CompositePrimaryKey("kpi", "municipality", "year", "gender")

    def __str__(self) -> str:
        return f"{self.kpi_id}, {self.municipality_id}, {self.year}: {self.value}"


class KpiValueRevision(_Outcome):
    """What was said before: the former value stays (no value changes silently)."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta(_Outcome.Meta):
        indexes = [
            models.Index(fields=["kpi", "municipality", "year"], name="revision_by_cell"),
        ]

    def __str__(self) -> str:
        return f"{self.kpi_id}, {self.municipality_id}, {self.year}: {self.value}"


def too_few(answers: int | None) -> bool:
    """Say whether a result is hidden: so few answered that they could be known by it.

    Asked before a value is stored, and again whenever one is read: the limit may have been raised.
    """
    return answers is not None and answers < settings.SMALLEST_GROUP


class UnitValue(_Outcome):
    """What is said now of one unit: fetched from Kolada, read from a file, or typed."""

    unit = models.ForeignKey(
        ServiceUnit, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    answers = models.PositiveIntegerField(null=True)  # to a survey; few are never shown
    pk = models.CompositePrimaryKey("kpi", "unit", "year", "gender")

    def __str__(self) -> str:
        return f"{self.kpi_id}, {self.unit_id}, {self.year}: {self.value}"


class UnitValueRevision(_Outcome):
    """What was said of a unit before."""

    unit = models.ForeignKey(
        ServiceUnit, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    answers = models.PositiveIntegerField(null=True)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta(_Outcome.Meta):
        indexes = [models.Index(fields=["kpi", "unit", "year"], name="unit_revision_by_cell")]

    def __str__(self) -> str:
        return f"{self.kpi_id}, {self.unit_id}, {self.year}: {self.value}"


class HistoryReplacement(models.Model):
    """A whole history replaced under the same id: the unit changed, or the way it is counted."""

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="replacements")
    replaced_at = models.DateTimeField(default=timezone.now)
    cells = models.PositiveIntegerField()  # how many values were others than before
    ratio = models.FloatField(
        null=True
    )  # median of new / old; 106 when "per 1 000" became "per 100 000"

    class Meta:
        ordering = ("-replaced_at",)

    def __str__(self) -> str:
        return f"{self.kpi_id}: {self.cells}"
