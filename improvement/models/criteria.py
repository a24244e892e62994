"""By what an idea is judged, and how each has judged it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Person
from organisation.privacy import FreeLine

from .idea import Idea

MOST_POINTS = 5


class Criterion(models.Model):
    """One of the questions by which ideas are compared (settled default: five of them)."""

    name = models.CharField(_("Name"), max_length=60, unique=True)
    question = models.CharField(_("Question"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name_plural = "criteria"

    def __str__(self) -> str:
        return self.name


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
