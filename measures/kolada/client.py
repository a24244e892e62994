"""Asking Kolada (API v3) for its catalogue and its values, politely.

Everything is lazy: a page is asked for when it is wanted, and given back before the next.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from itertools import batched
from typing import Self
from urllib.parse import SplitResult, urlencode, urlsplit, urlunsplit

import httpx
import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from foundation.errors import Refused, Temporary

from .items import (
    DataItem,
    GroupItem,
    KpiItem,
    MunicipalityItem,
    UnitItem,
    prose_of,
    title_of,
)

PER_PAGE = 5000  # the most that Kolada gives at a time
MOST_IDS = 25  # of one sort in one address; more are refused
# Before the second try and the third, unless Kolada says how long: counted in the pauses between
# questions, so a second and three at the usual pace.
WAITS = (5, 15)
LONGEST_WAIT = 30.0  # when Kolada asks for more patience, whoever asked comes back later
LONGEST_ANSWER = 120.0  # seconds for one page, however it trickles
HASTY_ANSWER = 5.0  # when a person waits at the screen
LARGEST_ANSWER = 64 * 1024 * 1024  # bytes; a full page of values is about two million
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
NAME = "Forbattringshjulet (municipal improvement work; imports through API v3)"


class _Page[Item](msgspec.Struct):
    """The envelope.  `count` is that of the page, so it says nothing about how many there are."""

    values: list[Item]
    next_url: str | None = None


class Client:
    """A conversation with Kolada; use it in a `with`.

    Raises, from every method:
        Temporary: Kolada is away, busy or out of order; already tried a few times.
        Refused: it says no, or something that we do not understand; asking again will not help.
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        per_second: float | None = None,
        timeout: httpx.Timeout = TIMEOUT,
        hasty: bool = False,
    ) -> None:
        """Args:
        url: Where Kolada is; KOLADA_URL unless said.
        per_second: At most so many requests; KOLADA_PER_SECOND unless said.
        hasty: One try and five seconds for each page, because a person waits.
        """
        self._url = (url or settings.KOLADA_URL).rstrip("/")
        self._pause = 1 / (per_second or settings.KOLADA_PER_SECOND)
        self._next_request = 0.0  # on the monotonic clock
        self._waits = () if hasty else WAITS
        self._longest = HASTY_ANSWER if hasty else LONGEST_ANSWER
        if hasty:
            timeout = httpx.Timeout(HASTY_ANSWER / 2)
        self._http = httpx.Client(timeout=timeout, headers={"User-Agent": NAME})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._http.close()

    # --- the catalogue ---------------------------------------------------------------------------

    def kpis(self) -> Iterator[KpiItem]:
        for page in self._pages("/kpi", _decode_kpis):
            for item in page:
                item.title, item.description = title_of(item.title), prose_of(item.description)
                yield item

    def municipalities(self) -> Iterator[MunicipalityItem]:
        """Return the municipalities, the regions and the country."""
        for page in self._pages("/municipality", _decode_municipalities):
            for item in page:
                item.title = title_of(item.title)
                yield item

    def municipality_groups(self) -> Iterator[GroupItem]:
        return self._groups("/municipality_groups")

    def kpi_groups(self) -> Iterator[GroupItem]:
        return self._groups("/kpi_groups")

    def units(self, municipalities: Sequence[str]) -> Iterator[UnitItem]:
        """Return the schools, home care teams and so on of `municipalities`."""
        for some in batched(municipalities, MOST_IDS, strict=False):
            wanted = set(some)
            for page in self._pages("/ou", _decode_units, municipality=",".join(some)):
                for item in page:
                    if item.municipality in wanted:
                        item.title = title_of(item.title)
                        yield item

    def _groups(self, path: str) -> Iterator[GroupItem]:
        for page in self._pages(path, _decode_groups):
            for item in page:
                item.title = title_of(item.title)
                for member in item.members:
                    member.member_title = title_of(member.member_title)
                yield item

    # --- values ----------------------------------------------------------------------------------

    def values(
        self,
        kpis: Sequence[str],
        municipalities: Sequence[str],
        *,
        years: Sequence[int] | None = None,
        since: date | None = None,
    ) -> Iterator[list[DataItem]]:
        """Return pages of what is said of `kpis` and `municipalities`, in no certain order.

        Kolada has rows for its groups too, twelve times as many; naming the municipalities keeps
        them away.  Of an id that is unknown or retired it says nothing at all.  `items.outcomes`
        turns a page into rows.

        Args:
            years: None is all that there are.
            since: Only what has changed since that day.
        """
        yield from self._data("/data", "municipality", kpis, municipalities, years, since)

    def unit_values(
        self,
        kpis: Sequence[str],
        units: Sequence[str],
        *,
        years: Sequence[int] | None = None,
        since: date | None = None,
    ) -> Iterator[list[DataItem]]:
        """Return the same of single units; `ou` of each item says which."""
        yield from self._data("/oudata", "ou", kpis, units, years, since)

    def _data(
        self,
        path: str,
        place: str,
        kpis: Sequence[str],
        places: Sequence[str],
        years: Sequence[int] | None,
        since: date | None,
    ) -> Iterator[list[DataItem]]:
        parameters = {"from_date": since.isoformat()} if since else {}
        for some_kpis in batched(kpis, MOST_IDS, strict=False):
            for some in batched(places, MOST_IDS, strict=False):
                of_these = f"{path}/kpi/{','.join(some_kpis)}/{place}/{','.join(some)}"
                for in_years in _year_segments(years):
                    yield from self._pages(of_these + in_years, _decode_data, **parameters)

    # --- asking ----------------------------------------------------------------------------------

    def _pages[Item](
        self, path: str, decode: Callable[[bytes], _Page[Item]], **parameters: str
    ) -> Iterator[list[Item]]:
        """Return page after page, as long as Kolada names a next one on its own address."""
        query = urlencode(parameters | {"per_page": PER_PAGE}, safe=",")
        url: str | None = f"{self._url}{path}?{query}"
        asked = set()
        while url is not None:
            asked.add(url)
            page = self._ask(url, decode)
            if page.values:
                yield page.values
            url = self._next(page.next_url) if page.next_url else None
            if url in asked:
                raise _elsewhere()

    def _next(self, url: str) -> str:
        """Return an address that Kolada names, on its own, whose scheme it may name wrongly.

        An address elsewhere is never asked: it could lead into the network that we stand in.
        """
        try:
            own, named = urlsplit(self._url), urlsplit(url)
            is_own = (named.hostname, _port(named)) == (own.hostname, _port(own))
            next_ = httpx.URL(urlunsplit((own.scheme, own.netloc, named.path, named.query, "")))
        except (ValueError, httpx.InvalidURL):
            is_own = False
        if not is_own:
            raise _elsewhere()
        return str(next_)

    def _ask[Item](self, url: str, decode: Callable[[bytes], _Page[Item]]) -> _Page[Item]:
        """Return a page, after a few tries if the trouble may pass."""
        for pauses in self._waits:
            try:
                return self._ask_once(url, decode)
            except _Trouble as trouble:
                if (trouble.wait or 0) > LONGEST_WAIT:
                    raise
                time.sleep(pauses * self._pause if trouble.wait is None else trouble.wait)
        return self._ask_once(url, decode)

    def _ask_once[Item](self, url: str, decode: Callable[[bytes], _Page[Item]]) -> _Page[Item]:
        self._hold_pace()
        must_end = time.monotonic() + self._longest
        try:
            with self._stream(url) as answer:
                _require_good(answer)
                body = _read(answer, must_end)
        except httpx.TimeoutException as error:
            raise _Trouble(_("Kolada did not answer in time.")) from error
        except httpx.NetworkError as error:
            raise _Trouble(_("Kolada cannot be reached.")) from error
        except httpx.HTTPError as error:  # cut short, or nothing that is HTTP
            raise _Trouble(_("Kolada's answer broke off.")) from error
        try:
            return decode(body)
        except msgspec.ValidationError as error:
            raise Refused(
                _("Kolada answered in a form that is not known here (%(what)s).") % {"what": error}
            ) from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _Trouble(_("Kolada answered with something that is not data.")) from error

    @contextmanager
    def _stream(self, url: str) -> Iterator[httpx.Response]:
        """Ask, and once more where Kolada says that it is to be found, on its own address."""
        with self._http.stream("GET", url) as answer:
            if answer.next_request is None:
                yield answer
                return
            moved = self._next(str(answer.next_request.url))
        with self._http.stream("GET", moved) as answer:
            yield answer

    def _hold_pace(self) -> None:
        """Wait until it is polite to ask again."""
        time.sleep(max(0.0, self._next_request - time.monotonic()))
        self._next_request = time.monotonic() + self._pause


