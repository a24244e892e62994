"""A small municipality where something has come as far as it can of everything: for looking at."""

import datetime as dt
from base64 import b64decode
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from foundation import jobs
from foundation.models import Job
from foundation.uploads import Upload
from improvement.actions import (
    agenda,
    bank,
    decision_lists,
    decisions,
    meetings,
    merging,
    talk,
)
from improvement.models import Condition, Criterion, Fund, Idea, IdeaStatus, Meeting, Period
from measures.actions import goals, groups, own_kpis, releases, sample, surveys
from measures.models import (
    BatchKind,
    BatchStatus,
    ImportRun,
    Kpi,
    Municipality,
    QualityArea,
    QualityMeasure,
    RunStatus,
    ServiceUnit,
    What,
)
from measures.queries import home_municipality
from measures.queries.releases import Said
from organisation.actions import imports, units
from organisation.models import Person, Unit
from organisation.permissions import Role
from programme.actions import (
    benefits,
    contacts,
    deciding,
    drivers,
    files,
    guests,
    measuring,
    public_reports,
    remarks,
    tasks,
    works,
)
from programme.models import BenefitKind, Cycle, Phase, Report, ReportStatus, Work, WorkStatus
from programme.queries.public_reports import Said as SaidOfWork
from reports.actions import documents
from tests.factories import (
    GROUNDS,
    KR,
    IdeaFactory,
    approved_idea,
    cycle_in,
    employee,
    fund_with,
    person_with,
    planned_meeting,
    ready_idea,
    report_on,
    started_work,
)
from tests.organisation.files import ORJAN, people_csv

PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)
VALUES = (41, 43, 40, 42, 44, 41, 39, 42, 43, 41, 40, 42, 55, 57, 60, 58, 61, 63, 62, 64)


@dataclass
class Town:
    root: Unit
    schools: Unit
    school: Unit
    fund: Fund
    people: dict[str, Person]
    ideas: dict[str, Idea] = field(default_factory=dict)
    works: dict[str, Work] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    guest_secret: str = ""  # of the link that a guest of the running work signs in by

    def __getitem__(self, who: str) -> Person:
        return self.people[who]


def build() -> Town:
    town = _organisation()
    _ideas(town)
    for name in ("running", "reporting", "reported", "waiting", "finished"):
        town.works[name] = _work(town, name)
    for name, status in (
        ("reporting", ReportStatus.DRAFT),
        ("reported", ReportStatus.SUBMITTED),
        ("waiting", ReportStatus.SUBMITTED),
    ):
        town.reports[name] = report_on(town.works[name], status, by=town["staff"])
    _finish(town)
    _meet(town)
    _file_to_import(town)
    _fetchings(town)
    _aim(town)
    _publish(town)
    _measure_ourselves(town)
    today = timezone.localdate()
    # The factories live in one year; whoever looks lives in this.
    Period.objects.filter(fund=town.fund).update(
        starts_on=today.replace(month=1, day=1), ends_on=today.replace(month=12, day=31)
    )
    return town


def _organisation() -> Town:
    sample.load()
    root = units.create(
        name="Västerviks kommun", code="K", parent=None, municipality_code="0883", by=None
    )
    schools = units.create(
        name="Barn- och utbildningsförvaltningen", code="BUF", parent=root, by=None
    )
    school = units.create(name="Ellen Keyskolan", code="BUF-ELL", parent=schools, by=None)
    people = {
        role.value: person_with(role, at=root, given_name="Robin", family_name=str(role.label))
        for role in Role
        if role != Role.STAFF
    }
    people["staff"] = employee(at=school, given_name="Amina", family_name="Lindqvist")
    people["colleague"] = employee(at=school, given_name="Bo", family_name="Ek")
    fund = fund_with(200_000 * KR, at=root, reward_ore=5_000 * KR)
    return Town(root, schools, school, fund, people)


