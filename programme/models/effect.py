"""Whether it held, and what it was worth."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.models import Person, Unit
from organisation.privacy import FreeLine, FreeText

from .choices import CARRIED_OUT
from .work import Work, WorkMeasure

CHECKED_AFTER = (3, 6, 12)  # months from the day the work was finished


class Holds(models.TextChoices):
    """An answer to “is it still so?”."""

    YES = "yes", pgettext_lazy("holds", "Yes")
    PARTLY = "partly", pgettext_lazy("holds", "Partly")
    NO = "no", pgettext_lazy("holds", "No")
    UNKNOWN = "unknown", pgettext_lazy("holds", "We do not know")


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, person: Person) -> "FollowUpQuerySet":
        """The checks of the works one may see; who makes a check sees its work."""
        return self.filter(work__in=Work.objects.visible_to(person))

    def waiting(self) -> "FollowUpQuerySet":
        """Those that are still to be made: none is, once the last one has been."""
        return self.filter(done_on=None, work__status__in=CARRIED_OUT[:-1])

    def answered(self) -> "FollowUpQuerySet":
        return self.exclude(done_on=None)

    def for_page(self) -> "FollowUpQuerySet":
        return self.select_related("work__unit", "owner", "done_by")

    def locked(self) -> "FollowUpQuerySet":
        """Taken after its work (docs/locks.md)."""
        return self.select_for_update(of=("self",), no_key=True)


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

    objects = FollowUpQuerySet.as_manager()

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


class DriftQuerySet(models.QuerySet["Drift"]):
    def open(self) -> "DriftQuerySet":
        return self.filter(ended_on=None)


class Drift(models.Model):
    """That the measure of a finished work went back, from a day and perhaps to one.

    One is open at a time, so that it is told once however many values come in.
    """

    work = models.ForeignKey(Work, models.CASCADE, related_name="drifts")
    followed = models.ForeignKey(WorkMeasure, models.CASCADE, related_name="drifts")
    seen_on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True)  # that it was seen in
    # What was seen: worse by the rules of the chart, or the value nearer the start than the aim.
    is_signal = models.BooleanField()
    ended_on = models.DateField(null=True)  # the day it was good again

    objects = DriftQuerySet.as_manager()

    class Meta:
        ordering = ("seen_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["followed"], condition=Q(ended_on=None), name="drift_one_open_per_measure"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("seen_on")),
                name="drift_ends_after_it_is_seen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.followed}: {self.seen_on}"


class Tip(models.Model):
    """That a unit was told of a work that may help it: once."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="tips")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "unit"], name="tip_once_per_unit")]

    def __str__(self) -> str:
        return f"{self.work}: {self.unit}"


class BenefitKind(models.TextChoices):
    HOURS = "hours", _("Hours of work saved")
    MONEY = "money", _("Money saved")
    POOR_QUALITY = "poor", _("Cost of poor quality avoided")  # V-40


class BenefitQuerySet(models.QuerySet["Benefit"]):
    def visible_to(self, person: Person) -> "BenefitQuerySet":
        """Those of the works one may see; whether one sees kronor is for the rules."""
        return self.filter(work__in=Work.objects.visible_to(person))

    def standing(self) -> "BenefitQuerySet":
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)


class Benefit(models.Model):
    """What a work has saved, as a range with its source; what is uncertain is said to be.

    Hours and money are kept apart.  Whole öre; the lower and the upper end may be the same.
    """

    PERSONAL_DATA: ClassVar = ("by", "source", "uncertain", "withdrawn_because")

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
    withdrawn_because = FreeLine(_("Why it is withdrawn"), max_length=300, blank=True)
    key = models.UUIDField(unique=True)  # of the form: sent twice is one benefit

    objects = BenefitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100), name="benefit_in_a_year_of_ours"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_because=""),
                name="benefit_withdrawn_by_somebody",
            ),
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
