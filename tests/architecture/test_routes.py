"""Every address: who gets in, and what a stranger is told about somebody else's things."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from improvement.actions import meetings, talk
from improvement.models import Criterion, DecisionList, IdeaStatus, Revival
from measures.models import Goal, ImportRun, MunicipalityGroup, What
from organisation.actions import notices
from organisation.models import Notice
from organisation.permissions import Role
from programme.actions import benefits, guests, remarks, works
from programme.models import BenefitKind, Method, StrategicArea
from tests.factories import (
    KR,
    TODAY,
    IdeaFactory,
    KpiFactory,
    PersonFactory,
    UnitFactory,
    approved_idea,
    cycle_in,
    employee,
    finished_work,
    fund_with,
    measure_of,
    person_with,
    planned_meeting,
    report_on,
    started_work,
)

pytestmark = pytest.mark.django_db

# Open to strangers, on purpose.  allauth's own pages (konto/…) decide for themselves.
PUBLIC = {
    "guest-enter",
    "health",
    "stil",
    "set-language",
    "set-colour-scheme",
    "public-quality",
    "public-area",
    "public-works",
    "public-work",
}


def routes(patterns=None, prefix=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        elif not address.startswith("konto/"):
            yield pattern.name, tuple(pattern.pattern.converters), address


ROUTES = list(routes())
ABOUT_ONE_THING = {name for name, arguments, _address in ROUTES if "pk" in arguments}


def address_of(name, arguments, pk=1):
    values = {
        "pk": pk,
        "step": "submit",
        "name": "personal",
        "slug": "skola",
        "code": "N1",
        "secret": "none",
    }
    return reverse(name, kwargs={argument: values.get(argument, 1) for argument in arguments})


@pytest.mark.parametrize(
    ("name", "arguments"), [(n, a) for n, a, _ in ROUTES if n not in PUBLIC], ids=str
)
def test_a_stranger_is_asked_to_sign_in(client, name, arguments):
    response = client.get(address_of(name, arguments))
    assert response.status_code == 302
    assert response["Location"].startswith("/konto/login/")


# --- somebody else's things -------------------------------------------------------------------


def a_work():
    return started_work(at=UnitFactory())


def in_a_work(make):
    work = a_work()
    return make(work, work.memberships.get(role="leader").person)


def a_cycle():
    return in_a_work(lambda work, leader: cycle_in(work, by=leader))


def a_driver():
    return a_work().drivers.create(kind="primary", text="Tid")


def a_work_file():
    return in_a_work(
        lambda work, leader: work.files.create(
            name="lapp.png", content_type="image/png", content=b"x", by=leader
        )
    )


def a_contact():
    return in_a_work(
        lambda work, leader: work.contacts.create(
            coach=leader, kind="visit", taken_on=TODAY, key=uuid4()
        )
    )


def a_task():
    return in_a_work(
        lambda work, leader: work.tasks.create(
            text="Ringa", owner=leader, made_by=leader, key=uuid4()
        )
    )


def a_line_in_the_log():
    return in_a_work(
        lambda work, leader: work.decisions.create(
            decided_on=TODAY, what="Vi börjar", by=leader, key=uuid4()
        )
    )


def a_seat():
    """Of a patient or user in somebody's team."""

    def make(work, leader):
        last = timezone.localdate() + timedelta(days=30)
        guest = guests.Guest("Svea", "Lund")
        day = timezone.localdate()
        guests.invite(work_id=work.pk, guest=guest, expires_on=last, on=day, by=leader)
        return work.memberships.get(role="guest")

    return in_a_work(make)


def an_idea():
    return IdeaFactory(status=IdeaStatus.SUBMITTED)


def a_comment():
    idea = an_idea()
    return talk.comment(idea_id=idea.pk, text="Vi också.", key=uuid4(), by=idea.author)


def a_method():
    UnitFactory()  # the whole organisation, which is somebody else's
    return Method.objects.first()


