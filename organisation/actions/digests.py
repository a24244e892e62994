"""Mailing people what they have been told and have not read: one mail to each, hourly or daily.

At least once.  A worker that dies between the mail and the row that says so leaves the mail to be
sent again, with the same Message-ID, by which the receiving server or reader knows it.
"""

import logging
from collections import defaultdict
from datetime import datetime, time, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any

from django.core import mail
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import jobs
from foundation.errors import Temporary
from foundation.models import Job

from ..digest import digest_to
from ..models import MailChoice, Notice, Person
from ..models.person import quiet_at

log = logging.getLogger(__name__)

BATCH = 100
NOT_OLDER = timedelta(days=7)  # what one has let lie for so long is no news
MORNING = time(7)  # when the daily mail goes out (config/celery.py)
NOT_AGAIN = timedelta(hours=20)  # so long an address that was refused is left in peace


def ask_for(choice: MailChoice) -> Job:
    """Ask for the digests of now to those who have chosen so; for the timetable."""
    until = timezone.now().isoformat()
    return jobs.enqueue(send, key=f"digests:{choice}", by=None, choice=choice, until=until)


@jobs.work("organisation.send_digests", seconds=6 * 3600)
def send(run: jobs.Run, *, choice: str, until: str) -> None:
    """Mail each of them, one after the other; no transaction is open while a mail is on its way.

    Args:
        until: Told before then; a repeat of the same job mails the same.

    Raises:
        Temporary: the mail server does not answer.  What was sent is not sent again.
    """
    before = datetime.fromisoformat(until)
    done, after = run.job.done, run.job.cursor.get("after", 0)
    post = Post()
    try:
        while batch := _next(choice, before, after):
            for person, notices in batch:
                key = f"digest-{run.job.pk}-{person.pk}"
                outcome = post.send(digest_to(person, notices, key=key), person)
                done, after = done + 1, person.pk
                with run.step(done=done, cursor={"after": after}):
                    outcome.write(person, notices)
    finally:
        post.close()
    with run.step(done=done, last=True):
        pass


class Outcome:
    """What became of a mail, and what is written down about it."""

    def write(self, person: Person, notices: list[Notice]) -> None:
        """The mail server took it."""
        ids = [notice.pk for notice in notices]
        Notice.objects.filter(pk__in=ids).update(mailed_at=timezone.now())
        if person.mail_refused_at:
            Person.objects.filter(pk=person.pk).update(mail_refused_at=None)


class NotNow(Outcome):
    """The mail server did not want just this mail: it is tried again in the next digest."""

    def write(self, person: Person, notices: list[Notice]) -> None:
        pass


class NoSuchAddress(Outcome):
    """The address is no good: said on the person's page, and left in peace for a while."""

    def write(self, person: Person, notices: list[Notice]) -> None:
        Person.objects.filter(pk=person.pk).update(mail_refused_at=timezone.now())


class Post:
    """The way to the mail server, kept open from one mail to the next."""

    def __init__(self) -> None:
        self._connection: Any = None

    def send(self, message: mail.EmailMessage, person: Person) -> Outcome:
        """Hand in one mail and say what became of it.

        Raises:
            Temporary: it is not about this mail; none can be sent.
        """
        try:
            if self._connection is None:
                self._connection = mail.mailers.default
                self._connection.open()
            self._connection.send_messages([message])
        except (SMTPRecipientsRefused, SMTPDataError, ValueError) as error:
            self.close()  # whatever state it was in
            # The address itself stands in the person's row, and not in a log that others read.
            log.warning("No digest to person %s: %s", person.pk, _short(error))
            return NoSuchAddress() if _is_for_good(error) else NotNow()
        except (SMTPException, OSError) as error:
            log.warning("The mail server does not answer: %r", error)
            raise Temporary(_("The mail server does not answer.")) from error
        return Outcome()

    def close(self) -> None:
        connection, self._connection = self._connection, None
        try:
            if connection is not None:
                connection.close()
        except (SMTPException, OSError):
            log.info("The mail server had gone already.")


def _next(choice: str, before: datetime, after: int) -> list[tuple[Person, list[Notice]]]:
    """Return the next persons to mail, in the order of their ids, each with what to say."""
    waiting = Notice.objects.unmailed().filter(at__lte=before, at__gt=before - NOT_OLDER)
    local = timezone.localtime(before)
    asked = Q(mail_choice=choice, pk__in=waiting.values("to"))
    if choice == MailChoice.HOURLY and local.time() > MORNING:
        # Those whose mail of the morning has waited for their quiet hours to end.
        since = waiting.filter(at__lte=local.replace(hour=MORNING.hour, minute=0, second=0))
        asked |= quiet_at(MORNING) & Q(mail_choice=MailChoice.DAILY, pk__in=since.values("to"))
    people = (
        Person.objects.active()
        .filter(asked, pk__gt=after)
        .exclude(quiet_at(local.time()))
        .exclude(mail_refused_at__gt=before - NOT_AGAIN)
        .order_by("pk")[:BATCH]
    )
    batch = {person.pk: person for person in people}
    notices = defaultdict(list)
    for notice in waiting.filter(to__in=batch).newest_first():
        notices[notice.to_id].append(notice)
    return [(person, notices[pk]) for pk, person in batch.items() if notices[pk]]


def _codes(error: Exception) -> list[int]:
    if isinstance(error, SMTPRecipientsRefused):
        return [code for code, _words in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, SMTPDataError) else []


def _short(error: Exception) -> str:
    return " ".join([type(error).__name__, *map(str, _codes(error))])


def _is_for_good(error: Exception) -> bool:
    """Say whether the address is wrong: refused with a 5xx, or impossible to write on a mail."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code in _codes(error))
    return isinstance(error, ValueError)
