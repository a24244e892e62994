"""By what an idea is judged, and how each has judged it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.models import Person
from organisation.privacy import FreeLine

from .idea import Idea

MOST_POINTS = 5

# Those that everybody begins with: their names and questions, in the reader's language.
USUAL: dict[str, tuple[str | Promise, str | Promise]] = {
    "quality": (
        pgettext_lazy("criterion", "Quality"),
        _("Does it get better for those we are here for?"),
    ),
    "efficiency": (
        pgettext_lazy("criterion", "Efficiency"),
        _("Does it free time or money that can be used better?"),
    ),
    "work": (
        pgettext_lazy("criterion", "Working environment"),
        _("Does it get better for those who work here?"),
    ),
    "spread": (
        pgettext_lazy("criterion", "Possible to spread"),
        _("Could others with the same need do the same?"),
    ),
    "lasting": (
        pgettext_lazy("criterion", "Lasting potential"),
        _("Does the gain last when the work is over?"),
    ),
}


class Criterion(models.Model):
    """One of the questions by which ideas are compared (settled default: five of them)."""

    key = models.CharField(max_length=20, blank=True, editable=False)  # in USUAL, or nothing
    name = models.CharField(_("Name"), max_length=60, blank=True)  # as typed; empty: as in USUAL
    question = models.CharField(_("Question"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name_plural = "criteria"
        constraints = [
            models.CheckConstraint(
                condition=Q(key__in=["", *USUAL]) & ~Q(key="", name=""),
                name="criterion_has_a_name",
            ),
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key=""), name="criterion_usual_is_there_once"
            ),
            models.UniqueConstraint(
                fields=["name"], condition=~Q(name=""), name="criterion_named_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def label(self) -> str | Promise:
        """The name as somebody typed it, else the usual one in the reader's language."""
        return self.name or USUAL[self.key][0]

    @property
    def asks(self) -> str | Promise:
        """The question as somebody typed it, else the usual one in the reader's language."""
        return self.question or (USUAL[self.key][1] if self.key else "")


class Assessment(models.Model):
    """How many points one person gave an idea for one criterion, and why in short."""

    PERSONAL_DATA: ClassVar = ("person", "reason")

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="assessments")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(
        _("Points"), validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)]
    )
    reason = FreeLine(_("In short, why"), max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "criterion", "person"], name="assessment_once_per_person"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=1, points__lte=MOST_POINTS),
                name="assessment_points_within_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"
