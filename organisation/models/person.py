from collections.abc import Sequence
from datetime import time
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import Option
from foundation.swedish import SwedishOrderKey, holds_every, sought_in, sought_words

from ..permissions import GRANTS, Permission, Role
from .unit import Unit, within


class MailChoice(models.TextChoices):
    """How often one is mailed what one has been told and has not read."""

    HOURLY = "hourly", _("Every hour, when there is something new")
    DAILY = "daily", _("Once a day, in the morning")
    NONE = "none", _("No e-mail")


class PersonQuerySet(models.QuerySet["Person"]):
    def managed_by(self, person: "Person") -> "PersonQuerySet":
        """The gate for administering people: those with a place where `person` may administer.

        A place is an employment, also one that has ended, or a role.  Who has none belongs to
        the administrators of the whole organisation.
        """
        reach = person.reach(Permission.ORGANISATION_MANAGE)
        placed = Q(pk__in=Employment.objects.filter(reach).values("person")) | Q(
            pk__in=Assignment.objects.filter(reach).values("person")
        )
        if any(
            unit.parent_id is None for unit in person.units_where(Permission.ORGANISATION_MANAGE)
        ):
            placed |= ~Exists(Employment.objects.filter(person=OuterRef("pk"))) & ~Exists(
                Assignment.objects.filter(person=OuterRef("pk"))
            )
        return self.filter(placed)

    def active(self) -> "PersonQuerySet":
        return self.filter(is_active=True)

    def named_like(self, text: str) -> "PersonQuerySet":
        """Those whose name or address holds every word of `text`."""
        found = self.all()
        for word in text.split()[:5]:
            found = found.filter(
                Q(given_name__icontains=word)
                | Q(family_name__icontains=word)
                | Q(email__icontains=word)
            )
        return found

    def found_by(self, text: str) -> "PersonQuerySet":
        """Those whose name (not address) holds every word of `text`, in the order of names."""
        words = sought_words(text)
        found = self.filter(holds_every(words), is_guest=False)
        if all(len(word) < 3 for word in words):  # many match: read in the order of names
            return found.in_name_order()
        # Few match: an order that the index of names has not, so that the index of parts is used.
        return found.order_by(Concat("family_order", Value("")), "given_order", "pk")

    def as_options(self, people: "Sequence[Person]") -> list[Option]:
        """Return how each is shown to choose, with where they work today.  One query."""
        works_at: dict[int, list[str]] = {person.pk: [] for person in people}
        for employment in (
            Employment.objects.live()
            .filter(person__in=works_at)
            .select_related("unit")
            .order_by("pk")
        ):
            works_at[employment.person_id].append(str(employment))
        return [Option(str(p.pk), p.name, "; ".join(works_at[p.pk])) for p in people]

    def for_list(self) -> "PersonQuerySet":
        """With the employments of today, for a row that says where somebody works."""
        live = Employment.objects.live().select_related("unit").order_by("pk")
        return self.prefetch_related(models.Prefetch("employments", live, to_attr="works_at"))

    def in_name_order(self) -> "PersonQuerySet":
        return self.order_by("family_order", "given_order", "pk")


