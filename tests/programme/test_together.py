"""What a team keeps together: tasks, talk, decisions, files and the diary."""

import datetime as dt
import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from foundation.errors import Refused
from organisation.models import Notice
from programme.actions import deciding, files, guests, remarks, tasks, works
from programme.actions.tasks import Doing
from programme.models import Phase, Remark, Task, Thread, Work, WorkDecision, WorkFile
from programme.queries.together import is_late, tasks_for
from programme.rules.tasks import why_not_add, why_not_take, why_not_tick
from tests.factories import cycle_in, started_work
from tests.programme.test_files import upload

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
TOMORROW = TODAY + dt.timedelta(days=1)
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def guest(work, leader):
    svea = guests.Guest("Svea", "Lund")
    until = TODAY + dt.timedelta(days=90)
    return guests.invite(work_id=work.pk, guest=svea, expires_on=until, on=TODAY, by=leader).guest


@pytest.fixture
def page(work):
    return reverse("work-together", args=[work.pk])


def task_in(work, *, by, owner=None, text="Fråga nattpersonalen", due_on=None, **fields):
    doing = Doing(text, owner or by, due_on)
    return tasks.add(work_id=work.pk, doing=doing, key=fields.pop("key", uuid4()), by=by, **fields)


def line_in(work, *, by, what="Vi börjar på avdelning 2", **fields):
    said = {"decided_on": TODAY, "key": uuid4(), "on": TODAY, **fields}
    return deciding.write(work_id=work.pk, what=what, by=by, **said)


def notices_of(person):
    return list(Notice.objects.filter(to=person).order_by("pk").values_list("kind", "href"))


def fresh(work):
    return Work.objects.get(pk=work.pk)


# --- tasks ----------------------------------------------------------------------------------------


def test_a_task_is_written_down_and_whoever_gets_it_is_told(client, work, leader, member, page):
    client.force_login(leader)
    said = {"task-text": "Ringa vaktmästaren", "task-owner": member.pk, "task-due_on": TOMORROW}

    answer = client.post(reverse("task-add", args=[work.pk]), {**said, "task-key": uuid4()})

    assert answer["Location"] == f"{page}#tasks"
    task = Task.objects.get()
    assert (task.text, task.owner, task.due_on, task.made_by) == (
        *("Ringa vaktmästaren", member, TOMORROW),
        leader,
    )
    assert ("task.given", f"{page}#tasks") in notices_of(member)
    assert "Ringa vaktmästaren" in client.get(page).text


def test_the_same_form_sent_twice_is_one_task(client, work, leader):
    client.force_login(leader)
    said = {"task-text": "Ringa", "task-owner": leader.pk, "task-key": uuid4()}
    for _ in range(2):
        assert client.post(reverse("task-add", args=[work.pk]), said).status_code == 302
    assert Task.objects.count() == 1


def test_what_is_missing_is_said_beside_it_and_what_was_typed_stays(client, work, leader):
    client.force_login(leader)
    said = {"task-text": "", "task-owner": leader.pk, "task-due_on": "2026-99-01"}
    answer = client.post(reverse("task-add", args=[work.pk]), {**said, "task-key": uuid4()})
    assert answer.status_code == 422
    assert 'value="2026-99-01"' in answer.text
    assert Task.objects.count() == 0


def test_only_those_in_the_team_have_tasks(work, leader, stranger):
    with pytest.raises(Refused, match="inte med i teamet"):
        task_in(work, by=leader, owner=stranger)


def test_neither_strangers_nor_guests_write_tasks_down(client, work, stranger, guest):
    with pytest.raises(Refused, match="teamet"):
        task_in(work, by=stranger)
    assert why_not_add(fresh(work), guest)
    client.force_login(guest)
    assert client.post(reverse("task-add", args=[work.pk]), {}).status_code == 404


