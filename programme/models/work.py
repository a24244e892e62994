from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from improvement.models import Idea
from measures.models import TeamMeasure
from organisation.models import Person, Unit
from organisation.permissions import Permission
from organisation.privacy import FreeLine, FreeText


class WorkStatus(models.TextChoices):
    PLANNED = "planned", _("Being planned")
    RUNNING = "running", _("Under way")
    SECURING = "securing", _("Being secured")  # the solution is found and made to last (S-09)
    FINISHED = "finished", _("Finished")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")


OPEN = (WorkStatus.PLANNED, WorkStatus.RUNNING, WorkStatus.SECURING, WorkStatus.PAUSED)


class WorkQuerySet(models.QuerySet["Work"]):
    def visible_to(self, person: Person) -> "WorkQuerySet":
        """The only gate for reading: one's own works, and those of the units one looks after."""
        mine = Q(pk__in=Membership.objects.filter(person=person).values("work"))
        return self.filter(mine | Q(idea__author=person) | person.reach(Permission.WORK_READ))

    def of_team_member(self, person: Person) -> "WorkQuerySet":
        return self.filter(pk__in=Membership.objects.filter(person=person).values("work"))

    def open(self) -> "WorkQuerySet":
        return self.filter(status__in=OPEN)

    def for_list(self) -> "WorkQuerySet":
        """With all that a row shows; reading anything more is an error, not a query."""
        return self.select_related("unit").fetch_mode(models.FETCH_RAISE)

    def locked(self) -> "WorkQuerySet":
        """Taken before fund and idea, and after the report (docs/locks.md)."""
        return self.select_for_update(of=("self",), no_key=True)


class Work(models.Model):
    """One improvement work: a team, an aim, and the tests that lead there."""

    PERSONAL_DATA: ClassVar = ("title", "aim", "for_whom", "why_wanted")

    idea = models.OneToOneField(Idea, models.PROTECT, null=True, related_name="work")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="works", verbose_name=_("Unit"))
    title = FreeLine(_("Title"), max_length=120)
    aim = FreeText(
        _("What do you want to achieve?"),
        max_length=500,
        help_text=_("One sentence that everyone at the workplace understands."),
    )
    for_whom = FreeLine(
        _("Who is it for?"),
        max_length=300,
        blank=True,
        help_text=_("Those who will notice it: residents, pupils, patients, relatives."),
    )
    why_wanted = FreeText(
        _("Why is it wanted?"),
        max_length=2000,
        blank=True,
        help_text=_("What happens if nothing is done?"),
    )
    aim_from = models.DecimalField(
        pgettext_lazy("aim", "From"),
        max_digits=12,
        decimal_places=3,
        null=True,
        help_text=_("Where you are today."),
    )
    aim_to = models.DecimalField(
        pgettext_lazy("aim", "To"),
        max_digits=12,
        decimal_places=3,
        null=True,
        help_text=_("Where you want to be."),
    )
    aim_by = models.DateField(
        pgettext_lazy("aim", "By"), null=True, help_text=_("The day the aim should be reached.")
    )
    status = models.CharField(max_length=10, choices=WorkStatus, default=WorkStatus.PLANNED)
    started_on = models.DateField()  # the day the team began to plan
    finished_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    measures = models.ManyToManyField(TeamMeasure, through="WorkMeasure", related_name="works")
    people = models.ManyToManyField(Person, through="Membership", related_name="works")

    objects = WorkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=WorkStatus.values), name="work_status_known"
            ),
            models.CheckConstraint(condition=~Q(aim=""), name="work_says_what_it_wants"),
            models.CheckConstraint(
                condition=Q(status=WorkStatus.FINISHED, finished_on__isnull=False)
                | (~Q(status=WorkStatus.FINISHED) & Q(finished_on=None)),
                name="work_finished_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(aim_by=None) | Q(aim_by__gt=F("started_on")),
                name="work_aims_at_a_later_day",
            ),
        ]
        indexes = [models.Index(fields=["unit", "status"], name="work_of_unit_in_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @cached_property
    def team(self) -> list["Membership"]:
        """Asks the database once; the leader first, the coach last."""
        members = self.memberships.select_related("person").order_by("pk")
        return sorted(members, key=lambda membership: Member.values.index(membership.role))

    @property
    def leader_id(self) -> int | None:
        return next((m.person_id for m in self.team if m.role == Member.LEADER), None)

    @property
    def team_ids(self) -> set[int]:
        return {membership.person_id for membership in self.team}


class Member(models.TextChoices):
    """What somebody is in a team; not to be mixed up with the roles held at a unit."""

    LEADER = "leader", _("Improvement leader")
    MEMBER = "member", _("Team member")
    COACH = "coach", _("Coach")


class Membership(models.Model):
    """A person's place in a work's team."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=10, choices=Member, default=Member.MEMBER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work", "person"], name="membership_once"),
            models.UniqueConstraint(
                fields=["work"], condition=Q(role=Member.LEADER), name="membership_one_leader"
            ),
            models.CheckConstraint(
                condition=Q(role__in=Member.values), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class Purpose(models.TextChoices):
    """Why a work follows a measure."""

    OUTCOME = "outcome", pgettext_lazy("measure", "Outcome")  # is it better for those it is for?
    PROCESS = "process", pgettext_lazy("measure", "Process")  # do we do what we said we would?
    BALANCING = "balancing", pgettext_lazy("measure", "Balancing")  # does something else get worse?


class WorkMeasureQuerySet(models.QuerySet["WorkMeasure"]):
    def carrying_aim(self) -> "WorkMeasureQuerySet":
        """The measures that aims are set on, each with itself."""
        return self.filter(carries_aim=True).select_related("measure")


class WorkMeasure(models.Model):
    """A measure that a work follows, and why; one of them carries the aim."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="followed")
    measure = models.OneToOneField(TeamMeasure, models.PROTECT, related_name="followed_by")
    purpose = models.CharField(
        _("Kind of measure"), max_length=10, choices=Purpose, default=Purpose.OUTCOME
    )
    carries_aim = models.BooleanField(default=False)

    objects = WorkMeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="work_measure_purpose_known"
            ),
            models.UniqueConstraint(
                fields=["work"],
                condition=Q(carries_aim=True),
                name="work_measure_one_carries_the_aim",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} ({self.get_purpose_display()})"
