"""Kolada says in what a KPI is counted in its title alone, and how many decimals nowhere."""

import re
from typing import NamedTuple

_ENDED = re.compile(r"\(\s*-\s*\d{4}\)\.?$")
_TOO_LONG = 40  # characters; then it is a sentence and no unit
_MONEY = ("kr", "tkr", "mkr")
_AMOUNTS = (
    *("kg", "ton", "gram", "MWh", "kWh", "GWh", "MW", "Mbit/s", "liter", "kbm", "meter", "hektar"),
    *("timmar", "dagar", "minuter", "månader", "år", "procentenheter", "kvm"),
)


class UnitWord(NamedTuple):
    word: str  # empty where the title does not say, or where the number stands for itself
    decimals: int  # how many to show


def unit_word_of(title: str) -> UnitWord:
    """Guess from a title; a person may know better, and what a person says is never overwritten.

    >>> unit_word_of("Elever i åk 9, lägeskommun, andel (%)")
    UnitWord(word='%', decimals=1)
    >>> unit_word_of("Kostnad äldreomsorg, kr/inv 80+ (-2023)")
    UnitWord(word='kr/inv 80+', decimals=0)
    >>> unit_word_of("Anmälda våldsbrott, antal/100 000 inv")
    UnitWord(word='per 100 000 inv', decimals=1)
    >>> unit_word_of("Väntetid till särskilt boende, medelvärde, antal dagar")
    UnitWord(word='dagar', decimals=0)
    >>> unit_word_of("Invånare totalt, antal"), unit_word_of("Utsläpp till luft, ton CO2e/inv")
    (UnitWord(word='', decimals=0), UnitWord(word='ton CO2e/inv', decimals=1))
    >>> unit_word_of("Medarbetarengagemang (HME) totalt, totalindex")
    UnitWord(word='', decimals=1)
    """
    tail = _ENDED.sub("", title).rsplit(",", 1)[-1].strip().rstrip(".")
    first = re.split(r"[ /]", tail, maxsplit=1)[0]
    if "%" in title or first in ("procent", "andel"):
        return UnitWord("%", 1)
    if first in _MONEY:
        return UnitWord(_short(tail), 0)
    if tail in ("kronor", "miljoner kronor"):
        return UnitWord({"kronor": "kr"}.get(tail, "mkr"), 0)
    if per := re.fullmatch(r"antal/(\d.*)", tail):
        return UnitWord(_short(f"per {per[1].replace('1000', '1 000')}"), 1)
    if counted := re.fullmatch(r"antal (dagar|timmar|år|månader|minuter)\b.*", tail):
        return UnitWord(counted[1], 0)
    if first == "antal":
        return UnitWord("", 1 if "/" in tail else 0)
    return UnitWord(_short(tail) if first in _AMOUNTS else "", 1)


def _short(word: str) -> str:
    return word if len(word) <= _TOO_LONG else ""
