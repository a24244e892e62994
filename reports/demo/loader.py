"""Let it all happen: the organisation, the money, the ideas and the works, in order of time."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation

from measures.actions import sample
from organisation.models import Unit

from . import organisation
from .clock import Calendar, moment_on, set_back

BEGAN_DAYS_AGO = 800


@transaction.atomic
def load() -> bool:
    """Load the demo, unless there is an organisation already; say whether it was loaded."""
    if Unit.objects.exists():
        return False
    calendar = Calendar(timezone.localdate())
    with translation.override("sv"), set_back(timezone.now()) as clock:
        sample.load()
        clock.moment -= timedelta(days=BEGAN_DAYS_AGO)
        organisation.make(clock.on)
    return True
