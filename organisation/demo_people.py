"""The people one can be in the demo.  Invented, all of them; the loader of the demo makes them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .permissions import Role


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to sign in as.

    Attributes:
        role: Held at the unit; None for somebody who is employed there and no more.
        works_at: The code of the unit of the employment.
        role_at: The code of the unit where the role is held; it reaches all units below.
        story: Who this is, and what one can do as this person.
    """

    email: str
    given_name: str
    family_name: str
    position: str
    works_at: str
    role: Role | None
    role_at: str
    story: str | Promise


# fmt: off
DEMO_PEOPLE = (
    DemoPerson("amina.lindqvist@exempel.se", "Amina", "Lindqvist", "Undersköterska", "SOC-HT-N", None, "",
               _("Works in home care and sees every day what could be better. Leave an idea as Amina, and follow it.")),
    DemoPerson("jonas.aberg@exempel.se", "Jonas", "Åberg", "Utvecklingsledare", "SOC", Role.DEVELOPMENT_LEAD, "SOC",
               _("Prepares the ideas of social services: what they cost, whom they help, what is left in the fund.")),
    DemoPerson("karin.sjoholm@exempel.se", "Karin", "Sjöholm", "Kommundirektör", "K", Role.DECIDER, "K",
               _("Decides which ideas get money, with a reason and a reference to the delegation.")),
    DemoPerson("elias.nyman@exempel.se", "Elias", "Nyman", "Fysioterapeut", "SOC-HT", Role.IMPROVEMENT_LEADER, "SOC-HT",
               _("Leads improvement works in home care: aim, measurements, PDSA cycles and the report.")),
    DemoPerson("birgitta.ohman@exempel.se", "Birgitta", "Öhman", "Verksamhetsutvecklare", "K", Role.COACH, "K",
               _("Supports several works at once and sees which of them have got stuck.")),
    DemoPerson("peter.westerlund@exempel.se", "Peter", "Westerlund", "Enhetschef", "SOC-HT-N", Role.MANAGER, "SOC-HT-N",
               _("Head of Home care north: sees the unit's ideas and works, and approves the reports.")),
    DemoPerson("sofia.hagman@exempel.se", "Sofia", "Hagman", "Kvalitetsansvarig", "BUF", Role.QUALITY_LEAD, "K",
               _("Looks after the measures: which they are, which way is good and what they mean.")),
    DemoPerson("tomas.rautio@exempel.se", "Tomas", "Rautio", "Controller", "KL-EK", Role.DEVELOPMENT_LEAD, "K",
               _("Looks after the municipality's fund: its periods, its queue, what is paid and what is left.")),
    DemoPerson("maria.ek@exempel.se", "Maria", "Ek", "Systemförvaltare", "K", Role.ADMINISTRATOR, "K",
               _("Looks after units, people and roles, and reads in the personnel file.")),
)
# fmt: on
