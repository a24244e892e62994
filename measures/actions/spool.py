"""Rows on their way into PostgreSQL, packed as its binary COPY wants them.

Some 50 bytes each, beyond a few megabytes in a file without a name.  So a row costs little memory,
and is packed while the next page is fetched, when no transaction is open.
"""

from collections.abc import Iterable, Iterator
from struct import Struct
from tempfile import SpooledTemporaryFile

IN_MEMORY = 8 * 1024 * 1024  # bytes; the rest goes to a file
CHUNK = 1024 * 1024  # bytes read at a time

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"

# Each field is its length and itself; −1 is the length of NULL.  The first number counts fields.
_KEY = "hihiiihihih"
_WITH_VALUE = Struct(f"!{_KEY}idi")
_WITHOUT_VALUE = Struct(f"!{_KEY}ii")
_WITH_ALL = Struct(f"!{_KEY}idii")
_WITH_ANSWERS = Struct(f"!{_KEY}iii")


class Spool:
    """Rows to be loaded, in the order in which they came.  Read it as often as needed."""

    COLUMNS = """
        kpi_id smallint, place_id integer, year smallint, gender smallint, status smallint,
        value double precision, answers integer
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # lives as we do
        self._file.write(_HEADER)
        self.rows = 0

    def __del__(self) -> None:
        self._file.close()  # also that of an answer that nobody waited for

    def extend(self, rows: Iterable[tuple[int, int, int, int, int, float | None]]) -> None:
        """Add rows without answers, a page at a time: three times as fast as one by one.

        Args:
            rows: KPI, municipality or unit (by the table that is meant), year, gender, status,
                value.
        """
        packed = [
            _WITHOUT_VALUE.pack(7, 2, kpi, 4, place, 2, year, 2, gender, 2, status, -1, -1)
            if value is None
            else _WITH_VALUE.pack(7, 2, kpi, 4, place, 2, year, 2, gender, 2, status, 8, value, -1)
            for kpi, place, year, gender, status, value in rows
        ]
        self._file.write(b"".join(packed))
        self.rows += len(packed)

    def add(
        self,
        kpi: int,
        place: int,
        year: int,
        gender: int,
        status: int,
        value: float | None,
        answers: int | None = None,
    ) -> None:
        """Add a row with the number of answers."""
        if answers is None:
            self.extend([(kpi, place, year, gender, status, value)])
            return
        key = (7, 2, kpi, 4, place, 2, year, 2, gender, 2, status)
        packed = (
            _WITH_ANSWERS.pack(*key, -1, 4, answers)
            if value is None
            else _WITH_ALL.pack(*key, 8, value, 4, answers)
        )
        self._file.write(packed)
        self.rows += 1

    def chunks(self) -> Iterator[bytes]:
        """Return it all, from the beginning, as COPY … (FORMAT BINARY) takes it."""
        self._file.seek(0)
        while chunk := self._file.read(CHUNK):
            yield chunk
        yield _END  # never written to the file, so that more may be added
