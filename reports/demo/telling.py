"""What a tale consists of: the facts that the files of ideas and works are written in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from improvement.actions.preparing import Cost
from improvement.models import CostKind, IdeaStatus, RewardKind
from measures.actions.team import NewMeasure
from programme.drafting import Texts
from programme.models import Agreement, Outcome, Phase, Scale

from .drivers import Box

KR = 100
SUBSTITUTE_ORE = 295 * KR  # what an hour of a substitute costs

JONAS = "jonas.aberg@exempel.se"
PETER = "peter.westerlund@exempel.se"
AMINA = "amina.lindqvist@exempel.se"
ELIAS = "elias.nyman@exempel.se"
BIRGITTA = "birgitta.ohman@exempel.se"
SOFIA = "sofia.hagman@exempel.se"
MARIA = "maria.ek@exempel.se"


def staff(hours: int, what: str) -> Cost:
    return Cost(CostKind.STAFF, what, hours=Decimal(hours), rate_ore=SUBSTITUTE_ORE)


def material(kronor: int, what: str) -> Cost:
    return Cost(CostKind.MATERIAL, what, amount_ore=kronor * KR)


def premises(kronor: int, what: str) -> Cost:
    return Cost(CostKind.PREMISES, what, amount_ore=kronor * KR)


def travel(kronor: int, what: str) -> Cost:
    return Cost(CostKind.TRAVEL, what, amount_ore=kronor * KR)


def other(kronor: int, what: str) -> Cost:
    return Cost(CostKind.OTHER, what, amount_ore=kronor * KR)


@dataclass(frozen=True, slots=True)
class Preparation:
    """What the development lead wrote, and which unit's fund is asked."""

    title: str
    costs: tuple[Cost, ...]
    effect: str
    agreed: str = "Arbetslaget på arbetsplatsträffen"
    cap_reason: str = ""
    fund: str = "K"
    purchase_reason: str = ""
    spread: str = ""
    done_in_days: int = 0  # after the preparation; 0: nobody has said


@dataclass(frozen=True, slots=True)
class IdeaTale:
    """An idea and how far it came.

    Attributes:
        days: How many days ago it was left.
        why: What the author was told: the reason of the decision, the question, the yes.
        author: An address; without one, somebody who works at the unit.
        kpi: The key figure that it is aimed at, by its name in Kolada.
    """

    days: int
    unit: str
    until: IdeaStatus
    need: str
    for_whom: str = ""
    solution: str = ""
    why: str = ""
    plan: Preparation | None = None
    author: str = ""
    kpi: str = ""
    consulted: str = ""
    reference: str = "3.4"
    typed_by: str = ""  # who wrote it down, when that was somebody else


@dataclass(frozen=True, slots=True)
class Test:
    """One PDSA cycle: begun so many days ago, gone on for so many, come to this phase."""

    days: int
    lasted: int
    question: str
    prediction: str
    what: str
    who: str
    happened: str = ""
    agreement: str = Agreement.AS_PREDICTED
    result: str = ""
    learning: str = ""
    outcome: str = Outcome.ADAPT
    scale: str = Scale.ONE_PERSON
    where: str = ""
    phase: str = Phase.CLOSED
    change: str = ""  # the idea in the driver diagram; empty: that of the test before
    data: str = ""
    observed: str = ""
    deviations: str = ""
    anew: tuple[str, str] = ("", "")  # predicted while it went on, and why
    photo: str = ""  # what a picture of it shows


@dataclass(frozen=True, slots=True)
class Series:
    """A measure and its monthly values, oldest first; the newest so many months ago."""

    measure: NewMeasure
    values: tuple[float, ...]
    newest: int = 1
    notes: tuple[tuple[int, str], ...] = ()  # place in the values, what was noted
    left_out: tuple[tuple[int, str], ...] = ()  # place, why it is not counted
    not_in_july: bool = False  # schools and their kitchens are closed


@dataclass(frozen=True, slots=True)
class ReportTale:
    """What the team wrote, when it was sent, and what became of it.

    Attributes:
        full: The full report; else the simple one of one page.
        coach, manager: What they say in it.
        public: What residents read of it; empty: nothing.
    """

    days: int
    texts: Texts | None  # None: as the draft fills itself
    participants: int = 6
    use: str = ""
    reward_kind: str = RewardKind.ACTIVITY
    sent_back: str = ""  # what the manager wanted to know
    approved_days: int = 0  # ago; 0: not yet
    submitted: bool = True
    full: bool = False
    coach: str = ""
    manager: str = ""
    public: str = ""


@dataclass(frozen=True, slots=True)
class WorkTale:
    """A work: its idea, its aim, and how it has gone.

    Attributes:
        started: How many days ago the team began.
        leader: An address, or the unit at which the leader holds the role; empty: the author.
        ends: A step of the work at the end ("pause", "stop", "secure"), how long ago, and why.
        paid: Kronor and voucher number, as invoices came.
    """

    idea: IdeaTale
    started: int
    title: str
    aim: str
    for_whom: str
    why: str
    levels: tuple[float, float]  # from, to
    by_in_days: int  # from the start
    series: tuple[Series, ...]  # the first carries the aim
    tests: tuple[Test, ...] = ()
    leader: str = ""
    members: int = 3
    also: tuple[str, ...] = ()  # addresses of demo people in the team
    coach: str = ""
    drivers: tuple[Box, ...] = ()
    ends: tuple[tuple[str, int, str], ...] = ()
    paid: tuple[tuple[int, str, str], ...] = ()
    report: ReportTale | None = None


@dataclass(frozen=True, slots=True)
class HalfYear:
    name: str
    starts_on: date
    ends_on: date
