"""Lists of our own, of municipalities to compare with."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.models import Person

from ..models import Kind, Municipality, MunicipalityGroup
from ..rules.areas import why_not_name
from ..rules.keeping import why_not_keep

MOST_MEMBERS = 60


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: its name, and who is on it (ids).  Home may be on it, and is then left out of it."""

    title: str
    members: Collection[int] = ()


@transaction.atomic
def add(*, listed: Listed, by: Person) -> MunicipalityGroup:
    """Make a list of our own.  The same asked for twice is one list.

    Raises:
        Refused: not a quality lead, nobody on it, too many, or another list has the name.
    """
    require(why_not_keep(by))
    members = _members(listed)
    same = MunicipalityGroup.objects.filter(code="", title=listed.title, members=members).first()
    if same is not None:
        return same
    _check(listed, members)
    group = MunicipalityGroup.objects.create(title=listed.title, members=members)
    record("group.add", group, by=by, title=group.title, members=members)
    return group


@transaction.atomic
def change(*, group_id: int, listed: Listed, by: Person) -> MunicipalityGroup:
    """Call a list something else, or put others on it."""
    require(why_not_keep(by))
    group = _own(group_id)
    members = _members(listed)
    _check(listed, members, group)
    if (group.title, group.members) != (listed.title, members):
        record(
            "group.change",
            group,
            by=by,
            before={"title": group.title, "members": group.members},
            after={"title": listed.title, "members": members},
        )
        group.title, group.members = listed.title, members
        group.save(update_fields=["title", "members"])
    return group


@transaction.atomic
def delete(*, group_id: int, by: Person) -> None:
    """Take a list away.  Who has it in an address then sees all.  Twice is harmless."""
    require(why_not_keep(by))
    group = MunicipalityGroup.objects.filter(code="", pk=group_id).first()
    if group is not None:
        record("group.delete", group, by=by, title=group.title, members=group.members)
        group.delete()


def _own(group_id: int) -> MunicipalityGroup:
    return MunicipalityGroup.objects.select_for_update(no_key=True).get(code="", pk=group_id)


def _members(listed: Listed) -> list[int]:
    """Return those of the asked for that exist and can be compared with, in the order of names."""
    some = Municipality.objects.filter(pk__in=listed.members).exclude(kind=Kind.COUNTRY)
    return list(some.order_by("name_order").values_list("pk", flat=True))


def _check(listed: Listed, members: list[int], group: MunicipalityGroup | None = None) -> None:
    others = MunicipalityGroup.objects.filter(code="").exclude(pk=group.pk if group else 0)
    require(why_not_name(listed.title, set(others.values_list("title", flat=True))))
    if not members:
        raise Refused(_("Put at least one municipality on the list."))
    if len(members) > MOST_MEMBERS:
        raise Refused(_("Choose at most %(most)s.") % {"most": MOST_MEMBERS})
