from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Person
from organisation.privacy import FreeLine, FreeText

from .fund import Fund
from .idea import Idea, IdeaStatus


class Outcome(models.TextChoices):
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    WAITING = "waiting", _("Wait")


class Basis(models.TextChoices):
    DELEGATED = "delegated", _("Delegated decision")
    EXECUTION = "execution", _("Carrying out an earlier decision")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def queued(self) -> "DecisionQuerySet":
        """Approvals that wait for money, in the order they were made."""
        return self.filter(outcome=Outcome.APPROVED, idea__status=IdeaStatus.QUEUED).order_by(
            "decided_at", "pk"
        )


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
    consulted = FreeLine(_("Consulted"), max_length=300, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField(default=timezone.now)
    fund = models.ForeignKey(Fund, models.PROTECT, null=True, related_name="decisions")
    project_ore = models.PositiveBigIntegerField(default=0)
    reward_ore = models.PositiveBigIntegerField(default=0)
    wait_until = models.DateField(_("Wait until"), null=True)

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
                condition=Q(wait_until=None) | Q(outcome=Outcome.WAITING),
                name="decision_waits_only_when_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.idea}"

    @property
    def tone(self) -> str:
        tones = {Outcome.APPROVED: "success", Outcome.WAITING: "warning"}
        return tones.get(Outcome(self.outcome), "neutral")

    @property
    def total_ore(self) -> int:
        """What the fund is asked to set aside: project money and reward."""
        return self.project_ore + self.reward_ore
