"""What people are told: the sentence of each kind of notice, in one register for all apps.

An app that tells people things has a file `sentences.py`, which registers its own and is read
when Django starts (organisation/apps.py).  The sentence is not kept in the row: who reads it gets
it in their own language.
"""

from collections.abc import Mapping

from django.utils.functional import Promise

_sentences: dict[str, str | Promise] = {}


def sentences(said: Mapping[str, str | Promise]) -> None:
    """Register what is said: a kind ("idea.approve") and its sentence, translated when it is read."""
    _sentences.update(said)


def sentence_of(kind: str) -> str:
    """Return the sentence in the language of now; empty for a kind that nobody has registered."""
    return str(_sentences.get(kind, ""))
