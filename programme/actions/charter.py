"""Changing the charter of a work, while others may be doing the same."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.models import Person

from ..models import Method, Work, WorkStatus
from ..queries.charter import changed_since
from ..rules.methods import why_not_choose
from ..rules.works import why_not_asked_by, why_not_edit, why_not_over
from .moving import tell
from .works import write

LONGEST_CHAIN = 20  # of works that are part of each other


@transaction.atomic
def change(
    *, work_id: int, changes: Mapping[str, object], seen_version: int | None = None, by: Person
) -> Work:
    """Write some fields of the charter.

    Args:
        changes: The fields of one form, by name.
        seen_version: `Work.version` when the form was opened; None when there was no form.

    Raises:
        Refused: not the leader, somebody else has written in the same fields since, a manager
            who cannot say yes, a method that is retired, or two works that are part of each other.
    """
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not_edit(work, by))
    written = dict(changes)
    theirs = _theirs(work, written, seen_version)
    require(why_not_over(work, seen_version, theirs))
    manager = written.get("asked_by", work.asked_by)
    is_new_manager = isinstance(manager, Person) and manager.pk != work.asked_by_id
    if "asked_by" in written and (is_new_manager or work.status == WorkStatus.PROPOSED):
        assert manager is None or isinstance(manager, Person)
        require(why_not_asked_by(manager, work.unit))
    if isinstance(part_of := written.get("supports"), Work):
        require(_why_not_part_of(work, part_of))
    write(work, written, by=by)
    if is_new_manager and work.status == WorkStatus.PROPOSED and isinstance(manager, Person):
        tell(work, "propose", [manager], by=by)
    return work


@transaction.atomic
def choose_method(*, work_id: int, method: Method | None, by: Person) -> Work:
    """Let a work follow another method, from its first step; the diary says what it was."""
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not_edit(work, by))
    require(why_not_choose(method, work.method_id))
    chosen = method.pk if method else None
    if chosen == work.method_id:
        return work
    work.method, work.method_step = method, 1
    work.version += 1
    work.save(update_fields=["method", "method_step", "version"])
    name = method.name if method else _("no method")
    record("work.method", work, by=by, step=name, version=work.version, fields=["method"])
    return work


def _theirs(work: Work, written: Mapping[str, object], seen: int | None) -> set[str]:
    """Return the fields that somebody else has written since, and that differ from ours."""
    if seen is None or seen == work.version:
        return set()
    return {
        name
        for name in changed_since(work, seen)
        if name in written and getattr(work, name) != written[name]
    }


def _why_not_part_of(work: Work, other: Work) -> str | None:
    """Say why `work` cannot be part of `other`: it must not come round to itself."""
    above: Work | None = other
    for _place in range(LONGEST_CHAIN):
        if above is None:
            return None
        if above.pk == work.pk:
            return _("The other work is a part of this one already. Choose one of the ways.")
        above = above.supports
    raise Refused(_("Too many works are part of each other."))
