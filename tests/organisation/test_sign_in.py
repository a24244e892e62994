"""Getting in: who may, how often one may try, and in which language one is spoken to."""

import io

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as configured
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse

from organisation.actions import people, units
from organisation.models import Person, Unit
from organisation.permissions import Permission, Role
from organisation.sign_in import forget_addresses
from tests.factories import PersonFactory, person_with

pytestmark = pytest.mark.django_db

PASSWORD = "hjulet-rullar-vidare"


@pytest.fixture
def anna(db):
    person = PersonFactory(given_name="Anna", email="anna@exempel.se")
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(client, email="anna@exempel.se", password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("email", ["anna@exempel.se", "Anna@Exempel.SE"])
def test_address_and_password_let_one_in(client, anna, email):
    response = sign_in(client, email)
    assert response.status_code == 302
    assert is_signed_in(client)


def test_a_wrong_password_does_not(client, anna):
    assert sign_in(client, password="fel").status_code in {200, 422}
    assert not is_signed_in(client)


def test_a_leaver_is_let_in_no_more_and_an_open_session_ends(client, anna, administrator):
    sign_in(client)
    people.close_sign_in(person_id=anna.pk, by=administrator)

    response = client.get(reverse("profile"))
    assert response.headers["Location"].startswith(reverse("account_login"))
    client.logout()
    sign_in(client)
    assert not is_signed_in(client)


def test_after_five_guesses_even_the_right_password_has_to_wait(client, anna):
    assert "DatabaseCache" in configured.CACHES["default"]["BACKEND"]  # one count for all workers
    for _guess in range(5):
        sign_in(client, password="fel")
    sign_in(client)
    assert not is_signed_in(client)

    cache.clear()  # as time does
    sign_in(client)
    assert is_signed_in(client)


def test_there_is_no_sign_up_and_no_addresses_of_ones_own(client, anna):
    response = client.post(
        reverse("account_signup"),
        {"email": "ny@exempel.se", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert not Person.objects.filter(email="ny@exempel.se").exists()
    assert response.status_code == 200
    client.force_login(anna)
    assert client.get("/konto/email/").headers["Location"] == reverse("profile")


def test_an_address_that_was_taken_away_lets_nobody_in(client, anna):
    EmailAddress.objects.create(user=anna, email="gammal@exempel.se", verified=True)
    forget_addresses([anna])
    sign_in(client, "gammal@exempel.se")
    assert not is_signed_in(client)


def test_somebody_without_password_may_choose_one_through_a_mail(client, mailoutbox):
    person = PersonFactory(email="ny@exempel.se")
    person.set_unusable_password()
    person.save()
    client.post(reverse("account_reset_password"), {"email": "ny@exempel.se"})
    assert [mail.to for mail in mailoutbox] == [["ny@exempel.se"]]


# --- language -------------------------------------------------------------------------------


def language_of(client, **headers):
    return client.get(reverse("account_login"), headers=headers).headers["Content-Language"]


def test_strangers_are_spoken_to_in_swedish_whatever_their_browser_says(client):
    assert language_of(client, **{"Accept-Language": "en-US,en;q=0.9"}) == "sv"


def test_a_stranger_chooses_and_the_choice_is_kept(client):
    client.post(reverse("set-language"), {"language": "en"})
    assert language_of(client) == "en"


def test_a_persons_language_is_theirs_wherever_they_sign_in(client, anna):
    client.force_login(anna)
    client.post(reverse("set-language"), {"language": "en"})
    anna.refresh_from_db()
    assert anna.language == "en"

    client.cookies.clear()
    client.force_login(anna)
    response = client.get(reverse("profile"))
    assert response.headers["Content-Language"] == "en"
    assert 'lang="en"' in response.text


def test_a_language_we_do_not_speak_changes_nothing(client, anna):
    client.force_login(anna)
    client.post(reverse("set-language"), {"language": "tlh"})
    anna.refresh_from_db()
    assert anna.language == "sv"


# --- the first administrator ----------------------------------------------------------------

FIRST = ["--email=Maria@Exempel.se", "--given-name=Maria", "--family-name=Ek"]
NEW = ["--organisation=Västerviks kommun", "--code=K", "--municipality-code=0883"]


@pytest.fixture
def typed(monkeypatch):
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text + "\n"))


def test_the_first_administrator_makes_the_organisation_too(client, typed, capsys):
    typed(PASSWORD)
    call_command("create_administrator", *FIRST, *NEW)

    maria = Person.objects.get(email="maria@exempel.se")
    home = Unit.objects.get()
    assert (home.name, home.code, home.municipality_code) == ("Västerviks kommun", "K", "0883")
    assert maria.may(Permission.ORGANISATION_MANAGE, at=home)
    sign_in(client, "maria@exempel.se")
    assert is_signed_in(client)


def test_a_person_who_is_there_becomes_administrator_and_keeps_the_password(anna):
    home = units.create(name="K", code="K", parent=None, by=None)
    call_command(
        "create_administrator", "--email=anna@exempel.se", "--given-name=A", "--family-name=B"
    )
    anna.refresh_from_db()
    assert (anna.given_name, anna.check_password(PASSWORD)) == ("Anna", True)
    assert Person.objects.get(pk=anna.pk).may(Permission.ORGANISATION_MANAGE, at=home)


@pytest.mark.parametrize(
    ("arguments", "password", "says"),
    [(FIRST, PASSWORD, "--organisation"), ([*FIRST, *NEW], "kort", "12")],
)
def test_what_is_missing_is_said_and_nothing_is_made(typed, arguments, password, says):
    typed(password)
    with pytest.raises(CommandError, match=says):
        call_command("create_administrator", *arguments)
    assert not Person.objects.exists()
    assert not Unit.objects.exists()


# --- the demo's door ------------------------------------------------------------------------


def test_there_is_no_demo_door_unless_the_demo_runs(client):
    assert client.get("/demo/").status_code in {302, 404}
    assert client.post("/demo/", {"email": "maria.ek@exempel.se"}).status_code in {302, 404}
    assert not is_signed_in(client)


@pytest.mark.urls("tests.organisation.demo_urls")
class TestDemo:
    def test_even_with_an_address_it_is_shut_outside_the_demo(self, client, administrator):
        assert client.get("/demo/").status_code == 404
        assert client.post("/demo/", {"email": administrator.email}).status_code == 404

    def test_a_demo_person_is_chosen_with_one_click(self, client, settings, administrator):
        settings.DEMO = True
        response = client.get("/demo/")
        assert "Maria Ek" in response.text
        assert client.post("/demo/", {"email": administrator.email}).status_code == 302
        assert is_signed_in(client)

    def test_nobody_else_is_let_in(self, client, settings, home):
        settings.DEMO = True
        other = person_with(Role.ADMINISTRATOR, at=home, email="riktig@exempel.se")
        assert client.post("/demo/", {"email": other.email}).status_code == 404
        assert not is_signed_in(client)

    @pytest.mark.parametrize("count", [0, 1])
    def test_the_page_costs_the_same_however_many(
        self, client, settings, home, count, django_assert_num_queries
    ):
        settings.DEMO = True
        for number in range(count):
            person_with(
                Role.ADMINISTRATOR,
                at=home,
                email=["maria.ek@exempel.se", "peter.westerlund@exempel.se"][number],
            )
        with django_assert_num_queries(2):  # people, units
            client.get("/demo/")
