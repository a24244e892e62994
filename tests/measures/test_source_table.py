"""The table that the Quality viewer came from: a municipality's home care, 2012–2014, cell by cell.

The source shows one municipality's values, ranks and differences; what the others had, it does not
show.  Here a country of 290 is made up in which each KPI comes out as in the source, and every
cell of the quality measures must then follow by our own rules: the means of the parts, their own
ranks, and the means of the differences, rounded half away from zero.

What the table says about itself:

- Every cell can be so; none contradicts another.
- HME is ranked 28 and 26 and yet lies below the mean.  Were all 290 ranked, those before it would
  have to lie some eleven points above it; more likely few had measured it.  Here 48 have.
- Where the source leaves a cell blank, we say with a sign why there is no value.
"""

from dataclasses import dataclass

import pytest

from measures.actions import values
from measures.models import Band, Gender, Good, Kpi, Municipality, QualityArea, Status
from measures.queries.series import AreaView, National, Outcome, Series
from measures.queries.viewer import area_of
from measures.rounding import rounded
from measures.wording import MINUS
from tests.factories import KpiFactory, measure_of, municipalities

pytestmark = pytest.mark.django_db

COUNTRY = 290
EQUALS = 3  # others who have exactly what home has, in everything: they share its ranks
HME_COUNTRY = 48
YEARS = (2012, 2013, 2014)

# Value, rank and difference under each of the years, as the source writes them.
TABLE = """
Bemötande                     | 96 98 98 | 222 80 80 | -1 0 1
- Bemötande från personal     | 96 98 98 | 222 80 80 | -1 0 1
Trygghet                      | 91 91 89 | 127 174 190 | 1 -1 -2
- Tryggt att bo hemma         | 88 87 85 | 143 196 206 | 0 -2 -3
- Förtroende för personalen   | 94 94 93 | 90 103 121 | 1 1 0
Delaktighet                   | 81 77 77 | 13 78 78 | 9 3 3
- Hänsyn till åsikter         | 91 88 88 | 33 108 121 | 4 1 1
- Påverka vilka tider         | 71 65 65 | 19 69 66 | 13 5 5
Utförande                     | 87 84 86 | 39 111 70 | 5 2 3
- Utför sina arbetsuppgifter  | 92 90 91 | 40 121 77 | 4 1 2
- Kommer på avtalad tid       | 93 88 89 | 22 123 85 | 6 1 2
- Har tillräckligt med tid    | 80 81 84 | 190 199 125 | -3 -3 1
- Informerar om förändringar  | 82 78 78 | 21 53 40 | 12 7 8
Kontakt                       | 88 86 90 | 63 107 63 | 5 2 7
- Få kontakt vid behov        | 88 86 90 | 63 107 63 | 5 2 7
Kontinuitet                   | . . . | . . . | . . .
- Personal under 14 dagar     | . . . | . . . | . . .
Nöjdhet helhetssyn            | 88 91 92 | 198 140 102 | -2 0 1
- Sammantaget nöjd            | 88 91 92 | 198 140 102 | -2 0 1
Arbetsmiljö                   | 11 11 13 | 55 36 112 | -2 -2 0
- Hållbart engagemang (HME)   | 75 . 75 | 28 . 26 | -1 . -1
- Sjukfrånvaro                | 4,7 5,0 5,3 | 48 42 44 | -0,6 -0,8 -0,9
- Timavlönade                 | 17 16 21 | 58 38 131 | -3 -4 0
Kostnader                     | 230_907 164_665 194_386 | 225 81 64 | 37_860 -36_811 -53_741
- Kostnad per brukare         | 230_907 164_665 194_386 | 225 81 64 | 37_860 -36_811 -53_741
"""
LOW_IS_GOOD = {"Sjukfrånvaro", "Timavlönade", "Kostnad per brukare", "Personal under 14 dagar"}
LEFT_OUT = {"Hållbart engagemang (HME)"}
LATE = {"Kostnader"}  # shown under a year, but of the year before


@dataclass(frozen=True)
class Line:
    """A line of the table: by year, what is written; "" where the source leaves it blank."""

    name: str
    values: dict[int, str]
    ranks: dict[int, str]
    differences: dict[int, str]


def _line(text: str) -> Line:
    name, *cells = text.split("|")
    by_year = [dict(zip(YEARS, (_written(c) for c in cell.split()), strict=True)) for cell in cells]
    return Line(name.strip("- "), *by_year)


def _written(cell: str) -> str:
    return "" if cell == "." else cell.replace("_", " ")


def the_source() -> list[tuple[Line, list[Line]]]:
    """Every quality measure of the source with its parts."""
    found: list[tuple[Line, list[Line]]] = []
    for text in TABLE.strip().splitlines():
        if text.startswith("- "):
            found[-1][1].append(_line(text))
        else:
            found.append((_line(text), []))
    return found


def number(written: str) -> float:
    return float(written.replace(" ", "").replace(",", "."))


# --- a country in which it is so ---------------------------------------------------------------


