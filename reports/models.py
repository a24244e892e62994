from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from organisation.models import Person
from programme.models import Report

from .papers import PAPERS, REPORT, Edition


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, person: Person) -> "DocumentQuerySet":
        """The papers about what one may have them of: each kind has a gate of its own."""
        seen = Q(pk__in=[])
        for name, kind in PAPERS.items():
            seen |= Q(kind=name, subject_id__in=kind.subjects(person).order_by().values("pk"))
        return self.filter(seen)

    def without_content(self) -> "DocumentQuerySet":
        """All about the papers but their bytes, which only a download needs."""
        return self.defer("content", "facts")


class Document(models.Model):
    """A finished PDF and what it was made from, so that it can be explained years later.

    The bytes are in the database and not in a folder, so that they are saved in the same
    transaction as the last step of the job that made them: there is never half a document, and
    never two.
    """

    PERSONAL_DATA: ClassVar = ("facts", "content")

    kind = models.CharField(max_length=20)  # one of PAPERS: "report"; new words need no migration
    subject_id = models.BigIntegerField()  # what it is about: a report, a unit, as its kind says
    # The subject once more where it is a report, which then cannot be taken away under it.
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="documents")
    revision = models.PositiveSmallIntegerField()  # of the subject
    # Which of several: a size, a selection, the settings of a view.
    variant = models.CharField(max_length=1000, blank=True)
    edition = models.CharField(max_length=10, choices=Edition)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    title = models.CharField(max_length=200)  # names the file
    facts = models.JSONField(encoder=DjangoJSONEncoder)
    content = models.BinaryField()
    pages = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    size = models.GeneratedField(
        expression=Func(F("content"), function="OCTET_LENGTH"),
        output_field=models.PositiveIntegerField(),
        db_persist=True,
    )
    sha256 = models.GeneratedField(
        expression=Func(Func(F("content"), function="SHA256"), Value("hex"), function="ENCODE"),
        output_field=models.CharField(max_length=64),
        db_persist=True,
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "revision", "variant", "edition", "language"],
                name="document_once_per_subject_and_edition",
            ),
            models.CheckConstraint(
                condition=Q(kind=REPORT, report=F("subject_id"))
                | (~Q(kind=REPORT) & Q(report=None)),
                name="document_of_a_report_holds_on_to_it",
            ),
            models.CheckConstraint(
                condition=Q(edition__in=Edition.values), name="document_edition_known"
            ),
            models.CheckConstraint(condition=Q(pages__gt=0), name="document_has_pages"),
        ]

    def __str__(self) -> str:
        return self.title
