"""The idea bank: what was not right then and may be right now."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Person
from organisation.privacy import FreeLine

from .decision import Decision
from .idea import Idea, IdeaStatus

RESTING = (IdeaStatus.WAITING, IdeaStatus.REJECTED)


class Answer(models.TextChoices):
    YES = "yes", _("Yes, it still matters")
    NO = "no", _("No, it is no longer needed")


class RevivalQuerySet(models.QuerySet["Revival"]):
    def live(self) -> "RevivalQuerySet":
        """Those of ideas that rest, by their latest decision: what still waits for somebody."""
        later = Decision.objects.filter(
            idea=OuterRef("decision__idea"), pk__gt=OuterRef("decision")
        )
        return self.filter(
            ~Exists(later), decision__idea__status__in=RESTING, rested_at=None
        ).exclude(answer=Answer.NO)

    def visible_to(self, person: Person) -> "RevivalQuerySet":
        """Those of the ideas that one sees."""
        return self.filter(decision__idea__in=Idea.objects.visible_to(person))

    def unanswered(self) -> "RevivalQuerySet":
        return self.filter(answer="")


class Revival(models.Model):
    """The condition of a decision has come true: its author is asked, then the development lead.

    One per decision, so that an idea comes back once for each time it was put to rest.
    """

    PERSONAL_DATA: ClassVar = ("note",)
    PATIENCE = timedelta(days=14)  # so long the author may take to answer

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="revival")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    note = FreeLine(_("If you want to say more"), max_length=300, blank=True)
    # When the development lead got it: after a yes, or when nobody answered.
    passed_on_at = models.DateTimeField(null=True)
    rested_at = models.DateTimeField(null=True)  # when the lead let it rest after all

    objects = RevivalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="revival_answered_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.YES) | Q(passed_on_at__isnull=False),
                name="revival_goes_on_with_a_yes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(passed_on_at=None, answer=""), name="revival_open"
            )
        ]

    def __str__(self) -> str:
        return str(self.decision)
