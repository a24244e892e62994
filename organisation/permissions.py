"""Who may do what: the whole table, on one page.

A permission is granted by a role.  A role is held at a unit and reaches every unit below it.
Rules that need the thing itself (its state, its owner) stand beside it, in its app's rules.py.
"""

from enum import StrEnum, auto

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    # measures
    QUALITY_EDIT = auto()  # choose measures, their direction and texts; import values

    # improvement
    IDEA_WRITE = auto()
    IDEA_READ = auto()  # the unit's ideas, drafts excepted
    IDEA_PREPARE = auto()
    IDEA_DECIDE = auto()
    FUND_READ = auto()
    FUND_MANAGE = auto()  # allocate, open and close periods, pay

    # programme
    WORK_READ = auto()
    WORK_LEAD = auto()  # start a work and lead it
    WORK_COACH = auto()
    REPORT_APPROVE = auto()

    # organisation
    ORGANISATION_MANAGE = auto()  # units, people, roles, import


class Role(TextChoices):
    # The stored value is a plain word, so a role can be renamed in code at no cost.
    STAFF = "staff", _("Employee")
    DEVELOPMENT_LEAD = "development_lead", _("Development lead")
    DECIDER = "decider", _("Decision-maker")
    IMPROVEMENT_LEADER = "improvement_leader", _("Improvement leader")
    COACH = "coach", _("Improvement coach")
    MANAGER = "manager", _("Manager")
    PROGRAMME_LEAD = "programme_lead", _("Programme lead")
    TRAINING_LEAD = "training_lead", _("Training lead")
    QUALITY_LEAD = "quality_lead", _("Quality lead")
    ADMINISTRATOR = "administrator", _("Administrator")
    REGISTRAR = "registrar", _("Registrar")


P = Permission

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.STAFF: frozenset({P.IDEA_WRITE}),
    Role.DEVELOPMENT_LEAD: frozenset(
        {P.IDEA_WRITE, P.IDEA_READ, P.IDEA_PREPARE, P.FUND_READ, P.FUND_MANAGE}
        | {P.WORK_READ, P.WORK_LEAD}
    ),
    Role.DECIDER: frozenset({P.IDEA_WRITE, P.IDEA_READ, P.IDEA_DECIDE, P.FUND_READ, P.WORK_READ}),
    Role.IMPROVEMENT_LEADER: frozenset({P.IDEA_WRITE, P.WORK_READ, P.WORK_LEAD}),
    Role.COACH: frozenset({P.IDEA_WRITE, P.WORK_READ, P.WORK_COACH}),
    Role.MANAGER: frozenset(
        {P.IDEA_WRITE, P.IDEA_READ, P.FUND_READ, P.WORK_READ, P.WORK_LEAD, P.REPORT_APPROVE}
    ),
    Role.PROGRAMME_LEAD: frozenset({P.IDEA_WRITE, P.WORK_READ, P.WORK_COACH}),
    Role.TRAINING_LEAD: frozenset({P.IDEA_WRITE}),
    Role.QUALITY_LEAD: frozenset({P.IDEA_WRITE, P.QUALITY_EDIT, P.WORK_READ}),
    Role.ADMINISTRATOR: frozenset({P.IDEA_WRITE, P.ORGANISATION_MANAGE}),
    Role.REGISTRAR: frozenset({P.IDEA_READ, P.FUND_READ, P.WORK_READ}),
}
