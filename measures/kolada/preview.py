"""A quick look at one KPI while somebody waits at the screen."""

from .client import Client
from .items import Outcome, outcomes


def outcomes_of(kpi: str, municipality: str) -> list[Outcome]:
    """Return what Kolada says of `kpi` and one municipality, for all years and genders.

    Raises:
        Temporary: Kolada is away, busy or slow.
        Refused: it says no, or something that we do not understand.
    """
    with Client(hasty=True) as client:
        return [said for page in client.values([kpi], [municipality]) for said in outcomes(page)]
