"""What differs between two versions of a report: word by word, fact by fact.  Pure."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

MOST_WORDS = 4_000  # in each of two texts; comparing takes as long as they are long, squared


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text that stayed, came or went.

    Attributes:
        kind: "same", "added" or "removed".
    """

    kind: str
    text: str


def marked(before: str, after: str) -> list[Piece]:
    """Return `after` with what came and what went marked, in the order of reading.

    >>> [(piece.kind, piece.text) for piece in marked("Fler vet nu.", "Alla vet nu.")]
    [('removed', 'Fler '), ('added', 'Alla '), ('same', 'vet nu.')]
    """
    old, new = _words(before), _words(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return [Piece("removed", before), Piece("added", after)]
    pieces: list[Piece] = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for _tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if old[i1:i2] == new[j1:j2]:
            pieces.append(Piece("same", "".join(new[j1:j2])))
            continue
        if i1 < i2:
            pieces.append(Piece("removed", "".join(old[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("added", "".join(new[j1:j2])))
    return pieces


@dataclass(frozen=True, slots=True)
class Merged:
    """What comes of two who wrote at the same time.

    Attributes:
        values: What is to be saved: each one's own where only one of them changed it.
        clashes: The names of what both changed, in different ways.
    """

    values: dict[str, Any]
    clashes: tuple[str, ...]


def merge(mine: Mapping[str, Any], saved: Mapping[str, Any], seen: Mapping[str, str]) -> Merged:
    """Put together what I wrote and what somebody else has saved since I opened the page.

    Args:
        mine, saved: The same names in both.
        seen: The fingerprint of each value as it stood when I began.
    """
    values, clashes = {}, []
    for name, value in mine.items():
        now, was = fingerprint(saved[name]), seen.get(name, "")
        if fingerprint(value) == was:  # I left it alone
            values[name] = saved[name]
        else:
            values[name] = value
            if now not in (was, fingerprint(value)):
                clashes.append(name)
    return Merged(values, tuple(clashes))


def fingerprint(value: object) -> str:
    """Return what tells whether a text is as it was; how its lines are broken does not count."""
    return hashlib.sha256(" ".join(str(value).split()).encode()).hexdigest()[:16]


def changed_facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the names of the facts that are other than they were, in the order of `after`."""
    return [name for name, value in after.items() if before.get(name) != value]


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\S+\s?", text.replace("\r\n", "\n"))
