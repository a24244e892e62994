"""The meeting where ideas are decided on, and the list of what was decided."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.models import Person, Unit
from organisation.permissions import Permission
from organisation.privacy import FreeLine, FreeText

from .decision import Basis, Condition, Decision, Outcome
from .fund import Fund
from .idea import Idea


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held, letters sent")
    CANCELLED = "cancelled", _("Cancelled")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, person: Person) -> "MeetingQuerySet":
        """Those one takes part in, and those of the units whose ideas one prepares or decides on."""
        reach = (
            person.reach(Permission.IDEA_PREPARE)
            | person.reach(Permission.IDEA_DECIDE)
            | person.reach(Permission.DECISION_REPORT)
        )
        taking_part = Q(pk__in=MeetingMember.objects.filter(person=person).values("meeting"))
        return self.filter(reach | Q(decider=person) | taking_part)

    def locked(self) -> "MeetingQuerySet":
        return self.select_for_update(of=("self",), no_key=True)


class Meeting(models.Model):
    """A day when one named person decides on prepared ideas, and hears others first."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("Day"))
    starts_at = models.TimeField(_("Time"), null=True, blank=True)
    place = FreeLine(_("Place"), max_length=120, blank=True)
    decider = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("Decision-maker")
    )
    basis = models.CharField(_("Basis"), max_length=10, choices=Basis, default=Basis.DELEGATED)
    delegation_reference = models.CharField(_("Delegation reference"), max_length=60, blank=True)
    status = models.CharField(max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    notes = FreeText(_("Notes"), max_length=4000, blank=True)  # for the minutes
    arranged_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True)  # when its decisions were released
    key = models.UUIDField(default=uuid.uuid4, unique=True)  # of the form it was planned in

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=MeetingStatus.values), name="meeting_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=MeetingStatus.HELD, held_at__isnull=False)
                | (~Q(status=MeetingStatus.HELD) & Q(held_at=None)),
                name="meeting_held_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.DELEGATED) | ~Q(delegation_reference=""),
                name="meeting_by_delegation_names_its_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.held_on:%Y-%m-%d}"

    @property
    def tone(self) -> str:
        tones = {MeetingStatus.PLANNED: "info", MeetingStatus.HELD: "success"}
        return tones.get(MeetingStatus(self.status), "neutral")


class MeetingMember(models.Model):
    """Somebody who is heard at a meeting (samråd); the decider is not one of them."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    was_present = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="member_once_per_meeting")
        ]

    def __str__(self) -> str:
        return str(self.person)


class AgendaItem(models.Model):
    """An idea on the agenda, with the decision as it is being prepared.

    Becomes a `Decision` when the meeting's decisions are all released at once.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    outcome = models.CharField(_("Outcome"), max_length=10, choices=Outcome, blank=True)
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Fund")
    )
    project_ore = models.PositiveBigIntegerField(null=True, blank=True)
    wait_until = models.DateField(_("Wait until"), null=True, blank=True)
    returns_when = models.CharField(
        _("Comes back when"), max_length=10, choices=Condition, blank=True
    )
    reason = FreeText(_("Reason"), max_length=2000, blank=True)
    case_number = FreeLine(_("Case number"), max_length=60, blank=True)  # diarienummer
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="agenda_item")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "idea"], name="idea_once_on_an_agenda"),
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="one_idea_at_each_place_of_an_agenda",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[*Outcome.values, ""]), name="agenda_item_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.idea}"

    @property
    def tone(self) -> str:
        tones = {Outcome.APPROVED: "success", Outcome.WAITING: "warning"}
        return tones.get(Outcome(self.outcome), "neutral") if self.outcome else "neutral"


class Conflict(models.Model):
    """Somebody who may not take part in the handling of an idea, and why (jäv)."""

    PERSONAL_DATA: ClassVar = ("person", "reason")

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="conflicts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = FreeLine(_("Why"), max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "person"], name="conflict_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.idea}"


class DecisionListQuerySet(models.QuerySet["DecisionList"]):
    def visible_to(self, person: Person) -> "DecisionListQuerySet":
        return self.filter(person.reach(Permission.DECISION_REPORT))


class DecisionList(models.Model):
    """The delegated decisions reported to a board at one time (kommunallagen 6:40, 7:8)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="decision_lists")
    board = models.CharField(
        pgettext_lazy("political", "Board"), max_length=120
    )  # the nämnd that is told
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = DecisionListQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.board} {self.made_at:%Y-%m-%d}"


class DecisionListEntry(models.Model):
    """A decision on a list: on exactly one, for good."""

    list = models.ForeignKey(DecisionList, models.PROTECT, related_name="entries")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="list_entry")

    def __str__(self) -> str:
        return str(self.decision)
