"""The bell, the page behind it, and the choice of how often one is mailed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from organisation.actions import notices
from organisation.models import MailChoice, Notice
from tests.factories import PersonFactory, UnitFactory, employee

pytestmark = pytest.mark.django_db

PAGE = "/notiser/"


@pytest.fixture
def anna():
    return employee(at=UnitFactory(), given_name="Anna", language="en")


@pytest.fixture
def signed_in(client, anna):
    client.force_login(anna)
    return client


def tell(*people, title="Medicinen i tid", href="/ideer/7/", **more):
    notices.tell(people, kind="test.told", title=title, href=href, **more)
    return Notice.objects.latest("pk")


def words_of(response):
    return " ".join(response.text.split())


# --- the bell -------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_bell_counts_without_asking_again(signed_in, anna, count, django_assert_num_queries):
    for number in range(count):
        tell(anna, title=f"Idé {number}")
    with django_assert_num_queries(7):
        words = words_of(signed_in.get(reverse("profile")))
    assert (f"Notices, {count} unread" if count else "Notices, all read") in words


def test_more_than_ninety_nine_are_said_to_be_more(signed_in, anna):
    Notice.objects.bulk_create(
        Notice(to=anna, kind="test.told", title="T", href="/") for _ in range(100)
    )
    assert ">99+<" in signed_in.get(PAGE).text


def test_what_one_has_read_is_not_counted_nor_what_others_have_not(signed_in, anna):
    tell(anna, PersonFactory())
    notices.mark_read(anna)
    assert "Notices, all read" in words_of(signed_in.get(PAGE))


def test_whoever_has_left_is_signed_out_whatever_the_bell_says(signed_in, anna):
    tell(anna)
    anna.is_active = False
    anna.save()
    assert signed_in.get(PAGE)["Location"].startswith("/konto/login/")


# --- the page -------------------------------------------------------------------------------


def test_the_newest_stands_first_under_its_day(signed_in, anna):
    old = tell(anna, title="En gammal sak")
    tell(anna, title="En ny sak", note="Bra tänkt!")
    long_ago = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
    Notice.objects.filter(pk=old.pk).update(at=long_ago, read_at=timezone.now())
    words = words_of(signed_in.get(PAGE))
    places = [
        words.index(part)
        for part in ("Today", "En ny sak", "Unread", "Bra tänkt!", "Monday 2 March", "gammal sak")
    ]
    assert places == sorted(places)
    assert words.count('class="unread"') == 1


def test_other_peoples_notices_are_not_there(signed_in):
    tell(PersonFactory(), title="Något annat")
    words = words_of(signed_in.get(PAGE))
    assert "Något annat" not in words
    assert "Nothing yet" in words


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_long(signed_in, anna, count, django_assert_num_queries):
    for number in range(count):
        tell(anna, title=f"Idé {number}")
    with django_assert_num_queries(6):
        signed_in.get(PAGE)


def test_opening_one_marks_it_and_goes_to_the_thing(signed_in, anna):
    notice = tell(anna, href="/ideer/7/#kommentar-3")
    for _again in range(2):
        response = signed_in.get(notice.get_absolute_url())
        assert response["Location"] == "/ideer/7/#kommentar-3"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_somebody_elses_notice_cannot_be_opened(signed_in):
    notice = tell(PersonFactory())
    assert signed_in.get(notice.get_absolute_url()).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_are_marked_as_read_at_once(signed_in, anna):
    bo = PersonFactory()
    tell(anna, bo)
    assert signed_in.get(reverse("notice-read-all")).status_code == 405
    signed_in.post(reverse("notice-read-all"))
    assert [notice.to for notice in Notice.objects.unread()] == [bo]


def test_a_long_list_has_pages(signed_in, anna):
    for number in range(31):
        tell(anna, title=f"Idé {number:02}")
    assert "Idé 30" in signed_in.get(PAGE).text
    assert "Idé 00" not in signed_in.get(PAGE).text
    assert "Idé 00" in signed_in.get(PAGE + "?page=2").text


# --- the choice -----------------------------------------------------------------------------


def test_one_is_mailed_once_a_day_until_one_says_otherwise(signed_in, anna):
    assert anna.mail_choice == MailChoice.DAILY
    signed_in.post(reverse("profile"), {"choice": "hourly"})
    anna.refresh_from_db()
    assert anna.mail_choice == MailChoice.HOURLY
    assert "Every hour" in words_of(signed_in.get(PAGE))


def test_a_choice_that_does_not_exist_is_refused_beside_the_field(signed_in, anna):
    response = signed_in.post(reverse("profile"), {"choice": "every minute"})
    assert response.status_code == 422
    anna.refresh_from_db()
    assert anna.mail_choice == MailChoice.DAILY


def test_who_cannot_be_mailed_is_told_so(signed_in, anna):
    assert "came back" not in words_of(signed_in.get(reverse("profile")))
    anna.mail_refused_at = timezone.now()
    anna.save()
    assert "came back" in words_of(signed_in.get(reverse("profile")))
