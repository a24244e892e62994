from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Person
from programme.models import Report


class DocumentKind(models.TextChoices):
    DRAFT = "draft", _("Draft")  # to read before it is sent in; made anew as often as one likes
    FINAL = "final", _("Approved report")  # made once and kept; a trigger refuses to change it


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, person: Person) -> "DocumentQuerySet":
        """The papers of the reports one may see."""
        return self.filter(report__in=Report.objects.visible_to(person))

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

    report = models.ForeignKey(Report, models.PROTECT, related_name="documents")
    revision = models.PositiveSmallIntegerField()  # of the report
    kind = models.CharField(max_length=10, choices=DocumentKind)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
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
                fields=["report", "revision", "kind", "language"],
                name="document_once_per_revision_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values), name="document_kind_known"
            ),
            models.CheckConstraint(condition=Q(pages__gt=0), name="document_has_pages"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.report}"
