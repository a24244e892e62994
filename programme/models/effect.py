"""Whether it held, and what it was worth."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.models import Person
from organisation.privacy import FreeLine, FreeText

from .work import Work

CHECKED_AFTER = (3, 6, 12)  # months from the day the work was finished


class Holds(models.TextChoices):
    """An answer to “is it still so?”."""

    YES = "yes", pgettext_lazy("holds", "Yes")
    PARTLY = "partly", pgettext_lazy("holds", "Partly")
    NO = "no", pgettext_lazy("holds", "No")
    UNKNOWN = "unknown", pgettext_lazy("holds", "We do not know")


class FollowUp(models.Model):
    """A check some months after a work was finished: is it followed, is the effect kept?"""

    PERSONAL_DATA: ClassVar = ("owner", "told", "done_by")

    work = models.ForeignKey(Work, models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    owner = models.ForeignKey(Person, models.PROTECT, related_name="follow_ups")
    is_followed = models.CharField(
        _("Is the new way of working followed?"), max_length=7, choices=Holds, blank=True
    )
    is_kept = models.CharField(_("Is the effect kept?"), max_length=7, choices=Holds, blank=True)
    value = models.DecimalField(  # of the measure that carries the aim, on that day
        _("Value today"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    verdict = models.CharField(max_length=10, blank=True)  # what the chart said that day
    told = FreeText(_("What do you see?"), max_length=2000, blank=True)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["work", "months"], name="follow_up_once_per_time"),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None, is_followed="", is_kept="")
                | (
                    Q(done_on__isnull=False, done_by__isnull=False)
                    & Q(is_followed__in=Holds.values, is_kept__in=Holds.values)
                ),
                name="follow_up_answered_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_on=None), name="follow_up_waits")
        ]

    def __str__(self) -> str:
        return f"{self.work}: {self.months}"


class BenefitKind(models.TextChoices):
    HOURS = "hours", _("Hours of work saved")
    MONEY = "money", _("Money saved")
    POOR_QUALITY = "poor", _("Cost of poor quality avoided")  # V-40


class Benefit(models.Model):
    """What a work has saved, as a range with its source; what is uncertain is said to be.

    Hours and money are kept apart.  Whole öre; the lower and the upper end may be the same.
    """

    PERSONAL_DATA: ClassVar = ("by", "source", "uncertain")

    work = models.ForeignKey(Work, models.CASCADE, related_name="benefits")
    kind = models.CharField(_("What is saved?"), max_length=5, choices=BenefitKind)
    hours_low = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    hours_high = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    low_ore = models.BigIntegerField(null=True)
    high_ore = models.BigIntegerField(null=True)
    is_yearly = models.BooleanField(_("Every year"), default=True)  # else once
    year = models.PositiveSmallIntegerField(_("From the year"))
    source = FreeLine(
        _("How do you know?"),
        max_length=300,
        help_text=_("Measured, from the accounts, or how it was reckoned."),
    )
    uncertain = FreeText(_("What is uncertain?"), max_length=1000, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=BenefitKind.values), name="benefit_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=BenefitKind.HOURS,
                    hours_low__gte=0,
                    hours_high__gte=F("hours_low"),
                    low_ore=None,
                    high_ore=None,
                )
                | (
                    ~Q(kind=BenefitKind.HOURS)
                    & Q(
                        low_ore__gte=0,
                        high_ore__gte=F("low_ore"),
                        hours_low=None,
                        hours_high=None,
                    )
                ),
                name="benefit_is_a_range",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="benefit_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.work}: {self.get_kind_display()}"
