"""Who in a queue gets money: asked by what serves it and by what foretells it."""

from collections.abc import Sequence

from ..models import QueueRule


def served(amounts_ore: Sequence[int], left_ore: int, rule: str) -> list[int]:
    """Return the places, from 0, that money is enough for.

    Args:
        amounts_ore: What each needs, in the order of decision.
        rule: `QueueRule.STRICT`: the first that does not fit stops the rest.
            `QueueRule.NEXT_THAT_FITS`: it is passed by, and keeps its place.

    >>> served([20, 30, 10], 35, QueueRule.STRICT), served([20, 30, 10], 35, QueueRule.NEXT_THAT_FITS)
    ([0], [0, 2])
    """
    places = []
    for place, amount_ore in enumerate(amounts_ore):
        if amount_ore <= left_ore:
            places.append(place)
            left_ore -= amount_ore
        elif rule == QueueRule.STRICT:
            break
    return places
