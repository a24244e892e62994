"""One mail to each who wants it, whatever happens on the way."""

import datetime as dt
import email
import re
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from config.celery import app
from foundation import jobs
from foundation.models import Job, JobStatus
from organisation import notices as register
from organisation.actions import digests, notices
from organisation.models import MailChoice, Notice, Person
from organisation.models.person import quiet_at
from organisation.tasks import forget_notices
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


class MailServer(EmailBackend):
    """Takes mail into the box, but for the addresses that it has something against."""

    against: dict = {}
    asked_for: list = []

    def send_messages(self, messages):
        (message,) = messages
        (address,) = message.to
        self.asked_for.append(address)
        if error := self.against.get(address):
            raise error
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings, monkeypatch):
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.MailServer"}}
    settings.SITE_URL = "https://hjulet.example.se"
    monkeypatch.setattr(jobs, "send", lambda job: None)
    monkeypatch.setattr(MailServer, "against", {})
    monkeypatch.setattr(MailServer, "asked_for", [])
    register.sentences({"test.approve": "Din idé är godkänd."})
    mail.outbox = []
    return MailServer


def reader(choice=MailChoice.DAILY, told=1, **fields):
    """Somebody who has been told things and has read none of them."""
    person = PersonFactory(mail_choice=choice, **fields)
    for number in range(told):
        tell(person, title=f"Idé {number}")
    return person


def tell(*people, title="Medicinen i tid"):
    notices.tell(people, kind="test.approve", title=title, note="Hemligt.", href="/ideer/7/?en=sak")


def post(choice=MailChoice.DAILY):
    """What the timetable and a worker do together."""
    job = digests.ask_for(choice)
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def again(job):
    """The lease has run out, or the wait is over: a worker takes the job anew."""
    long_ago = timezone.now() - Job.LEASE
    Job.objects.filter(pk=job.pk).update(due_at=long_ago, lease_until=long_ago)
    jobs.run(job.pk)
    job.refresh_from_db()


def sent_to():
    return [message.to[0] for message in mail.outbox]


def ids():
    return [message.extra_headers["Message-ID"] for message in mail.outbox]


def unmailed():
    return {notice.to.email for notice in Notice.objects.unmailed().select_related("to")}


# --- who gets what --------------------------------------------------------------------------


def test_each_gets_one_mail_about_all_that_is_new():
    anna = reader(told=3)
    assert post().status == JobStatus.DONE
    (message,) = mail.outbox
    assert message.to == [anna.email]
    assert message.body.count("Din idé är godkänd.") == 3
    post()
    assert len(mail.outbox) == 1, "what was mailed is not mailed again"


def test_each_gets_mail_as_often_as_they_have_chosen():
    hourly, daily, _none = (reader(choice) for choice in MailChoice)
    post(MailChoice.HOURLY)
    assert sent_to() == [hourly.email]
    post(MailChoice.DAILY)
    assert sent_to() == [hourly.email, daily.email]


def test_what_has_been_read_here_is_not_mailed():
    anna = reader()
    notices.mark_read(anna)
    post()
    assert mail.outbox == []


def test_whoever_has_left_is_not_mailed():
    anna = reader()
    anna.is_active = False
    anna.save()
    post()
    assert mail.outbox == []


def test_what_has_lain_for_long_is_no_news():
    reader()
    Notice.objects.update(at=timezone.now() - dt.timedelta(days=8))
    post()
    assert mail.outbox == []


def test_what_is_told_while_the_mail_goes_out_waits_for_the_next():
    anna = reader()
    job = digests.ask_for(MailChoice.DAILY)
    tell(anna, title="Kom just")
    jobs.run(job.pk)
    assert "Kom just" not in mail.outbox[0].body
    post()
    assert "Kom just" in mail.outbox[1].body


# --- the words ------------------------------------------------------------------------------


def parts_of(message):
    """The mail as it travels: the plain words and the HTML."""
    read = email.message_from_bytes(message.message().as_bytes())
    return [
        part.get_payload(decode=True).decode() for part in read.walk() if not part.is_multipart()
    ]


def test_the_mail_is_in_the_language_of_whoever_reads_it():
    reader(language="sv")
    reader(language="en")
    post()
    swedish, english = mail.outbox
    assert swedish.subject == "1 nyhet i Förbättringshjulet"
    assert "Hej Kim!" in swedish.body
    assert 'lang="sv"' in parts_of(swedish)[1]
    assert english.subject == "1 piece of news in Förbättringshjulet"
    assert "Hello Kim!" in english.body
    assert 'lang="en"' in parts_of(english)[1]


def test_text_and_html_say_the_same_and_nothing_that_is_not_for_a_mail():
    anna = reader(told=0)
    tell(anna, title="Ät & må <b>bra</b>")
    notice = Notice.objects.get()
    post()
    text, html = parts_of(mail.outbox[0])
    for words in (text, html):
        assert f"https://hjulet.example.se/notiser/{notice.pk}/" in words
        assert "https://hjulet.example.se/mig/#mail" in words
        assert "Din idé är godkänd." in words
        assert "Hemligt" not in words
    assert "Ät & må <b>bra</b>" in text
    assert "Ät &amp; må &lt;b&gt;bra&lt;/b&gt;" in html


