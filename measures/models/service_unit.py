"""What is compared inside a municipality: a school, a home care team, a care home."""

from django.db import models
from django.db.models import Q

from foundation.swedish import swedish_order_of
from organisation.models import Unit

from .kolada import Municipality


class ServiceUnit(models.Model):
    """A unit as Kolada knows it, or one of our own that has surveys of its own.

    Never read the municipality out of the code: two forms of it live side by side.
    """

    code = models.CharField(max_length=20, blank=True)  # "V15E27459423"; own have none
    name = models.CharField(max_length=200)
    name_order = swedish_order_of("name")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="service_units")
    # Which of our own units it is, so that its manager finds it marked.
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="service_units"
    )
    gone_on = models.DateField(null=True)  # when Kolada no longer had it

    class Meta:
        ordering = ("name_order", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="service_unit_once_by_its_code"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(code=""), name="own_service_unit_once_for_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def type_code(self) -> str:
        """Kolada's type: "V15" is a compulsory school; empty for our own."""
        return self.code[:3]
