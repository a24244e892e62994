"""Ideas as rows of a list and as cards on the board."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from foundation.swedish import SwedishOrderKey

from ..models import Idea, IdeaStatus, Support
from ..models.idea import IdeaQuerySet

MOST = 900  # so far back one turns pages; beyond it one narrows
MOST_CARDS = 8  # in a column of the board

# The columns of the board, in the order in which ideas pass them.
COLUMNS = (
    IdeaStatus.SUBMITTED,
    IdeaStatus.PREPARING,
    IdeaStatus.RETURNED,
    IdeaStatus.READY,
    IdeaStatus.QUEUED,
)

LATEST_FIRST = "-left"
# What a list can be sorted by: the name in the address, and the columns that it means.
SORTED_BY: dict[str, tuple[str, ...]] = {
    "title": ("title_order",),
    "unit": ("unit__tree_order",),
    "author": ("author__family_order", "author__given_order"),
    "left": ("created_at",),
    "cost": ("seen_ore",),
    "lead": ("assigned_to__family_order", "assigned_to__given_order"),
    "supports": ("supported",),
    "state": ("state_order",),
}
_STATES = Case(
    *(When(status=state, then=Value(n)) for n, state in enumerate(IdeaStatus.values)),
    output_field=IntegerField(),
)


def as_rows(ideas: IdeaQuerySet, amounts_seen: Q) -> IdeaQuerySet:
    """Give each idea what a row or a card shows; reading anything more is an error, not a query.

    Args:
        amounts_seen: Whose `seen_ore` is given; it is None for the others.
    """
    supports = Support.objects.filter(idea=OuterRef("pk")).order_by().values("idea")
    return (
        ideas.for_list()
        .select_related("assigned_to")
        .annotate(
            supported=Coalesce(Subquery(supports.annotate(n=Count("pk")).values("n")), 0),
            seen_ore=Case(When(amounts_seen, then=F("asked_ore"))),
        )
    )


class Latest:
    """The latest of some ideas, to be turned page by page in the order asked for.

    However many there are, no more than `most` are sorted, so that every order costs the same.
    First their ids are found, in one query; a page of them is read in another.

    Args:
        ideas: Those that are asked for, in no order.
        sort: A key of `SORTED_BY`, with a minus sign before it for the other way round.
        amounts_seen: Whose amounts are shown and sorted by.
    """

    def __init__(
        self, ideas: IdeaQuerySet, *, sort: str, amounts_seen: Q, most: int = MOST
    ) -> None:
        newest = ideas.order_by("-created_at", "-pk").values_list("pk", flat=True)
        self._ids = list(newest[:most])
        self._sort = sort
        self._amounts_seen = amounts_seen

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, part: slice) -> list[Idea]:
        if self._sort != LATEST_FIRST:
            return list(self._sorted()[part])
        asked = Idea.objects.filter(pk__in=self._ids[part])
        return list(as_rows(asked, self._amounts_seen).order_by("-created_at", "-pk"))

    def _sorted(self) -> IdeaQuerySet:
        name, downwards = self._sort.lstrip("-"), self._sort.startswith("-")
        rows = as_rows(Idea.objects.filter(pk__in=self._ids), self._amounts_seen)
        if name == "title":
            rows = rows.annotate(title_order=SwedishOrderKey("title"))
        if name == "state":
            rows = rows.annotate(state_order=_STATES)
        columns = [F(column) for column in SORTED_BY[name]]
        order = [c.desc(nulls_last=True) if downwards else c.asc(nulls_last=True) for c in columns]
        return rows.order_by(*order, "-created_at", "-pk")


@dataclass(frozen=True, slots=True)
class Column:
    """One state on the board: its first cards, and how many there are."""

    state: IdeaStatus
    ideas: list[Idea]
    count: int


def board_of(ideas: IdeaQuerySet, amounts_seen: Q) -> list[Column]:
    """Return the columns of the board, in each what has waited longest first.  Three queries."""
    counts = dict(
        ideas.filter(status__in=COLUMNS).order_by().values_list("status").annotate(Count("pk"))
    )
    oldest = [
        ideas.filter(status=state).order_by("created_at", "pk").values("pk")[:MOST_CARDS]
        for state in COLUMNS
    ]
    shown = oldest[0].union(*oldest[1:], all=True)
    cards: Mapping[str, list[Idea]] = {state: [] for state in COLUMNS}
    first = list(shown.values_list("pk", flat=True))
    for idea in as_rows(Idea.objects.filter(pk__in=first), amounts_seen).order_by(
        "created_at", "pk"
    ):
        cards[idea.status].append(idea)
    return [Column(state, cards[state], counts.get(state, 0)) for state in COLUMNS]
