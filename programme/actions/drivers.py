"""Everything that changes a driver diagram.  The work is locked, so its boxes change one by one."""

from collections.abc import Sequence

from django.db import transaction

from foundation.errors import require
from foundation.journal import record
from organisation.models import Person

from ..models import Driver, Work
from ..rules.drivers import why_not_add, why_not_delete, why_not_draw, why_not_move


@transaction.atomic
def add(*, work_id: int, parent_id: int | None, kind: str, text: str, by: Person) -> Driver:
    """Put a box last under `parent_id`; None: on the aim itself.

    The same text under the same box is there already: a second click adds nothing.
    """
    work = _locked(work_id)
    require(why_not_draw(work, by))
    parent = work.drivers.get(pk=parent_id) if parent_id else None
    siblings = list(work.drivers.filter(parent=parent))
    there = next((box for box in siblings if box.text == text and box.kind == kind), None)
    if there is not None:
        return there
    require(why_not_add(work, work.drivers.count(), parent, kind))
    driver = Driver.objects.create(
        work=work, parent=parent, kind=kind, text=text, position=_after(siblings)
    )
    record("work.draw", work, by=by, added=driver.pk)
    return driver


@transaction.atomic
def change(*, driver_id: int, text: str, parent_id: int | None, by: Person) -> Driver:
    """Write a box anew, and hang it on another; its own boxes follow.

    Args:
        parent_id: The box that it leads to; None: the aim.
    """
    driver = _found(driver_id)
    require(why_not_draw(driver.work, by))
    parent = driver.work.drivers.get(pk=parent_id) if parent_id else None
    require(why_not_move(driver, parent))
    if driver.parent_id != parent_id:
        driver.position = _after(list(driver.work.drivers.filter(parent=parent)))
    driver.text, driver.parent = text, parent
    driver.save(update_fields=["text", "parent", "position"])
    record("work.draw", driver.work, by=by, changed=driver.pk)
    return driver


@transaction.atomic
def shift(*, driver_id: int, by_places: int, by: Person) -> None:
    """Move a box up (-1) or down (1) among those beside it; at the end it stays."""
    driver = _found(driver_id)
    require(why_not_draw(driver.work, by))
    row = list(driver.work.drivers.filter(parent=driver.parent_id))
    place = next(n for n, box in enumerate(row) if box.pk == driver.pk)
    row.insert(max(0, place + by_places), row.pop(place))
    for position, box in enumerate(row):
        box.position = position
    Driver.objects.bulk_update(row, ["position"])
    record("work.draw", driver.work, by=by, moved=driver.pk)


@transaction.atomic
def delete(*, driver_id: int, by: Person) -> None:
    """Take a box away, and all that hangs on it.  What has been tested stays."""
    driver = _found(driver_id)
    require(why_not_draw(driver.work, by))
    going = below(driver)
    tested = Driver.objects.filter(pk__in=[box.pk for box in going], cycles__isnull=False)
    require(why_not_delete(list(tested.distinct())))
    record("work.draw", driver.work, by=by, taken_away=[box.pk for box in going])
    driver.delete()


def below(driver: Driver) -> list[Driver]:
    """Return `driver` and all boxes that hang on it.  One query."""
    boxes = list(Driver.objects.filter(work=driver.work_id))
    found, row = [driver], [driver.pk]
    while row:
        under = [box for box in boxes if box.parent_id in row]
        found += under
        row = [box.pk for box in under]
    return found


def _after(siblings: Sequence[Driver]) -> int:
    return max((box.position for box in siblings), default=-1) + 1


def _locked(work_id: int) -> Work:
    return Work.objects.locked().select_related("unit").get(pk=work_id)


def _found(driver_id: int) -> Driver:
    """Lock the work, then read the box."""
    work = _locked(Driver.objects.values_list("work", flat=True).get(pk=driver_id))
    driver = Driver.objects.get(pk=driver_id)
    driver.work = work
    return driver
