"""Whose values there are: municipalities, regions, the country, and groups of them."""

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import Option
from foundation.swedish import swedish_order_of


class Kind(models.TextChoices):
    """Ranked among its own kind; the country is not ranked."""

    MUNICIPALITY = "municipality", _("Municipality")
    REGION = "region", _("Region")
    COUNTRY = "country", _("The country")


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def found_by(self, text: str) -> "MunicipalityQuerySet":
        """Those whose name holds every word of `text`, or whose code begins with it."""
        named = Q()
        for word in text.split():
            named &= Q(name__icontains=word)
        return self.filter(named | Q(code__startswith=text.strip())).order_by("kind", "name_order")

    def as_options(self, municipalities: "Sequence[Municipality]") -> list[Option]:
        """Return how each is shown to choose; its value is its code, which says the same for ever."""
        return [
            Option(one.code, one.name, f"{one.get_kind_display()} {one.code}")
            for one in municipalities
        ]


class Municipality(models.Model):
    """One of the 290, one of the 21 regions, or the country (Riket, which has weighted values).

    Kolada calls all three municipalities, and so do its addresses.
    """

    id = models.SmallAutoField(primary_key=True)  # small: it stands in millions of rows
    code = models.CharField(max_length=4, unique=True)  # "0883"; the country is "0000"
    name = models.CharField(max_length=60)
    name_order = swedish_order_of("name")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.MUNICIPALITY)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind=Kind.COUNTRY), name="there_is_one_country"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="municipality_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def county(self) -> str:
        """The code's first two digits: "08" is Kalmar county.  A region has none."""
        return self.code[:2] if self.kind == Kind.MUNICIPALITY else ""


class MunicipalityGroup(models.Model):
    """Some to compare with: a group of Kolada's, or a list of our own (then without a code)."""

    code = models.CharField(max_length=10, blank=True)  # "G176747"
    title = models.CharField(max_length=120)
    # For Kolada's "Liknande kommuner äldreomsorg, Västervik, 2024": read from the title.
    alike = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=60, blank=True)  # "äldreomsorg"
    year = models.PositiveSmallIntegerField(null=True)  # they are made anew each year
    members = ArrayField(
        models.SmallIntegerField(), default=list
    )  # ids; 3,500 groups are read whole
    gone_on = models.DateField(null=True)  # when Kolada no longer had it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="group_once_by_its_code"
            )
        ]
        indexes = [models.Index(fields=["alike", "subject", "-year"], name="group_of_those_alike")]

    def __str__(self) -> str:
        return self.title
