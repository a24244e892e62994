"""Kolada's groups of similar municipalities say whom they are for in their titles alone."""

import re
from typing import NamedTuple

TITLE = re.compile(
    r"Liknande (?:kommuner|regioner),? (?P<subject>.+), (?P<name>.+), (?P<year>\d{4})"
)


class Likeness(NamedTuple):
    subject: str  # "äldreomsorg"
    name: str  # of the municipality that the members are like
    year: int


def likeness_of(title: str) -> Likeness | None:
    """Read the title of a group; None when it is of another kind.

    >>> likeness_of("Liknande kommuner äldreomsorg, Västervik, 2024")
    Likeness(subject='äldreomsorg', name='Västervik', year=2024)
    >>> likeness_of("Liknande kommuner, övergripande, Västervik, 2025").subject
    'övergripande'
    >>> likeness_of("Kalmar läns kommuner (ovägt medel)")
    """
    found = TITLE.fullmatch(title)
    return found and Likeness(found["subject"], found["name"], int(found["year"]))
