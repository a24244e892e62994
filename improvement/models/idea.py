import uuid
from collections.abc import Sequence
from typing import ClassVar

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Upper
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from foundation import any_of  # noqa: F401  # the lookup
from foundation.search_choice import Option
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
    MERGED = "merged", _("Joined with another idea")


# Handed in, and not decided on: what another idea can be joined into.
OPEN_TO_OTHERS = (
    IdeaStatus.SUBMITTED,
    IdeaStatus.PREPARING,
    IdeaStatus.RETURNED,
    IdeaStatus.READY,
)

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
    IdeaStatus.MERGED: "neutral",
}


class IdeaKind(models.TextChoices):
    """What an idea is called follows from how far it has been thought through."""

    OPPORTUNITY = "opportunity", _("Improvement opportunity")  # a need that is not met
    IDEA = "idea", _("Improvement idea")  # what would be better, and for whom
    PROPOSAL = "proposal", _("Improvement proposal")  # a solution that needs to be tested

    @classmethod
    def of(cls, beneficiaries: str, solution: str) -> "IdeaKind":
        if solution.strip():
            return cls.PROPOSAL
        return cls.IDEA if beneficiaries.strip() else cls.OPPORTUNITY


def being_written_by(person: Person) -> Q:
    """Return the condition that something is a draft and `person` is the one who writes it."""
    writes = Q(typed_by=person) | Q(author=person, typed_by=None)
    return Q(status=IdeaStatus.DRAFT) & writes


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, person: Person) -> "IdeaQuerySet":
        """The only gate for reading.

        One's own, those one wrote down for somebody, those of one's own workplace and of the
        units one looks after, and the idea that one's own was joined with.  A draft is seen by
        the one who writes it and by nobody else.
        """
        workplaces = [employment.unit_id for employment in person.employments_now]
        of_units = person.reach(Permission.IDEA_READ) | Q(unit__in=workplaces)
        own = Idea.objects.filter(author=person, merged_into__isnull=False)
        joined = Q(pk__any_of=ArraySubquery(own.values("merged_into")))
        theirs = Q(author=person) | Q(typed_by=person) | of_units | joined
        return self.filter(being_written_by(person) | theirs & ~Q(status=IdeaStatus.DRAFT))

    def found_by(self, text: str) -> "IdeaQuerySet":
        """Those whose title or need holds every word of `text`, the latest first."""
        found = self.all()
        for word in text.split()[:5]:
            found = found.filter(Q(title__icontains=word) | Q(need__icontains=word))
        return found.order_by("-created_at", "-pk")

    def as_options(self, ideas: "Sequence[Idea]") -> list[Option]:
        """Return how each is shown to choose."""
        return [
            Option(str(idea.pk), idea.title, f"{idea.unit.name} · {idea.get_status_display()}")
            for idea in ideas
        ]

    def for_list(self) -> "IdeaQuerySet":
        """With all that a row shows; reading anything more is an error, not a query."""
        lines = apps.get_model("improvement", "CostLine").objects.filter(idea=OuterRef("pk"))
        costs = lines.order_by().values("idea")
        asked = Subquery(costs.annotate(ore=Sum("amount_ore")).values("ore"))
        return (
            self.select_related("unit", "author")
            .annotate(asked_ore=Coalesce(asked, 0))
            .fetch_mode(models.FETCH_RAISE)
        )

    def locked(self) -> "IdeaQuerySet":
        return self.select_for_update(of=("self",), no_key=True)


class IdeaManager(models.Manager["Idea"]):
    def get_queryset(self) -> IdeaQuerySet:
        """Leave out what only a search reads, in the database itself."""
        return IdeaQuerySet(self.model, using=self._db).defer("words")


