"""What Kolada answers to an address, as far as it is known; asked by the stand-in.

Assumed, not seen: the bodies of 404 and 422, that `region_type` leaves out the groups, and the order
when several key figures are asked about at once.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import msgspec

from .world import GENDERS, Item, World

MOST_IDS = 25
PER_PAGE = 5000

type Query = dict[str, list[str]]


class Wrong(Exception):
    """An answer that is none: its status and its body."""

    def __init__(self, code: int, body: object) -> None:
        self.code, self.body = code, body


def answer(world: World, address: str, host: str) -> bytes:
    """Return the body for an address, or raise `Wrong`."""
    parts = urlsplit(address)
    path, query = unquote(parts.path), parse_qs(parts.query)
    if path.startswith("/v2"):
        raise Wrong(410, {"error": "This endpoint is deprecated. Please use /v3 instead."})
    for pattern, handle in _ROUTES:
        found = pattern.fullmatch(path)
        if found:
            return _page(handle(world, found, query), path, query, host)
    raise Wrong(404, {"detail": "Not Found"})


def _page(items: list[Item], path: str, query: Query, host: str) -> bytes:
    per_page, page = _number(query, "per_page", PER_PAGE), _number(query, "page", 1)
    if not 1 <= per_page <= PER_PAGE or page < 1:
        raise _unprocessable("per_page", f"Input should be less than or equal to {PER_PAGE}")
    of_page = items[(page - 1) * per_page : page * per_page]

    def url_of(number: int) -> str:
        return f"{host}{path}?{urlencode(query | {'page': [str(number)]}, doseq=True)}"

    return msgspec.json.encode(
        {
            "values": [item() if callable(item) else item for item in of_page],
            "next_url": url_of(page + 1) if page * per_page < len(items) else None,
            "previous_url": url_of(page - 1) if page > 1 else None,
            "count": len(of_page),
        }
    )


def _catalogue(entity: str) -> Callable[[World, re.Match[str], Query], list[Item]]:
    """What a metadata address answers: all, those named, those whose title holds something."""

    def answer_it(world: World, path: re.Match[str], query: Query) -> list[Item]:
        items: Iterable[Item] = getattr(world, entity).values()
        if path["ids"]:
            ids = _ids(path["ids"])
            items = [item for item in items if item["id"] in ids]
        title = query.get("title", [""])[0].casefold()
        region_type = query.get("region_type")
        of = query.get("municipality") if entity == "units" else None
        return sorted(
            (
                item
                for item in items
                if title in item["title"].casefold()
                and (region_type is None or item.get("type", region_type[0]) in region_type)
                and (of is None or item["municipality"] in _ids(of[0]))
            ),
            key=lambda item: item["id"],
        )

    return answer_it


def _data(place: str) -> Callable[[World, re.Match[str], Query], list[Item]]:
    """What an address of values answers; `place` is "municipality" or "ou"."""

    def answer_it(world: World, path: re.Match[str], query: Query) -> list[Item]:
        asked = _asked(path["what"], query, place)
        if len(asked) < 2:
            raise _unprocessable("path", "At least two of KPI, place and year must be given")
        since = _day(query["from_date"][0]) if "from_date" in query else None
        kpis = asked.get("kpi") or sorted(world.kpis)
        region_type = query.get("region_type", [None])[0]
        everywhere = world.places(region_type) if place == "municipality" else world.units
        places = sorted(asked.get(place) or everywhere)
        years = {_year(year) for year in asked["year"]} if "year" in asked else None
        return list(_said(world, kpis, places, years, since, place))

    return answer_it


def _said(
    world: World,
    kpis: Iterable[str],
    places: list[str],
    years: set[int] | None,
    since: date | None,
    place_name: str,
) -> Iterator[Any]:
    """Return the items in Kolada's order, made when their page is the one that is sent."""
    for kpi in kpis:
        for year in world.years(kpi):
            if years is not None and year not in years:
                continue
            for place in places:
                cells = world.cells(kpi, place, year)
                shown = {
                    gender: cells[gender]
                    for gender in GENDERS
                    if gender in cells
                    and (since is None or cells[gender].changed_on >= since)
                    and (since or world.shows_deleted or not cells[gender].is_deleted)
                }
                if shown:
                    yield lambda kpi=kpi, year=year, place=place, shown=shown: {
                        "values": [cell.as_item(gender) for gender, cell in shown.items()],
                        "kpi": kpi,
                        "period": year,
                        place_name: place,
                    }


def _asked(what: str, query: Query, place: str) -> dict[str, list[str]]:
    """Read kpi/…/municipality/…/year/… in any order, or the same from the query."""
    words = [word for word in what.split("/") if word]
    if not words:
        names = {"kpi_id": "kpi", f"{place}_id": place, "year": "year"}
        return {names[name]: query[name] for name in names if name in query}
    names_and_ids = list(zip(words[::2], words[1::2], strict=False))
    if len(words) % 2 or any(name not in ("kpi", place, "year") for name, _ids in names_and_ids):
        raise Wrong(404, {"detail": "Not Found"})
    return {name: _ids(ids) for name, ids in names_and_ids}


def _ids(text: str) -> list[str]:
    ids = text.split(",")
    if len(ids) > MOST_IDS:
        raise _unprocessable("path", f"At most {MOST_IDS} ids at a time")
    return ids


def _year(text: str) -> int:
    if not re.fullmatch(r"\d{4}", text):
        raise _unprocessable("year", "Input should be a valid year")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _unprocessable("from_date", "Input should be a valid date") from None


def _number(query: Query, name: str, usual: int) -> int:
    text = query.get(name, [str(usual)])[0]
    if not text.isdigit():
        raise _unprocessable(name, "Input should be a valid integer")
    return int(text)


def _unprocessable(where: str, why: str) -> Wrong:
    return Wrong(422, {"detail": [{"loc": [where], "msg": why, "type": "value_error"}]})


_ROUTES = [
    (re.compile(pattern), handle)
    for pattern, handle in [
        (r"/v3/data/(?P<what>.*)", _data("municipality")),
        (r"/v3/oudata/(?P<what>.*)", _data("ou")),
        *(
            (rf"/v3/{name}(/(?P<ids>[^/]*))?", _catalogue(entity))
            for name, entity in [
                ("kpi", "kpis"),
                ("kpi_groups", "kpi_groups"),
                ("municipality", "municipalities"),
                ("municipality_groups", "municipality_groups"),
                ("ou", "units"),
            ]
        ),
    ]
]
