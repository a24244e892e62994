from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.models import Person
from organisation.privacy import FreeLine, FreeText

from .driver import Driver
from .work import Work


class Phase(models.TextChoices):
    PLAN = "plan", pgettext_lazy("phase", "Plan")
    DO = "do", pgettext_lazy("phase", "Do")
    STUDY = "study", pgettext_lazy("phase", "Study")
    ACT = "act", pgettext_lazy("phase", "Act")
    CLOSED = "closed", pgettext_lazy("phase", "Closed")


class Scale(models.TextChoices):
    """How much is tried at once; small first (V-13)."""

    ONE_PERSON = "one_person", _("One person")
    ONE_DAY = "one_day", _("One day")
    ONE_UNIT = "one_unit", _("One unit")
    ALL = "all", _("Everyone")


class Agreement(models.TextChoices):
    """How the result compares with the prediction."""

    AS_PREDICTED = "as_predicted", _("As we predicted")
    PARTLY = "partly", _("Partly as we predicted")
    OTHERWISE = "otherwise", _("Not as we predicted")


class Outcome(models.TextChoices):
    """What is done with a change after it was tried."""

    ADOPT = "adopt", _("Adopt")
    ADAPT = "adapt", _("Adapt and test again")
    ABANDON = "abandon", _("Abandon")

    @property
    def state(self) -> str:
        """What has become of the change, where the label says what one chooses to do."""
        return str(_STATES[self])


_STATES = {
    Outcome.ADOPT: _("Adopted"),
    Outcome.ADAPT: _("Adapted and tested again"),
    Outcome.ABANDON: _("Abandoned"),
}


class CycleQuerySet(models.QuerySet["Cycle"]):
    def visible_to(self, person: Person) -> "CycleQuerySet":
        """The cycles of the works one may see."""
        return self.filter(work__in=Work.objects.visible_to(person))

    def for_page(self) -> "CycleQuerySet":
        return self.select_related("work__unit", "previous", "change")

    def locked(self) -> "CycleQuerySet":
        return self.select_for_update(of=("self",), no_key=True)


SMALL = (Scale.ONE_PERSON, Scale.ONE_DAY)
LARGE = (Scale.ONE_UNIT, Scale.ALL)


