from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from foundation.models import Job

from .person import Person


class ImportFileQuerySet(models.QuerySet["ImportFile"]):
    def visible_to(self, person: Person) -> "ImportFileQuerySet":
        """Only what one handed in oneself, and only while it is kept."""
        return self.filter(handed_in_by=person, handed_in_at__gt=timezone.now() - ImportFile.KEPT)

    def locked(self) -> "ImportFileQuerySet":
        return self.select_for_update(of=("self",))

    def expired(self) -> "ImportFileQuerySet":
        return self.filter(handed_in_at__lte=timezone.now() - ImportFile.KEPT)


class ImportFile(models.Model):
    """A file of units or people that was handed in, read and found right, and waits for a yes.

    What it would change is kept as it was shown (`preview`), and what is carried out must be the
    same.  The content goes when it has been carried out; the row goes after a day.
    """

    PERSONAL_DATA: ClassVar = ("content", "preview")
    KEPT = timedelta(days=1)

    handed_in_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    handed_in_at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    is_complete = models.BooleanField()  # whoever is not in it has left
    preview = models.JSONField()
    applied_at = models.DateTimeField(null=True)

    objects = ImportFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(content=b""),
                name="import_file_is_emptied_when_applied",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def job_key(self) -> str:
        return f"organisation-import:{self.pk}"

    @property
    def job(self) -> Job | None:
        """The work of carrying it out, once somebody has said yes.  Asks the database."""
        return Job.objects.filter(key=self.job_key).order_by("pk").last()
