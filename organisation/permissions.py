"""Who may do what: the whole table, on one page.

A permission is granted by a role.  A role is held at a unit and reaches every unit below it.
Rules that need the thing itself (its state, its owner) stand beside it, in its app's rules.py.
"""

from enum import StrEnum, auto

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    # measures
    QUALITY_EDIT = auto()  # choose measures, their direction and texts; import values
    GOAL_SET = auto()  # set goals for the unit's own results
    RESULT_ENTER = auto()  # write down the results of one's own unit

    # improvement
    IDEA_WRITE = auto()
    IDEA_READ = auto()  # the unit's ideas, drafts excepted
    IDEA_PREPARE = auto()
    POSTER_MAKE = auto()  # the sheet for the wall, with the code that opens the form
    IDEA_DECIDE = auto()
    DECISION_REPORT = auto()  # the list of delegated decisions for the board
    FUND_READ = auto()
    FUND_MANAGE = auto()  # allocate, open and close periods, pay

    # programme
    WORK_READ = auto()
    WORK_LEAD = auto()  # start a work and lead it
    WORK_CONFIRM = auto()  # say that a proposed work is wanted
    WORK_COACH = auto()
    COACHING_MANAGE = auto()  # see every coach's load, and hand works over
    METHOD_EDIT = auto()  # the methods and strategic areas that works can choose
    LIBRARY_PUBLISH = auto()  # release a report to residents
    REPORT_APPROVE = auto()

    # organisation
    ORGANISATION_MANAGE = auto()  # units, people, roles, import


# What each lets one do, as it is said to the one who has it: "You may …"
MEANS: dict[Permission, Promise] = {
    Permission.QUALITY_EDIT: _("choose the measures and what is said about them"),
    Permission.GOAL_SET: _("set goals for your unit's results"),
    Permission.RESULT_ENTER: _("write down the results of your own unit"),
    Permission.IDEA_WRITE: _("leave ideas and follow them"),
    Permission.IDEA_READ: _("read the ideas that have been sent in"),
    Permission.IDEA_PREPARE: _("prepare ideas for a decision"),
    Permission.POSTER_MAKE: _("make posters that ask for ideas"),
    Permission.IDEA_DECIDE: _("decide on ideas"),
    Permission.DECISION_REPORT: _("report decisions to the board"),
    Permission.FUND_READ: _("see what the funds have and what is left"),
    Permission.FUND_MANAGE: _("look after the funds: allocate, pay, close periods"),
    Permission.WORK_READ: _("read improvement works and their reports"),
    Permission.WORK_LEAD: _("start improvement works and lead them"),
    Permission.WORK_CONFIRM: _("say that a proposed work is wanted"),
    Permission.WORK_COACH: _("support improvement works"),
    Permission.COACHING_MANAGE: _("see how the coaches are loaded, and hand works over"),
    Permission.METHOD_EDIT: _("look after the methods that works can choose"),
    Permission.LIBRARY_PUBLISH: _("release reports to residents"),
    Permission.REPORT_APPROVE: _("approve reports"),
    Permission.ORGANISATION_MANAGE: _("look after units, people and roles"),
}


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
        {P.IDEA_WRITE, P.IDEA_READ, P.IDEA_PREPARE, P.DECISION_REPORT, P.FUND_READ, P.FUND_MANAGE}
        | {P.WORK_READ, P.WORK_LEAD, P.POSTER_MAKE, P.WORK_CONFIRM, P.COACHING_MANAGE}
        | {P.METHOD_EDIT, P.LIBRARY_PUBLISH}
    ),
    Role.DECIDER: frozenset({P.IDEA_WRITE, P.IDEA_READ, P.IDEA_DECIDE, P.FUND_READ, P.WORK_READ}),
    Role.IMPROVEMENT_LEADER: frozenset({P.IDEA_WRITE, P.WORK_READ, P.WORK_LEAD}),
    Role.COACH: frozenset({P.IDEA_WRITE, P.WORK_READ, P.WORK_COACH}),
    Role.MANAGER: frozenset(
        {P.IDEA_WRITE, P.IDEA_READ, P.FUND_READ, P.WORK_READ, P.WORK_LEAD, P.REPORT_APPROVE}
        | {P.POSTER_MAKE, P.RESULT_ENTER, P.GOAL_SET, P.WORK_CONFIRM}
    ),
    Role.PROGRAMME_LEAD: frozenset(
        {P.IDEA_WRITE, P.WORK_READ, P.WORK_COACH, P.COACHING_MANAGE, P.METHOD_EDIT}
    ),
    Role.TRAINING_LEAD: frozenset({P.IDEA_WRITE}),
    Role.QUALITY_LEAD: frozenset({P.IDEA_WRITE, P.QUALITY_EDIT, P.WORK_READ}),
    Role.ADMINISTRATOR: frozenset({P.IDEA_WRITE, P.POSTER_MAKE, P.ORGANISATION_MANAGE}),
    Role.REGISTRAR: frozenset({P.IDEA_READ, P.DECISION_REPORT, P.FUND_READ, P.WORK_READ}),
}


def meaning_of(role: Role) -> list[Promise]:
    """Return in words what a role lets one do, in the order of the permissions."""
    return [MEANS[permission] for permission in Permission if permission in GRANTS[role]]