def test_a_mail_does_not_grow_without_end():
    reader(told=40)
    post()
    text, html = parts_of(mail.outbox[0])
    assert text.count("/notiser/") == 25 + 1
    assert "15" in text
    assert "15" in html
    assert unmailed() == set()


def test_the_words_hold_no_line_that_is_empty_thrice():
    reader(told=3)
    post()
    assert not re.search(r"\n\s*\n\s*\n\s*\n", mail.outbox[0].body)


# --- whatever happens on the way ------------------------------------------------------------


def test_a_refused_address_stops_nobody_else_and_is_kept(server, caplog):
    anna, bo, cilla = reader(), reader(), reader()
    server.against = {bo.email: SMTPRecipientsRefused({bo.email: (550, b"no such user")})}
    assert post().status == JobStatus.DONE
    assert sent_to() == [anna.email, cilla.email]
    bo.refresh_from_db()
    assert bo.mail_refused_at is not None
    assert f"person {bo.pk}" in caplog.text
    assert bo.email not in caplog.text
    assert unmailed() == {bo.email}


def test_a_refused_address_is_left_in_peace_and_tried_again_the_next_day(server):
    bo = reader()
    server.against = {bo.email: SMTPRecipientsRefused({bo.email: (550, b"no such user")})}
    post()
    post()
    assert server.asked_for == [bo.email]
    bo.mail_refused_at = timezone.now() - dt.timedelta(days=1)
    bo.save()
    server.against = {}
    post()
    bo.refresh_from_db()
    assert bo.mail_refused_at is None
    assert sent_to() == [bo.email]


@pytest.mark.parametrize(
    "error",
    [SMTPRecipientsRefused({"x": (450, b"later")}), SMTPDataError(554, b"we do not like it")],
    ids=["address later", "mail"],
)
def test_a_mail_that_is_not_wanted_now_says_nothing_of_the_address(server, error):
    anna, bo = reader(), reader()
    server.against = {anna.email: error}
    post()
    anna.refresh_from_db()
    assert anna.mail_refused_at is None
    assert sent_to() == [bo.email]
    server.against = {}
    post()
    assert sent_to() == [bo.email, anna.email]


def test_an_address_that_cannot_be_written_on_a_mail_stops_nobody_else():
    anna = reader(email="två adresser@exempel.se")
    bo = reader()
    # the box in memory would take it; a real server is asked through this
    MailServer.against = {anna.email: ValueError("Invalid address")}
    assert post().status == JobStatus.DONE
    anna.refresh_from_db()
    assert anna.mail_refused_at is not None
    assert sent_to() == [bo.email]


def test_a_mail_server_that_goes_away_is_waited_for(server):
    anna, bo, cilla = reader(), reader(), reader()
    server.against = {bo.email: SMTPServerDisconnected("gone")}
    job = post()
    assert job.status == JobStatus.QUEUED
    assert unmailed() == {bo.email, cilla.email}
    server.against = {}
    again(job)
    assert job.status == JobStatus.DONE
    assert sent_to() == [anna.email, bo.email, cilla.email]


def test_a_worker_that_dies_is_followed_by_one_that_goes_on_where_it_stopped(monkeypatch):
    class Killed(BaseException):
        """No handler of ours sees the end of a process."""

    anna, bo, cilla = reader(), reader(), reader()
    write = digests.Outcome.write

    def dies(outcome, person, mailed):
        if person == bo:
            raise Killed
        write(outcome, person, mailed)

    with monkeypatch.context() as patch:
        patch.setattr(digests.Outcome, "write", dies)
        job = digests.ask_for(MailChoice.DAILY)
        with pytest.raises(Killed):
            jobs.run(job.pk)
    again(job)
    assert job.status == JobStatus.DONE
    assert sent_to() == [anna.email, bo.email, bo.email, cilla.email]
    assert ids()[1] == ids()[2], "the repeat is known as one"
    assert len(set(ids())) == 3


def test_a_worker_that_was_thought_dead_writes_nothing(server, monkeypatch):
    anna, bo = reader(), reader()
    job = digests.ask_for(MailChoice.DAILY)
    send = server.send_messages
    slow = iter([True])

    def send_slowly(self, messages):
        sent = send(self, messages)
        if next(slow, False):  # while the first waits for the server, another takes the job
            again(Job.objects.get(pk=job.pk))
        return sent

    monkeypatch.setattr(server, "send_messages", send_slowly)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.status == JobStatus.DONE
    assert sent_to() == [anna.email, anna.email, bo.email]
    assert ids()[0] == ids()[1]
    assert unmailed() == set()


def test_two_workers_who_reach_for_the_same_job_send_each_mail_once(server, monkeypatch):
    reader(), reader()
    job = digests.ask_for(MailChoice.DAILY)
    send = server.send_messages

    def send_with_a_rival(self, messages):
        jobs.run(job.pk)
        return send(self, messages)

    monkeypatch.setattr(server, "send_messages", send_with_a_rival)
    jobs.run(job.pk)
    assert len(sent_to()) == len(set(sent_to())) == 2