def test_a_task_is_ticked_and_whoever_wrote_it_down_is_told(client, work, leader, member, page):
    task = task_in(work, by=leader, owner=member)
    client.force_login(member)

    client.post(reverse("task-step", args=[task.pk, "klar"]))

    task.refresh_from_db()
    assert (task.done_on, task.done_by) == (TODAY, member)
    assert ("task.done", f"{page}#tasks") in notices_of(leader)
    client.post(reverse("task-step", args=[task.pk, "angra"]))
    task.refresh_from_db()
    assert (task.done_on, task.done_by) == (None, None)


def test_a_tick_draws_the_list_alone_and_leaves_what_is_half_written(client, work, leader):
    task = task_in(work, by=leader)
    client.force_login(leader)
    htmx = {"HX-Request": "true", "HX-Target": "task-list"}
    answer = client.post(reverse("task-step", args=[task.pk, "klar"]), headers=htmx)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="task-list"')
    assert "<h1" not in answer.text


def test_a_second_tick_changes_nothing(work, leader, member):
    task = task_in(work, by=leader, owner=member)
    tasks.tick(task_id=task.pk, on=TODAY, by=member)
    again = tasks.tick(task_id=task.pk, on=TOMORROW, by=leader)
    assert (again.done_on, again.done_by) == (TODAY, member)


def test_a_guest_takes_and_ticks_a_task_but_ticks_no_other(client, work, leader, guest):
    task = task_in(work, by=leader)
    client.force_login(guest)
    assert why_not_tick(Task.objects.get(), guest)
    assert why_not_take(Task.objects.get(), guest) is None

    client.post(reverse("task-step", args=[task.pk, "ta"]))
    client.post(reverse("task-step", args=[task.pk, "klar"]))

    task.refresh_from_db()
    assert (task.owner, task.done_by) == (guest, guest)
    assert [kind for kind, _ in notices_of(leader)][-2:] == ["task.given_away", "task.done"]


def test_what_is_done_is_not_taken(work, leader, member):
    task = task_in(work, by=leader)
    tasks.tick(task_id=task.pk, on=TODAY, by=leader)
    with pytest.raises(Refused, match="redan"):
        tasks.take(task_id=task.pk, by=member)


def test_a_task_gets_another_owner_and_day(client, work, leader, member, page):
    task = task_in(work, by=leader)
    client.force_login(leader)
    said = {"text": "Ringa i dag", "owner": member.pk, "due_on": TOMORROW}
    assert client.post(reverse("task-edit", args=[task.pk]), said).status_code == 302
    task.refresh_from_db()
    assert (task.text, task.owner, task.due_on) == ("Ringa i dag", member, TOMORROW)
    assert ("task.given", f"{page}#tasks") in notices_of(member)


def test_who_has_left_keeps_the_task_until_somebody_takes_it(client, work, leader, member, page):
    task = task_in(work, by=leader, owner=member)
    works.remove_member(membership_id=work.memberships.get(person=member).pk, by=leader)
    client.force_login(leader)
    assert "inte längre med i teamet" in client.get(page).text
    said = {"text": task.text, "owner": member.pk, "due_on": TOMORROW}
    assert client.post(reverse("task-edit", args=[task.pk]), said).status_code == 302


def test_a_task_is_asked_about_and_removed(client, work, leader):
    task = task_in(work, by=leader)
    client.force_login(leader)
    address = reverse("task-remove", args=[task.pk])
    assert task.text in client.get(address).text
    assert client.post(address).status_code == 302
    assert Task.objects.count() == 0
    tasks.remove(task_id=task.pk, by=leader)  # the second of two clicks


def test_a_tick_on_what_has_just_been_removed_is_said_no_to(leader):
    with pytest.raises(Refused, match="tagit bort"):
        tasks.tick(task_id=1, on=TODAY, by=leader)


def test_late_is_said_in_words(client, work, leader, page):
    late = task_in(work, by=leader, text="Sen", due_on=YESTERDAY)
    in_time = task_in(work, by=leader, text="I tid", due_on=TODAY)
    assert [is_late(task, on=TODAY) for task in (late, in_time)] == [True, False]
    client.force_login(leader)
    text = client.get(page).text
    assert "1 är sen" in text
    assert "sen, skulle vara klar" in text


