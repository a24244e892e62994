"""What the chart of a measure says, in one word for a list."""

from dataclasses import dataclass

from django.utils.functional import Promise

from measures.chart import Verdict
from measures.chart.icons import VARIATIONS

_TONES = {Verdict.BETTER: "success", Verdict.WORSE: "warning", Verdict.CHANGE: "info"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its colour; no word while there is too little to say anything from."""

    label: str | Promise
    tone: str


def verdict_word(verdict: str) -> Word:
    """Return the word for a stored verdict, or for none."""
    if verdict not in set(Verdict) or Verdict(verdict) not in VARIATIONS:
        return Word("", "neutral")
    known = Verdict(verdict)
    return Word(VARIATIONS[known], _TONES.get(known, "neutral"))
