from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from foundation.models import Job
from organisation.models import Person


class ResultFileQuerySet(models.QuerySet["ResultFile"]):
    def visible_to(self, person: Person) -> "ResultFileQuerySet":
        """Only what one handed in oneself, and only while it is kept."""
        return self.filter(handed_in_by=person, handed_in_at__gt=timezone.now() - ResultFile.KEPT)

    def locked(self) -> "ResultFileQuerySet":
        return self.select_for_update(of=("self",))

    def expired(self) -> "ResultFileQuerySet":
        return self.filter(handed_in_at__lte=timezone.now() - ResultFile.KEPT)


class ResultFile(models.Model):
    """A file of our own results that was handed in, read and found right, and waits for a yes.

    What is carried out must be what was shown (`preview`).  The content, which may hold what few
    answered, goes when it has been carried out; the row goes after a day.
    """

    PERSONAL_DATA: ClassVar = ("content",)
    KEPT = timedelta(days=1)

    handed_in_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    handed_in_at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    preview = models.JSONField()
    applied_at = models.DateTimeField(null=True)

    objects = ResultFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(content=b""),
                name="result_file_is_emptied_when_applied",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def job_key(self) -> str:
        return f"own-results:{self.pk}"

    @property
    def job(self) -> Job | None:
        """The work of carrying it out, once somebody has said yes.  Asks the database."""
        return Job.objects.filter(key=self.job_key).order_by("pk").last()