class Cycle(models.Model):
    """One small test of a change: predict, try, compare, conclude.

    The prediction is written before the test begins and is locked when it does: a trigger
    (migration 0002) refuses to change it, and to go back to planning, so that it holds for
    psql too.
    """

    PERSONAL_DATA: ClassVar = (
        *("question", "prediction", "plan_what", "plan_who", "plan_when", "plan_where"),
        *("plan_data", "what_happened", "observed", "deviations", "result", "learning"),
    )

    work = models.ForeignKey(Work, models.CASCADE, related_name="cycles")
    number = models.PositiveSmallIntegerField()  # within the work
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="following")
    change = models.ForeignKey(  # the change idea in the driver diagram that it tests
        Driver,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="cycles",
        verbose_name=_("Change idea"),
    )
    status = models.CharField(max_length=10, choices=Phase, default=Phase.PLAN)
    scale = models.CharField(
        _("How big is the test?"),
        max_length=10,
        choices=Scale,
        default=Scale.ONE_PERSON,
        help_text=_("Start small: one person or one day is enough to learn from."),
    )

    # plan
    question = FreeText(
        _("What do you want to find out?"),
        max_length=1000,
        help_text=_("A question that the test can answer."),
    )
    prediction = FreeText(
        _("What do you think will happen?"),
        max_length=1000,
        blank=True,
        help_text=_("Preferably with a number. It is locked when the test starts."),
    )
    plan_what = FreeText(_("What will you do?"), max_length=2000, blank=True)
    plan_who = FreeLine(_("Who does it?"), max_length=200, blank=True)
    plan_when = FreeLine(pgettext_lazy("plan", "When?"), max_length=200, blank=True)
    plan_where = FreeLine(
        pgettext_lazy("plan", "Where?"),
        max_length=200,
        blank=True,
    )
    plan_data = FreeText(
        _("What will you count or write down?"),
        max_length=1000,
        blank=True,
        help_text=_("Enough to see whether you were right; a line on paper will do."),
    )
    planned_on = models.DateField()

    # do
    started_on = models.DateField(null=True)
    what_happened = FreeText(
        _("What was done?"),
        max_length=4000,
        blank=True,
        help_text=_("What you did, with how many, and when."),
    )
    observed = FreeText(
        _("What did you see?"),
        max_length=4000,
        blank=True,
        help_text=_("What people said, what surprised you, what you counted."),
    )
    deviations = FreeText(
        _("What did not go as planned?"),
        max_length=2000,
        blank=True,
        help_text=_("What was done in another way than planned, and why."),
    )
    ended_on = models.DateField(null=True)

    # study
    agreement = models.CharField(
        _("Did it turn out as you predicted?"), max_length=12, choices=Agreement, blank=True
    )
    result = FreeText(
        _("What was the result?"),
        max_length=2000,
        blank=True,
        help_text=_("Beside what you predicted: what was the same, what was different?"),
    )
    learning = FreeText(
        _("What did you learn?"),
        max_length=2000,
        blank=True,
        help_text=_("What you know now and did not know before. The next cycle begins here."),
    )

    # act
    outcome = models.CharField(
        _("What do you do with the change?"), max_length=10, choices=Outcome, blank=True
    )
    created_at = models.DateTimeField(default=timezone.now)
    # Counts every edit, so that what two write at the same time is shown to the later, not lost.
    version = models.PositiveIntegerField(default=0)
    key = models.UUIDField(null=True, unique=True)  # of the form: sent twice is one cycle

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ("work", "number")
        constraints = [
            models.UniqueConstraint(fields=["work", "number"], name="cycle_numbered_once_per_work"),
            models.CheckConstraint(condition=Q(status__in=Phase.values), name="cycle_status_known"),
            models.CheckConstraint(condition=Q(scale__in=Scale.values), name="cycle_scale_known"),
            models.CheckConstraint(condition=~Q(question=""), name="cycle_asks_something"),
            models.CheckConstraint(
                condition=Q(status=Phase.PLAN) | ~Q(prediction=""),
                name="cycle_predicts_before_it_tests",
            ),
            models.CheckConstraint(
                condition=Q(status=Phase.PLAN, started_on=None)
                | (~Q(status=Phase.PLAN) & Q(started_on__isnull=False)),
                name="cycle_tested_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Phase.PLAN, Phase.DO], ended_on=None)
                | (
                    ~Q(status__in=[Phase.PLAN, Phase.DO])
                    & Q(ended_on__isnull=False, ended_on__gte=F("started_on"))
                ),
                name="cycle_studied_after_it_was_tested",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Phase.ACT, Phase.CLOSED]) | ~Q(learning=""),
                name="cycle_acts_on_what_it_learned",
            ),
            models.CheckConstraint(
                condition=Q(status=Phase.CLOSED, outcome__in=Outcome.values)
                | (~Q(status=Phase.CLOSED) & Q(outcome="")),
                name="cycle_closed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return _("Cycle %(number)s") % {"number": self.number}

    @property
    def has_started(self) -> bool:
        return self.status != Phase.PLAN

    @property
    def is_closed(self) -> bool:
        return self.status == Phase.CLOSED

    @property
    def outcome_state(self) -> str:
        """What has become of the change, in words; empty while that is open."""
        return Outcome(self.outcome).state if self.outcome else ""

    def open_for_days(self, on: date) -> int:
        """Return how long the test has been going on without a conclusion; 0 if it is not."""
        if self.started_on is None or self.is_closed:
            return 0
        return (on - self.started_on).days


class PredictionVersion(models.Model):
    """What was predicted instead, after the test had started: beside the first, never over it.

    Only ever added to, and only while the cycle is open; a trigger (migration 0004) holds it.
    """

    PERSONAL_DATA: ClassVar = ("prediction", "because", "by")

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="predictions")
    number = models.PositiveSmallIntegerField()  # from 2 on: the first is the cycle's own
    prediction = FreeText(_("What do you think now?"), max_length=1000)
    because = FreeLine(_("Why is it changed?"), max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("cycle", "number")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="prediction_numbered_once"),
            models.CheckConstraint(condition=Q(number__gt=1), name="prediction_comes_after_first"),
            models.CheckConstraint(
                condition=~Q(prediction="") & ~Q(because=""), name="prediction_says_what_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle}: {self.number}"


class HintDismissal(models.Model):
    """A hint that the team has thought about and put aside; it is not shown for that cycle again."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="dismissals")
    name = models.CharField(max_length=40)  # a `guidance.Hint.name`
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "name"], name="hint_dismissed_once")
        ]

    def __str__(self) -> str:
        return f"{self.cycle}: {self.name}"
