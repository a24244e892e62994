from collections.abc import Sequence
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.search_choice import Option
from foundation.swedish import swedish_order_of
from improvement.models import Idea
from measures.models import Kpi, TeamMeasure
from organisation.models import Person, Unit
from organisation.permissions import Permission
from organisation.privacy import FreeLine, FreeText

from .choices import (
    CARRIED_OUT,
    OPEN,
    Effect,
    Improves,
    Member,
    Origin,
    Purpose,
    Scope,
    WorkStatus,
)

# What a work is found by in the library, as Swedish knows the words; an index holds them.
WORDS_OF_WORK = SearchVector(
    *("title", "aim", "for_whom", "why_wanted", "what_to_change"), config="swedish"
)


class WorkQuerySet(models.QuerySet["Work"]):
    def visible_to(self, person: Person) -> "WorkQuerySet":
        """The only gate for reading: one's own works, and those of the units one looks after."""
        mine = Q(pk__in=Membership.objects.filter(person=person).values("work"))
        checks = Q(pk__in=Work.objects.filter(follow_ups__owner=person).values("pk"))
        mine |= Q(idea__author=person) | checks
        return self.filter(mine | person.reach(Permission.WORK_READ))

    def of_team_member(self, person: Person) -> "WorkQuerySet":
        return self.filter(pk__in=Membership.objects.filter(person=person).values("work"))

    def open(self) -> "WorkQuerySet":
        return self.filter(status__in=OPEN)

    def carried_out(self) -> "WorkQuerySet":
        """Reported and approved: open to everybody who works here, in the library."""
        return self.filter(status__in=CARRIED_OUT)

    def found_by(self, text: str) -> "WorkQuerySet":
        """Those whose title holds every word of `text`, the latest first."""
        found = self.all()
        for word in text.split()[:5]:
            found = found.filter(title__icontains=word)
        return found.order_by("-started_on", "-pk")

    def as_options(self, works: "Sequence[Work]") -> list[Option]:
        """Return how each is shown to choose, with its unit.  One query."""
        units = Unit.objects.in_bulk({work.unit_id for work in works})
        return [Option(str(work.pk), work.title, units[work.unit_id].name) for work in works]

    def for_list(self) -> "WorkQuerySet":
        """With all that a row shows; reading anything more is an error, not a query."""
        return self.select_related("unit").fetch_mode(models.FETCH_RAISE)

    def locked(self) -> "WorkQuerySet":
        """Taken before fund and idea, and after the report (docs/locks.md)."""
        return self.select_for_update(of=("self",), no_key=True)


class Work(models.Model):
    """One improvement work: a team, an aim, and the tests that lead there."""

    PERSONAL_DATA: ClassVar = (
        *("title", "aim", "for_whom", "for_whom_inside", "why_wanted", "what_to_change"),
        *("origin_text", "asked_by", "tags"),
    )

    origin = models.CharField(max_length=9, choices=Origin, default=Origin.IDEA)
    origin_text = FreeLine(
        _("What it began with"),
        max_length=300,
        blank=True,
        help_text=_("For example the meeting, the assignment or what you have seen."),
    )
    idea = models.OneToOneField(Idea, models.PROTECT, null=True, related_name="work")
    kpi = models.ForeignKey(  # the quality measure it shall move
        Kpi,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="improvement_works",
        verbose_name=_("Measure it is aimed at"),
    )
    adopted_from = models.ForeignKey(  # the work whose solution is tried here
        "self", models.PROTECT, null=True, related_name="adoptions"
    )
    supports = models.ForeignKey(  # from governance to operation, and back (S-07)
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supported_by",
        verbose_name=_("Improvement that it is part of"),
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="works", verbose_name=_("Unit"))
    title = FreeLine(_("Title"), max_length=120)
    title_order = swedish_order_of("title")
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
    for_whom_inside = FreeLine(
        _("Which colleagues is it for?"),
        max_length=300,
        blank=True,
        help_text=_("Those inside the organisation who take over, wait or depend on it."),
    )
    what_to_change = FreeText(
        _("What can we change?"),
        max_length=2000,
        blank=True,
        help_text=_("What do you believe leads there? Each can become a test."),
    )
    strategic_area = models.ForeignKey(
        "StrategicArea",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="works",
        verbose_name=_("Strategic area"),
    )
    improves = models.CharField(
        _("What kind of thing is improved?"), max_length=10, choices=Improves, blank=True
    )
    effects = ArrayField(
        models.CharField(max_length=10, choices=Effect),
        verbose_name=_("Expected effects"),
        default=list,
        blank=True,
    )
    scope = ArrayField(  # those that the team says yes to
        models.CharField(max_length=10, choices=Scope),
        verbose_name=_("Is it possible to carry out?"),
        default=list,
        blank=True,
    )
    tags = ArrayField(  # Millennium, a quality register …
        models.CharField(max_length=40), verbose_name=_("Tags"), default=list, blank=True
    )
    asked_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Manager who asked for it"),
    )
    hours_planned = models.DecimalField(
        _("Hours that the team may use"),
        max_digits=7,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("All together, meetings and tests included."),
    )
    method = models.ForeignKey(
        "Method", models.PROTECT, null=True, related_name="works", verbose_name=_("Method")
    )
    method_step = models.PositiveSmallIntegerField(default=1)  # where in the method's steps
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
    # A manager has said that it is wanted; one with money is decided on already.
    is_confirmed = models.BooleanField(default=True)
    started_on = models.DateField()  # the day the team began to plan
    finished_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(null=True, unique=True)  # of the form: sent twice is one work
    # Counts every edit of the charter, so that a form begun before somebody else's is not saved over.
    version = models.PositiveIntegerField(default=0)
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
                condition=Q(status__in=CARRIED_OUT, finished_on__isnull=False)
                | (~Q(status__in=CARRIED_OUT) & Q(finished_on=None)),
                name="work_finished_on_a_day",
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="work_origin_known"),
            models.CheckConstraint(
                condition=Q(is_confirmed=True)
                | Q(status__in=[WorkStatus.PROPOSED, WorkStatus.STOPPED]),
                name="work_is_wanted_before_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(origin__in=[Origin.IDEA, Origin.DIRECT]) | Q(idea__isnull=False),
                name="work_of_an_idea_names_it",
            ),
            models.CheckConstraint(
                condition=Q(improves__in=["", *Improves.values]), name="work_improves_known"
            ),
            models.CheckConstraint(
                condition=Q(effects__contained_by=Effect.values), name="work_effects_known"
            ),
            models.CheckConstraint(
                condition=Q(scope__contained_by=Scope.values), name="work_scope_known"
            ),
            models.CheckConstraint(
                condition=~Q(adopted_from=F("pk")) & ~Q(supports=F("pk")),
                name="work_does_not_lean_on_itself",
            ),
            models.CheckConstraint(
                condition=Q(aim_by=None) | Q(aim_by__gt=F("started_on")),
                name="work_aims_at_a_later_day",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "status"], name="work_of_unit_in_state"),
            GinIndex(WORDS_OF_WORK, name="work_words"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def has_money(self) -> bool:
        """Whether it began with an idea that was granted money; one done directly has none."""
        return self.origin == Origin.IDEA and self.idea_id is not None

    @property
    def is_carried_out(self) -> bool:
        return self.status in CARRIED_OUT

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


class Membership(models.Model):
    """A person's place in a work's team."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=10, choices=Member, default=Member.MEMBER)
    joined_on = models.DateField(default=timezone.localdate)

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
