import uuid
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Upper
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.models import Kpi
from organisation.models import Person, Unit
from organisation.permissions import Permission
from organisation.privacy import FreeLine, FreeText


class IdeaStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    PREPARING = "preparing", _("Being prepared")
    RETURNED = "returned", _("Needs more information")
    READY = "ready", _("Ready for decision")
    WAITING = "waiting", _("Waits")
    QUEUED = "queued", _("Approved, in the queue for money")
    FUNDED = "funded", _("Approved, money reserved")
    UNDERWAY = "underway", _("Being carried out")
    DONE = "done", _("Carried out")
    DIRECT = "direct", _("Do it now")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


_TONES = {
    IdeaStatus.DRAFT: "neutral",
    IdeaStatus.RETURNED: "warning",
    IdeaStatus.WAITING: "warning",
    IdeaStatus.QUEUED: "sun",
    IdeaStatus.FUNDED: "success",
    IdeaStatus.DONE: "success",
    IdeaStatus.DIRECT: "success",
    IdeaStatus.REJECTED: "neutral",
    IdeaStatus.WITHDRAWN: "neutral",
}


class IdeaKind(models.TextChoices):
    """What an idea is called follows from how far it has been thought through."""

    OPPORTUNITY = "opportunity", _("Improvement opportunity")  # a need that is not met
    IDEA = "idea", _("Improvement idea")  # what would be better, and for whom
    PROPOSAL = "proposal", _("Improvement proposal")  # a solution that needs to be tested


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, person: Person) -> "IdeaQuerySet":
        """The only gate for reading: one's own, and those of the units one looks after."""
        of_units = person.reach(Permission.IDEA_READ) & ~Q(status=IdeaStatus.DRAFT)
        return self.filter(Q(author=person) | of_units)

    def for_list(self) -> "IdeaQuerySet":
        """With all that a row shows; reading anything more is an error, not a query."""
        costs = CostLine.objects.filter(idea=OuterRef("pk")).order_by().values("idea")
        asked = Subquery(costs.annotate(ore=Sum("amount_ore")).values("ore"))
        return (
            self.select_related("unit", "author")
            .annotate(asked_ore=Coalesce(asked, 0))
            .fetch_mode(models.FETCH_RAISE)
        )

    def locked(self) -> "IdeaQuerySet":
        return self.select_for_update(of=("self",), no_key=True)


class Idea(models.Model):
    """Something that could be better, as somebody who works with it saw it."""

    PERSONAL_DATA: ClassVar = ("author", "need", "beneficiaries", "solution")

    author = models.ForeignKey(Person, models.PROTECT, related_name="ideas")
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="ideas",
        verbose_name=_("Where?"),
        help_text=_("The workplace that the idea is about."),
    )
    title = FreeLine(_("Title"), max_length=120)
    need = FreeText(
        _("What is the need?"),
        max_length=4000,
        help_text=_("What does not work, or could work better? A few sentences are enough."),
    )
    beneficiaries = FreeText(
        _("Who would it be better for?"),
        max_length=1000,
        blank=True,
        help_text=_("For example residents, pupils, relatives, colleagues."),
    )
    solution = FreeText(
        _("Do you have a suggestion?"),
        max_length=4000,
        blank=True,
        help_text=_("Not needed. An idea without a solution is just as welcome."),
    )
    kpi = models.ForeignKey(
        Kpi,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name=_("Measure it is aimed at"),
    )
    status = models.CharField(max_length=10, choices=IdeaStatus, default=IdeaStatus.DRAFT)
    revision = models.PositiveIntegerField(default=0)  # times put forward; a decision names one
    created_at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(default=uuid.uuid4, unique=True)  # of the form it was left in

    # what the development lead adds
    expected_effect = FreeText(
        _("Expected effect"),
        max_length=2000,
        blank=True,
        help_text=_("What will be noticed, by whom, and how will you see it?"),
    )
    agreed_with = FreeLine(
        _("Agreed with"),
        max_length=300,
        blank=True,
        help_text=_("The staff group and others who have helped with the costs."),
    )
    cap_reason = FreeText(
        _("Why it may cost more than usual"),
        max_length=1000,
        blank=True,
        help_text=_("Only needed above the fund's guide amount: the potential for spread or gain."),
    )

    objects = IdeaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=IdeaStatus.values), name="idea_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[IdeaStatus.DRAFT, IdeaStatus.WITHDRAWN]) | ~Q(need=""),
                name="idea_says_what_the_need_is",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "status"], name="idea_of_unit_in_state"),
            models.Index(fields=["author", "created_at"], name="idea_of_author_in_time"),
            models.Index(fields=["-created_at", "-id"], name="idea_latest_first"),
            # Part of a word, in either case: what UPPER(…) LIKE UPPER('%…%') can use.
            GinIndex(OpClass(Upper("title"), "gin_trgm_ops"), name="idea_words_of_title"),
            GinIndex(OpClass(Upper("need"), "gin_trgm_ops"), name="idea_words_of_need"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind(self) -> IdeaKind:
        """Opportunity, idea or proposal (requirements K-09 to K-11)."""
        if self.solution:
            return IdeaKind.PROPOSAL
        return IdeaKind.IDEA if self.beneficiaries else IdeaKind.OPPORTUNITY

    def get_kind_label(self) -> str:
        return str(self.kind.label)

    @property
    def tone(self) -> str:
        """How the state is coloured: what is good, what waits for somebody, what has ended."""
        return _TONES.get(IdeaStatus(self.status), "info")

    def cost_ore(self) -> int:
        """Sum the cost lines.  Asks the database."""
        total_ore: int = self.cost_lines.aggregate(ore=Sum("amount_ore", default=0))["ore"]
        return total_ore


class CostKind(models.TextChoices):
    STAFF = "staff", _("Staff and substitutes")
    MATERIAL = "material", _("Material")
    PREMISES = "premises", _("Premises")
    TRAVEL = "travel", _("Travel")
    OTHER = "other", _("Other")


class CostLine(models.Model):
    """One thing that carrying out an idea is thought to cost."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="cost_lines")
    kind = models.CharField(_("Type"), max_length=10, choices=CostKind)
    description = FreeLine(_("What"), max_length=200, blank=True)
    hours = models.DecimalField(
        _("Hours"), max_digits=7, decimal_places=2, null=True, blank=True
    )  # staff only
    rate_ore = models.PositiveBigIntegerField(null=True, blank=True)  # per hour; staff only
    amount_ore = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=CostKind.values), name="cost_line_kind_known"
            ),
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="cost_line_costs_something"),
            models.CheckConstraint(
                condition=Q(
                    kind=CostKind.STAFF,
                    hours__isnull=False,  # a comparison with nothing would pass
                    hours__gt=0,
                    rate_ore__isnull=False,
                    rate_ore__gt=0,
                )
                | (~Q(kind=CostKind.STAFF) & Q(hours=None, rate_ore=None)),
                name="cost_line_of_staff_is_hours_at_a_rate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.description}"

    @property
    def label(self) -> str | Promise:
        return self.description or self.get_kind_display()


def staff_cost_ore(hours: Decimal, rate_ore: int) -> int:
    """Return hours × rate in whole öre, half an öre rounded up.

    >>> staff_cost_ore(Decimal("2.5"), 310_01)
    77503
    """
    return int((hours * rate_ore).quantize(Decimal(1), ROUND_HALF_UP))
