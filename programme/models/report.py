from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Person
from organisation.privacy import FreeLine, FreeText

from .work import Work


class ReportStatus(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Waits for approval")
    RETURNED = "returned", _("Returned to the team")
    APPROVED = "approved", _("Approved by the manager")


class Extent(models.TextChoices):
    """How much is told."""

    SIMPLE = "simple", _("Simple report, one page")  # how we worked, start and end value (W-27)
    FULL = "full", _("Full report")


LIVE = (ReportStatus.DRAFT, ReportStatus.SUBMITTED, ReportStatus.RETURNED)

# What a report is found by in the library; an index holds them, of those that are approved.
WORDS_OF_REPORT = SearchVector(
    *("background", "what_we_did", "result", "learning", "spread"), config="swedish"
)


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, person: Person) -> "ReportQuerySet":
        """The reports of the works one may see."""
        return self.filter(work__in=Work.objects.visible_to(person))

    def live(self) -> "ReportQuerySet":
        return self.filter(status__in=LIVE)

    def published(self) -> "ReportQuerySet":
        """What anybody may read, the latest first."""
        return self.filter(published_at__isnull=False).order_by("-published_at", "-pk")

    def for_page(self) -> "ReportQuerySet":
        return self.select_related(
            *("work__unit", "work__idea", "work__strategic_area"),
            *("submitted_by", "approved_by", "coach"),
        )

    def locked(self) -> "ReportQuerySet":
        """Taken before the work (docs/locks.md)."""
        return self.select_for_update(of=("self",), no_key=True)


class Report(models.Model):
    """What a team tells about its work when it is done.

    It holds only what the team writes.  The facts beside the texts (values, chart, cycles, costs,
    people) are read from the work by `programme.queries.report_facts`, so they cannot differ.
    """

    PERSONAL_DATA: ClassVar = (
        *("background", "what_we_did", "result", "learning", "spread", "thanks"),
        *("coach_says", "coach", "approver_says", "press_text", "public_text", "public_facts"),
    )

    work = models.ForeignKey(Work, models.CASCADE, related_name="reports")
    status = models.CharField(max_length=10, choices=ReportStatus, default=ReportStatus.DRAFT)
    revision = models.PositiveSmallIntegerField(default=0)  # times submitted
    extent = models.CharField(
        _("Which report?"), max_length=6, choices=Extent, default=Extent.SIMPLE
    )
    # Counts every edit, so that what two write at the same time is shown to the later, not lost.
    version = models.PositiveIntegerField(default=0)
    background = FreeText(_("Background"), max_length=4000, blank=True)
    what_we_did = FreeText(_("What we did"), max_length=8000, blank=True)
    result = FreeText(
        _("Result"),
        max_length=4000,
        blank=True,
        help_text=_("What became better, and for whom? The values and the chart stand beside."),
    )
    learning = FreeText(_("What we learned"), max_length=4000, blank=True)
    spread = FreeText(
        _("To those who want to do the same"),
        max_length=4000,
        blank=True,
        help_text=_("Who else could use it, and what should they think of?"),
    )
    thanks = FreeText(
        _("Whom you want to thank"),
        max_length=1000,
        blank=True,
        help_text=_("By name only if they want to be named."),
    )
    coach_says = FreeText(_("The coach’s words"), max_length=2000, blank=True)
    coach = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    coach_said_at = models.DateTimeField(null=True)
    press_text = FreeText(
        _("To the press"),
        max_length=3000,
        blank=True,
        help_text=_("What became better, for whom, and who can tell more. No names of patients."),
    )
    public_text = FreeText(
        _("To residents"),
        max_length=3000,
        blank=True,
        help_text=_("The same in plain words, without names."),
    )
    # All that the public page shows (`programme.published`); kept as a draft once withdrawn.
    public_facts = models.JSONField(null=True)
    published_at = models.DateTimeField(null=True)  # the public version; null: not released
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    participants = models.PositiveSmallIntegerField(
        _("How many took part"),
        default=1,
        help_text=_("Everyone who helped, not only the team."),
    )
    reward_use = FreeLine(
        _("How you want to use the reward"),
        max_length=300,
        blank=True,
        help_text=_("The staff group chooses, for example something you do together."),
    )
    created_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approver_says = FreeText(
        _("A sentence to those who did it"),
        max_length=1000,
        blank=True,
        help_text=_("It goes to everyone with the news, and stands in the report."),
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ReportStatus.values), name="report_status_known"
            ),
            models.UniqueConstraint(
                fields=["work"], condition=Q(status__in=LIVE), name="report_one_live_per_work"
            ),
            models.UniqueConstraint(
                fields=["work"],
                condition=Q(status=ReportStatus.APPROVED),
                name="report_approved_once_per_work",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=ReportStatus.APPROVED,
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                )
                | (~Q(status=ReportStatus.APPROVED) & Q(approved_by=None, approved_at=None)),
                name="report_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status=ReportStatus.DRAFT)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False, revision__gt=0),
                name="report_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(participants__gt=0), name="report_somebody_took_part"
            ),
            models.CheckConstraint(
                condition=Q(extent__in=Extent.values), name="report_extent_known"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(
                    published_at__isnull=False,
                    published_by__isnull=False,
                    public_facts__isnull=False,
                    status=ReportStatus.APPROVED,
                ),
                name="report_published_when_approved",
            ),
            models.CheckConstraint(
                condition=Q(coach=None, coach_said_at=None)
                | Q(coach__isnull=False, coach_said_at__isnull=False),
                name="report_coach_said_it_then",
            ),
        ]
        indexes = [
            GinIndex(
                WORDS_OF_REPORT,
                condition=Q(status=ReportStatus.APPROVED),
                name="report_words_of_approved",
            )
        ]

    def __str__(self) -> str:
        return _("Report on %(work)s") % {"work": self.work}

    def label_of(self, name: str) -> str:
        """Return what the field called `name` is called on the page."""
        return str(self._meta.get_field(name).verbose_name)  # type: ignore[union-attr]

    @property
    def is_live(self) -> bool:
        return self.status in LIVE


class ReportVersion(models.Model):
    """A report as it was sent to the manager: its texts, and the facts that stood beside them."""

    PERSONAL_DATA: ClassVar = ("texts", "facts", "by")

    report = models.ForeignKey(Report, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()  # the report's revision
    texts = models.JSONField()
    facts = models.JSONField()  # plain values, to say what has changed since
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("report", "-number")
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.number}"