def test_a_stopped_work_has_its_tasks_as_they_were(work, leader):
    task = task_in(work, by=leader)
    works.press(work_id=work.pk, step_name="stop", why="Ingen tid", by=leader)
    for act in (
        lambda: task_in(work, by=leader),
        lambda: tasks.tick(task_id=task.pk, on=TODAY, by=leader),
    ):
        with pytest.raises(Refused):
            act()
    assert tasks_for(leader, limit=5) == []


def test_my_tasks_stand_on_the_start_page_the_nearest_first(client, work, leader, member):
    task_in(work, by=leader, owner=member, text="Utan dag")
    task_in(work, by=leader, owner=member, text="Försenad", due_on=YESTERDAY)
    task_in(work, by=leader, text="Någon annans")
    done = task_in(work, by=leader, owner=member, text="Redan klar")
    tasks.tick(task_id=done.pk, on=TODAY, by=member)
    assert [task.text for task in tasks_for(member, limit=5)] == ["Försenad", "Utan dag"]
    client.force_login(member)
    text = client.get("/").text
    assert "Mina uppgifter" in text
    assert "Någon annans" not in text


def test_tasks_and_talk_of_a_test_stand_on_its_page(client, work, leader, member):
    cycle = cycle_in(work, Phase.DO, by=leader)
    client.force_login(leader)
    said = {"task-text": "Räkna lapparna", "task-owner": member.pk, "task-cycle": cycle.pk}
    answer = client.post(reverse("task-add", args=[work.pk]), {**said, "task-key": uuid4()})
    assert answer["Location"] == f"{reverse('cycle-detail', args=[cycle.pk])}#tasks"
    remark = {"text": "Lappen syns", "cycle": cycle.pk, "key": uuid4()}
    client.post(reverse("work-talk", args=[work.pk]), remark)
    text = client.get(reverse("cycle-detail", args=[cycle.pk])).text
    assert "Räkna lapparna" in text
    assert "Lappen syns" in text
    ticked = client.post(
        reverse("task-step", args=[Task.objects.get().pk, "klar"]), {"at": "cycle"}
    )
    assert ticked["Location"].startswith(reverse("cycle-detail", args=[cycle.pk]))


def test_a_test_of_another_work_is_no_place_for_a_task(work, leader, unit):
    other = started_work(at=unit, leader=leader)
    with pytest.raises(Refused):
        task_in(work, by=leader, cycle_id=cycle_in(other, by=leader).pk)


# --- talk -----------------------------------------------------------------------------------------


def test_whoever_is_named_is_told_and_so_is_the_team(client, work, leader, member, guest, page):
    client.force_login(leader)
    said = {"text": "@Sara Berg, hinner du?", "key": uuid4()}
    for _ in range(2):  # a double click
        answer = client.post(reverse("work-talk", args=[work.pk]), said)
        assert answer["Location"] == f"{page}#talk"
    remark = Remark.objects.get()
    assert list(remark.mentions.all()) == [member]
    assert ("remark.mention", f"{page}#talk") in notices_of(member)
    assert ("remark.said", f"{page}#talk") in notices_of(guest)


def test_who_cannot_see_the_work_cannot_be_named_and_the_words_stay(client, work, leader, stranger):
    client.force_login(leader)
    said = {"text": f"@{stranger.name} vet", "key": uuid4()}
    answer = client.post(reverse("work-talk", args=[work.pk]), said)
    assert answer.status_code == 422
    assert f"@{stranger.name} vet" in answer.text
    assert Remark.objects.count() == 0


def test_a_guest_talks_and_takes_back_what_they_said(client, work, guest, page):
    client.force_login(guest)
    client.post(
        reverse("work-talk", args=[work.pk]), {"text": "Jag vet hur det är", "key": uuid4()}
    )
    remark = Remark.objects.get()
    assert "Jag vet hur det är" in client.get(page).text
    client.post(reverse("remark-remove", args=[remark.pk]))
    assert "Jag vet hur det är" not in client.get(page).text