def a_strategic_area():
    UnitFactory()
    return StrategicArea.objects.create(name="Nära service")


def a_revival():
    return Revival.objects.create(decision=a_decision())


def a_criterion():
    UnitFactory()  # the whole organisation, which is somebody else's
    return Criterion.objects.first()


def a_draft():
    return IdeaFactory(status=IdeaStatus.DRAFT)


def an_attachment():
    idea = an_idea()
    return idea.attachments.create(
        position=1, name="larm.pdf", content_type="application/pdf", content=b"x", by=idea.author
    )


def a_fund():
    return fund_with(1 * KR, at=UnitFactory())


def a_decision():
    unit = UnitFactory()
    return approved_idea(at=unit, fund=fund_with(90_000 * KR, at=unit)).decisions.get()


def a_meeting():
    return planned_meeting(at=UnitFactory(), ideas=1)


def an_agenda_item():
    return a_meeting().items.get()


def a_member():
    meeting = a_meeting()
    return meetings.call(
        meeting_id=meeting.pk, person=employee(at=meeting.unit), by=meeting.decider
    )


def a_decision_list():
    unit = UnitFactory()
    return DecisionList.objects.create(unit=unit, board="Nämnden", made_by=employee(at=unit))


def a_check():
    return finished_work(at=UnitFactory()).follow_ups.get(months=3)


def a_benefit():
    saving = benefits.Saving(BenefitKind.MONEY, 2026, "Bokföringen", ore=(1, 2))

    def make(work, leader):
        works.press(work_id=work.pk, step_name="run", by=leader)
        return benefits.add(work_id=work.pk, saving=saving, key=uuid4(), on=TODAY, by=leader)

    return in_a_work(make)


def a_remark():
    return in_a_work(
        lambda work, leader: remarks.say(
            work_id=work.pk, thread="coach", text="Hur går vi vidare?", key=uuid4(), by=leader
        )
    )


def a_report():
    return in_a_work(lambda work, leader: report_on(work, by=leader))


def a_measurement():
    measure = a_work().followed.first().measure
    return measure.measurements.create(taken_on=TODAY, value=7)


def a_phase():
    work = a_work()
    return work.followed.first().measure.phases.create(
        starts_on=TODAY, because="Små lag", made_by=employee(at=work.unit)
    )


def a_fetching():
    UnitFactory()  # the whole organisation, which is somebody else's
    return ImportRun.objects.create(what=What.VALUES, about="Hemtjänst")


def a_goal():
    unit = UnitFactory()  # the whole organisation, which is somebody else's
    return Goal.objects.create(
        kpi=KpiFactory(), unit=unit, year=2027, value=90, set_by=employee(at=unit)
    )


def a_measure():
    UnitFactory()
    return measure_of(KpiFactory())


def a_list_of_municipalities():
    UnitFactory()
    return MunicipalityGroup.objects.create(title="Grannar")


def a_notice():
    notices.tell([PersonFactory()], kind="test.told", title="Nytt", href="/")
    return Notice.objects.get()


