"""The gate to the areas of the Quality viewer, for what is made of them."""

from django.db.models import QuerySet

from measures.models import QualityArea
from organisation.models import Person
from organisation.permissions import Permission


def areas_seen_by(person: Person) -> QuerySet[QualityArea]:
    """Return every area; those that are hidden only for who looks after them."""
    if person.may_somewhere(Permission.QUALITY_EDIT):
        return QualityArea.objects.all()
    return QualityArea.objects.filter(is_hidden=False)
