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
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import msgspec

from .answers import Wrong, answer
from .world import GENDERS, World

HTML = b"<!doctype html><html><head><title>Kolada</title></head><body>Hej!</body></html>"


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next requests whose address holds `path`.

    `kind` is a status ("429", "500", "410" …), or one of "slow", "drip", "cut", "short", "html",
    "round" (its next page is itself), "moved" (to the same with a slash) and "drop".
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
        elif fault.kind == "moved":
            path, _, query = self.path.partition("?")
            self._send(307, b"", location=f"{stand_in.host}{path}/?{query}")
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
        location: str = "",
        promised: int | None = None,
    ) -> None:
        with suppress(ConnectionError):  # the other side got tired of waiting
            self.send_response(code)
            self.send_header("Content-Type", "text/html" if html else "application/json")
            self.send_header("Content-Length", str(len(body) if promised is None else promised))
            if retry_after:
                self.send_header("Retry-After", retry_after)
            if location:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()

    def log_message(self, *_about: object) -> None:
        """The tests' output is for the tests."""


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
