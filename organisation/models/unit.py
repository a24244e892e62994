from typing import Any

from django.db import models
from django.db.models import F, Q

from foundation.swedish import swedish_order_of

from ..permissions import Permission


class UnitQuerySet(models.QuerySet["Unit"]):
    def in_tree_order(self) -> "UnitQuerySet":
        """Each unit under the one it belongs to, siblings in Swedish order."""
        return self.order_by("tree_order")

    def active(self) -> "UnitQuerySet":
        return self.filter(is_active=True)

    def managed_by(self, person: Any) -> "UnitQuerySet":
        """The gate for administering units: those where `person` may administer."""
        return self.filter(person.reach(Permission.ORGANISATION_MANAGE, through=""))

    def locked(self) -> "UnitQuerySet":
        return self.select_for_update(of=("self",), no_key=True)


class Unit(models.Model):
    """A part of the organisation: the whole of it, an administration, an area, a workplace.

    What the levels are called is data (`kind`), so a municipality and a region use their own
    words.  Units are moved and renamed through `organisation.actions.units`, which keeps `path`
    and `tree_order` of everything below.
    """

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, blank=True)  # "Förvaltning", "Område", "Enhet"
    code = models.CharField(max_length=60, unique=True)  # its name in the personnel system
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(
        max_length=200, unique=True, db_collation="C"
    )  # "/1/4/17/": own id last
    tree_order = models.CharField(max_length=2000, db_collation="C", default="")
    municipality_code = models.CharField(max_length=4, blank=True)  # on the root: "0883"
    is_active = models.BooleanField(default=True)
    name_order = swedish_order_of("name")

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(path__startswith="/", path__endswith="/"),
                name="unit_path_has_both_slashes",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")), name="unit_is_not_in_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def lineage(self) -> list[int]:
        """The ids from the topmost unit down to this one."""
        return [int(pk) for pk in self.path.strip("/").split("/")]

    @property
    def depth(self) -> int:
        """How far down it lies; the topmost is 0."""
        return self.path.count("/") - 2

    def is_within(self, other: "Unit") -> bool:
        """Say whether this is `other` or a part of it."""
        return self.path.startswith(other.path)


def within(unit: Unit, *, through: str = "") -> Q:
    """Return the condition that something belongs to `unit` or to a part of it.

    Args:
        through: The path to the unit from what is asked for: "unit", "idea__unit"; empty for units.
    """
    return Q(**{f"{through}__path__startswith" if through else "path__startswith": unit.path})


def home_unit() -> Any:
    """Return the topmost unit, the organisation itself, or None before it is set up."""
    return Unit.objects.filter(parent=None).order_by("pk").first()
