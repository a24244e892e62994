"""Every page, on a phone, a small phone and a desk, in light and dark: nothing to find fault with."""

import re

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver, reverse

from foundation.models import Job
from improvement.models import Criterion, DecisionList
from measures.models import (
    Goal,
    ImportRun,
    MunicipalityGroup,
    QualityMeasure,
    Release,
    ResultFile,
    ServiceUnit,
    What,
)
from organisation.models import ImportFile
from programme.models import Method

from .conftest import DESKTOP, Browsing

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

# No style changes between the last two, so that what axe says of the one holds for the other.
DESK, SMALL_PHONE, PHONE = WIDTHS = 1280, 320, 390

# fmt: off
# The page, who looks at it, and at which one.
PAGES = {
    "area-paper":       ("staff", lambda town: ["grundskola"]),
    "public-quality":   (None, lambda town: []),
    "public-area":      (None, lambda town: ["grundskola"]),
    "public-releases":  ("quality_lead", lambda town: []),
    "release-prepare":  ("quality_lead", lambda town: ["grundskola"]),
    "release-detail":   ("quality_lead", lambda town: [Release.objects.get(area__slug="grundskola").pk]),
    "release-withdraw": ("quality_lead", lambda town: [Release.objects.get(area__slug="grundskola").pk]),
    "start":            ("staff", lambda town: []),
    "profile":          ("colleague", lambda town: []),
    "notice-list":      ("staff", lambda town: []),
    "quality":          ("staff", lambda town: []),
    "area-detail":      ("staff", lambda town: ["grundskola"]),
    "kpi-detail":       ("staff", lambda town: ["N15428"]),
    "own-kpi-list":     ("quality_lead", lambda town: []),
    "own-kpi-create":   ("quality_lead", lambda town: []),
    "own-kpi-edit":     ("quality_lead", lambda town: ["E00001"]),
    "own-kpi-results":  ("quality_lead", lambda town: ["E00001"]),
    "result-choose":    ("manager", lambda town: []),
    "result-file-new":  ("quality_lead", lambda town: []),
    "result-file":      ("quality_lead", lambda town: [ResultFile.objects.get().pk]),
    "service-unit-link": ("quality_lead", lambda town: []),
    "service-unit-link-one": ("quality_lead", lambda town: [ServiceUnit.objects.exclude(code="").earliest("pk").pk]),
    "area-units":       ("manager", lambda town: ["grundskola"]),
    "service-unit":     ("manager", lambda town: [ServiceUnit.objects.get(unit=town.school, code="").pk]),
    "unit-results":     ("manager", lambda town: [ServiceUnit.objects.get(unit=town.school, code="").pk, "E00001"]),
    "measure-detail":   ("staff", lambda town: ["hemtjanst", _measure().pk]),
    "idea-list":        ("development_lead", lambda town: []),
    "idea-create":      ("staff", lambda town: []),
    "draft-throw-away": ("staff", lambda town: [town.ideas["draft"].pk]),
    "idea-done":        ("staff", lambda town: []),
    "idea-thanks":      ("staff", lambda town: [town.ideas["direct"].pk]),
    "attachment-remove": ("staff", lambda town: [town.ideas["draft"].attachments.get().pk]),
    "idea-detail":      ("development_lead", lambda town: [town.ideas["ready"].pk]),
    "idea-edit":        ("staff", lambda town: [town.ideas["draft"].pk]),
    "idea-prepare":     ("development_lead", lambda town: [town.ideas["preparing"].pk]),
    "idea-board":       ("development_lead", lambda town: []),
    "idea-give":        ("development_lead", lambda town: [town.ideas["preparing"].pk]),
    "criterion-list":   ("development_lead", lambda town: []),
    "criterion-edit":   ("development_lead", lambda town: [Criterion.objects.first().pk]),
    "idea-decide":      ("decider", lambda town: [town.ideas["ready"].pk]),
    "idea-conflict":    ("decider", lambda town: [town.ideas["ready"].pk]),
    "decision-replace": ("decider", lambda town: [town.ideas["funded"].decisions.get().pk]),
    "decision-add":     ("decider", lambda town: [town.works["running"].idea.decisions.get().pk]),
    "idea-step":        ("development_lead", lambda town: [town.ideas["submitted"].pk, "return"]),
    "meeting-list":     ("decider", lambda town: []),
    "meeting-create":   ("development_lead", lambda town: []),
    "meeting-detail":   ("decider", lambda town: [town.meetings["coming"].pk]),
    "meeting-edit":     ("decider", lambda town: [town.meetings["coming"].pk]),
    "meeting-cancel":   ("decider", lambda town: [town.meetings["coming"].pk]),
    "meeting-note":     ("decider", lambda town: [town.meetings["coming"].pk]),
    "meeting-release":  ("decider", lambda town: [town.meetings["coming"].pk]),
    "meeting-minutes":  ("registrar", lambda town: [town.meetings["held"].pk]),
    "agenda-add":       ("decider", lambda town: [town.meetings["coming"].pk]),
    "agenda-item":      ("decider", lambda town: [town.meetings["coming"].items.get().pk]),
    "agenda-score":     ("manager", lambda town: [town.meetings["coming"].items.get().pk]),
    "agenda-screen":    ("decider", lambda town: [town.meetings["coming"].items.get().pk]),
    "decision-lists":   ("registrar", lambda town: []),
    "decision-list":    ("registrar", lambda town: [DecisionList.objects.get().pk]),
    "decision-list-paper": ("registrar", lambda town: [DecisionList.objects.get().pk]),
    "comment-remove":   ("colleague", lambda town: [town.ideas["ready"].comments.first().pk]),
    "idea-merge":       ("development_lead", lambda town: [town.ideas["submitted"].pk]),
    "idea-split":       ("development_lead", lambda town: [town.ideas["joined"].pk]),
    "idea-bank":        ("development_lead", lambda town: []),
    "fund-list":        ("manager", lambda town: []),
    "fund-detail":      ("development_lead", lambda town: [town.fund.pk]),
    "fund-create":      ("development_lead", lambda town: []),
    "fund-policy":      ("development_lead", lambda town: [town.fund.pk]),
    "fund-end":         ("development_lead", lambda town: [town.fund.pk]),
    "period-detail":    ("development_lead", lambda town: [town.fund.periods.get().pk]),
    "entry-correct":    ("development_lead", lambda town: [town.fund.periods.get().entries.earliest("pk").pk]),
    "reward-list":      ("development_lead", lambda town: [town.fund.pk]),
    "reward-use":       ("staff", lambda town: [town.ideas["funded"].decisions.get().pk]),
    "idea-let-go":      ("development_lead", lambda town: [town.ideas["funded"].pk]),
    "work-release":     ("development_lead", lambda town: [town.works["running"].pk]),
    "work-reward":      ("staff", lambda town: [town.works["running"].pk]),
    "period-create":    ("development_lead", lambda town: [town.fund.pk]),
    "period-allocate":  ("development_lead", lambda town: [town.fund.periods.get().pk]),
    "period-close":     ("development_lead", lambda town: [town.fund.periods.get().pk]),
    "decision-pay":     ("development_lead", lambda town: [town.ideas["funded"].decisions.get().pk]),
    "work-list":        ("staff", lambda town: []),
    "work-start":       ("staff", lambda town: [town.ideas["funded"].pk]),
    "work-detail":      ("staff", lambda town: [town.works["running"].pk]),
    "work-edit":        ("staff", lambda town: [town.works["running"].pk]),
    "work-new":         ("staff", lambda town: []),
    "work-propose":     ("staff", lambda town: ["own"]),
    "work-charter":     ("staff", lambda town: [town.works["running"].pk]),
    "work-charter-edit": ("staff", lambda town: [town.works["running"].pk, "sammanhang"]),
    "work-method":      ("staff", lambda town: [town.works["running"].pk]),
    "work-method-back": ("staff", lambda town: [town.works["running"].pk]),
    "method-list":      ("development_lead", lambda town: []),
    "method-add":       ("development_lead", lambda town: []),
    "method-edit":      ("development_lead", lambda town: [Method.objects.get(key="steps8").pk]),
    "work-team":        ("staff", lambda town: [town.works["running"].pk]),
    "work-step":        ("staff", lambda town: [town.works["running"].pk, "pause"]),
    "measure-add":      ("staff", lambda town: [town.works["running"].pk]),
    "work-measures":    ("staff", lambda town: [town.works["running"].pk]),
    "work-measure":     ("staff", lambda town: [town.works["running"].followed.get().pk]),
    "measure-record":   ("staff", lambda town: [town.works["running"].followed.get().pk]),
    "measure-values":   ("staff", lambda town: [town.works["running"].followed.get().pk]),
    "measure-rebase":   ("staff", lambda town: [town.works["running"].followed.get().pk]),
    "measure-settings": ("staff", lambda town: [town.works["running"].followed.get().pk]),
    "measure-wall":     ("staff", lambda town: [town.works["running"].followed.get().pk]),
    "measurement-detail": ("staff", lambda town: [_measurement(town).pk]),
    "measure-ends":     ("staff", lambda town: [town.works["running"].followed.get().pk]),
    "work-drivers":     ("staff", lambda town: [town.works["running"].pk]),
    "driver-delete":    ("staff", lambda town: [town.works["running"].drivers.first().pk]),
    "work-cycles":      ("staff", lambda town: [town.works["running"].pk]),
    "work-together":    ("staff", lambda town: [town.works["running"].pk]),
    "work-diary":       ("staff", lambda town: [town.works["running"].pk]),
    "task-edit":        ("staff", lambda town: [town.works["running"].tasks.first().pk]),
    "task-remove":      ("staff", lambda town: [town.works["running"].tasks.first().pk]),
    "decision-line-correct": ("staff", lambda town: [town.works["running"].decisions.first().pk]),
    "method-trend":     ("development_lead", lambda town: []),
    "work-file-remove": ("staff", lambda town: [town.works["running"].files.first().pk]),
    "cycle-plan":       ("staff", lambda town: [town.works["reporting"].pk]),
    "cycle-detail":     ("staff", lambda town: [town.works["running"].cycles.get(number=2).pk]),
    "cockpit":          ("coach", lambda town: []),
    "coach-load":       ("development_lead", lambda town: []),
    "work-support":     ("coach", lambda town: [town.works["running"].pk]),
    "contact-new":      ("coach", lambda town: [town.works["running"].pk]),
    "contact-edit":     ("coach", lambda town: [town.works["running"].contacts.get().pk]),
    "contact-remove":   ("coach", lambda town: [town.works["running"].contacts.get().pk]),
    "coach-choose":     ("coach", lambda town: [town.works["running"].pk]),
    "coach-until":      ("coach", lambda town: [town.works["running"].pk]),
    "coach-end":        ("coach", lambda town: [town.works["running"].pk]),
    "work-guests":      ("staff", lambda town: [town.works["running"].pk]),
    "guest-enter":      (None, lambda town: [town.guest_secret]),
    "remark-remove":    ("staff", lambda town: [town.works["running"].remarks.get(thread="team").pk]),
    "reminder-stop":    ("coach", lambda town: ["remind.data"]),
    "work-report":      ("staff", lambda town: [town.works["running"].pk]),
    "report-detail":    ("staff", lambda town: [town.reports["finished"].pk]),
    "report-edit":      ("staff", lambda town: [town.reports["reporting"].pk]),
    "report-version":   ("staff", lambda town: [town.reports["reported"].pk, 1]),
    "report-approve":   ("manager", lambda town: [town.reports["reported"].pk]),
    "report-coach":     ("staff", lambda town: [town.reports["reporting"].pk]),
    "report-poster":    ("staff", lambda town: [town.reports["finished"].pk]),
    "report-press":     ("staff", lambda town: [town.reports["finished"].pk]),
    "report-press-paper": ("staff", lambda town: [town.reports["finished"].pk]),
    "report-public":    ("development_lead", lambda town: [town.reports["finished"].pk]),
    "report-withdraw":  ("development_lead", lambda town: [town.reports["finished"].pk]),
    "public-works":     (None, lambda town: []),
    "public-work":      (None, lambda town: [town.reports["finished"].pk]),
    "report-return":    ("manager", lambda town: [town.reports["reported"].pk]),
    "report-document":  ("staff", lambda town: [town.reports["finished"].pk]),
    "poster-choose":    ("manager", lambda town: []),
    "poster-detail":    ("manager", lambda town: [town.school.pk]),
    "job-detail":       ("manager", lambda town: [Job.objects.visible_to(town["manager"]).earliest("pk").pk]),
    "organisation":     ("administrator", lambda town: []),
    "unit-detail":      ("administrator", lambda town: [town.school.pk]),
    "person-list":      ("administrator", lambda town: []),
    "person-detail":    ("administrator", lambda town: [town["manager"].pk]),
    "person-close":     ("administrator", lambda town: [town["staff"].pk]),
    "role-withdraw":    ("administrator", lambda town: [town["manager"].assignments.get().pk]),
    "kpi-catalogue":    ("quality_lead", lambda town: []),
    "catalogue-kpi":    ("quality_lead", lambda town: ["N15428"]),
    "import-list":      ("quality_lead", lambda town: []),
    "import-run":       ("quality_lead", lambda town: [ImportRun.objects.get(what=What.VALUES, about="Hemtjänst").pk]),
    "import-cancel":    ("quality_lead", lambda town: [ImportRun.objects.get(what=What.CATALOGUE).pk]),
    "area-list-edit":   ("quality_lead", lambda town: []),
    "area-add":         ("quality_lead", lambda town: []),
    "area-edit":        ("quality_lead", lambda town: ["hemtjanst"]),
    "area-words":       ("quality_lead", lambda town: ["hemtjanst"]),
    "area-delete":      ("quality_lead", lambda town: ["hemtjanst"]),
    "quality-measure-add": ("quality_lead", lambda town: ["hemtjanst"]),
    "quality-measure-edit": ("quality_lead", lambda town: ["hemtjanst", _measure().pk]),
    "quality-measure-words": ("quality_lead", lambda town: ["hemtjanst", _measure().pk]),
    "quality-measure-delete": ("quality_lead", lambda town: ["hemtjanst", _measure().pk]),
    "part-add":         ("quality_lead", lambda town: ["hemtjanst", _measure().pk]),
    "part-remove":      ("quality_lead", lambda town: ["hemtjanst", _measure().pk, _measure().parts.first().pk]),
    "goal-list":        ("manager", lambda town: []),
    "goal-add":         ("manager", lambda town: []),
    "goal-edit":        ("quality_lead", lambda town: [Goal.objects.first().pk]),
    "goal-remove":      ("quality_lead", lambda town: [Goal.objects.first().pk]),
    "group-list":       ("quality_lead", lambda town: []),
    "group-add":        ("quality_lead", lambda town: []),
    "group-edit":       ("quality_lead", lambda town: [MunicipalityGroup.objects.get(code="").pk]),
    "group-delete":     ("quality_lead", lambda town: [MunicipalityGroup.objects.get(code="").pk]),
    "import-new":       ("administrator", lambda town: []),
    "import-detail":    ("administrator", lambda town: [ImportFile.objects.get().pk]),
    "library":          ("colleague", lambda town: []),
    "library-entry":    ("colleague", lambda town: [town.works["finished"].pk]),
    "work-effect":      ("staff", lambda town: [town.works["finished"].pk]),
    "follow-up":        ("manager", lambda town: [town.works["finished"].follow_ups.get(months=3).pk]),
    "follow-up-give":   ("manager", lambda town: [town.works["finished"].follow_ups.get(months=3).pk]),
    "benefit-add":      ("staff", lambda town: [town.works["finished"].pk]),
    "benefit-withdraw": ("staff", lambda town: [town.works["finished"].benefits.get().pk]),
    "benefit-year":     ("manager", lambda town: []),
    "account_change_password": ("staff", lambda town: []),
    "account_logout":   ("staff", lambda town: []),
    "account_login":    (None, lambda town: []),
    "account_reset_password": (None, lambda town: []),
}
# fmt: on