class Idea(models.Model):
    """Something that could be better, as somebody who works with it saw it."""

    PERSONAL_DATA: ClassVar = ("author", "typed_by", "need", "beneficiaries", "solution")

    author = models.ForeignKey(Person, models.PROTECT, related_name="ideas")
    typed_by = models.ForeignKey(  # who wrote it down, when that was somebody else
        Person, models.PROTECT, null=True, related_name="+"
    )
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
    # The page, in somebody's browser, that last wrote its text: another one must not overwrite it.
    written_in = models.UUIDField(default=uuid.uuid4)
    written_at = models.DateTimeField(default=timezone.now)
    is_direct = models.BooleanField(default=False)  # small enough to be done without an application
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", verbose_name=_("Joined with")
    )
    # Counts every edit, so that a form that began before somebody else's is refused, not saved over.
    version = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(default=timezone.now)  # when its author last heard of it

    # what the development lead adds
    assigned_to = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("Prepared by")
    )
    # When the author answered a question, until the lead has gone on.
    answered_at = models.DateTimeField(null=True)
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
    purchase_reason = FreeText(
        _("Why it is an improvement and not only a purchase"),
        max_length=1000,
        blank=True,
        help_text=_("Only needed when most of the cost is material."),
    )
    spread_potential = FreeText(
        _("Where else it could be used"),
        max_length=1000,
        blank=True,
        help_text=_("Units that have the same need, and what it would take there."),
    )
    expected_done_on = models.DateField(
        _("Thought to be carried out by"),
        null=True,
        blank=True,
        help_text=_("Makes it possible to tell those in the queue when money may come free."),
    )

    words = models.GeneratedField(  # what is meant by the text, for finding others like it
        expression=SearchVector("title", "need", "solution", config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = IdeaManager.from_queryset(IdeaQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=IdeaStatus.values), name="idea_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[IdeaStatus.DRAFT, IdeaStatus.WITHDRAWN]) | ~Q(need=""),
                name="idea_says_what_the_need_is",
            ),
            models.CheckConstraint(
                condition=Q(status=IdeaStatus.MERGED, merged_into__isnull=False)
                | (~Q(status=IdeaStatus.MERGED) & Q(merged_into=None)),
                name="idea_joined_names_the_other",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")), name="idea_is_not_joined_with_itself"
            ),
            models.CheckConstraint(
                condition=Q(typed_by=None) | ~Q(typed_by=F("author")),
                name="idea_typed_by_somebody_else_or_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "status"], name="idea_of_unit_in_state"),
            models.Index(fields=["author", "created_at"], name="idea_of_author_in_time"),
            models.Index(fields=["-created_at", "-id"], name="idea_latest_first"),
            models.Index(
                fields=["status", "created_at", "id"],
                include=["unit"],  # the board counts without reading the ideas
                name="idea_in_state_by_age",
            ),
            GinIndex(fields=["words"], name="idea_words"),
            # Part of a word, in either case: what UPPER(…) LIKE UPPER('%…%') can use.
            GinIndex(OpClass(Upper("title"), "gin_trgm_ops"), name="idea_words_of_title"),
            GinIndex(OpClass(Upper("need"), "gin_trgm_ops"), name="idea_words_of_need"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind(self) -> IdeaKind:
        """Opportunity, idea or proposal (requirements K-09 to K-11)."""
        return IdeaKind.of(self.beneficiaries, self.solution)

    def get_status_display(self) -> str:  # type: ignore[no-redef]  # django-stubs has one too
        """Django's own translates the words of every state to find the one: it shows in lists."""
        return str(IdeaStatus(self.status).label)

    def get_kind_label(self) -> str:
        return str(self.kind.label)

    @cached_property
    def author_ids(self) -> frozenset[int]:
        """Whose it is: the author, and the authors of what has been joined with it.  Asks once."""
        joined = self.merged.values_list("author", flat=True) if self.pk else ()
        return frozenset({self.author_id, *joined})

    @property
    def owner_id(self) -> int:
        """Whose it is: its author's, and until it is handed in the one's who writes it down."""
        if self.status == IdeaStatus.DRAFT and self.typed_by_id is not None:
            return self.typed_by_id
        return self.author_id

    @property
    def tone(self) -> str:
        """How the state is coloured: what is good, what waits for somebody, what has ended."""
        return _TONES.get(IdeaStatus(self.status), "info")

    def cost_ore(self) -> int:
        """Sum the cost lines.  Asks the database."""
        total_ore: int = self.cost_lines.aggregate(ore=Sum("amount_ore", default=0))["ore"]
        return total_ore
