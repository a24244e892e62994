"""What people are told: the sentence of each kind of notice, in one register for all apps.

An app that tells people things has a file `sentences.py`, which registers its own and is read
when Django starts (organisation/apps.py).  The sentence is not kept in the row: who reads it gets
it in their own language.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

_sentences: dict[str, str | Promise] = {}


def sentences(said: Mapping[str, str | Promise]) -> None:
    """Register what is said: a kind ("idea.approve") and its sentence, translated when it is read."""
    _sentences.update(said)


def sentence_of(kind: str) -> str:
    """Return the sentence in the language of now; empty for a kind that nobody has registered."""
    return str(_sentences.get(kind, ""))


@dataclass(frozen=True, slots=True)
class Reminder:
    """A kind of notice that one can say no to; what it is called where one chooses."""

    kind: str
    label: str | Promise


_reminders: dict[str, Reminder] = {}


def reminders(said: Mapping[str, tuple[str | Promise, str | Promise]]) -> None:
    """Register kinds that one can do without: the sentence, and what the kind is called.

    Decisions and the like are never among them: what concerns one's own rights always comes.
    """
    sentences({kind: sentence for kind, (sentence, _label) in said.items()})
    _reminders.update({kind: Reminder(kind, label) for kind, (_, label) in said.items()})


def reminder_of(kind: str) -> Reminder | None:
    """Return the kind if one can do without it, else None."""
    return _reminders.get(kind)


def all_reminders() -> list[Reminder]:
    return list(_reminders.values())