# Addresses without a page of their own: buttons, files, a part, or on to another page.
NO_PAGE = {
    *("work-search", "confirmer-search", "work-method-on", "method-order", "strategic-area-step"),
    *("work-export-csv", "work-export-xlsx"),
    *("kpi-explore", "measure-explore"),
    *("idea-keep", "idea-similar", "attachment-open"),
    "stil",  # the demo's and developers' alone; tests/config/test_look.py looks at it
    *("result-file-confirm", "result-template", "own-break-add", "own-break-remove"),
    *("area-excel", "areas-excel", "area-csv", "areas-csv", "area-paper-request"),
    *("health", "set-language", "set-colour-scheme", "import-template"),
    *("unit-search", "person-search", "kpi-search", "municipality-search", "poster-request"),
    *("poster-scan", "guest-renew", "guest-show-out"),
    *("idea-export-csv", "idea-export-xlsx", "board-step", "criterion-step"),
    *("notice-open", "notice-read-all", "profile-reminders", "work-say", "coach-take-on"),
    *("kpi-follow", "kpi-preview", "kpi-break-add", "kpi-break-remove", "import-retry"),
    *("area-order", "area-ship", "area-hide", "quality-measure-order", "part-order", "part-step"),
    *("idea-support", "idea-follow", "idea-comments", "reader-search", "merge-search"),
    *("revival-answer", "revival-rest"),
    *("fund-reopen", "half-years-add", "ledger-export", "reward-export"),
    *("import-confirm", "person-open", "work-of-idea", "membership-step"),
    *("measure-table", "measure-step", "measure-svg", "measure-csv", "work-measure-explore"),
    *("measurement-include", "phase-undo"),
    *("agenda-order", "agenda-draft-all", "agenda-remove", "member-call", "member-excuse"),
    *("minutes-request", "decision-list-csv", "decision-list-request"),
    *("cycle-plan-hints", "cycle-hints", "cycle-hint-step", "cycle-predict", "cycle-photo"),
    *("driver-add", "driver-change", "driver-step", "work-file-open"),
    *("work-talk", "work-file-add", "task-add", "task-step", "decision-line-add"),
    *("library-adopt", "library-tip", "benefit-file"),
    *("cycle-step", "report-submit", "document-request", "document-download", "report-draft"),
    *("report-poster-request", "report-press-request"),
}


