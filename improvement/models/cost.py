from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisation.privacy import FreeLine

from .idea import Idea


class CostKind(models.TextChoices):
    STAFF = "staff", _("Staff and substitutes")
    MATERIAL = "material", _("Material")
    PREMISES = "premises", _("Premises")
    TRAVEL = "travel", _("Travel")
    OTHER = "other", _("Other")


class CostLine(models.Model):
    """One thing that carrying out an idea is thought to cost."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="cost_lines", db_index=False)
    kind = models.CharField(_("Type"), max_length=10, choices=CostKind)
    description = FreeLine(_("What"), max_length=200, blank=True)
    hours = models.DecimalField(
        _("Hours"), max_digits=7, decimal_places=2, null=True, blank=True
    )  # staff only
    rate_ore = models.PositiveBigIntegerField(null=True, blank=True)  # per hour; staff only
    amount_ore = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=CostKind.values), name="cost_line_kind_known"
            ),
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="cost_line_costs_something"),
            models.CheckConstraint(
                condition=Q(
                    kind=CostKind.STAFF,
                    hours__isnull=False,  # a comparison with nothing would pass
                    hours__gt=0,
                    rate_ore__isnull=False,
                    rate_ore__gt=0,
                )
                | (~Q(kind=CostKind.STAFF) & Q(hours=None, rate_ore=None)),
                name="cost_line_of_staff_is_hours_at_a_rate",
            ),
        ]
        indexes = [
            # What ideas cost, for lists that sort and narrow by it, without reading the lines.
            models.Index(fields=["idea"], include=["amount_ore"], name="cost_line_sums"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.description}"

    @property
    def label(self) -> str | Promise:
        return self.description or self.get_kind_display()


def staff_cost_ore(hours: Decimal, rate_ore: int) -> int:
    """Return hours × rate in whole öre, half an öre rounded up.

    >>> staff_cost_ore(Decimal("2.5"), 310_01)
    77503
    """
    return int((hours * rate_ore).quantize(Decimal(1), ROUND_HALF_UP))
