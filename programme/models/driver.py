"""What leads to the aim: the driver diagram."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisation.models import Person
from organisation.privacy import FreeLine

from .work import Work


class DriverKind(models.TextChoices):
    PRIMARY = "primary", _("Primary driver")  # what must become better for the aim to be reached
    SECONDARY = "secondary", _("Secondary driver")  # where one can take hold of it
    CHANGE = "change", _("Change idea")  # what can be tested


# What may hang on what: on the aim (None), on a primary driver, on a secondary one.
UNDER: dict[str | None, tuple[DriverKind, ...]] = {
    None: (DriverKind.PRIMARY,),
    DriverKind.PRIMARY: (DriverKind.SECONDARY, DriverKind.CHANGE),
    DriverKind.SECONDARY: (DriverKind.CHANGE,),
    DriverKind.CHANGE: (),
}


class DriverQuerySet(models.QuerySet["Driver"]):
    def visible_to(self, person: Person) -> "DriverQuerySet":
        """The boxes of the works one may see."""
        return self.filter(work__in=Work.objects.visible_to(person))

    def changes(self) -> "DriverQuerySet":
        """What can be tested."""
        return self.filter(kind=DriverKind.CHANGE)


class Driver(models.Model):
    """One box in a work's driver diagram, to the right of the one that it leads to.

    That it stands where its kind may, in its parent's own work, is guarded by a trigger too
    (migration 0004).
    """

    PERSONAL_DATA: ClassVar = ("text",)
    MOST_PER_WORK = 60

    work = models.ForeignKey(Work, models.CASCADE, related_name="drivers")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    kind = models.CharField(max_length=9, choices=DriverKind)
    text = FreeLine(_("In a few words"), max_length=160)
    position = models.PositiveSmallIntegerField(default=0)  # among those with the same parent

    objects = DriverQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DriverKind.values), name="driver_kind_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="driver_says_something"),
            models.CheckConstraint(
                condition=Q(kind=DriverKind.PRIMARY, parent=None)
                | (~Q(kind=DriverKind.PRIMARY) & Q(parent__isnull=False)),
                name="driver_leads_to_something",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")), name="driver_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.text