def test_asking_while_the_last_round_is_under_way_asks_nothing_new():
    assert digests.ask_for(MailChoice.DAILY) == digests.ask_for(MailChoice.DAILY)
    assert digests.ask_for(MailChoice.DAILY) != digests.ask_for(MailChoice.HOURLY)


@pytest.mark.parametrize("count", [1, 3])
def test_reading_whom_to_mail_costs_the_same_however_many(count, django_assert_num_queries):
    for _ in range(count):
        reader()
    with django_assert_num_queries(2):
        digests._next(MailChoice.DAILY, timezone.now(), 0)


# --- the clock ------------------------------------------------------------------------------


def test_the_timetable_knows_the_hours():
    table = {
        row["kwargs"]["choice"]: row["schedule"]
        for row in app.conf.beat_schedule.values()
        if row["task"] == "organisation.ask_for_digests"
    }
    assert table["hourly"].minute == {5}
    assert table["hourly"].hour == set(range(24))
    assert (table["daily"].hour, table["daily"].minute) == ({7}, {0})
    assert app.conf.timezone == "Europe/Stockholm"


def test_what_was_read_a_year_ago_is_forgotten_and_what_was_not_read_is_kept():
    anna = reader(told=3)
    kept, old, new = Notice.objects.order_by("pk")
    long_ago = timezone.now() - dt.timedelta(days=366)
    notices.mark_read(anna, old.pk, new.pk)
    Notice.objects.filter(pk__in=[kept.pk, old.pk]).update(at=long_ago)
    forget_notices()
    assert set(Notice.objects.all()) == {kept, new}


# --- quiet hours ------------------------------------------------------------------------------


@pytest.fixture
def at(monkeypatch):
    """Return a function that sets the clock, in Swedish time, on a winter's day to come.

    What has been told since it was set the last time was told then.
    """
    told_at = []

    def set_clock(hour, minute=0, day=15):
        now = dt.datetime(2040, 1, day, hour - 1, minute, tzinfo=dt.UTC)
        if told_at:
            Notice.objects.filter(at__year__lt=2040).update(at=told_at[-1])
        told_at.append(now)
        monkeypatch.setattr(timezone, "now", lambda: now)

    return set_clock


NIGHT = {"quiet_from": dt.time(20), "quiet_until": dt.time(8)}


def test_in_quiet_hours_the_mail_waits_until_after(at):
    at(6, 40)
    kim = reader(**NIGHT)
    reader(quiet_from=dt.time(12), quiet_until=dt.time(13))
    at(7)
    post()
    assert kim.email not in sent_to()
    assert len(sent_to()) == 1
    at(8, 5)
    post(MailChoice.HOURLY)
    assert sent_to()[-1] == kim.email


def test_what_comes_after_the_morning_waits_for_the_next_as_for_everybody(at):
    at(9)
    kim = reader(**NIGHT)
    at(9, 5)
    post(MailChoice.HOURLY)
    assert sent_to() == []
    at(7, day=16)
    post()
    assert sent_to() == []
    at(8, 5, day=16)
    post(MailChoice.HOURLY)
    assert sent_to() == [kim.email]


def test_every_hour_means_every_hour_that_is_not_quiet(at):
    at(21)
    kim = reader(MailChoice.HOURLY, **NIGHT)
    ida = reader(MailChoice.HOURLY)
    at(21, 5)
    post(MailChoice.HOURLY)
    assert sent_to() == [ida.email]
    at(8, 5, day=16)
    post(MailChoice.HOURLY)
    assert sent_to() == [ida.email, kim.email]


@pytest.mark.parametrize(
    ("hours", "hour", "is_quiet"),
    [
        ((20, 8), 23, True),
        ((20, 8), 7, True),
        ((20, 8), 8, False),
        ((20, 8), 12, False),
        ((12, 13), 12, True),
        ((12, 13), 13, False),
        ((None, None), 3, False),
    ],
)
def test_the_hours_may_go_past_midnight(hours, hour, is_quiet):
    begins, ends = (None if h is None else dt.time(h) for h in hours)
    PersonFactory(quiet_from=begins, quiet_until=ends)
    assert Person.objects.filter(quiet_at(dt.time(hour))).exists() == is_quiet
    assert Person.objects.exclude(quiet_at(dt.time(hour))).exists() != is_quiet


def test_quiet_hours_are_chosen_on_ones_own_page(client):
    kim = PersonFactory()
    client.force_login(kim)
    client.post("/mig/", {"choice": "daily", "quiet_from": "20:00", "quiet_until": "08:00"})
    kim.refresh_from_db()
    assert (kim.quiet_from, kim.quiet_until) == (dt.time(20), dt.time(8))
    for wrong in ({"quiet_from": "20:00"}, {"quiet_from": "20:00", "quiet_until": "20:00"}):
        assert client.post("/mig/", {"choice": "daily", **wrong}).status_code == 422
    client.post("/mig/", {"choice": "daily", "quiet_from": "", "quiet_until": ""})
    kim.refresh_from_db()
    assert kim.quiet_from is None
