from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.models import Person
from organisation.permissions import Permission
from organisation.privacy import FreeLine, FreeText

from .fund import Fund
from .idea import Idea, IdeaStatus


class Outcome(models.TextChoices):
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    WAITING = "waiting", _("Wait")
    SUPPLEMENT = "supplement", pgettext_lazy("outcome", "Ask for more")  # komplettera
    DIRECT = "direct", _("Do it now")  # gör direkt: no money is needed


class Basis(models.TextChoices):
    DELEGATED = "delegated", _("Delegated decision")
    EXECUTION = "execution", _("Carrying out an earlier decision")


class Condition(models.TextChoices):
    """What brings an idea back from the idea bank (requirement: no idea is lost)."""

    DATE = "date", _("A certain day comes")
    MONEY = "money", _("There is money to decide on")
    RED = "red", _("The measure it is aimed at turns red")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def queued(self) -> "DecisionQuerySet":
        """Approvals that wait for money, in the order they were made.

        Of an idea that has been decided on several times, the one of its present revision.
        """
        return self.filter(
            outcome=Outcome.APPROVED,
            idea__status=IdeaStatus.QUEUED,
            revision=F("idea__revision"),
        ).order_by("decided_at", "pk")

    def live_of(self, idea: "Idea | int") -> "DecisionQuerySet":
        """The approval of `idea` that is in force and what has been added to it, oldest first."""
        latest = self.filter(idea=idea, adds_to=None).order_by("-pk").values("pk")[:1]
        in_force = Q(pk__in=latest) | Q(adds_to__in=latest)
        return self.filter(in_force, outcome=Outcome.APPROVED).order_by("pk")

    def reported_by(self, person: Person) -> "DecisionQuerySet":
        """The gate for reporting to a board: decisions where `person` may report them."""
        return self.filter(person.reach(Permission.DECISION_REPORT, through="idea__unit"))

    def unreported(self) -> "DecisionQuerySet":
        """Delegated decisions that no board has been told of (kommunallagen 6:40)."""
        return self.filter(basis=Basis.DELEGATED, list_entry=None)


class Decision(models.Model):
    """What one named person decided about one revision of an idea, and why.

    Never changed (a trigger): a new decision replaces it.
    """

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="decisions")
    revision = models.PositiveIntegerField()
    outcome = models.CharField(_("Outcome"), max_length=10, choices=Outcome)
    reason = FreeText(_("Reason"), max_length=2000)
    basis = models.CharField(_("Basis"), max_length=10, choices=Basis, default=Basis.DELEGATED)
    delegation_reference = models.CharField(_("Delegation reference"), max_length=60, blank=True)
    consulted = FreeText(_("Consulted"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField(default=timezone.now)
    fund = models.ForeignKey(Fund, models.PROTECT, null=True, related_name="decisions")
    project_ore = models.PositiveBigIntegerField(default=0)
    reward_ore = models.PositiveBigIntegerField(default=0)
    asked_ore = models.PositiveBigIntegerField(
        default=0
    )  # what was applied for: more, if part funded
    wait_until = models.DateField(_("Wait until"), null=True)
    returns_when = models.CharField(
        _("Comes back when"), max_length=10, choices=Condition, blank=True
    )
    case_number = FreeLine(_("Case number"), max_length=60, blank=True)  # diarienummer
    meeting = models.ForeignKey(  # where it was taken; None between meetings
        "improvement.Meeting", models.PROTECT, null=True, related_name="decisions"
    )
    # A decision is never changed.  A new one takes its place and says why …
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    replaces_why = FreeText(_("Why it replaces the earlier one"), max_length=1000, blank=True)
    # … or gives more money to what is already being carried out.
    adds_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="additions")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "revision"], name="decision_once_per_revision"),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason"),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="decision_outcome_known"
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.DELEGATED) | ~Q(delegation_reference=""),
                name="decision_by_delegation_names_its_reference",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.APPROVED, fund__isnull=False, project_ore__gt=0)
                | (~Q(outcome=Outcome.APPROVED) & Q(fund=None, project_ore=0, reward_ore=0)),
                name="decision_to_approve_names_fund_and_amount",
            ),
            models.CheckConstraint(
                condition=(Q(wait_until=None) & Q(returns_when=""))
                | Q(outcome__in=[Outcome.WAITING, Outcome.REJECTED]),
                name="decision_comes_back_only_after_a_no",
            ),
            models.CheckConstraint(
                condition=~Q(returns_when=Condition.DATE) | Q(wait_until__isnull=False),
                name="decision_that_waits_for_a_day_names_it",
            ),
            models.CheckConstraint(
                condition=(Q(replaces=None) & Q(replaces_why=""))
                | (Q(replaces__isnull=False) & ~Q(replaces_why="")),
                name="decision_that_replaces_says_why",
            ),
            models.CheckConstraint(
                condition=Q(adds_to=None) | Q(outcome=Outcome.APPROVED, replaces=None),
                name="decision_that_adds_is_an_approval",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.idea}"

    @property
    def tone(self) -> str:
        tones = {Outcome.APPROVED: "success", Outcome.WAITING: "warning"}
        return tones.get(Outcome(self.outcome), "neutral")

    @property
    def is_part_funded(self) -> bool:
        """Granted, but less than was asked for."""
        return self.outcome == Outcome.APPROVED and self.project_ore < self.asked_ore

    @property
    def total_ore(self) -> int:
        """What the fund is asked to set aside: project money and reward."""
        return self.project_ore + self.reward_ore