def merits(ranks: list[int], rank_of_mean: int, totals: list[float], others: int) -> list[list]:
    """Return, for each part, how much better (or, below zero, worse) each of the others is.

    `ranks[k] - 1` of them are better in part k, and together they are better by `totals[k]`; and
    `rank_of_mean - 1` are better in the mean of all the parts.
    """
    parts, ahead, step = range(len(ranks)), rank_of_mean - 1, 0.01
    is_better = [[place < min(rank - 1, ahead) for place in range(others)] for rank in ranks]
    place = ahead
    for k in parts:  # who is better in one part, but not in the mean
        for _ in range(max(0, ranks[k] - 1 - ahead)):
            is_better[k][place] = True
            place += 1
    made = [
        [
            (step * len(ranks) if is_better[k][p] else -step)
            if p < ahead
            else (step if is_better[k][p] else -step * len(ranks))
            for p in range(others)
        ]
        for k in parts
    ]
    for k in parts:  # let those who are better be enough better, where home is below the mean
        lack = (totals[k] - sum(made[k])) / max(1, ranks[k] - 1)
        for p in range(others):
            if lack > 0 and is_better[k][p]:
                made[k][p] += lack
                for other in parts:
                    if p >= ahead and other != k:
                        made[other][p] -= lack / (len(ranks) - 1)
    for k in parts:  # the rest is carried by those who are better, or worse, in every part
        left = totals[k] - sum(made[k])
        carry = [p for p in range(others) if all(is_better[j][p] == (left > 0) for j in parts)]
        for p in carry:
            made[k][p] += left / len(carry)
    return made


def rows(kpi: Kpi, where: list[Municipality], outcomes: list[float | Status], year: int):
    for municipality, outcome in zip(where, outcomes, strict=True):
        is_status = isinstance(outcome, Status)
        status, value = (outcome, None) if is_status else (Status.HAS_VALUE, outcome)
        yield values.Row(kpi.pk, municipality.pk, year, Gender.ALL, status, value)


def of_all(measure: Line, parts: list[tuple[Line, Kpi]], where: list[Municipality]):
    """Return values of the parts for home and all others, so that the parts are as in the source."""
    others = len(where) - 1 - EQUALS
    for year in YEARS:
        own = {kpi: number(line.values[year]) for line, kpi in parts}
        signs = {kpi: -1 if kpi.good == Good.LOW else 1 for _line, kpi in parts}
        differences = {kpi: number(line.differences[year]) for line, kpi in parts}
        better = merits(
            [int(line.ranks[year]) for line, _kpi in parts],
            int(measure.ranks[year]),
            [-differences[kpi] * signs[kpi] * len(where) for _line, kpi in parts],
            others,
        )
        for (_part, kpi), of_others in zip(parts, better, strict=True):
            said = [own[kpi]] * (1 + EQUALS) + [own[kpi] + signs[kpi] * by for by in of_others]
            assert min(said) >= 0
            if kpi.unit_word == "%":
                assert max(said) <= 100, (kpi.title, year)
            yield from rows(kpi, where, said, year - (measure.name in LATE))


def of_hme(line: Line, kpi: Kpi, where: list[Municipality]):
    for year in YEARS:
        if not line.values[year]:
            yield from rows(kpi, where[:4], [Status.MISSING, 70, 80, 90], year)
            continue
        total = -number(line.differences[year]) * HME_COUNTRY
        rank = int(line.ranks[year])
        (better,) = merits([rank], rank, [total], HME_COUNTRY - 1)
        own = number(line.values[year])
        yield from rows(kpi, where[:HME_COUNTRY], [own, *(own + by for by in better)], year)


@pytest.fixture
def home_care() -> AreaView:
    """The source's area, in a country that is as the source says."""
    where, said = municipalities(COUNTRY), []
    area = QualityArea.objects.create(slug="hemtjanst", name="Hemtjänst", position=1)
    for position, (line, parts) in enumerate(the_source()):
        kpis = [
            (
                part,
                KpiFactory(
                    title=part.name,
                    good=Good.LOW if part.name in LOW_IS_GOOD else Good.HIGH,
                    decimals=1 if "," in "".join(part.values.values()) else 0,
                    unit_word="kr" if line.name in LATE else "%",
                ),
            )
            for part in parts
        ]
        counted = [(part, kpi) for part, kpi in kpis if part.name not in LEFT_OUT]
        left_out = [(part, kpi) for part, kpi in kpis if part.name in LEFT_OUT]
        measure_of(
            *(kpi for _part, kpi in counted),
            left_out=tuple(kpi for _part, kpi in left_out),
            area=area,
            name=line.name,
            position=position,
            year_lag=int(line.name in LATE),
        )
        for part, kpi in left_out:
            said += of_hme(part, kpi, where)
        if line.ranks[2012]:
            said += of_all(line, counted, where)
        else:
            for year in YEARS:
                said += rows(counted[0][1], where[:3], [Status.MISSING, 12, 14], year)
    values.load(said)
    return area_of(area, where[0])


