"""A patient or user in a team sees that work, and nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config.guests import ROUTES
from foundation.errors import Refused
from organisation.actions import guests as doors
from organisation.models import GuestPass, Person
from programme.actions import guests, works
from programme.models import Member, Work
from programme.rules.cycles import why_not_plan
from programme.rules.works import may_take_part
from tests.architecture.test_routes import PUBLIC, address_of
from tests.architecture.test_routes import ROUTES as ALL_ROUTES
from tests.factories import started_work

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
UNTIL = TODAY + timedelta(days=90)
SVEA = guests.Guest("Svea", "Lund")


def invited(work, by, guest=SVEA, until=UNTIL):
    return guests.invite(work_id=work.pk, guest=guest, expires_on=until, on=TODAY, by=by)


@pytest.fixture
def invitation(work, leader):
    return invited(work, leader)


@pytest.fixture
def guest(invitation):
    return invitation.guest


def test_a_guest_has_a_seat_and_a_link_whose_secret_nobody_keeps(work, invitation):
    assert work.memberships.get(person=invitation.guest).role == Member.GUEST
    kept = GuestPass.objects.get()
    assert invitation.secret not in str(vars(kept))
    assert doors.guest_behind(invitation.secret) == invitation.guest


def test_only_who_leads_invites(work, member, stranger):
    for person in (member, stranger):
        with pytest.raises(Refused):
            invited(work, person)


def test_the_same_name_has_one_seat(work, leader, invitation):
    with pytest.raises(Refused, match="redan en plats"):
        invited(work, leader)


@pytest.mark.parametrize("days", [0, -1, 400])
def test_the_link_works_until_a_day_that_can_be(work, leader, days):
    with pytest.raises(Refused):
        invited(work, leader, until=TODAY + timedelta(days=days))


def test_an_address_that_somebody_has_is_not_taken_over(work, leader, member):
    with pytest.raises(Refused, match="adress"):
        invited(work, leader, guests.Guest("Sara", "Berg", member.email))


# --- the link ---------------------------------------------------------------------------------


def test_opening_the_link_asks_first_and_then_shows_the_work(client, work, invitation):
    door = reverse("guest-enter", args=[invitation.secret])
    client.get(door)
    assert "_auth_user_id" not in client.session  # a program that looks at links does not sign in

    answer = client.post(door, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("work-detail", args=[work.pk])
    assert work.title in answer.text


def test_a_new_link_closes_the_old_one(client, work, leader, invitation):
    seat = work.memberships.get(role=Member.GUEST)
    renewed = guests.renew(membership_id=seat.pk, expires_on=UNTIL, on=TODAY, by=leader)
    assert doors.guest_behind(invitation.secret) is None
    assert doors.guest_behind(renewed.secret) == invitation.guest
    assert client.get(reverse("guest-enter", args=[invitation.secret])).status_code == 404


def test_a_link_whose_time_has_run_out_opens_nothing(client, invitation):
    GuestPass.objects.update(expires_on=TODAY - timedelta(days=1))
    door = reverse("guest-enter", args=[invitation.secret])
    assert client.post(door).status_code == 404
    assert "_auth_user_id" not in client.session


def test_who_is_shown_out_is_out_at_once(client, work, leader, invitation):
    client.post(reverse("guest-enter", args=[invitation.secret]))
    seat = work.memberships.get(role=Member.GUEST)

    guests.show_out(membership_id=seat.pk, by=leader)

    answer = client.get(reverse("work-detail", args=[work.pk]))
    assert answer.status_code == 302  # to sign in, which a guest cannot
    assert doors.guest_behind(invitation.secret) is None


def test_taken_out_of_the_team_like_anybody_else_a_guest_is_out_too(work, leader, invitation):
    seat = work.memberships.get(role=Member.GUEST)
    works.remove_member(membership_id=seat.pk, by=leader)
    assert doors.guest_behind(invitation.secret) is None


# --- what a guest sees and does ------------------------------------------------------------------


def test_a_guest_sees_their_own_work_alone(guest, work, unit):
    started_work(at=unit)
    assert list(Work.objects.visible_to(guest)) == [work]


def test_a_guest_reads_and_does_not_write(guest, work):
    work = Work.objects.get(pk=work.pk)
    assert not may_take_part(work, guest)
    assert why_not_plan(work, guest)


def test_every_other_address_is_not_found(client, guest):
    client.force_login(guest)
    open_to_them = ROUTES | PUBLIC
    closed = [address_of(n, given) for n, given, _ in ALL_ROUTES if n not in open_to_them]
    found = [a for a in closed if {client.get(a).status_code, client.post(a).status_code} != {404}]
    assert found == []


def test_somebody_elses_work_is_not_found_by_a_guest(client, guest, unit):
    other = started_work(at=unit)
    client.force_login(guest)
    assert client.get(reverse("work-detail", args=[other.pk])).status_code == 404


def test_guests_are_not_found_among_those_who_work_here(guest):
    assert guest not in Person.objects.found_by("Svea")


# --- the page ------------------------------------------------------------------------------------


def test_the_leader_invites_on_the_page_and_sees_the_link_once(client, work, leader):
    client.force_login(leader)
    page = reverse("work-guests", args=[work.pk])
    said = {"given_name": "Svea", "family_name": "Lund", "expires_on": UNTIL.isoformat()}

    answer = client.post(page, said)

    assert "/gast/" in answer.text
    assert "/gast/" not in client.get(page).text
    assert client.post(page, said).status_code == 422  # a second press makes no second seat
    assert work.memberships.filter(role=Member.GUEST).count() == 1


def test_the_page_renews_and_shows_out(client, work, leader, guest):
    seat = work.memberships.get(role=Member.GUEST)
    client.force_login(leader)
    renewed = client.post(reverse("guest-renew", args=[seat.pk]), {"expires_on": UNTIL.isoformat()})
    assert "/gast/" in renewed.text
    client.post(reverse("guest-show-out", args=[seat.pk]))
    assert not work.memberships.filter(role=Member.GUEST).exists()


def test_somebody_else_does_not_find_the_seats(client, work, stranger, guest):
    client.force_login(stranger)
    seat = work.memberships.get(role=Member.GUEST)
    assert client.get(reverse("work-guests", args=[work.pk])).status_code == 404
    assert client.post(reverse("guest-show-out", args=[seat.pk])).status_code == 404
