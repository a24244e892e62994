"""The look: /stil, the frame around every page, and the files that come from other people."""

import json
import re
import runpy
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from config.preferences import COLOUR_SCHEME_COOKIE

ROOT = Path(settings.BASE_DIR)
VENDOR = ROOT / "static" / "vendor"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
OWN_STATIC = [
    path for path in sorted((ROOT / "static").rglob("*")) if path.suffix in {".css", ".js", ".svg"}
]

# Drawn only for somebody signed in, or only when something failed: their own pages show them.
NOT_AT_STIL = {"bell.html", "person_menu.html", "thumb_menu.html", "failure.html"}

pytestmark = pytest.mark.django_db


# --- /stil --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "heading"), [("sv", "Utseendet"), ("en", "The look")])
def test_stil_is_shown_in_the_demo_in_both_languages(client, settings, language, heading):
    settings.DEMO = True
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    response = client.get(reverse("stil"))

    assert response.status_code == 200
    assert f"<h1>{heading}</h1>" in response.text


def test_stil_does_not_exist_without_the_demo(client, settings):
    settings.DEMO = settings.DEBUG = False

    assert client.get(reverse("stil")).status_code == 404


def test_stil_shows_every_component(client, settings):
    settings.DEMO = True

    response = client.get(reverse("stil"))

    shown = {Path(template.name).name for template in response.templates if template.name}
    made = {path.name for path in (ROOT / "templates" / "components").glob("*.html")}
    assert made - shown == NOT_AT_STIL


def test_stil_asks_the_database_nothing(client, settings, django_assert_num_queries):
    settings.DEMO = True

    with django_assert_num_queries(0):
        client.get(reverse("stil"))


# --- forms --------------------------------------------------------------------------------------


def test_an_error_is_tied_to_its_field_and_the_summary_leads_there(client, settings):
    settings.DEMO = True

    text = client.get(reverse("stil")).text

    field = re.search(r'<input[^>]+name="refused-email"[^>]*>', text)[0]
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_refused-email_error"' in field
    assert 'id="id_refused-email_error"' in text
    assert 'href="#id_refused-email"' in text


def test_no_id_stands_twice_at_stil(client, settings):
    settings.DEMO = True

    ids = re.findall(r'\sid="([^"]+)"', client.get(reverse("stil")).text)

    assert sorted(ids) == sorted(set(ids))


# --- colours and language -----------------------------------------------------------------------


def test_chosen_colours_are_remembered_and_lead_back(client, settings):
    settings.DEMO = True

    response = client.post(reverse("set-colour-scheme"), {"scheme": "dark", "next": "/stil/"})

    assert response.url == "/stil/"
    assert client.cookies[COLOUR_SCHEME_COOKIE].value == "dark"
    assert 'data-color-scheme="dark"' in client.get(reverse("stil")).text


def test_unknown_colours_are_refused(client):
    response = client.post(reverse("set-colour-scheme"), {"scheme": "pink", "next": "/stil/"})

    assert response.status_code == 400
    assert COLOUR_SCHEME_COOKIE not in client.cookies


def test_choosing_colours_never_leads_to_another_site(client):
    form = {"scheme": "light", "next": "https://example.org/"}

    assert client.post(reverse("set-colour-scheme"), form).url == "/"


def test_a_forged_cookie_falls_back_to_the_device(client, settings):
    settings.DEMO = True
    client.cookies[COLOUR_SCHEME_COOKIE] = '"><script>'

    assert 'data-color-scheme="auto"' in client.get(reverse("stil")).text


# --- when something fails -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_a_page_for_a_failure_needs_nothing_and_shows_the_way_home(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        text = render_to_string(name)

    assert 'href="/"' in text
    assert "<h1>" in text


def test_a_missing_page_is_said_in_the_same_look(client, settings):
    settings.DEBUG = False

    response = client.get("/finns-inte/")

    assert response.status_code == 404
    assert "Sidan finns inte" in response.text
    assert 'class="band"' in response.text


# --- what we serve ----------------------------------------------------------------------------------


def test_vendored_files_say_their_versions_and_licences():
    versions = runpy.run_path(str(ROOT / "scripts" / "vendor"))["VERSIONS"]

    assert json.loads((VENDOR / "versions.json").read_text()) == versions
    assert "MIT" in (VENDOR / "designsystemet" / "LICENSE").read_text()
    assert "SIL Open Font License" in (VENDOR / "figtree" / "LICENSE").read_text()
    css = (VENDOR / "designsystemet" / "designsystemet.css").read_text()
    assert versions["@digdir/designsystemet-css"] in css.splitlines()[0]
    assert "MIT" in (VENDOR / "plotly" / "LICENSE").read_text()
    plotly = (VENDOR / "plotly" / "plotly-cartesian.min.js").read_text()[:200]
    assert versions["plotly.js-cartesian-dist-min"] in plotly
    assert versions["plotly.js-locales"] in (VENDOR / "plotly" / "sv.js").read_text()[:200]
    axe = (ROOT / "tests" / "vendor" / "axe.min.js").read_text()[:200]
    assert versions["axe-core"] in axe


@pytest.mark.parametrize("path", [*TEMPLATES, *OWN_STATIC], ids=lambda path: path.name)
def test_nothing_is_fetched_from_another_host(path):
    text = path.read_text()

    assert not re.findall(r"""url\(\s*["']?(?:https?:)?//|@import\s+["'](?:https?:)?//""", text)
    assert not re.findall(
        r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["'](?:https?:)?//""", text
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_needs_what_the_content_policy_forbids(path):
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)

    assert not re.findall(r"\sstyle=|\son[a-z]+=[\"']|hx-on", text)
    assert not re.findall(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)|<style", text)


def test_every_icon_that_is_named_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/site/icons.svg").read_text()))
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(
            r'(?:{% icon |icon_name=|icon_name\|default:)"([\w-]+)"', path.read_text()
        )
    }
    menu = set(
        re.findall(
            r'Item\([^)]*\)?, "[\w-]+", "([\w-]+)"', (ROOT / "config/navigation.py").read_text()
        )
    )

    assert (named | menu) - drawn == set()


def test_a_first_visit_is_light():
    """What every page loads, compressed as it is served: under 150 kB with the page itself."""
    stylesheets = re.findall(
        r'static "([^"]+)"', (ROOT / "templates/components/stylesheets.html").read_text()
    )
    font = VENDOR / "figtree" / "figtree-latin-wght-normal.woff2"

    css = b"".join((ROOT / "static" / name).read_bytes() for name in stylesheets)

    assert len(zlib.compress(css, 9)) + font.stat().st_size < 60_000
