"""A web server in this process, on which time can be set: for what takes a year."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from django.utils import timezone

from reports.demo.clock import Clock, set_back


@dataclass
class ClockedServer:
    """Answers at `url`, and believes that it is what `clock` says."""

    url: str
    clock: Clock

    @property
    def today(self) -> date:
        return self.clock.on

    def go_to(self, day: date) -> None:
        """Let it be ten in the morning of `day`.  Time never goes back."""
        moment = timezone.make_aware(datetime.combine(day, time(10)))
        assert moment >= self.clock.moment
        self.clock.moment = moment

    def wait(self, **how_long: int) -> None:
        """Let time pass: `wait(weeks=3)`."""
        self.go_to(self.today + timedelta(**how_long))


@contextmanager
def clocked_server(begins: date) -> Iterator[ClockedServer]:
    """Serve the application from this process, under a clock that begins on a day."""
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={}, port=0)
    with set_back(timezone.make_aware(datetime.combine(begins, time(10)))) as clock:
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        try:
            yield ClockedServer(f"http://127.0.0.1:{thread.port}", clock)
        finally:
            thread.terminate()
