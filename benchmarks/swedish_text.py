"""Swedish sentences as staff might write them, for measuring searches: few words everywhere, many seldom."""

import random
from itertools import accumulate
from random import Random

_FIRST = (
    "larm natt medicin schema skol lokal rese mötes journal köks tvätt hiss dörr ljus buller "
    "överlämnings rutin blankett telefon kö vänte besöks anhörig städ förråds beställnings "
    "hjälpmedels nyckel bil cykel frukost måltids mat sop pappers dator inloggnings lösenords "
    "introduktions vikarie handlednings arbets rast pass bemannings rond provtagnings remiss "
    "kallelse boknings parkerings skylt entré lekplats lektions läx biblioteks kapprums "
    "samlings utflykts trygghets bemötande aktivitets vård omsorgs hem boende avdelnings team "
    "patient elev barn förskole fritids idrotts musik data system kund brukar läkemedels"
)
_LAST = (
    "knapp rum tid lista plan mall tavla skåp vagn väska kort kod program signal panel lampa "
    "matta stol bord hylla låda pärm bok app karta rutin grupp möte samtal bil linje kedja "
    "brist fel kö behov hjälp ansvar väg sal plats ordning bytet dag vecka kostnad svinn "
    "besök fråga svar beställning hantering utrustning"
)
_VERBS = (
    "saknas försvinner krånglar fastnar dröjer tappas glöms dubbleras syns hörs fungerar stör "
    "tar behövs ändras byts flyttas lånas delas samlas"
)
_COMMON = (
    "och det att som för med inte när vi på en kan är i till av har de så man om den ett alla "
    "ofta varje mycket också bättre ibland alltid"
)
_THINGS = [a + b for a in _FIRST.split() for b in _LAST.split()]


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / (place + 4) for place in range(count)))


_THING_WEIGHTS, _VERB_WEIGHTS = _zipf(len(_THINGS)), _zipf(len(_VERBS.split()))
random.Random(7).shuffle(_THINGS)


def sentence(chance: Random) -> str:
    """Return one sentence of eight to fifteen words."""
    things = chance.choices(_THINGS, cum_weights=_THING_WEIGHTS, k=2)
    verb = chance.choices(_VERBS.split(), cum_weights=_VERB_WEIGHTS)[0]
    words = [things[0], verb, *chance.choices(_COMMON.split(), k=chance.randint(4, 9)), things[1]]
    return " ".join([words[0].capitalize(), *words[1:]]) + "."


def text(chance: Random, sentences: int = 4) -> str:
    return " ".join(sentence(chance) for _n in range(sentences))