# One of each kind of thing that belongs to somebody.  A new route must be added here, or to
# ELSEWHERE with the test that holds it.
SOMEBODY_ELSES = {
    "idea-detail": an_idea,
    "idea-edit": an_idea,
    "draft-throw-away": a_draft,
    "idea-thanks": lambda: IdeaFactory(status=IdeaStatus.DONE, is_direct=True),
    "attachment-open": an_attachment,
    "attachment-remove": an_attachment,
    "idea-prepare": an_idea,
    "idea-give": an_idea,
    "board-step": an_idea,
    "criterion-edit": a_criterion,
    "criterion-step": a_criterion,
    "idea-decide": an_idea,
    "idea-step": an_idea,
    "idea-conflict": an_idea,
    "idea-support": an_idea,
    "idea-follow": an_idea,
    "idea-comments": an_idea,
    "comment-remove": a_comment,
    "idea-merge": an_idea,
    "idea-split": an_idea,
    "revival-answer": a_revival,
    "revival-rest": a_revival,
    "decision-replace": a_decision,
    "decision-add": a_decision,
    "meeting-detail": a_meeting,
    "meeting-edit": a_meeting,
    "meeting-cancel": a_meeting,
    "meeting-note": a_meeting,
    "meeting-release": a_meeting,
    "meeting-minutes": a_meeting,
    "minutes-request": a_meeting,
    "member-call": a_meeting,
    "member-excuse": a_member,
    "agenda-add": a_meeting,
    "agenda-order": a_meeting,
    "agenda-draft-all": a_meeting,
    "agenda-item": an_agenda_item,
    "agenda-score": an_agenda_item,
    "agenda-screen": an_agenda_item,
    "agenda-remove": an_agenda_item,
    "decision-list": a_decision_list,
    "decision-list-csv": a_decision_list,
    "decision-list-paper": a_decision_list,
    "decision-list-request": a_decision_list,
    "fund-detail": a_fund,
    "idea-let-go": an_idea,
    "fund-policy": a_fund,
    "fund-end": a_fund,
    "fund-reopen": a_fund,
    "half-years-add": a_fund,
    "ledger-export": a_fund,
    "reward-list": a_fund,
    "reward-export": a_fund,
    "period-detail": lambda: a_fund().periods.get(),
    "entry-correct": lambda: a_fund().periods.get().entries.get(),
    "reward-use": a_decision,
    "work-release": a_work,
    "work-reward": a_work,
    "period-create": a_fund,
    "period-allocate": lambda: a_fund().periods.get(),
    "period-close": lambda: a_fund().periods.get(),
    "decision-pay": a_decision,
    "work-of-idea": lambda: a_work().idea,
    "work-start": an_idea,
    "work-detail": a_work,
    "work-edit": a_work,
    "work-charter": a_work,
    "work-charter-edit": a_work,
    "work-method": a_work,
    "work-method-on": a_work,
    "work-method-back": a_work,
    "method-edit": a_method,
    "method-order": a_method,
    "strategic-area-step": a_strategic_area,
    "work-team": a_work,
    "work-step": a_work,
    "membership-step": lambda: a_work().memberships.first(),
    "measure-add": a_work,
    "measure-record": lambda: a_work().followed.first(),
    **dict.fromkeys(
        (
            *("work-measure", "measure-values", "measure-table", "measure-rebase"),
            *("measure-settings", "measure-ends", "measure-step", "measure-wall"),
            *("measure-svg", "measure-csv", "work-measure-explore"),
        ),
        lambda: a_work().followed.first(),
    ),
    "work-measures": a_work,
    "measurement-detail": a_measurement,
    "measurement-include": a_measurement,
    "phase-undo": a_phase,
    "report-draft": a_work,
    "work-report": a_work,
    "cycle-plan": a_work,
    "cycle-plan-hints": a_work,
    "work-cycles": a_work,
    "work-drivers": a_work,
    "driver-add": a_work,
    "driver-change": a_driver,
    "driver-delete": a_driver,
    "driver-step": a_driver,
    "work-file-open": a_work_file,
    "work-together": a_work,
    "work-talk": a_work,
    "work-diary": a_work,
    "work-file-add": a_work,
    "task-add": a_work,
    "task-edit": a_task,
    "task-remove": a_task,
    "task-step": a_task,
    "decision-line-add": a_work,
    "decision-line-correct": a_line_in_the_log,
    "work-file-remove": a_work_file,
    "cycle-predict": a_cycle,
    "cycle-hints": a_cycle,
    "cycle-hint-step": a_cycle,
    "cycle-photo": a_cycle,
    "work-guests": a_work,
    "guest-renew": a_seat,
    "guest-show-out": a_seat,
    "cycle-detail": lambda: in_a_work(lambda work, leader: cycle_in(work, by=leader)),
    "cycle-step": lambda: in_a_work(lambda work, leader: cycle_in(work, by=leader)),
    "work-effect": a_work,
    "benefit-add": a_work,
    "benefit-withdraw": a_benefit,
    "follow-up": a_check,
    "follow-up-give": a_check,
    "work-support": a_work,
    "work-say": a_work,
    "contact-new": a_work,
    "contact-edit": a_contact,
    "contact-remove": a_contact,
    "coach-choose": a_work,
    "coach-take-on": a_work,
    "coach-until": a_work,
    "coach-end": a_work,
    "remark-remove": a_remark,
    "report-detail": a_report,
    "report-edit": a_report,
    "report-submit": a_report,
    "report-return": a_report,
    "report-approve": a_report,
    "report-version": a_report,
    "report-coach": a_report,
    "report-poster": a_report,
    "report-poster-request": a_report,
    "report-press": a_report,
    "report-press-paper": a_report,
    "report-press-request": a_report,
    "report-public": a_report,
    "report-withdraw": a_report,
    "report-document": a_report,
    "document-request": a_report,
    "import-run": a_fetching,
    "import-cancel": a_fetching,
    "import-retry": a_fetching,
    "quality-measure-edit": a_measure,
    "quality-measure-words": a_measure,
    "quality-measure-delete": a_measure,
    "part-add": a_measure,
    "part-order": a_measure,
    "part-step": a_measure,
    "part-remove": a_measure,
    "goal-edit": a_goal,
    "goal-remove": a_goal,
    "group-edit": a_list_of_municipalities,
    "group-delete": a_list_of_municipalities,
    "notice-open": a_notice,
    "poster-detail": UnitFactory,
    "poster-request": UnitFactory,
    "unit-detail": UnitFactory,
    "person-detail": lambda: employee(at=UnitFactory()),
    "person-close": lambda: employee(at=UnitFactory()),
    "person-open": lambda: employee(at=UnitFactory()),
    "role-withdraw": lambda: person_with(Role.COACH, at=UnitFactory()).assignments.get(),
}
ELSEWHERE = {
    "public-work": "tests/reports",  # for everybody, once it is released
    "library-entry": "tests/programme",  # open to everybody who works here
    "library-adopt": "tests/programme",
    "library-tip": "tests/programme",
    "measure-detail": "tests/reports",  # of the whole organisation: everybody may see it
    "measure-explore": "tests/reports",
    "release-detail": "tests/reports",  # of the whole organisation: for its quality leads alone
    "release-withdraw": "tests/reports",
    "result-file": "tests/measures",
    "result-file-confirm": "tests/measures",
    "service-unit": "tests/measures",  # is shown to all, as all that is measured
    "service-unit-link-one": "tests/measures",  # for the quality leads of the whole alone
    "unit-results": "tests/measures",
    "job-detail": "tests/foundation",
    "document-download": "tests/reports",
    "poster-scan": "tests/reports",  # leads anybody to the form; it says nothing of the unit
    "import-detail": "tests/organisation",
    "import-confirm": "tests/organisation",
}


def test_every_route_about_one_thing_is_listed():
    assert SOMEBODY_ELSES.keys() | ELSEWHERE.keys() == ABOUT_ONE_THING


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", SOMEBODY_ELSES)
def test_somebody_elses_thing_does_not_exist(client, name, method):
    """Not even for somebody with every role, held somewhere else."""
    thing = SOMEBODY_ELSES[name]()
    elsewhere = UnitFactory()
    nosy = employee(at=elsewhere)
    for role in Role:
        if role is not Role.STAFF:
            nosy.assignments.create(unit=elsewhere, role=role)
    client.force_login(nosy)
    arguments = next(a for n, a, _ in ROUTES if n == name)
    address = address_of(name, arguments, thing.pk)
    assert getattr(client, method)(address).status_code in {404, 405}
    assert client.post(address).status_code in {404, 405}
