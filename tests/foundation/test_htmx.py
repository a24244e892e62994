"""Pages and parts: what htmx asks for is what it gets, and everybody else gets the page."""

import pytest
from django.urls import reverse
from django_htmx.middleware import HtmxMiddleware

from foundation.htmx import go_to
from foundation.models import Job
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client):
    person = PersonFactory()
    client.force_login(person)
    return person


@pytest.fixture
def address(me):
    return reverse("job-detail", args=[Job.objects.create(key="k", work="w", requested_by=me).pk])


def ask(client, address, **headers):
    return client.get(address, headers={"HX-Request": "true", **headers})


def is_page(response):
    return "<!doctype html>" in response.text


def test_a_browser_gets_the_page(client, address):
    response = client.get(address)
    assert is_page(response)
    assert 'id="job"' in response.text
    assert {"HX-Request", "HX-Target"} <= set(response.headers["Vary"].split(", "))


def test_htmx_gets_the_part_it_will_replace(client, address):
    response = ask(client, address, **{"HX-Target": "job"})
    assert not is_page(response)
    assert response.text.lstrip().startswith('<div id="job"')


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HX-Target": "something-else"},
        {"HX-Target": "job", "HX-History-Restore-Request": "true"},
    ],
)
def test_an_unknown_target_and_the_back_button_get_the_page(client, address, headers):
    assert is_page(ask(client, address, **headers))


def test_an_ended_session_is_shown_sign_in_as_a_page(client, address):
    client.logout()
    sign_in = reverse("account_login")

    plain = client.get(address)
    assert plain.headers["Location"] == f"{sign_in}?next={address}"

    response = ask(
        client, address, **{"HX-Target": "job", "HX-Current-URL": f"http://testserver{address}"}
    )
    assert response.status_code == 200
    assert response.headers["HX-Redirect"] == f"{sign_in}?next=%2Fjobb%2F{address.split('/')[2]}%2F"


def test_leaving_for_another_page_is_a_redirect_that_htmx_follows_as_a_page(rf):
    plain = HtmxMiddleware(lambda request: go_to(request, "job-detail", 7))(rf.post("/"))
    by_htmx = HtmxMiddleware(lambda request: go_to(request, "job-detail", 7))(
        rf.post("/", headers={"HX-Request": "true"})
    )
    assert (plain.status_code, plain.headers["Location"]) == (302, "/jobb/7/")
    assert (by_htmx.status_code, by_htmx.headers["HX-Redirect"]) == (200, "/jobb/7/")
