from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, When

from foundation.search_choice import Option
from foundation.swedish import holds_every, sought_in, sought_words, swedish_order_of

from ..permissions import Permission


class UnitQuerySet(models.QuerySet["Unit"]):
    def in_tree_order(self) -> "UnitQuerySet":
        """Each unit under the one it belongs to, siblings in Swedish order."""
        return self.order_by("tree_order")

    def active(self) -> "UnitQuerySet":
        return self.filter(is_active=True)

    def found_by(self, text: str) -> "UnitQuerySet":
        """Those whose name and code hold every word of `text`; those that begin so come first."""
        words = sought_words(text)
        begins = Q(sought__startswith=" ".join(words))
        return self.filter(holds_every(words)).order_by(
            Case(When(begins, then=0), default=1), "tree_order"
        )

    def as_options(self, units: "Sequence[Unit]") -> list[Option]:
        """Return how each is shown to choose, with the units that it is part of.  One query.

        The topmost is left out: it would be the same for all.
        """
        above = Unit.objects.in_bulk({pk for unit in units for pk in unit.lineage[1:-1]})
        return [
            Option(
                str(unit.pk),
                unit.name,
                " › ".join(above[pk].name for pk in unit.lineage[1:-1]) or unit.kind,
            )
            for unit in units
        ]

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
    sought = sought_in("name", "code", max_length=261)

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
