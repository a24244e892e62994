from typing import ClassVar

from django.db import models
from django.utils import timezone

from .person import Person


class GuestPass(models.Model):
    """A link by which a guest signs in, until a day.  Only a fingerprint of its secret is kept."""

    PERSONAL_DATA: ClassVar = ("person", "made_by")

    person = models.ForeignKey(Person, models.CASCADE, related_name="passes")
    fingerprint = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret, in hex
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField()
    used_at = models.DateTimeField(null=True)  # the last time
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person}: {self.expires_on}"
