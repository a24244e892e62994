"""What a team keeps together: tasks, talk, files, decisions."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Person
from organisation.privacy import FreeLine, FreeText

from .choices import Member
from .coaching import Coaching
from .cycle import Cycle
from .work import Membership, Work


class OfWorks[M: models.Model](models.QuerySet[M]):
    def visible_to(self, person: Person) -> Self:
        """Those of the works one may see."""
        return self.filter(work__in=Work.objects.visible_to(person))


class TaskQuerySet(OfWorks["Task"]):
    pass


class Task(models.Model):
    """Something that somebody has taken on, perhaps to a day."""

    PERSONAL_DATA: ClassVar = ("text", "owner", "made_by", "done_by")

    work = models.ForeignKey(Work, models.CASCADE, related_name="tasks")
    cycle = models.ForeignKey(Cycle, models.CASCADE, null=True, related_name="tasks")
    text = FreeLine(_("What is to be done?"), max_length=200)
    owner = models.ForeignKey(
        Person, models.PROTECT, related_name="tasks", verbose_name=_("Who does it?")
    )
    due_on = models.DateField(_("Done by"), null=True, blank=True)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(unique=True)  # of the form it was written in: sent twice is one task

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="task_says_what"),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None)
                | Q(done_on__isnull=False, done_by__isnull=False),
                name="task_done_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"], condition=Q(done_on=None), name="task_waits_for_owner"
            ),
            models.Index(fields=["work", "done_on"], name="task_of_work"),
        ]

    def __str__(self) -> str:
        return self.text


class Thread(models.TextChoices):
    TEAM = "team", _("The team")
    COACH = "coach", _("Leader and coach")  # the sounding board: nobody else reads it


class RemarkQuerySet(OfWorks["Remark"]):
    def visible_to(self, person: Person) -> Self:
        """What is said in the works one may see.

        The sounding board is for the leader and for those who coach the work or have done so.
        """
        leads = Membership.objects.filter(person=person, role=Member.LEADER).values("work")
        coaches = Coaching.objects.filter(coach=person).values("work")
        among = Q(thread=Thread.TEAM) | Q(work__in=leads) | Q(work__in=coaches)
        return super().visible_to(person).filter(among)


class Remark(models.Model):
    """Something said in a work: by the team, or between leader and coach.

    Taken away, its place is kept and its words are not.
    """

    PERSONAL_DATA: ClassVar = ("by", "text", "removed_by")

    work = models.ForeignKey(Work, models.CASCADE, related_name="remarks")
    cycle = models.ForeignKey(Cycle, models.CASCADE, null=True, related_name="remarks")
    thread = models.CharField(max_length=5, choices=Thread, default=Thread.TEAM)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = FreeText(_("What do you want to say?"), max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    key = models.UUIDField(unique=True)  # of the form it was written in: sent twice is said once
    mentions = models.ManyToManyField(Person, related_name="+")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) ^ Q(text=""), name="remark_has_words_until_removed"
            ),
            models.CheckConstraint(
                condition=Q(thread__in=Thread.values), name="remark_thread_known"
            ),
        ]
        indexes = [models.Index(fields=["work", "thread", "at"], name="remark_of_work_in_time")]

    def __str__(self) -> str:
        return f"{self.by}: {self.work}"


class WorkDecisionQuerySet(OfWorks["WorkDecision"]):
    pass


class WorkDecision(models.Model):
    """A line in the team's own log: what was decided, why and by whom; never rewritten."""

    PERSONAL_DATA: ClassVar = ("what", "why", "by")

    work = models.ForeignKey(Work, models.CASCADE, related_name="decisions")
    decided_on = models.DateField(_("Day"))
    what = FreeLine(_("What was decided?"), max_length=300)
    why = FreeText(_("Why?"), max_length=1000, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # A line is never rewritten: what was wrong is said by the line that corrects it.
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    key = models.UUIDField(unique=True)

    objects = WorkDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="work_decision_says_what"),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(corrects=F("pk")),
                name="work_decision_corrects_another",
            ),
        ]
        indexes = [models.Index(fields=["work", "decided_on"], name="work_decision_in_time")]

    def __str__(self) -> str:
        return self.what


class WorkFileQuerySet(OfWorks["WorkFile"]):
    def for_list(self) -> "WorkFileQuerySet":
        """Without the bytes; reading them is an error, not a query."""
        return self.defer("content").order_by("pk").fetch_mode(models.FETCH_RAISE)


class WorkFile(models.Model):
    """A picture or file of a work or of one of its tests; the bytes are in the database."""

    PERSONAL_DATA: ClassVar = ("by", "name", "content", "says")
    MOST_PER_WORK = 40

    work = models.ForeignKey(Work, models.CASCADE, related_name="files")
    cycle = models.ForeignKey(Cycle, models.CASCADE, null=True, related_name="files")
    name = FreeLine(max_length=120)
    says = FreeLine(_("What the picture shows"), max_length=200, blank=True)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    size = models.GeneratedField(
        expression=Func(F("content"), function="OCTET_LENGTH"),
        output_field=models.PositiveIntegerField(),
        db_persist=True,
    )

    objects = WorkFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")
