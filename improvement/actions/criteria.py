"""By what ideas are judged: the same for the whole organisation."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.models import Person
from organisation.models.unit import home_unit

from ..models import Criterion
from ..rules.preparing import why_not_set_criteria


@transaction.atomic
def add(*, name: str, question: str, by: Person) -> Criterion:
    """Add a criterion last in the order."""
    in_order = _locked(by)
    _named_once(in_order, name)
    last = max((criterion.position for criterion in in_order), default=-1)
    criterion = Criterion.objects.create(name=name, question=question, position=last + 1)
    record("criterion.add", criterion, by=by, name=name)
    return criterion


@transaction.atomic
def change(*, criterion_id: int, name: str, question: str, by: Person) -> Criterion:
    """Call a criterion something else.  One of the usual with no words gets its usual ones back."""
    in_order = _locked(by)
    criterion = _one(in_order, criterion_id)
    if not name and not criterion.key:
        raise Refused(_("Give it a name."))
    _named_once([other for other in in_order if other != criterion], name)
    before = str(criterion)
    criterion.name, criterion.question = name, question
    criterion.save(update_fields=["name", "question"])
    record("criterion.change", criterion, by=by, before=before, after=str(criterion))
    return criterion


@transaction.atomic
def use(*, criterion_id: int, is_active: bool, by: Person) -> Criterion:
    """Begin or stop asking for a criterion.  The points it has been given are kept."""
    criterion = _one(_locked(by), criterion_id)
    if criterion.is_active != is_active:
        criterion.is_active = is_active
        criterion.save(update_fields=["is_active"])
        record("criterion.use" if is_active else "criterion.retire", criterion, by=by)
    return criterion


@transaction.atomic
def move(*, criterion_id: int, up: bool, by: Person) -> Criterion:
    """Let a criterion change places with the one before or after it; at the end it stays."""
    in_order = _locked(by)
    criterion = _one(in_order, criterion_id)
    at = in_order.index(criterion)
    to = at + (-1 if up else 1)
    if 0 <= to < len(in_order):
        in_order[at], in_order[to] = in_order[to], in_order[at]
    for position, each in enumerate(in_order):
        each.position = position
    Criterion.objects.bulk_update(in_order, ["position"])
    return criterion


def _locked(by: Person) -> list[Criterion]:
    """Return all criteria in their order, held until the transaction ends."""
    require(why_not_set_criteria(by, home_unit()))
    return list(Criterion.objects.select_for_update().order_by("position", "pk"))


def _one(criteria: list[Criterion], criterion_id: int) -> Criterion:
    found = next((each for each in criteria if each.pk == criterion_id), None)
    if found is None:
        raise Refused(_("It is no longer there."))
    return found


def _named_once(others: list[Criterion], name: str) -> None:
    """Refuse a name that another has, in either case, also where it is one of the usual names."""
    if any(name.casefold() == str(other).casefold() for other in others):
        raise Refused(_("There is already a criterion called “%(name)s”.") % {"name": name})
