"""How a work is carried out, step by step: templates, which are data."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Method(models.Model):
    """A way to carry out a work.  Ours are written by a migration; others are added on a page."""

    key = models.SlugField(max_length=20, blank=True, editable=False)  # of ours: pdsa, steps8
    name = models.CharField(_("Name"), max_length=80)
    intro = models.CharField(_("When it suits"), max_length=300, blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    is_active = models.BooleanField(_("Can be chosen"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="method_named_once"),
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key=""), name="method_ours_is_there_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MethodStep(models.Model):
    """One step of a method, and what one does in it."""

    method = models.ForeignKey(Method, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("Step"), max_length=80)
    asks = models.CharField(_("What one does"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["method", "number"], name="method_step_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="method_steps_count_from_one"),
        ]

    def __str__(self) -> str:
        return self.name


class StrategicArea(models.Model):
    """A part of the organisation's strategy that works can be tagged with (V-06)."""

    name = models.CharField(_("Name"), max_length=80, unique=True)
    is_active = models.BooleanField(_("Can be chosen"), default=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
