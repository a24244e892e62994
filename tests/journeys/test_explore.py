"""Look closer at a picture of a measure: the library comes when one asks for it, and not before."""

import gzip
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

FIRST_LOAD = 150_000  # bytes, compressed as a server sends them


def test_the_library_comes_when_one_asks_for_it_and_our_policy_lets_it_draw(
    town, page_of, accessible
):
    page = page_of(town["staff"])  # it fails if the console complains, of the policy for example
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(reverse("kpi-detail", args=["N15428"]))
    page.wait_for_load_state("networkidle")
    assert not [answer.url for answer in answers if "plotly" in answer.url]
    assert sum(len(gzip.compress(answer.body())) for answer in answers) < FIRST_LOAD

    years = page.locator("figure").first
    years.get_by_role("button", name="Utforska").click()

    room = years.locator(".explore")
    expect(room.locator(".scatterlayer .trace")).not_to_have_count(0)
    expect(room).to_be_focused()
    expect(years.locator("[data-still]")).to_be_hidden()
    expect(room.locator("[data-title]").first).to_have_attribute("data-title", "Zooma in")
    accessible(page, rules=["color-contrast"])


def test_what_is_explored_follows_the_colours_of_the_page(town, page_of):
    page = page_of(town["staff"])
    page.goto(reverse("kpi-detail", args=["N15428"]))
    page.get_by_role("button", name="Utforska").first.click()
    line = page.locator(".explore .scatterlayer .js-line").last
    light = line.evaluate("one => getComputedStyle(one).stroke")
    page.emulate_media(color_scheme="dark")
    expect(line).not_to_have_css("stroke", light)


def test_without_java_script_there_is_no_button_and_nothing_is_lacking(town, page_of):
    page = page_of(town["staff"], java_script=False)
    page.goto(reverse("kpi-detail", args=["N15428"]))
    expect(page.get_by_role("button", name="Utforska")).to_have_count(0)
    expect(page.locator("figure svg").first).to_be_visible()
    page.locator("summary", has_text="Visa som tabell").first.click()
    expect(page.locator(".strip-table")).to_be_visible()
    page.get_by_role("link", name="Kalmar län").click()
    expect(page).to_have_url(re.compile("grupp=lan"))