def test_what_leader_and_coach_say_is_not_the_teams(client, work, leader, member, page):
    remarks.say(work_id=work.pk, thread=Thread.COACH, text="Tyst", key=uuid4(), by=leader)
    client.force_login(member)
    assert "Tyst" not in client.get(page).text


# --- the log of decisions -------------------------------------------------------------------------


def test_a_decision_is_written_down_once_with_its_reason(client, work, leader, page):
    client.force_login(leader)
    said = {
        "decision-what": "Vi mäter varje tisdag",
        "decision-why": "Då är alla här",
        "decision-decided_on": TODAY,
        "decision-key": uuid4(),
    }
    for _ in range(2):
        answer = client.post(reverse("decision-line-add", args=[work.pk]), said)
        assert answer["Location"] == f"{page}#decisions"
    line = WorkDecision.objects.get()
    assert (line.what, line.why, line.by) == ("Vi mäter varje tisdag", "Då är alla här", leader)


def test_nothing_is_decided_on_a_day_to_come(client, work, leader):
    with pytest.raises(Refused, match="dagen har inte varit"):
        line_in(work, by=leader, decided_on=TOMORROW)
    client.force_login(leader)
    said = {"decision-what": "Snart", "decision-decided_on": TOMORROW, "decision-key": uuid4()}
    answer = client.post(reverse("decision-line-add", args=[work.pk]), said)
    assert answer.status_code == 422
    assert 'value="Snart"' in answer.text


def test_a_line_is_corrected_by_a_new_one_and_only_once(client, work, leader, page):
    line = line_in(work, by=leader)
    client.force_login(leader)
    address = reverse("decision-line-correct", args=[line.pk])
    assert line.what in client.get(address).text
    said = {"decision-what": "Vi börjar på avdelning 3", "decision-decided_on": TODAY}
    assert client.post(address, {**said, "decision-key": uuid4()}).status_code == 302
    assert WorkDecision.objects.get(corrects=line).what == "Vi börjar på avdelning 3"
    text = client.get(page).text
    assert "Vi börjar på avdelning 2" in text
    again = client.post(address, {**said, "decision-key": uuid4()})
    assert again.status_code == 422
    assert WorkDecision.objects.count() == 2


def test_the_database_keeps_every_line_as_it_was_written(work, leader):
    line = line_in(work, by=leader)
    with pytest.raises(IntegrityError, match="is kept"), transaction.atomic():
        WorkDecision.objects.update(what="Något annat")
    with pytest.raises(IntegrityError, match="is kept"), transaction.atomic():
        line.delete()


def test_a_line_corrects_one_of_its_own_work(work, leader, unit):
    other = line_in(started_work(at=unit, leader=leader), by=leader)
    row = {"decided_on": TODAY, "what": "x", "by": leader, "key": uuid4(), "corrects": other}
    with pytest.raises(IntegrityError, match="another work"), transaction.atomic():
        work.decisions.create(**row)


def test_a_guest_reads_the_log_and_does_not_write_in_it(client, work, leader, guest, page):
    line_in(work, by=leader)
    client.force_login(guest)
    assert "Vi börjar på avdelning 2" in client.get(page).text
    assert client.post(reverse("decision-line-add", args=[work.pk]), {}).status_code == 404
    with pytest.raises(Refused, match="teamet"):
        line_in(work, by=guest)


# --- files ----------------------------------------------------------------------------------------


def picture(colour="teal"):
    content = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "PNG")
    return SimpleUploadedFile("tavla.png", content.getvalue())


def test_files_are_kept_with_the_work(client, work, leader, page):
    client.force_login(leader)
    said = {"file-chosen": [picture(), picture("red")], "file-says": "Tavlan i korridoren"}
    answer = client.post(reverse("work-file-add", args=[work.pk]), said)
    assert answer["Location"] == f"{page}#files"
    assert WorkFile.objects.filter(cycle=None, says="Tavlan i korridoren").count() == 2
    assert "Tavlan i korridoren" in client.get(page).text