def quiet_at(when: time) -> Q:
    """Return the condition that a person wants no mail at that time of the day.

    The hours may go past midnight: from 20 until 8.
    """
    by_day = Q(quiet_from__lt=F("quiet_until"), quiet_from__lte=when, quiet_until__gt=when)
    by_night = Q(quiet_from__gt=F("quiet_until")) & (
        Q(quiet_from__lte=when) | Q(quiet_until__gt=when)
    )
    return by_day | by_night


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Somebody who works here, or did; also the user who signs in."""

    PERSONAL_DATA: ClassVar = ("given_name", "family_name", "email", "personnel_number")

    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    email = models.EmailField(_("e-mail"), unique=True)
    personnel_number = models.CharField(max_length=60, unique=True, null=True)  # noqa: DJ001  # unique where known
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="sv"
    )
    mail_choice = models.CharField(
        _("e-mail"), max_length=10, choices=MailChoice, default=MailChoice.DAILY
    )
    mail_refused_at = models.DateTimeField(null=True)  # the last digest to the address came back
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)  # no mail in between
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    is_active = models.BooleanField(default=True)  # False: has left; signs in no more
    # A patient or user who takes part in a work: signs in by a link, and sees that work alone.
    is_guest = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    family_order = models.GeneratedField(
        expression=SwedishOrderKey("family_name"),
        output_field=models.CharField(max_length=100, db_collation="C"),
        db_persist=True,
    )
    given_order = models.GeneratedField(
        expression=SwedishOrderKey("given_name"),
        output_field=models.CharField(max_length=100, db_collation="C"),
        db_persist=True,
    )

    sought = sought_in("given_name", "family_name", max_length=201)

    # The number at the bell.  Comes with the person who is signed in (sign_in.py); None: not asked.
    unread_notices: int | None = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["given_name", "family_name"]

    objects = PersonManager.from_queryset(PersonQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="person_email_is_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(mail_choice__in=MailChoice.values), name="person_mail_choice_known"
            ),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="person_is_quiet_from_and_until",
            ),
        ]
        indexes = [models.Index(fields=["family_order", "given_order"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def initials(self) -> str:
        return f"{self.given_name[:1]}{self.family_name[:1]}"

    # --- what one may do ------------------------------------------------------------------

    @cached_property
    def employments_now(self) -> list["Employment"]:
        """Asks the database once per request; the main employment first."""
        return list(self.employments.live().select_related("unit").order_by("pk"))

    @cached_property
    def roles_held(self) -> list["Assignment"]:
        """Asks the database once per request; the first that was given first."""
        return list(self.assignments.select_related("unit").order_by("pk"))

    @cached_property
    def _held(self) -> list[tuple[Unit, frozenset[Permission]]]:
        """Each unit where something is granted, with what is granted there.

        Being employed at a unit is to hold the role of employee there.
        """
        return [(held.unit, GRANTS[Role(held.role)]) for held in self.roles_held] + [
            (employment.unit, GRANTS[Role.STAFF]) for employment in self.employments_now
        ]

    def may(self, permission: str, *, at: Unit) -> bool:
        """Say whether a role held at `at`, or at a unit above it, grants `permission`."""
        return any(permission in granted and at.is_within(unit) for unit, granted in self._held)

    def may_somewhere(self, permission: str) -> bool:
        return any(permission in granted for _unit, granted in self._held)

    def units_where(self, permission: str) -> list[Unit]:
        """Return the topmost units where one holds `permission`, each once.

        Those below are reached through them, also where one holds it there as well.
        """
        held = {unit.path: unit for unit, granted in self._held if permission in granted}
        tops: list[Unit] = []
        for _path, unit in sorted(held.items()):  # above comes before below
            if not (tops and unit.is_within(tops[-1])):
                tops.append(unit)
        return tops

    def reach(self, permission: str, *, through: str = "unit") -> Q:
        """Return the condition that `may` would answer yes, for querysets.

        Args:
            through: The path to the unit from what is asked for; empty for units themselves.
        """
        condition = Q(pk__in=[])
        for unit in self.units_where(permission):
            condition |= within(unit, through=through)
        return condition

    @property
    def unit(self) -> Unit | None:
        """Where one works: the unit of the main employment."""
        return self.employments_now[0].unit if self.employments_now else None

    @cached_property
    def title(self) -> str:
        """What to write under the name: the first role held, else the position."""
        if self.roles_held:
            return f"{self.roles_held[0].get_role_display()}, {self.roles_held[0].unit}"
        if self.employments_now:
            return f"{self.employments_now[0].position}, {self.employments_now[0].unit}"
        return ""


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def live(self) -> "EmploymentQuerySet":
        today = timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)


class Employment(models.Model):
    """A person's position at a unit, from a day and perhaps to one."""

    PERSONAL_DATA: ClassVar = ("position", "starts_on", "ends_on")

    person = models.ForeignKey(Person, models.CASCADE, related_name="employments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="employments")
    position = models.CharField(max_length=120)  # befattning: "Undersköterska"
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="employment_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "position", "starts_on"], name="employment_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}, {self.unit}"


class Assignment(models.Model):
    """A role that a person holds at a unit; it reaches every unit below."""

    PERSONAL_DATA: ClassVar = ("role",)

    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "unit", "role"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(role__in=Role.values) & ~Q(role=Role.STAFF),
                name="assignment_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}, {self.unit}"
