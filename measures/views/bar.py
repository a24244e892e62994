"""The calm bar over an area's table: what is shown, in a line, and the ways to change it."""

from dataclasses import replace

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ..address import Address, Level
from ..models import Kind
from ..queries import AreaView, National, Split


def settings_in_words(view: AreaView) -> str:
    """Return "3 år · Alla kommuner · Ovägt medel · Alla kön"."""
    look = view.look
    group = view.group or view.groups[0]
    count = look.count
    said = [
        "" if look.is_ours else view.home.name,
        ngettext("%(count)s year", "%(count)s years", count) % {"count": count},
        group.label,
        {
            National.MEAN: _("Unweighted mean"),
            National.WEIGHTED: _("The country, weighted"),
        }[look.national]
        if view.group is None
        else _("The group's mean"),
        {
            Split.ALL: _("All genders"),
            Split.WOMEN: pgettext("whose values", "Women"),
            Split.MEN: pgettext("whose values", "Men"),
            Split.EACH: _("All, women and men"),
        }[look.split],
        _("as on %(day)s") % {"day": date_format(look.as_of, "j F Y")} if look.as_of else "",
    ]
    return " · ".join(text for text in said if text)


def levels(view: AreaView, address: Address) -> list[dict[str, object]]:
    """Return the buttons 1, 2, 3 that open the table in place, and 4 that leads to the units."""
    words = {
        Level.MEASURES: _("1 Measures"),
        Level.KPIS: _("2 KPIs"),
        Level.RANK: _("3 Rank and difference"),
    }
    buttons: list[dict[str, object]] = [
        {
            "id": f"level-{level}",
            "label": word,
            "href": address.but(level=level, turned=frozenset()),
            "current": level == address.level,
            "opens": True,
        }
        for level, word in words.items()
    ]
    if view.look.is_ours:  # units are ours alone
        units = reverse("area-units", args=[view.area.slug])
        buttons.append({"id": "level-4", "label": _("4 Units"), "href": units})
    return buttons


def other_years(view: AreaView, address: Address) -> dict[str, str]:
    """Return the addresses of the years before and after, where anything is known of them."""
    last = view.shown[-1]
    return {
        word: address.but(year=year)
        for word, year in (("earlier", last - 1), ("later", last + 1))
        if year in view.years
    }


def comparison_in_words(view: AreaView) -> str:
    """Say whom ranks and differences are among and against; the page shows it where they are."""
    if view.group:
        return _(
            "Rank and difference: among %(home)s and the %(count)s others in “%(group)s”. The "
            "difference is %(home)s minus the mean of them all, %(home)s too. The colours say the "
            "place among all in the country."
        ) % {
            "home": view.home.name,
            "count": len(view.group.members or ()),
            "group": view.group.label,
        }
    if view.look.national is National.WEIGHTED:
        return _("Difference: %(home)s minus the country's weighted value.") % {
            "home": view.home.name
        }
    words = (
        _("Difference: %(home)s minus the unweighted mean of the regions.")
        if view.home.kind == Kind.REGION
        else _("Difference: %(home)s minus the unweighted mean of the municipalities.")
    )
    return words % {"home": view.home.name}


def shared_address(view: AreaView, address: Address) -> str:
    """Return the address that shows the same next year too: the last year is said in it."""
    return replace(address, year=view.shown[-1]).query