def test_without_a_file_it_is_said_and_the_words_stay(client, work, leader):
    client.force_login(leader)
    answer = client.post(reverse("work-file-add", args=[work.pk]), {"file-says": "Tavlan"})
    assert answer.status_code == 422
    assert 'value="Tavlan"' in answer.text


def test_a_file_of_the_work_is_removed_and_one_comes_back_to_the_tab(client, work, leader, page):
    file = files.add(work_id=work.pk, upload=upload(), by=leader)
    client.force_login(leader)
    assert client.post(reverse("work-file-remove", args=[file.pk]))["Location"] == page


def test_a_guest_opens_the_files_and_neither_adds_nor_removes(client, work, leader, guest, page):
    file = files.add(work_id=work.pk, upload=upload(), says="Tavlan", by=leader)
    client.force_login(guest)
    assert "Tavlan" in client.get(page).text
    assert client.get(reverse("work-file-open", args=[file.pk])).status_code == 200
    assert client.post(reverse("work-file-add", args=[work.pk]), {}).status_code == 404
    assert client.post(reverse("work-file-remove", args=[file.pk])).status_code == 404


# --- the diary ------------------------------------------------------------------------------------


def test_the_diary_writes_itself_and_forgets_what_is_removed(client, work, leader):
    task = task_in(work, by=leader, text="Ringa vaktmästaren")
    tasks.tick(task_id=task.pk, on=TODAY, by=leader)
    line_in(work, by=leader)
    client.force_login(leader)
    address = reverse("work-diary", args=[work.pk])
    text = client.get(address).text
    assert "Ringa vaktmästaren" in text
    assert "Vi börjar på avdelning 2" in text
    tasks.remove(task_id=task.pk, by=leader)
    assert "Ringa vaktmästaren" not in client.get(address).text


def test_the_whole_diary_has_pages(client, work, leader):
    for number in range(45):
        line_in(work, by=leader, what=f"Beslut {number}.")
    client.force_login(leader)
    address = reverse("work-diary", args=[work.pk])
    assert "Beslut 0." not in client.get(address).text
    assert "Beslut 0." in client.get(address, {"page": 2}).text


# --- the page -------------------------------------------------------------------------------------


def test_what_one_may_not_see_is_not_found(client, work, leader, stranger):
    client.force_login(stranger)
    for route in ("work-together", "work-diary"):
        assert client.get(reverse(route, args=[work.pk])).status_code == 404


def test_what_one_was_told_is_read_when_the_page_is_opened(client, work, leader, member, page):
    task_in(work, by=leader, owner=member)
    client.force_login(member)
    client.get(page)
    assert not Notice.objects.filter(to=member, read_at=None, href__startswith=page).exists()


def fill(work, leader, member, number):
    for _ in range(number):
        cycle = cycle_in(work, by=leader)
        task = task_in(work, by=leader, owner=member, cycle_id=cycle.pk)
        tasks.tick(task_id=task.pk, on=TODAY, by=member)
        task_in(work, by=leader, due_on=YESTERDAY)
        remarks.say(work_id=work.pk, thread=Thread.TEAM, text="Hej", key=uuid4(), by=member)
        line = line_in(work, by=leader)
        line_in(work, by=leader, corrects_id=line.pk)
        files.add(work_id=work.pk, upload=upload(uuid4().bytes), by=leader)


@pytest.mark.parametrize("route", ["work-together", "work-diary", "start"])
def test_one_thing_or_three_cost_the_same(client, work, leader, member, route):
    address = reverse(route, args=[work.pk] if route != "start" else [])
    fill(work, leader, member, 1)
    client.force_login(leader)
    client.get(address)  # what was told is read
    asked = []
    for more in (0, 2):
        fill(work, leader, member, more)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked.append(len(queries))
    assert asked[0] == asked[1]
