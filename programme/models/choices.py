"""What can be said of a work, its team and its measures: the words to choose from."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WorkStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")  # waits for a manager to say that it is wanted
    PLANNED = "planned", _("Being planned")
    RUNNING = "running", _("Under way")
    SECURING = "securing", _("Being secured")  # the solution is found and made to last (S-09)
    FINISHED = "finished", _("Finished")  # reported and approved
    FOLLOWED = "followed", _("Being followed up")  # somebody has looked whether it holds
    DONE = "done", _("Done")  # the last check is made
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")


OPEN = (
    WorkStatus.PROPOSED,
    WorkStatus.PLANNED,
    WorkStatus.RUNNING,
    WorkStatus.SECURING,
    WorkStatus.PAUSED,
)
# Reported and approved, whether or not it has been looked at since.
CARRIED_OUT = (WorkStatus.FINISHED, WorkStatus.FOLLOWED, WorkStatus.DONE)


class Origin(models.TextChoices):
    """What a work began with."""

    IDEA = "idea", _("A funded idea")
    DIRECT = "direct", _("Something done directly that grew")
    PROGRAMME = "programme", _("A team in the programme")
    MEASURE = "measure", _("A measure that is red")
    BENCHMARKING = "benchmark", _("An assignment from benchmarking")
    ADOPTED = "adopted", _("A work that another unit has carried out")
    OWN = "own", _("A need that the unit has seen itself")


class Improves(models.TextChoices):
    """What kind of thing is improved (S-05, S-07)."""

    WAY = "way", _("A way of working")
    ROUTINE = "routine", _("A routine")
    METHOD = "method", _("A method")
    FOLLOW_UP = "follow_up", _("How something is followed up")
    GOVERNANCE = "governance", _("How we govern and lead")
    OTHER = "other", pgettext_lazy("improves", "Something else")


class Effect(models.TextChoices):
    """The effects that are expected of improvement work (V-42)."""

    QUALITY = "quality", _("Better quality, as those we are here for see it and as we know it")
    ACCESS = "access", _("Better access")
    PRODUCTIVITY = "output", _("Better use of time and money")
    TRANSITION = "transition", _("An easier change to new systems and ways of working")
    WORK = "work", _("A good work environment, fewer on sick leave and fewer who leave")


class Scope(models.TextChoices):
    """What makes a work possible to carry out (S-04)."""

    DELIMITED = "delimited", _("It is delimited: we know what is not part of it")
    RELEVANT = "relevant", _("It matters to those we are here for")
    OURS = "ours", _("We can decide on it ourselves, or know who can")
    IN_TIME = "in_time", _("We can test something within a month")


class Member(models.TextChoices):
    """What somebody is in a team; not to be mixed up with the roles held at a unit."""

    LEADER = "leader", _("Improvement leader")
    MEMBER = "member", _("Team member")
    GUEST = "guest", _("Patient or user")  # sees this work and nothing else (V-36)
    COACH = "coach", _("Coach")


class Purpose(models.TextChoices):
    """Why a work follows a measure."""

    OUTCOME = "outcome", pgettext_lazy("measure", "Outcome")  # is it better for those it is for?
    PROCESS = "process", pgettext_lazy("measure", "Process")  # do we do what we said we would?
    BALANCING = "balancing", pgettext_lazy("measure", "Balancing")  # does something else get worse?