# --- as the viewer shows it ----------------------------------------------------------------------


def shown(series: Series) -> Line:
    """What the page writes, in the source's own hand: a plain minus, and no plus."""
    under = {year: series.under(year) for year in YEARS}

    def differences(outcome: Outcome) -> str:
        return series.difference_text(outcome, National.MEAN).replace(MINUS, "-").strip("+")

    def line(texts: dict[int, str]) -> dict[int, str]:
        return {year: text.replace("\N{NO-BREAK SPACE}", " ") for year, text in texts.items()}

    return Line(
        series.name,
        line({y: series.value_text(o) if o.value is not None else "" for y, o in under.items()}),
        line({y: str(o.rank or "") for y, o in under.items()}),
        line({y: differences(o) for y, o in under.items()}),
    )


def test_every_cell_comes_out_as_in_the_source(home_care):
    written = [
        (shown(measure.whole), sorted((shown(part) for part in measure.parts), key=str))
        for measure in home_care.measures
    ]
    expected = [(whole, sorted(parts, key=str)) for whole, parts in the_source()]

    assert home_care.shown == YEARS
    for found, wanted in zip(written, expected, strict=True):
        assert found == wanted


def test_where_the_source_is_blank_a_sign_says_why_and_there_is_no_colour(home_care):
    (kontinuitet,) = (m for m in home_care.measures if m.whole.name == "Kontinuitet")
    for year in YEARS:
        outcome = kontinuitet.whole.under(year)
        assert (outcome.sign, outcome.band, outcome.rank) == ("-", Band.NONE, None)
        assert kontinuitet.whole.value_text(outcome) == "-"
        assert outcome.mean == 13  # others have values


def test_a_measures_rank_is_its_own_and_no_mean_of_ranks(home_care):
    """13 from 33 and 19, 127 from 143 and 90, 55 from 58 and 48."""
    ranks = {
        measure.whole.name: (
            measure.whole.under(2012).rank,
            {part.under(2012).rank for part in measure.counted},
        )
        for measure in home_care.measures
    }
    assert ranks["Delaktighet"] == (13, {33, 19})
    assert ranks["Trygghet"] == (127, {143, 90})
    assert ranks["Arbetsmiljö"] == (55, {58, 48})
    assert ranks["Utförande"] == (39, {40, 22, 190, 21})


def test_halves_are_rounded_away_from_zero_and_only_when_shown(home_care):
    by_name = {measure.whole.name: measure.whole for measure in home_care.measures}
    delaktighet, arbetsmiljo = (
        by_name["Delaktighet"].under(2013),
        by_name["Arbetsmiljö"].under(2013),
    )
    trygghet, utforande = by_name["Trygghet"], by_name["Utförande"].under(2013)

    assert (delaktighet.value, arbetsmiljo.value) == (76.5, 10.5)  # 77 and 11
    assert rounded(by_name["Delaktighet"].under(2012).difference(National.MEAN), 6) == 8.5  # 9
    unrounded = [trygghet.under(year).difference(National.MEAN) for year in YEARS]
    assert [rounded(d, 6) for d in unrounded] == [rounded(d, 6) for d in (0.5, -0.5, -1.5)]
    assert rounded(utforande.difference(National.MEAN), 6) == 1.5
    # Python's own rounding would have written 76, 10, 0, 0, -2 and 2.


def test_what_is_shown_but_left_out_does_not_count(home_care):
    (measure,) = (m for m in home_care.measures if m.whole.name == "Arbetsmiljö")
    (hme,) = (part for part in measure.parts if part.is_left_out)
    assert shown(hme).values == {2012: "75", 2013: "", 2014: "75"}
    assert measure.whole.under(2013).rank == 36  # though HME has no value
    assert measure.whole.under(2012).value == (4.7 + 17) / 2


def test_costs_are_of_the_year_before_the_one_they_stand_under(home_care):
    (costs,) = (m for m in home_care.measures if m.whole.name == "Kostnader")
    assert [costs.whole.under(year).year for year in YEARS] == [2011, 2012, 2013]


def test_colours_are_by_the_rank_among_those_who_have_a_value(home_care):
    """A quarter of 290 is 72.5: up to 72 is green, and as many from the other end are red."""
    colours = {
        measure.whole.name: [measure.whole.under(year).band.verdict for year in YEARS]
        for measure in home_care.measures
    }
    assert colours == {
        "Bemötande": ["bad", "mid", "mid"],
        "Trygghet": ["mid", "mid", "mid"],
        "Delaktighet": ["good", "mid", "mid"],
        "Utförande": ["good", "mid", "good"],
        "Kontakt": ["good", "mid", "good"],
        "Kontinuitet": ["none", "none", "none"],
        "Nöjdhet helhetssyn": ["mid", "mid", "mid"],
        "Arbetsmiljö": ["good", "good", "mid"],
        "Kostnader": ["bad", "mid", "good"],
    }
