"""The support that a work gets."""

from datetime import date
from typing import ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation import any_of  # noqa: F401  # the lookup
from organisation.models import Person
from organisation.privacy import FreeLine, FreeText

from .work import Work

MONTHS = 8  # a coach supports a team for eight months


class NotForGuests[M: models.Model](models.QuerySet[M]):
    def visible_to(self, person: Person) -> Self:
        """Those of the works one may see; a guest sees the work and not the support it gets."""
        if person.is_guest:
            return self.none()
        return self.filter(work__in=Work.objects.visible_to(person))


class CoachingQuerySet(NotForGuests["Coaching"]):
    def open(self) -> "CoachingQuerySet":
        return self.filter(ended_on=None)

    def locked(self) -> "CoachingQuerySet":
        return self.select_for_update(of=("self",), no_key=True)


class Coaching(models.Model):
    """One coach's time with one work.  Handed over, the next one's begins and this one stays.

    Who is the coach now is also who has that place in the team (`Membership`): the same action
    writes both.
    """

    PERSONAL_DATA: ClassVar = ("coach", "ended_because")

    work = models.ForeignKey(Work, models.CASCADE, related_name="coachings")
    coach = models.ForeignKey(Person, models.PROTECT, related_name="coachings")
    starts_on = models.DateField()
    until = models.DateField()  # eight months on, or what was agreed
    ended_on = models.DateField(null=True)
    ended_because = FreeLine(_("Why"), max_length=300, blank=True)

    objects = CoachingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["work"], condition=Q(ended_on=None), name="coaching_one_open_per_work"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("starts_on")), name="coaching_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")),
                name="coaching_ended_after_it_started",
            ),
        ]
        indexes = [
            models.Index(fields=["coach"], condition=Q(ended_on=None), name="coaching_of_coach")
        ]

    def __str__(self) -> str:
        return f"{self.coach}: {self.work}"

    def days_left(self, on: date) -> int:
        """Return how many days of the support are left; below 0 it has run over."""
        return (self.until - on).days


class ContactKind(models.TextChoices):
    VISIT = "visit", _("Visit")
    CALL = "call", _("Call")
    EMAIL = "email", _("E-mail")
    MEETING = "meeting", _("Meeting on screen")


class ContactQuerySet(NotForGuests["Contact"]):
    def latest_first(self) -> "ContactQuerySet":
        return self.order_by("-taken_on", "-pk")

    def latest_of(self, works: RawSQL) -> "ContactQuerySet":
        """The latest contact with each of `foundation.any_of.these` works."""
        found = self.filter(work__pk__any_of=works).order_by("work", "-taken_on", "-pk")
        return found.distinct("work")


class Contact(models.Model):
    """One time that a coach supported a team."""

    PERSONAL_DATA: ClassVar = ("coach", "about", "next_step")

    work = models.ForeignKey(Work, models.CASCADE, related_name="contacts")
    coach = models.ForeignKey(Person, models.PROTECT, related_name="contacts")
    kind = models.CharField(_("How?"), max_length=7, choices=ContactKind)
    taken_on = models.DateField(_("Day"))
    hours = models.DecimalField(
        _("Hours"), max_digits=4, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    about = FreeText(_("What was it about?"), max_length=1000, blank=True)
    next_step = FreeLine(_("Next step"), max_length=200, blank=True)
    next_on = models.DateField(_("To be done by"), null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(unique=True)  # of the form: sent twice is one contact

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ContactKind.values), name="contact_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=0, hours__lte=24), name="contact_within_a_day"
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | (~Q(next_step="") & Q(next_on__gte=F("taken_on"))),
                name="contact_next_day_is_of_a_next_step",
            ),
        ]
        indexes = [models.Index(fields=["work", "-taken_on"], name="contact_of_work_latest")]

    def __str__(self) -> str:
        return f"{self.taken_on}: {self.work}"


class Reminder(models.Model):
    """That somebody was reminded of something, so that it is not said again too soon."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=60, blank=True)  # which measure, task or cycle
    said_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["work", "person", "kind", "about", "said_on"], name="reminder_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.person_id}"