class _Trouble(Temporary):
    """What may pass; `wait` is how many seconds Kolada asks for, if it does."""

    def __init__(self, sentence: str, wait: float | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait


def _elsewhere() -> Refused:
    return Refused(_("Kolada points to an address that is not its own. Nothing more was fetched."))


def _require_good(answer: httpx.Response) -> None:
    """Raise, with a sentence that says why, unless the answer is what was asked for."""
    match answer.status_code:
        case 200:
            return
        case 429:
            wait = _seconds_to_wait(answer.headers.get("Retry-After", ""))
            raise _Trouble(_("Kolada asks us to wait; it has too much to do."), wait)
        case 408 | 425 | 500 | 502 | 503 | 504 as code:
            wait = _seconds_to_wait(answer.headers.get("Retry-After", ""))
            raise _Trouble(_("Kolada is out of order (%(code)s).") % {"code": code}, wait)
        case 410:
            raise Refused(_("This version of Kolada is shut. The application must be updated."))
        case 404:
            raise Refused(_("There is nothing at Kolada's address. KOLADA_URL may be wrong."))
        case 400 | 422:
            raise Refused(_("Kolada does not understand what it was asked for."))
        case code:
            raise Refused(_("Kolada refuses to answer (%(code)s).") % {"code": code})


def _seconds_to_wait(said: str) -> float | None:
    """Read Retry-After, which is a number of seconds or a moment; None when it is neither."""
    if said.strip().isdecimal():
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _read(answer: httpx.Response, must_end: float) -> bytes:
    """Return the body, unless it is far larger than any page of Kolada's, or not there in time."""
    body = bytearray()
    for part in answer.iter_bytes():
        body += part
        if len(body) > LARGEST_ANSWER:
            raise Refused(_("Kolada's answer is far too large to be one page."))
        if time.monotonic() > must_end:
            raise httpx.ReadTimeout("The answer trickles.")
    return bytes(body)


def _port(address: SplitResult) -> int:
    """The port; those of http and of https are taken for one, as behind a front they are."""
    return 443 if address.port in (None, 80) else address.port


_decode_kpis = msgspec.json.Decoder(_Page[KpiItem]).decode
_decode_municipalities = msgspec.json.Decoder(_Page[MunicipalityItem]).decode
_decode_groups = msgspec.json.Decoder(_Page[GroupItem]).decode
_decode_units = msgspec.json.Decoder(_Page[UnitItem]).decode
_decode_data = msgspec.json.Decoder(_Page[DataItem]).decode


def _year_segments(years: Sequence[int] | None) -> list[str]:
    """Return the ends of addresses that narrow to `years`; one empty for all."""
    if years is None:
        return [""]
    return [f"/year/{','.join(map(str, some))}" for some in batched(years, MOST_IDS, strict=False)]
