"""What a staff group means to do with its reward."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Person
from organisation.privacy import FreeLine

from .decision import Decision


class RewardKind(models.TextChoices):
    ACTIVITY = "activity", _("Something done together")
    LEARNING = "learning", _("Training or a study visit")
    EQUIPMENT = "equipment", _("Something for the workplace")
    SUBSTITUTES = "substitutes", _("Time: substitutes")
    CASH_LIKE = "cash", _("Money, gift card or the like")


class RewardUse(models.Model):
    """The declared use of one reward.  What is cash-like is taxed (inkomstskattelagen 11:1)."""

    PERSONAL_DATA: ClassVar = ("declared_by",)

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="reward_use")
    kind = models.CharField(_("Use"), max_length=12, choices=RewardKind)
    description = FreeLine(_("In short"), max_length=200, blank=True)
    declared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RewardKind.values), name="reward_use_known")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.decision}"

    @property
    def is_taxed(self) -> bool:
        return self.kind == RewardKind.CASH_LIKE
