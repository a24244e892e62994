"""A person and a browser, in front of the whole application: web server, worker and Valkey."""

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from tests.resilience.world import World

from .town import build

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session", autouse=True)
def _database_beside_the_browser(django_db_setup, playwright):
    """Playwright keeps a loop running, and Django keeps a connection of its own for that."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    connection.close()  # while the loop runs: nobody finds it afterwards


@pytest.fixture
def _django_db_helper(django_db_setup, django_db_blocker):
    """What `django_db` means here: no transaction around the test, for others must see its work.

    And one that waits for a browser would be ended by the database as forgotten.
    """
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """The machine's own Chromium where there is one, else Playwright's."""
    installed = shutil.which("chromium") or shutil.which("chromium-browser")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    return {"args": quiet, **({"executable_path": installed} if installed else {})}


@pytest.fixture(scope="session")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Web server, worker and Valkey; started once, for they keep nothing between the tests."""
    with django_db_blocker.unblock():
        world = World(tmp_path_factory.mktemp("world") / "var")
    try:
        world.start()
        yield world
    finally:
        world.end()


@pytest.fixture(scope="package")
def town(world, django_db_blocker):
    """A municipality with something of everything, shared by these tests and then cleared.

    A test changes only what no other test looks at.
    """
    with django_db_blocker.unblock():
        yield build()
        call_command("flush", interactive=False, verbosity=0, reset_sequences=False)


def session_of(person) -> str:
    client = Client()  # a new one for each: signing in again ends the session before
    client.force_login(person)
    return client.cookies["sessionid"].value


class Windows:
    """Browser windows that are lent and given back with nothing of the former person in them.

    For a new one fetches and reads every style and script, which takes longer than most tests.
    """

    def __init__(self, browser, address):
        self._browser, self.address = browser, address
        self._idle: dict[bool, list[BrowserContext]] = {True: [], False: []}

    def lend(self, *, java_script=True) -> BrowserContext:
        if self._idle[java_script]:
            return self._idle[java_script].pop()
        return self.new(java_script=java_script)

    def new(self, *, java_script=True) -> BrowserContext:
        """Return one that has seen nothing: what a public page said an hour ago neither."""
        window = self._browser.new_context(
            base_url=self.address,
            java_script_enabled=java_script,
            locale="sv-SE",
            reduced_motion="reduce",  # colours on their way have the contrast of neither end
        )
        window.new_page()  # stays open, and what has been read with it
        return window

    def give_back(self, window: BrowserContext, *, java_script=True) -> None:
        first, *others = window.pages
        for page in others:
            page.close()
        window.clear_cookies()
        storage = {"origin": self.address, "storageTypes": "local_storage,indexeddb"}
        window.new_cdp_session(first).send("Storage.clearDataForOrigin", storage)
        self._idle[java_script].append(window)


class Browsing:
    """The pages of one or more tests, and what their consoles called an error."""

    def __init__(self, windows: Windows):
        self.windows = windows
        self.complaints: list[str] = []
        self._close: list[Callable[[], None]] = []

    def open(self, person, *, viewport=DESKTOP, java_script=True) -> Page:
        """Return a page in a window of its own, on which `person` has signed in."""
        if person is None:
            window = self.windows.new(java_script=java_script)
            self._close.append(window.close)
        else:
            window = self.windows.lend(java_script=java_script)
            give_back = self.windows.give_back
            self._close.append(partial(give_back, window, java_script=java_script))
        page = window.new_page()
        page.set_viewport_size(viewport)
        page.set_default_timeout(15_000)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.sign_in(page, person)
        return page

    def sign_in(self, page: Page, person) -> None:
        """Let `person`, or nobody, have the window of `page`; what it has fetched it keeps."""
        page.context.clear_cookies()
        if person is not None:
            session = {"name": "sessionid", "value": session_of(person)}
            page.context.add_cookies([session | {"domain": "127.0.0.1", "path": "/"}])

    def close(self) -> None:
        for close in self._close:
            close()

    def _listen(self, said) -> None:
        refused_form = "status of 422" in said.text
        if said.type == "error" and not refused_form:
            self.complaints.append(f"{said.location.get('url', '')}: {said.text}")


@pytest.fixture(scope="session")
def windows(world, browser):
    return Windows(browser, f"http://127.0.0.1:{world.port}")


@pytest.fixture
def page_of(windows):
    """Return a function that gives a page on which somebody has signed in.

    Whatever the page's console calls an error, a refusal by the security policy for example,
    fails the test when it ends.
    """
    browsing = Browsing(windows)
    yield browsing.open
    browsing.close()
    assert browsing.complaints == []


@pytest.fixture(scope="session")
def accessible():
    """Return a function that fails if axe finds anything on the page as it stands.

    It looks at all of the page, or with `part` at what a selector finds there.
    """

    def check(page: Page, *, rules: list[str] | None = None, part: str = "html") -> None:
        page.wait_for_load_state()
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
        # Put in by the debugger, not by a tag: the page's own policy forbids foreign scripts.
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        found = page.evaluate(
            """([part, only]) => {
                const options = {runOnly: only, resultTypes: ['violations']};
                return axe.run(part == 'html' ? document : part, options);
            }""",
            [part, only],
        )["violations"]
        told = [
            f"{v['id']}: {v['help']} – {[node['html'][:160] for node in v['nodes'][:3]]}"
            for v in found
        ]
        assert told == [], f"{page.url}\n" + "\n".join(told)

    return check
