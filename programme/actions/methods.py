"""Methods and strategic areas, and where in its method a work is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.models import Person
from organisation.models.unit import home_unit

from ..models import Method, MethodStep, StrategicArea, Work
from ..rules.methods import why_not_edit_methods, why_not_steps, why_not_walk

MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class StepText:
    """A step as asked for; `pk` None for a new one."""

    name: str
    asks: str = ""
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class MethodText:
    """What is said of a method, and whether works can choose it."""

    name: str
    intro: str = ""
    source: str = ""
    is_active: bool = True


@transaction.atomic
def add(*, text: MethodText, steps: Sequence[StepText], by: Person) -> Method:
    """Add a method, last in the order."""
    require(why_not_edit_methods(by, home_unit()))
    every = list(Method.objects.select_for_update())
    _named_once(text.name, every)
    last = max((method.position for method in every), default=-1)
    method = Method.objects.create(
        name=text.name,
        intro=text.intro,
        source=text.source,
        is_active=text.is_active,
        position=last + 1,
    )
    _write_steps(method, steps)
    record("method.add", method, by=by, name=method.name)
    return method


@transaction.atomic
def change(*, method_id: int, text: MethodText, steps: Sequence[StepText], by: Person) -> Method:
    """Reword a method, add steps to it, or stop or begin to offer it.

    The lock keeps works from choosing it meanwhile.

    Raises:
        Refused: works follow it, and would lose a step or stand at another.
    """
    require(why_not_edit_methods(by, home_unit()))
    every = {method.pk: method for method in Method.objects.select_for_update()}
    method = every.pop(method_id)
    _named_once(text.name, every.values())
    require(why_not_steps(method, [step.pk for step in steps]))
    before = method.name
    method.name, method.intro, method.source = text.name, text.intro, text.source
    method.is_active = text.is_active
    method.save(update_fields=["name", "intro", "source", "is_active"])
    _write_steps(method, steps)
    record("method.change", method, by=by, before=before, steps=[step.name for step in steps])
    return method


@transaction.atomic
def order(*, method_id: int, way: int, by: Person) -> None:
    """Move a method one place up (−1) or down (1) among those that are offered."""
    require(why_not_edit_methods(by, home_unit()))
    every = list(Method.objects.select_for_update())
    place = next(n for n, method in enumerate(every) if method.pk == method_id)
    other = place + way
    if not 0 <= other < len(every):
        return
    every[place], every[other] = every[other], every[place]
    for position, method in enumerate(every):
        method.position = position
    Method.objects.bulk_update(every, ["position"])
    record("method.order", every[other], by=by)


@transaction.atomic
def add_area(*, name: str, by: Person) -> StrategicArea:
    """Add a strategic area."""
    require(why_not_edit_methods(by, home_unit()))
    area, is_new = StrategicArea.objects.get_or_create(name=name.strip())
    if not is_new:
        raise Refused(_("“%(name)s” is there already.") % {"name": area.name})
    record("strategic_area.add", area, by=by, name=area.name)
    return area


@transaction.atomic
def use_area(*, area_id: int, is_active: bool, by: Person) -> None:
    """Begin or stop offering a strategic area.  Works that have it keep it."""
    require(why_not_edit_methods(by, home_unit()))
    area = StrategicArea.objects.select_for_update().get(pk=area_id)
    if area.is_active != is_active:
        area.is_active = is_active
        area.save(update_fields=["is_active"])
        record("strategic_area.use" if is_active else "strategic_area.retire", area, by=by)


# --- a work on its way through a method ------------------------------------------------------


@transaction.atomic
def step_on(*, work_id: int, seen: int | None = None, by: Person) -> Work:
    """Take a work one step on in its method.

    Args:
        seen: The step that the page showed, so that a double click takes one step.
    """
    work, steps = _walking(work_id, by)
    if seen is not None and seen != work.method_step:
        return work
    if work.method_step >= len(steps):
        raise Refused(_("The work is at the last step of its method."))
    return _to(work, steps, work.method_step + 1, "work.method_on", "", by)


@transaction.atomic
def step_back(*, work_id: int, why: str, seen: int | None = None, by: Person) -> Work:
    """Take a work one step back in its method, with a sentence on why, which the diary keeps."""
    work, steps = _walking(work_id, by)
    if not why.strip():
        raise Refused(_("Write why first. It is kept in the diary."))
    if seen is not None and seen != work.method_step:
        return work
    if work.method_step <= 1:
        raise Refused(_("The work is at the first step of its method."))
    return _to(work, steps, work.method_step - 1, "work.method_back", why.strip(), by)


def _walking(work_id: int, by: Person) -> tuple[Work, list[MethodStep]]:
    """Lock the work, and return it with the steps of its method."""
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not_walk(work, by))
    steps = list(MethodStep.objects.filter(method=work.method_id)) if work.method_id else []
    if not steps:
        raise Refused(_("The work follows no method with steps."))
    return work, steps


def _to(work: Work, steps: list[MethodStep], place: int, kind: str, why: str, by: Person) -> Work:
    left = work.method_step
    work.method_step = place
    work.save(update_fields=["method_step"])
    reason = {"why": why} if why else {}
    record(kind, work, by=by, step=steps[place - 1].name, number=place, left=left, **reason)
    return work


def _write_steps(method: Method, steps: Sequence[StepText]) -> None:
    """Let `method` have these steps, in this order."""
    if len(steps) > MOST_STEPS:
        raise Refused(_("A method has at most %(most)s steps.") % {"most": MOST_STEPS})
    kept = [step.pk for step in steps if step.pk is not None]
    MethodStep.objects.filter(method=method).exclude(pk__in=kept).delete()
    # Out of the way first: two steps cannot have the same number, not even for a moment.
    away = MethodStep.objects.filter(method=method).aggregate(last=Max("number"))["last"] or 0
    for number, step in enumerate(steps, start=1):
        if step.pk is not None:
            MethodStep.objects.filter(method=method, pk=step.pk).update(
                number=away + len(steps) + number, name=step.name, asks=step.asks
            )
    for number, step in enumerate(steps, start=1):
        if step.pk is None:
            MethodStep.objects.create(method=method, number=number, name=step.name, asks=step.asks)
        else:
            MethodStep.objects.filter(method=method, pk=step.pk).update(number=number)


def _named_once(name: str, others: object) -> None:
    if any(method.name == name for method in others):  # type: ignore[attr-defined]
        raise Refused(_("There is another method called “%(name)s”.") % {"name": name})
