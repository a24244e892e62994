"""The idea bank: what was not right then and may be right now."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .decision import Decision


class Answer(models.TextChoices):
    YES = "yes", _("Yes, it still matters")
    NO = "no", _("No, it is no longer needed")


class Revival(models.Model):
    """The condition of a decision has come true: its author is asked, then the development lead.

    One per decision, so that an idea comes back once for each time it was put to rest.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="revival")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="revival_answered_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.decision)
