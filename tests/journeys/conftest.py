"""A person and a browser, in front of the whole application: web server, worker and Valkey."""

import os
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import Page

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


class Browsing:
    """The browser windows of one or more tests, and what their consoles called an error."""

    def __init__(self, browser, world):
        self.browser, self.address = browser, f"http://127.0.0.1:{world.port}"
        self.complaints: list[str] = []
        self._contexts = []

    def open(self, person, *, viewport=DESKTOP, java_script=True) -> Page:
        """Return a page in a window of its own, on which `person` has signed in."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport=viewport,
            java_script_enabled=java_script,
            locale="sv-SE",
            reduced_motion="reduce",  # colours on their way have the contrast of neither end
        )
        self._contexts.append(context)
        page = context.new_page()
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
        for context in self._contexts:
            context.close()

    def _listen(self, said) -> None:
        refused_form = "status of 422" in said.text
        if said.type == "error" and not refused_form:
            self.complaints.append(f"{said.location.get('url', '')}: {said.text}")


@pytest.fixture
def page_of(world, browser):
    """Return a function that gives a page on which somebody has signed in.

    Whatever the page's console calls an error, a refusal by the security policy for example,
    fails the test when it ends.
    """
    browsing = Browsing(browser, world)
    yield browsing.open
    browsing.close()
    assert browsing.complaints == []


@pytest.fixture(scope="session")
def accessible():
    """Return a function that fails if axe finds anything on the page as it stands."""

    def check(page: Page, *, rules: list[str] | None = None) -> None:
        page.wait_for_load_state()
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
        # Put in by the debugger, not by a tag: the page's own policy forbids foreign scripts.
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        found = page.evaluate(
            "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only
        )["violations"]
        told = [
            f"{v['id']}: {v['help']} – {[node['html'][:160] for node in v['nodes'][:3]]}"
            for v in found
        ]
        assert told == [], f"{page.url}\n" + "\n".join(told)

    return check