def _aim(town: Town) -> None:
    """A goal for a measure, one for a KPI, and a list of our own to compare with."""
    measure = QualityMeasure.objects.get(area__slug="grundskola", name="Behörighet till gymnasiet")
    kpi = Kpi.objects.get(code="N15428")
    for things in ({"measure": measure}, {"kpi": kpi}):
        aim = goals.Aim(unit=town.root, year=2024, value=Decimal(90), note="KF § 12", **things)
        goals.add(aim=aim, on=timezone.localdate(), by=town["quality_lead"])
    near = Municipality.objects.filter(code__in=["0880", "0882", "0884"])
    listed = groups.Listed("Grannar", list(near.values_list("pk", flat=True)))
    groups.add(listed=listed, by=town["quality_lead"])


def _fetchings(town: Town) -> None:
    """One that is over, a part of which failed, and one that is under way for ever."""
    now = timezone.now()
    over = ImportRun.objects.create(
        what=What.VALUES,
        about="Hemtjänst",
        status=RunStatus.DONE,
        asked_by=town["quality_lead"],
        first_year=2019,
        started_at=now,
        ended_at=now,
    )
    kpis = list(Kpi.objects.filter(measure_parts__isnull=False).values_list("pk", flat=True)[:6])
    over.batches.create(
        position=0,
        kind=BatchKind.VALUES,
        kpis=kpis,
        status=BatchStatus.DONE,
        new=870,
        unchanged=4_060,
    )
    over.batches.create(
        position=1,
        kind=BatchKind.UNIT_VALUES,
        kpis=kpis[:1],
        status=BatchStatus.FAILED,
        note="Kolada svarade inte i tid.",
    )
    under_way = ImportRun.objects.create(
        what=What.CATALOGUE, about="Katalogen", status=RunStatus.RUNNING, started_at=now
    )
    for position, kind in enumerate((BatchKind.KPIS, BatchKind.GROUPS)):
        under_way.batches.create(position=position, kind=kind)
    broken = Kpi.objects.get(code="N15428")
    broken.breaks.create(year=2011, why="Nytt betygssystem.")
    broken.text_revisions.create(title="Behöriga till yrkesprogram, andel (%)")


def _publish(town: Town) -> None:
    """One area that anybody may read, with something said of each measure."""
    area, by, on = (
        QualityArea.objects.get(slug="grundskola"),
        town["quality_lead"],
        timezone.localdate(),
    )
    said = Said(
        introduction="Så går det i våra grundskolor.",
        comments={measure.pk: "Vi följer det varje år." for measure in area.measures.all()},
        shows_rank=True,
    )
    asked = {"area_id": area.pk, "year": 2019, "said": said, "on": on, "by": by}
    seen = releases.fingerprint(releases.preview(**asked))
    releases.release(**asked, seen=seen)


def _measure_ourselves(town: Town) -> None:
    """A survey of our own, of the school and three others, and a file that waits for a yes.

    The school is worst among them, and of one too few have answered.
    """
    kpi = own_kpis.create(said=own_kpis.Said(title="Trygga på rasten", unit_word="%"), by=None)
    measure = QualityArea.objects.get(slug="grundskola").measures.first()
    measure.parts.create(kpi=kpi, position=99, is_left_out=True)
    units.create(name="Västra skolan", code="VASTRA", parent=town.schools, by=None)
    units.create(name="Östra skolan", code="OSTRA", parent=town.schools, by=None)
    units.create(name="Lilla skolan", code="LILLA", parent=town.schools, by=None)
    answered = ((town.school.code, 1, 40), ("VASTRA", 8, 30), ("OSTRA", 15, 25), ("LILLA", 5, 3))
    rows = [
        f"{code};{kpi.code};{year};;{70 + first + year % 3 * 4};{answers}"
        for code, first, answers in answered
        for year in range(2020, 2025)
    ]
    lead, today = town["quality_lead"], timezone.localdate()
    for kept in (rows[:-1], rows[-6:]):
        content = "\n".join(["Enhet;Mått;År;Kön;Värde;Antal svar", *kept]).encode()
        plan = surveys.read(content=content, on=today, by=lead)
        surveys.apply(plan, by=lead)
    surveys.keep(name="trygghet.csv", content=content, plan=plan, by=lead)
    ServiceUnit.objects.create(
        code="V15E088302301", name="Västra skolan", municipality=home_municipality()
    )


