"""Kolada's key figures and their values.  Source to state: "Källa: Kolada"."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import Option
from foundation.swedish import holds_every, sought_in, sought_words, swedish_order_of


class Municipality(models.Model):
    """One of the 290, or the country itself, which has values of its own (Riket, weighted)."""

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField(max_length=4, unique=True)  # "0883"; the country is "0000"
    name = models.CharField(max_length=60)
    name_order = swedish_order_of("name")
    is_country = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_country"], condition=Q(is_country=True), name="there_is_one_country"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Good(models.TextChoices):
    """Which way is good.  Kolada does not say; without it nothing is ranked or coloured."""

    HIGH = "high", _("A high value is good")
    LOW = "low", _("A low value is good")
    NEITHER = "neither", _("Neither high nor low is good")


class KpiQuerySet(models.QuerySet["Kpi"]):
    def found_by(self, text: str) -> "KpiQuerySet":
        """Those whose titles and id hold every word of `text`, in the order of titles."""
        return self.filter(holds_every(sought_words(text))).order_by("title", "pk")

    def as_options(self, kpis: "Sequence[Kpi]") -> list[Option]:
        """Return how each is shown to choose: by its own title, and Kolada's with its id."""
        return [
            Option(
                str(kpi.pk),
                kpi.name,
                f"{kpi.kolada_id} {kpi.title * (kpi.name != kpi.title)}".strip(),
            )
            for kpi in kpis
        ]


class Kpi(models.Model):
    """A key figure in Kolada, the national database of municipal statistics."""

    id = models.SmallAutoField(primary_key=True)  # small: it stands in millions of rows
    kolada_id = models.CharField(max_length=6, unique=True)  # "N15505"
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    # Ours, for Kolada has none of it:
    short_title = models.CharField(max_length=80, blank=True)
    unit_word = models.CharField(max_length=40, blank=True)  # "%", "kr", "per 1 000 barn"
    good = models.CharField(max_length=7, choices=Good, default=Good.NEITHER)
    decimals = models.PositiveSmallIntegerField(default=1)  # how many are shown
    sought = sought_in("short_title", "title", "kolada_id", max_length=388)

    objects = KpiQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(good__in=Good.values), name="kpi_good_known"),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="kpi_shows_few_decimals"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        return self.short_title or self.title


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

    @property
    def sign(self) -> str:
        """The sign that Kolada's own tables use."""
        return {Status.MISSING: "-", Status.NOT_APPLICABLE: ".", Status.SECRET: ".."}.get(self, "")


class _Outcome(models.Model):
    """What was said of one KPI, municipality, year and gender: a value, or why there is none."""

    kpi = models.ForeignKey(Kpi, models.PROTECT, related_name="+", db_index=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    gender = models.PositiveSmallIntegerField(choices=Gender)
    status = models.PositiveSmallIntegerField(choices=Status, default=Status.HAS_VALUE)
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
    """What Kolada says now.  Written by `measures.actions.values.load` alone.

    Its key is what it is about, so the same thing cannot be said twice, and a row is narrow enough
    for fifty million of them.
    """

    pk = models.CompositePrimaryKey("kpi", "municipality", "year", "gender")

    def __str__(self) -> str:
        return f"{self.kpi_id}, {self.municipality_id}, {self.year}: {self.value}"


class KpiValueRevision(_Outcome):
    """What Kolada said before: the former value stays (rule 6: no value changes silently)."""

    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta(_Outcome.Meta):
        indexes = [
            models.Index(fields=["kpi", "municipality", "year"], name="revision_by_cell"),
        ]

    def __str__(self) -> str:
        return f"{self.kpi_id}, {self.municipality_id}, {self.year}: {self.value}"
