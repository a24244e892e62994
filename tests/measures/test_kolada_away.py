"""Kolada on its bad days: what passes is tried again, what does not is said, and nothing hangs."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from foundation.errors import Refused, Temporary
from measures.kolada.client import Client
from measures.kolada.items import outcomes

KPI, HOME = "N15505", "0883"


def said():
    """What the client says of the one value that there is."""
    with Client() as client:
        return [row for page in client.values([KPI], [HOME]) for row in outcomes(page)]


def every_kpi():
    with Client() as client:
        return list(client.kpis())


@pytest.fixture
def one_value(kolada):
    kolada.world.set(KPI, HOME, 2020, 217.4)
    return kolada


@pytest.mark.parametrize(
    "kind", ["429", "500", "502", "503", "504", "cut", "short", "html", "drop"]
)
def test_what_passes_is_tried_again(one_value, kind):
    one_value.fail(kind, times=2)
    assert [row.value for row in said()] == [217.4]
    assert len(one_value.asked) == 3


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("429", "ber oss vänta"),
        ("500", "ur funktion (500)"),
        ("503", "ur funktion (503)"),
        ("cut", "bröts"),
        ("short", "inte är data"),
        ("html", "inte är data"),
    ],
)
def test_what_does_not_pass_in_a_while_is_left_to_later(one_value, kind, sentence):
    one_value.fail(kind, times=9)
    with pytest.raises(Temporary) as trouble:
        said()
    assert sentence in str(trouble.value)
    assert len(one_value.asked) == 3


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("410", "är stängd"),
        ("404", "KOLADA_URL"),
        ("422", "förstår inte"),
        ("400", "förstår inte"),
        ("403", "vägrar svara (403)"),
        ("301", "vägrar svara (301)"),
    ],
)
def test_what_will_never_pass_is_not_tried_again(one_value, kind, sentence):
    one_value.fail(kind)
    with pytest.raises(Refused) as refusal:
        said()
    assert sentence in str(refusal.value)
    assert len(one_value.asked) == 1


def test_the_former_version_is_shut(kolada):
    with pytest.raises(Refused, match="är stängd"), Client(f"{kolada.host}/v2") as client:
        next(client.kpis())


def test_another_service_at_the_address_is_not_believed(kolada):
    """Good JSON of another form: asking again gives the same."""
    kolada.world.kpis["N1"] = {"id": 7, "name": "Something else"}
    kolada.world.kpis["N1"]["title"] = ""
    with pytest.raises(Refused, match="inte känns igen"):
        every_kpi()
    assert len(kolada.asked) == 1


def test_fields_that_we_do_not_know_are_passed_over(kolada):
    kolada.world.add_kpi(KPI, ou_publication_date="2027-01-01", direction={"good": "high"})
    assert [kpi.id for kpi in every_kpi()] == [KPI]


@pytest.mark.slow
def test_we_wait_as_long_as_kolada_asks(one_value):
    one_value.fail("429", retry_after="1")
    began = time.monotonic()
    said()
    assert 1.0 <= time.monotonic() - began < 2.5


@pytest.mark.slow
def test_a_moment_to_wait_for_is_understood(one_value):
    moment = datetime.now(UTC) + timedelta(seconds=2)
    one_value.fail("503", retry_after=format_datetime(moment, usegmt=True))
    began = time.monotonic()
    said()
    assert 0.5 <= time.monotonic() - began < 3.5  # the moment is in whole seconds


@pytest.mark.parametrize(
    "said_", ["soon", "-5", "Thu, 99 Foo 2026", "Mon, 01 Jan 2024 00:00:00 GMT"]
)
def test_a_wait_that_cannot_be_read_or_is_over_does_no_harm(one_value, said_):
    one_value.fail("429", retry_after=said_)
    assert len(said()) == 1


def test_a_long_wait_is_left_to_whoever_asked(one_value):
    one_value.fail("429", retry_after="3600")
    began = time.monotonic()
    with pytest.raises(Temporary, match="vänta"):
        said()
    assert time.monotonic() - began < 1
    assert len(one_value.asked) == 1


def test_an_answer_that_never_comes_is_not_waited_for(one_value):
    one_value.fail("slow", seconds=5, times=9)
    began = time.monotonic()
    with (
        pytest.raises(Temporary, match="i tid"),
        Client(timeout=httpx.Timeout(0.1)) as client,
    ):
        list(client.values([KPI], [HOME]))
    assert time.monotonic() - began < 2


def test_an_answer_that_drips_is_not_waited_for(one_value, monkeypatch):
    monkeypatch.setattr("measures.kolada.client.HASTY_ANSWER", 0.4)
    one_value.fail("drip", seconds=0.02)
    began = time.monotonic()
    with pytest.raises(Temporary, match="i tid"), Client(hasty=True) as client:
        list(client.values([KPI], [HOME]))
    assert time.monotonic() - began < 2
    assert len(one_value.asked) == 1  # a person waits: no second try


def test_an_answer_without_end_is_not_read(one_value, monkeypatch):
    monkeypatch.setattr("measures.kolada.client.LARGEST_ANSWER", 100)
    with pytest.raises(Refused, match="alldeles för stort"):
        said()


def test_trouble_on_a_later_page_repeats_that_page_alone(kolada):
    for number in range(5001):
        kolada.world.add_kpi(f"N{number:05}")
    kolada.fail("cut", path="page=2")
    assert len({kpi.id for kpi in every_kpi()}) == 5001
    assert len(kolada.asked) == 3


def test_an_address_that_has_moved_is_asked_at_its_new_place(one_value):
    one_value.fail("moved")
    assert [row.value for row in said()] == [217.4]
    assert one_value.asked[1].partition("?")[0] == one_value.asked[0].partition("?")[0] + "/"


def test_what_has_moved_elsewhere_or_again_is_not_followed(one_value):
    one_value.fail("moved", times=2)
    with pytest.raises(Refused, match="vägrar svara"):
        said()
    one_value.host = "http://169.254.169.254"
    one_value.fail("moved")
    with pytest.raises(Refused, match="inte är dess egen"):
        said()
    assert len(one_value.asked) == 3