def _ideas(town: Town) -> None:
    at, author = {"unit": town.school}, {"author": town["staff"]}
    made = {
        name: IdeaFactory(status=status, title=title, **at, **author)
        for name, status, title in (
            ("draft", IdeaStatus.DRAFT, "Läsmentorer från högstadiet"),
            ("submitted", IdeaStatus.SUBMITTED, "Lugnare matsal"),
            ("preparing", IdeaStatus.PREPARING, "Promenerande skolbuss"),
        )
    }
    made["draft"].attachments.create(
        position=1, name="plan.pdf", content_type="application/pdf", content=b"x", by=town["staff"]
    )
    made["direct"] = IdeaFactory(status=IdeaStatus.DONE, is_direct=True, **at, **author)
    made["ready"] = ready_idea(at=town.school, title="Skolgårdsvärdar", **author)
    made["funded"] = approved_idea(
        at=town.school, fund=town.fund, title="Läxhjälp på biblioteket", **author
    )
    empty = fund_with(0, at=town.root, name="Digitala potten")
    made["queued"] = approved_idea(at=town.school, fund=empty, title="Nya läsplattor", **author)
    rejected = ready_idea(at=town.school, title="Simhall på taket", **author)
    decisions.reject(idea_id=rejected.pk, grounds=GROUNDS, by=town["decider"])
    town.ideas = made | {"rejected": rejected}
    _talk(town)


def _talk(town: Town) -> None:
    """Words about an idea, one that was joined with it, and one that has woken in the bank."""
    about, colleague = town.ideas["ready"], town["colleague"]
    talk.support(idea_id=about.pk, by=colleague)
    for text in ("Vi har samma behov.", "Jag har prövat @Amina Lindqvist, det går."):
        talk.comment(idea_id=about.pk, text=text, key=uuid4(), by=colleague)
    eva = employee(at=town.school, given_name="Eva", family_name="Ström")
    joined = IdeaFactory(
        unit=town.school, author=eva, status=IdeaStatus.SUBMITTED, title="Vuxna på rasten"
    )
    merging.merge(idea_id=joined.pk, into_id=about.pk, by=town["development_lead"])
    waits = ready_idea(at=town.school, title="Egen ateljé", author=town["staff"])
    today = timezone.localdate()
    decisions.wait(
        idea_id=waits.pk,
        grounds=GROUNDS,
        returns_when=Condition.DATE,
        until=today + dt.timedelta(days=1),
        by=town["decider"],
    )
    bank.wake(on=today + dt.timedelta(days=1))
    town.ideas |= {"joined": joined, "waits": waits}


def _meet(town: Town) -> None:
    """A meeting that has been held and reported, and one that comes, with points given."""
    decider, today = town["decider"], timezone.localdate()
    for name, title in (("held", "Odlingslådor på gården"), ("coming", "Cykelpump vid entrén")):
        idea = ready_idea(at=town.school, title=title, author=town["staff"])
        meeting = planned_meeting(at=town.root, decider=decider, held_on=today, on=today)
        town.meetings[name] = meeting
        put = {"meeting_id": meeting.pk, "by": decider}
        member = meetings.call(person=town["manager"], **put)
        (item,) = meetings.put_on(idea_ids=[idea.pk], **put)
        criteria = Criterion.objects.filter(is_active=True)
        for points, person in ((4, decider), (2, town["manager"])):
            given = {criterion: agenda.Score(points) for criterion in criteria}
            agenda.score(item_id=item.pk, scores=given, by=person)
        agenda.draft_all(meeting_id=meeting.pk, on=today, by=decider)
        if name == "held":
            agenda.release(present=[member.pk], notes="Kort möte.", on=today, **put)
    decision_lists.make(unit=town.root, board="Barn- och utbildningsnämnden", by=town["registrar"])