# What stands around a page is the same on all that somebody sees: looked at from all sides once.
FIRST_OF_EACH = {who: name for name, (who, _which) in reversed(PAGES.items())}


def _measurement(town):
    return town.works["running"].followed.get().measure.measurements.latest("taken_on")


def _measure():
    return QualityMeasure.objects.get(area__slug="hemtjanst", name="Arbetsmiljö")


def routes(patterns):
    for pattern in patterns:
        if not isinstance(pattern, URLResolver):
            yield pattern.name
        elif str(pattern.pattern) != "konto/":  # allauth's; those we have are in the table
            yield from routes(pattern.url_patterns)


def test_every_address_is_in_the_table():
    ours = {name for name in routes(get_resolver().url_patterns) if name}
    assert ours - PAGES.keys() - NO_PAGE == set()


@pytest.fixture(scope="module")
def window(windows):
    """One window for all the pages, so that styles and scripts are fetched and read once."""
    browsing = Browsing(windows)
    yield browsing, browsing.open(None)
    browsing.close()


def test_no_style_changes_between_a_small_phone_and_a_phone():
    widths = [
        float(width) * 16  # px in a rem
        for style in (settings.BASE_DIR / "static").glob("*/*.css")
        for width in re.findall(r"(?:min|max)-width: ([\d.]+)rem\)", style.read_text())
    ]

    assert widths
    assert [width for width in widths if SMALL_PHONE <= width <= PHONE] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_fault(town, window, accessible, name):
    who, which = PAGES[name]
    browsing, page = window
    browsing.complaints.clear()
    browsing.sign_in(page, town[who] if who else None)
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")

    response = page.goto(reverse(name, args=which(town)))

    assert response.status == 200
    assert page.locator("h1").count() == 1
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        too_wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert too_wide == 0, f"{page.url} is {too_wide} px too wide at {width} px"
        if width == PHONE:
            continue
        part = "html" if name == FIRST_OF_EACH[who] else "main"
        page.emulate_media(color_scheme="light")
        accessible(page, part="html" if width == DESK else part)
        page.emulate_media(color_scheme="dark")
        accessible(page, rules=["color-contrast"], part=part)
    assert browsing.complaints == []
