"""A stand-in for Kolada's API (v3) on loopback, for tests and benchmarks.

It does as Kolada does, the awkward parts too: pages of at most 5,000 with the address of the next,
at most 25 ids of a sort, groups of municipalities when none is named, wrong names in the query
passed over, 200 and nothing for ids that it does not know, no charset.  Faults are asked for:

    with StandIn() as kolada:
        kolada.world.add_kpi("N00001")
        kolada.fail("429", retry_after="2")
        Client(kolada.url)

As a process of its own: `python -m tests.kolada.stand_in --port 8099 --kpis 25 --years 12`, with
real municipalities and made-up values.  POST /control changes it from outside, with any of
{"faults": [{"kind": …}], "set": [{"kpi": …, "place": …, "year": …, "value": …}], "retire": […]}.
"""

import argparse
import random
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import msgspec

from .world import GENDERS, Item, World

MOST_IDS = 25
PER_PAGE = 5000
HTML = b"<!doctype html><html><head><title>Kolada</title></head><body>Hej!</body></html>"

type Query = dict[str, list[str]]


class Wrong(Exception):
    """An answer that is none: its status and its body."""

    def __init__(self, code: int, body: object) -> None:
        self.code, self.body = code, body


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next requests whose address holds `path`.

    `kind` is a status ("429", "500", "410" …), or one of "slow", "drip", "cut", "short", "html",
    "round" (its next page is itself) and "drop".
    """

    kind: str
    times: int = 1
    path: str = ""
    retry_after: str = ""
    seconds: float = 0.0  # before a "slow" answer, or between the bytes of one that drips


class StandIn:
    """The server; in a `with` it answers at `url`, from a thread of its own."""

    def __init__(
        self, world: World | None = None, *, port: int = 0, remembers: bool = False
    ) -> None:
        """`remembers` keeps every answer until /control, so that others can be measured."""
        self.world = world or World()
        self._remembered: dict[str, bytes] | None = {} if remembers else None
        self.asked: list[str] = []  # every address with its query, in order
        self.agents: set[str] = set()  # what those who asked call themselves
        self._faults: deque[Fault] = deque()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.stand_in = self
        self.host = f"http://127.0.0.1:{self._server.server_port}"
        self.url = f"{self.host}/v3"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def serve(self) -> None:
        self._server.serve_forever(poll_interval=0.02)

    def fail(self, kind: str, **how: Any) -> None:
        """Let the next request fail, or the next `times` whose address holds `path`."""
        with self._lock:
            self._faults.append(Fault(kind, **how))

    def answer(self, address: str) -> bytes:
        if self._remembered is None:
            return answer(self.world, address, self.host)
        if address not in self._remembered:
            self._remembered[address] = answer(self.world, address, self.host)
        return self._remembered[address]

    def next_fault(self, address: str) -> Fault | None:
        with self._lock:
            self.asked.append(address)
            fault = next((fault for fault in self._faults if fault.path in address), None)
            if fault is not None:
                fault.times -= 1
                if fault.times == 0:
                    self._faults.remove(fault)
            return fault

    def control(self, wish: dict[str, Any]) -> None:
        """Do what was sent to /control."""
        if self._remembered is not None:
            self._remembered.clear()
        for fault in wish.get("faults", []):
            self.fail(**fault)
        if "on" in wish:
            self.world.on = date.fromisoformat(wish["on"])
        for said in wish.get("set", []):
            self.world.set(**said)
        for kpi in wish.get("retire", []):
            self.world.retire(kpi)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    stand_in: StandIn

    def handle_error(self, *_about: object) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # the head and the body in one go
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        stand_in = self.server.stand_in
        stand_in.agents.add(self.headers.get("User-Agent", ""))
        fault = stand_in.next_fault(self.path)
        try:
            code, body = 200, stand_in.answer(self.path)
        except Wrong as wrong:
            code, body = wrong.code, msgspec.json.encode(wrong.body)
        if fault is None:
            self._send(code, body)
        elif fault.kind.isdigit():
            html = int(fault.kind) >= 502  # the front answers, not the application
            body = HTML if html else msgspec.json.encode({"detail": "Something is wrong."})
            self._send(int(fault.kind), body, html=html, retry_after=fault.retry_after)
        elif fault.kind == "html":
            self._send(200, HTML, html=True)
        elif fault.kind == "slow":
            time.sleep(fault.seconds)
            self._send(code, body)
        elif fault.kind == "drip":
            self._send(code, b"", promised=len(body))
            with suppress(ConnectionError):
                for byte in body:
                    time.sleep(fault.seconds)
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
        elif fault.kind == "round":
            itself = {"values": [], "next_url": stand_in.host + self.path, "count": 0}
            self._send(code, msgspec.json.encode(itself))
        elif fault.kind == "cut":  # the length is promised, the half is sent
            self._send(code, body[: len(body) // 2], promised=len(body))
            self.close_connection = True
        elif fault.kind == "short":  # half an answer that says it is whole
            self._send(code, body[: len(body) // 2])
        elif fault.kind == "drop":
            self.close_connection = True
        else:
            raise ValueError(fault.kind)

    def do_POST(self) -> None:
        wish = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path != "/control":
            return self._send(405, b'{"detail":"Method Not Allowed"}')
        self.server.stand_in.control(msgspec.json.decode(wish))
        return self._send(200, b"{}")

    def _send(
        self,
        code: int,
        body: bytes,
        *,
        html: bool = False,
        retry_after: str = "",
        promised: int | None = None,
    ) -> None:
        with suppress(ConnectionError):  # the other side got tired of waiting
            self.send_response(code)
            self.send_header("Content-Type", "text/html" if html else "application/json")
            self.send_header("Content-Length", str(len(body) if promised is None else promised))
            if retry_after:
                self.send_header("Retry-After", retry_after)
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()

    def log_message(self, *_about: object) -> None:
        """The tests' output is for the tests."""


# --- what is answered -----------------------------------------------------------------------------


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


# --- as a process of its own -----------------------------------------------------------------------


def made_up(*, kpis: int, years: int, last_year: int = 2025, seed: int = 1) -> World:
    """A world of real municipalities and `kpis` made-up key figures over `years` years."""
    world, chance = World(), random.Random(seed)
    world.add_every_municipality()
    world.add_group("G2328", "Alla kommuner (ovägt medel)", *world.places("K"))
    for number in range(1, kpis + 1):
        kpi = f"N{number:05}"
        divided = number % 5 < 2  # two in five, as in the real catalogue
        world.add_kpi(kpi, f"Nyckeltal {number}, andel (%)", is_divided_by_gender=divided)
        for place in [*world.places("K"), "0000"]:
            level = chance.uniform(40, 90)
            for year in range(last_year - years + 1, last_year + 1):
                for gender in GENDERS if divided else "T":
                    if chance.random() < 0.02:
                        world.set(kpi, place, year, gender=gender, status="Missing")
                    else:
                        value = round(level + chance.gauss(0, 3), 6)
                        world.set(kpi, place, year, value, gender=gender)
    return world


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--kpis", type=int, default=25)
    parser.add_argument("--years", type=int, default=12)
    parser.add_argument("--remember", action="store_true", help="make each answer once")
    chosen = parser.parse_args()
    world = made_up(kpis=chosen.kpis, years=chosen.years)
    stand_in = StandIn(world, port=chosen.port, remembers=chosen.remember)
    print(stand_in.url, flush=True)  # noqa: T201  # whoever started it waits for this line
    with suppress(KeyboardInterrupt):
        stand_in.serve()


if __name__ == "__main__":
    main()
