"""Key figures: Kolada's, and our own.  Source to state for Kolada's: "Källa: Kolada"."""

import re
from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import Option
from foundation.swedish import holds_every, sought_in, sought_words, swedish_order_of

ENDED = re.compile(
    r"\(\s*-\s*(\d{4})\)"
)  # Kolada says it in the title alone: "(-2023)", "(- 2024)"


class Good(models.TextChoices):
    """Which way is good.  Kolada does not say; without it nothing is ranked or coloured."""

    HIGH = "high", _("A high value is good")
    LOW = "low", _("A low value is good")
    NEITHER = "neither", _("Neither high nor low is good")


class Source(models.TextChoices):
    KOLADA = "kolada", "Kolada"
    OWN = "own", _("Own survey or statistics")


class Covers(models.TextChoices):
    """Whose values Kolada has of it; the letters are Kolada's."""

    MUNICIPALITIES = "K", _("Municipalities")
    REGIONS = "L", _("Regions")
    ALL = "A", _("Municipalities and regions")


class KpiQuerySet(models.QuerySet["Kpi"]):
    def found_by(self, text: str) -> "KpiQuerySet":
        """Those whose titles and id hold every word of `text`, in the order of titles."""
        return self.filter(holds_every(sought_words(text))).order_by("title_order", "pk")

    def wanted(self) -> "KpiQuerySet":
        """Those of Kolada's whose values are fetched each night: followed, or part of a measure."""
        return self.filter(
            Q(is_followed=True) | Q(measure_parts__isnull=False),
            source=Source.KOLADA,
            retired_on=None,
        ).distinct()

    def as_options(self, kpis: "Sequence[Kpi]") -> list[Option]:
        """Return how each is shown to choose: by its own title, and Kolada's with its id."""
        return [
            Option(
                str(kpi.pk),
                kpi.name,
                f"{kpi.code} {kpi.title * (kpi.name != kpi.title)}".strip(),
            )
            for kpi in kpis
        ]


class Kpi(models.Model):
    """A key figure: one in Kolada, the national database of municipal statistics, or our own."""

    id = models.SmallAutoField(primary_key=True)  # small: it stands in millions of rows
    code = models.CharField(max_length=6, unique=True)  # Kolada's "N15505"; our own begin with E
    source = models.CharField(max_length=6, choices=Source, default=Source.KOLADA)
    title = models.CharField(max_length=300)
    title_order = swedish_order_of("title")
    description = models.TextField(blank=True)
    # As the catalogue says:
    covers = models.CharField(max_length=1, choices=Covers, default=Covers.MUNICIPALITIES)
    has_genders = models.BooleanField(default=False)
    has_units = models.BooleanField(default=False)
    operating_area = models.CharField(max_length=80, blank=True)
    perspective = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=10, blank=True)  # the latest that is or will be published
    published_on = models.DateField(null=True)
    preliminary_on = models.DateField(null=True)
    retired_on = models.DateField(null=True)  # when the catalogue no longer had it
    # Ours, for Kolada has none of it:
    short_title = models.CharField(max_length=80, blank=True)
    unit_word = models.CharField(max_length=40, blank=True)  # "%", "kr", "per 1 000 barn"
    good = models.CharField(max_length=7, choices=Good, default=Good.NEITHER)
    decimals = models.PositiveSmallIntegerField(default=1)  # how many are shown
    is_followed = models.BooleanField(default=False)  # its values are fetched, measure or not
    fetched_on = models.DateField(null=True)  # when all its values, every year, were asked for last
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    sought = sought_in("short_title", "title", "code", max_length=388)

    objects = KpiQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(good__in=Good.values), name="kpi_good_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="kpi_source_known"),
            models.CheckConstraint(condition=Q(covers__in=Covers.values), name="kpi_covers_known"),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="kpi_shows_few_decimals"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        return self.short_title or self.title

    @property
    def ended_year(self) -> int | None:
        """The last year that it is worked out for, when its title says so."""
        found = ENDED.search(self.title)
        return int(found[1]) if found else None

    @property
    def is_own(self) -> bool:
        return self.source == Source.OWN


class KpiTextRevision(models.Model):
    """What Kolada called and said of it before: one in fifty titles is reworded each year."""

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="text_revisions")
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-replaced_at",)

    def __str__(self) -> str:
        return f"{self.kpi_id}: {self.title}"


class SeriesBreak(models.Model):
    """Where values before and from a year cannot be compared; no line is drawn across it."""

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="breaks")
    year = models.PositiveSmallIntegerField()  # the first of the new ones
    why = models.CharField(max_length=300)

    class Meta:
        ordering = ("year",)
        constraints = [models.UniqueConstraint(fields=["kpi", "year"], name="one_break_a_year")]

    def __str__(self) -> str:
        return f"{self.kpi_id}, {self.year}: {self.why}"
