"""The pages of one work, in the order of its tabs.

A page of a work extends programme/work_base.html and puts its own route in `here`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a work.

    Attributes:
        route: Its name; it takes the work's id.
        for_guests: Whether a patient or user in the team finds it too.
    """

    label: str | Promise
    route: str
    for_guests: bool = True


TABS = (
    Tab(pgettext_lazy("tab", "Overview"), "work-detail"),
    Tab(pgettext_lazy("tab", "Charter"), "work-charter"),
    Tab(pgettext_lazy("tab", "Driver diagram"), "work-drivers"),
    Tab(pgettext_lazy("tab", "Measures"), "work-measures"),
    Tab(pgettext_lazy("tab", "Tests"), "work-cycles"),
    Tab(pgettext_lazy("tab", "Together"), "work-together"),
    Tab(pgettext_lazy("tab", "Support"), "work-support", for_guests=False),
    Tab(pgettext_lazy("tab", "Report"), "work-report"),
    Tab(pgettext_lazy("tab", "Effect"), "work-effect"),
)
