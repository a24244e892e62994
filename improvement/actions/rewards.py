"""What a staff group says about its reward."""

from django.db import transaction
from django.utils import timezone

from foundation.errors import require
from foundation.journal import record
from organisation.models import Person

from ..models import Decision, Idea, RewardUse
from ..rules.rewards import why_not_declare_use


@transaction.atomic
def declare_use(
    *,
    decision_id: int,
    kind: str,
    description: str = "",
    leads_the_work: bool = False,
    by: Person,
) -> RewardUse:
    """Say what a reward is to be used for; said anew, it is changed.

    Args:
        kind: A `RewardKind`; what is cash-like is taxed.
        leads_the_work: Said by the work's own page, which knows its leader.
    """
    decision = Decision.objects.select_related("idea__unit").get(pk=decision_id)
    Idea.objects.locked().get(pk=decision.idea_id)
    require(why_not_declare_use(decision, by, leads_the_work=leads_the_work))
    use, _is_new = RewardUse.objects.update_or_create(
        decision=decision,
        defaults={
            "kind": kind,
            "description": description.strip(),
            "declared_by": by,
            "declared_at": timezone.now(),
        },
    )
    record("reward.use", decision, by=by, use=kind)
    return use
