"""The four key features of many works at once."""

from collections import defaultdict
from collections.abc import Sequence

from ..guidance.features import Features, features_of
from ..models import Cycle, Work
from .cycles import measured_of


def features_of_works(works: Sequence[Work]) -> dict[int, Features]:
    """Return the key features of each work, by its id.  Two queries, however many the works."""
    cycles: dict[int, list[Cycle]] = defaultdict(list)
    for cycle in Cycle.objects.filter(work__in=works).order_by("number"):
        cycles[cycle.work_id].append(cycle)
    measured = measured_of(works)
    return {work.pk: features_of(cycles[work.pk], measured.get(work.pk, ())) for work in works}
