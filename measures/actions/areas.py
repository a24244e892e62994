"""The areas of the quality viewer: added, described, put in order, hidden and taken away."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.text import slugify

from foundation.errors import require
from foundation.journal import record
from organisation.models import Person

from ..models import QualityArea
from ..queries.groups import subjects_of
from ..queries.viewer import home_municipality
from ..rules.areas import TAKEN, why_not_delete_area, why_not_likeness, why_not_name
from ..rules.team import why_not_text
from . import comparisons
from .defining import difference, hold_definitions, next_place, place, shifted


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of an area.

    Attributes:
        likeness: The subject of the groups of similar municipalities that it is compared with;
            empty for the overall ones.
    """

    name: str
    about: str = ""
    likeness: str = ""


@transaction.atomic
def add(*, described: Described, by: Person | None) -> QualityArea:
    """Add an area after the others, without measures.  The same said twice is one area.

    Raises:
        Refused: not a quality lead, or another area has the name.
    """
    hold_definitions(by)
    if same := QualityArea.objects.filter(**asdict(described), measures=None).first():
        return same
    _check(described)
    area = QualityArea.objects.create(
        **asdict(described),
        slug=_free_slug(described.name),
        position=next_place(QualityArea.objects.all()),
    )
    record("area.add", area, by=by, name=area.name, slug=area.slug)
    return area


@transaction.atomic
def change(*, area_id: int, described: Described, by: Person | None) -> QualityArea:
    """Call an area something else, or compare it with others.  Its address stays."""
    hold_definitions(by)
    area = QualityArea.objects.get(pk=area_id)
    _check(described, area)
    wanted = asdict(described)
    changed = difference({name: getattr(area, name) for name in wanted}, wanted)
    if changed:
        for name, value in wanted.items():
            setattr(area, name, value)
        area.save(update_fields=list(changed))
        record("area.change", area, by=by, changed=changed)
    return area


@transaction.atomic
def hide(*, area_id: int, is_hidden: bool, by: Person | None) -> QualityArea:
    """Take an area out of the quality viewer with all its measures kept, or put it back."""
    hold_definitions(by)
    area = QualityArea.objects.get(pk=area_id)
    if area.is_hidden != is_hidden:
        area.is_hidden = is_hidden
        area.save(update_fields=["is_hidden"])
        record("area.hide" if is_hidden else "area.show", area, by=by)
    return area


@transaction.atomic
def arrange(*, area_ids: Sequence[int], by: Person | None) -> None:
    """Put the areas in the order of `area_ids`; those not named come after."""
    hold_definitions(by)
    _arrange(list(QualityArea.objects.all()), area_ids, by)


@transaction.atomic
def shift(*, area_id: int, steps: int, by: Person | None) -> None:
    """Move an area so many steps down, or up; at the end it stays."""
    hold_definitions(by)
    areas = list(QualityArea.objects.all())
    _arrange(areas, shifted(areas, area_id, steps), by)


@transaction.atomic
def delete(*, area_id: int, by: Person | None) -> None:
    """Take an area away with its measures and their goals, for good.  Twice is harmless.

    The journal keeps what it was.  The KPIs and their values are not touched.

    Raises:
        Refused: not a quality lead, or something has been made public from it.
    """
    hold_definitions(by)
    area = QualityArea.objects.select_for_update().filter(pk=area_id).first()
    if area is None:
        return
    require(why_not_delete_area(area))
    comparisons.hold()
    measures = area.measures.prefetch_related("parts__kpi", "goals")
    was = [
        {
            "name": measure.name,
            "parts": [[part.kpi.code, part.is_left_out] for part in measure.parts.all()],
            "goals": len(measure.goals.all()),
        }
        for measure in measures
    ]
    record("area.delete", area, by=by, name=area.name, slug=area.slug, measures=was)
    area.delete()


def _arrange(areas: list[QualityArea], area_ids: Sequence[int], by: Person | None) -> None:
    before = [area.slug for area in areas]
    if areas and place(areas, area_ids):
        after = list(QualityArea.objects.values_list("slug", flat=True))
        record("area.arrange", areas[0], by=by, changed={"order": [before, after]})


def _check(described: Described, area: QualityArea | None = None) -> None:
    """Refuse what an area cannot be called, or be compared with."""
    others = QualityArea.objects.exclude(pk=area.pk if area else 0)
    require(why_not_name(described.name, set(others.values_list("name", flat=True))))
    require(why_not_text(described.about, most=300))
    home = home_municipality()
    subjects = subjects_of(home) if home and described.likeness else []
    before = area.likeness if area else ""
    require(why_not_likeness(described.likeness, subjects, before=before))


def _free_slug(name: str) -> str:
    """Return an address for an area, "sarskilt-boende", that nothing else has."""
    wanted = slugify(name)[:46] or "omrade"
    taken = TAKEN | set(QualityArea.objects.values_list("slug", flat=True))
    tries = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in tries if slug not in taken)