def _work(town: Town, name: str) -> Work:
    """A work with a test behind it, one on its way, and values over twenty weeks."""
    staff, today = town["staff"], timezone.localdate()
    work = started_work(
        at=town.school,
        leader=staff,
        members=[town["colleague"]],
        coach=town["coach"],
        title=f"Mattestuga {name}",
    )
    works.press(work_id=work.pk, step_name="run", by=staff)
    first = today - dt.timedelta(weeks=len(VALUES))
    for week, value in enumerate(VALUES):
        measuring.record_value(
            followed_id=work.followed.get().pk,
            taken_on=first + dt.timedelta(weeks=week),
            value=Decimal(value),
            note="",
            on=today,
            by=staff,
        )
    cycle_in(work, Phase.CLOSED, by=staff, on=today - dt.timedelta(weeks=9))
    if name == "running":
        remarks.say(work_id=work.pk, thread="coach", text="Vad gör vi nu?", key=uuid4(), by=staff)
        visit = contacts.Meeting("visit", today - dt.timedelta(weeks=10), about="Vi ritade målet.")
        contacts.log(work_id=work.pk, contact=visit, key=uuid4(), on=today, by=town["coach"])
        cycle = cycle_in(work, Phase.DO, by=staff, on=today)
        _drawn_and_photographed(work, cycle, staff)
        _kept_together(work, cycle, town)
    return work


def _kept_together(work: Work, cycle: Cycle, town: Town) -> None:
    """Two tasks, one of them late, a decision that was corrected, and something said."""
    staff, colleague, today = town["staff"], town["colleague"], timezone.localdate()
    late = tasks.Doing("Fråga eleverna", colleague, today - dt.timedelta(days=2))
    ours = {"work_id": work.pk, "by": staff}
    tasks.add(doing=late, cycle_id=cycle.pk, key=uuid4(), **ours)
    done = tasks.add(doing=tasks.Doing("Boka salen", staff), key=uuid4(), **ours)
    tasks.tick(task_id=done.pk, on=today, by=staff)
    line = deciding.write(
        what="Vi räknar på torsdagar", decided_on=today, key=uuid4(), on=today, **ours
    )
    deciding.write(
        what="Vi räknar på tisdagar",
        decided_on=today,
        corrects_id=line.pk,
        key=uuid4(),
        on=today,
        **ours,
    )
    pupil, until = guests.Guest("Svea", "Lund"), today + dt.timedelta(days=90)
    seat = guests.invite(guest=pupil, expires_on=until, on=today, **ours)
    town.guest_secret = seat.secret
    said = "@Bo Ek, kan du fråga dem?"
    remarks.say(work_id=work.pk, thread="team", text=said, key=uuid4(), by=staff)


def _public(report: Report, lead: Person) -> None:
    """Let residents read the report."""
    report = Report.objects.for_page().get(pk=report.pk)
    said = SaidOfWork("Fler ber om hjälp", report.work.aim, "Nu ber fler om hjälp i tid.")
    asked = {"said": said, "on": timezone.localdate(), "by": lead}
    seen = public_reports.fingerprint(public_reports.preview(report=report, **asked))
    public_reports.release(report_id=report.pk, seen=seen, **asked)


def _drawn_and_photographed(work: Work, cycle: Cycle, staff: Person) -> None:
    of_work = {"work_id": work.pk, "by": staff}
    primary = drivers.add(parent_id=None, kind="primary", text="Mod att fråga", **of_work)
    drivers.add(parent_id=primary.pk, kind="change", text="Mattestuga på torsdagar", **of_work)
    files.add(
        upload=Upload("lapp.png", "image/png", PIXEL, 1, 1),
        says="Lappen på dörren",
        cycle_id=cycle.pk,
        **of_work,
    )


def _finish(town: Town) -> None:
    work = town.works["finished"]
    report = report_on(work, ReportStatus.SUBMITTED, by=town["staff"])
    documents.approve(
        report_id=report.pk, language="sv", on=timezone.localdate(), by=town["manager"]
    )
    jobs.run(Job.objects.live().get().pk)
    work.refresh_from_db()
    assert work.status == WorkStatus.FINISHED
    town.reports["finished"] = report
    _public(report, town["development_lead"])
    benefits.add(
        work_id=work.pk,
        saving=benefits.Saving(
            BenefitKind.HOURS,
            timezone.localdate().year,
            "Tidmätning i två veckor",
            hours=(Decimal(40), Decimal(60)),
        ),
        key=uuid4(),
        on=timezone.localdate(),
        by=town["staff"],
    )


def _file_to_import(town: Town) -> None:
    content = people_csv((*ORJAN[:4], "K", *ORJAN[5:]))
    keeper = town["administrator"]
    plan = imports.read(content=content, is_complete=False, on=timezone.localdate(), by=keeper)
    imports.keep(name="personal.csv", content=content, is_complete=False, plan=plan, by=keeper)
