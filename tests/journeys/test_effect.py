"""A check made on a phone, and a work that another unit takes over."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from organisation.permissions import Role
from programme.models import FollowUp, Origin, Work, WorkStatus
from tests.factories import employee, finished_work, person_with

from .conftest import PHONE
from .steps import press, told, write

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def nurse(town):
    return employee(at=town.school, given_name="Jonas", family_name="Lind")


@pytest.fixture
def finished(town, nurse):
    work = finished_work(at=town.school, leader=nurse, title="Fast kontakt")
    FollowUp.objects.filter(work=work, months=3).update(due_on=timezone.localdate())
    return work


def test_a_nurse_makes_a_check_on_a_phone(finished, nurse, page_of, accessible):
    page = page_of(nurse, viewport=PHONE)
    page.goto(f"/arbeten/{finished.pk}/effekt/")
    accessible(page)
    page.get_by_role("link", name="Gör uppföljningen").first.click()
    press(page, "Skicka")  # nothing is said yet
    expect(page.locator(".ds-error-summary")).to_be_visible()
    groups = page.get_by_role("group")
    groups.filter(has_text="Följs det nya arbetssättet?").get_by_label("Ja").check()
    groups.filter(has_text="Finns effekten kvar?").get_by_label("Delvis").check()
    write(page, "Värdet i dag", "84,5")
    write(page, "Vad ser ni?", "Nya vikarier behöver visas.")
    accessible(page)
    press(page, "Skicka")
    told(page, "Tack. Nu kan alla se om det håller.")
    told(page, "Det höll delvis efter 3 månader")

    check = FollowUp.objects.get(work=finished, months=3)
    assert (check.done_on, check.done_by) == (timezone.localdate(), nurse)
    assert check.work.status == WorkStatus.FOLLOWED


def test_another_unit_tries_it(town, finished, page_of, accessible):
    manager = person_with(Role.MANAGER, at=town.schools, given_name="Eva", family_name="Holm")
    employee_there = manager.employments.create(
        unit=town.schools, position="Chef", starts_on=dt.date(2020, 1, 1)
    )
    page = page_of(manager)
    page.goto("/arbeten/biblioteket/?q=omsorgskontakt")
    accessible(page)
    page.get_by_role("link", name="Fast omsorgskontakt").first.click()
    expect(page.get_by_role("button", name="Pröva", exact=True)).to_be_visible()
    accessible(page)
    press(page, "Pröva")
    told(page, "Här är ert eget arbete")

    made = Work.objects.get(origin=Origin.ADOPTED, unit=employee_there.unit)
    assert (made.adopted_from.is_carried_out, made.leader_id) == (True, manager.pk)
