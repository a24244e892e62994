"""A work's tab of what the team keeps together: tasks, talk, decisions, files and the diary."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.actions import notices
from organisation.http import PersonRequest

from ..actions import deciding, files, remarks
from ..forms.together import DecisionForm, NewTaskForm, TeamRemarkForm, WorkFilesForm
from ..history import diary_of, events_of, told
from ..models import Cycle, Task, Thread, Work, WorkDecision
from ..queries.together import decisions_of, files_of, is_late, tasks_of
from ..rules.files import why_not_keep_files
from ..rules.tasks import (
    why_not_add,
    why_not_change,
    why_not_correct,
    why_not_take,
    why_not_tick,
)
from .coaching import talk_of

DIARY_LATEST = 5
DIARY_PER_PAGE = 40


@require_GET
def work_together(request: PersonRequest, pk: int) -> HttpResponse:
    return together_page(request, work_of(request, pk))


def together_page(
    request: PersonRequest,
    work: Work,
    *,
    task: NewTaskForm | None = None,
    remark: TeamRemarkForm | None = None,
    decision: DecisionForm | None = None,
    file: WorkFilesForm | None = None,
) -> HttpResponse:
    """Draw the tab.

    Args:
        task, remark, decision, file: A form that was not accepted, with what was typed in it.
    """
    person = request.user
    whole = request.GET.get("all", "")
    cycles = list(work.cycles.order_by("number"))
    may_write = why_not_add(work, person) is None
    may_keep = why_not_keep_files(work, person) is None
    notices.seen(person, reverse("work-together", args=[work.pk]))
    context = {
        "work": work,
        "here": "work-together",
        "tasks": task_rows(request, work, whole=whole == "tasks"),
        "task_form": task or (NewTaskForm(work=work, by=person) if may_write else None),
        "talk": talk_of(request, work, Thread.TEAM, form=remark or TeamRemarkForm(work=work)),
        "decisions": decisions_of(work, whole=whole == "decisions"),
        "decision_form": decision or (DecisionForm() if may_write else None),
        "files": files_of(work),
        "file_form": file or (WorkFilesForm() if may_keep else None),
        "may_write": may_write,
        "may_keep": may_keep,
        "diary": diary_of(work, cycles, list(work.reports.all()), limit=DIARY_LATEST),
        "today": timezone.localdate(),
    }
    refused = any(form is not None and form.errors for form in (task, remark, decision, file))
    return page(
        request,
        "programme/work_together.html",
        context,
        parts=["task-list", "decision-list"],
        status=422 if refused else 200,
    )


def task_rows(
    request: PersonRequest, work: Work, *, cycle: Cycle | None = None, whole: bool = False
) -> dict[str, Any]:
    """Return what programme/task_rows.html draws: each task, and what one may do with it."""
    person, today = request.user, timezone.localdate()
    found = tasks_of(work, cycle=cycle, whole=whole)

    def row(task: Task) -> dict[str, Any]:
        return {
            "task": task,
            "is_mine": task.owner_id == person.pk,
            "is_late": is_late(task, on=today),
            "has_left": task.owner_id not in work.team_ids,
            "may_tick": why_not_tick(task, person) is None,
            "may_take": task.owner_id != person.pk and why_not_take(task, person) is None,
            "may_change": why_not_change(task, person) is None,
        }

    return {
        "waiting": [row(task) for task in found.waiting],
        "done": [row(task) for task in found.done],
        "more_done": found.more_done,
        "late": sum(is_late(task, on=today) for task in found.waiting),
    }


def of_cycle(request: PersonRequest, cycle: Cycle) -> dict[str, Any]:
    """Return what programme/cycle_together.html draws: the tasks and the talk of one test."""
    work, about = cycle.work, {"cycle": cycle.pk}
    may_write = why_not_add(work, request.user) is None
    return {
        "tasks": task_rows(request, work, cycle=cycle, whole=True),
        "task_form": NewTaskForm(work=work, by=request.user, initial=about) if may_write else None,
        "talk": talk_of(
            request,
            work,
            Thread.TEAM,
            form=TeamRemarkForm(work=work, initial=about),
            cycle_id=cycle.pk,
        ),
    }


@require_POST
def work_talk(request: PersonRequest, pk: int) -> HttpResponse:
    """Say something to the team, or about one of its tests."""
    work = work_of(request, pk)
    form = TeamRemarkForm(request.POST, work=work)

    def say() -> None:
        cycle = form.cleaned_data["cycle"]
        remarks.say(
            work_id=pk,
            thread=Thread.TEAM,
            text=form.cleaned_data["text"],
            key=form.cleaned_data["key"],
            cycle_id=cycle.pk if cycle else None,
            by=request.user,
        )

    if accepted(form, say, beside="text"):
        return go_to(request, back_to(work, form.cleaned_data["cycle"], "talk"))
    return together_page(request, work, remark=form)


# --- the log of decisions -------------------------------------------------------------------------


@require_POST
def decision_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Write a line in the log."""
    work = work_of(request, pk)
    form = DecisionForm(request.POST)
    if _written(request, form, work.pk):
        return go_to(request, back_to(work, None, "decisions"))
    return together_page(request, work, decision=form)


@require_http_methods(["GET", "POST"])
def decision_correct(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct a line of the log by a new one; the old one stays."""
    visible = WorkDecision.objects.visible_to(request.user).select_related("work__unit", "by")
    line = get_object_or_404(visible, pk=pk)
    work = line.work
    said = {"what": line.what, "why": line.why, "decided_on": line.decided_on}
    form = DecisionForm(request.POST or None, initial=said)
    if _written(request, form, work.pk, corrects_id=pk):
        messages.success(request, _("The new line stands in the log, and the old one is marked."))
        return go_to(request, back_to(work, None, "decisions"))
    context = {
        "work": work,
        "line": line,
        "form": form,
        "back": back_to(work, None, "decisions"),
        "refused": why_not_add(work, request.user)
        or (None if form.is_bound else why_not_correct(line)),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/decision_correct.html", context, status=status)


def _written(
    request: PersonRequest, form: DecisionForm, work_id: int, *, corrects_id: int | None = None
) -> bool:
    return accepted(
        form,
        lambda: deciding.write(
            work_id=work_id,
            **form.line(),
            corrects_id=corrects_id,
            on=timezone.localdate(),
            by=request.user,
        ),
    )


# --- files and diary ------------------------------------------------------------------------------


@require_POST
def work_file_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep files with the work."""
    work = work_of(request, pk)
    form = WorkFilesForm(request.POST, request.FILES)

    def save() -> None:
        for upload in form.uploads():
            says = form.cleaned_data["says"]
            files.add(work_id=pk, upload=upload, says=says, by=request.user)

    if accepted(form, save):
        return go_to(request, back_to(work, None, "files"))
    return together_page(request, work, file=form)


@require_GET
def work_diary(request: PersonRequest, pk: int) -> HttpResponse:
    """Tell all that has happened in the work, from its journal."""
    work = work_of(request, pk)
    cycles = list(work.cycles.order_by("number"))
    events = events_of(work, cycles, list(work.reports.all()))
    shown = Paginator(events, DIARY_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "work": work,
        "here": "work-together",
        "shown": shown,
        "diary": told(list(shown), cycles),
    }
    return page(request, "programme/work_diary.html", context, parts=["diary"])


# --- what they share ------------------------------------------------------------------------------


def work_of(request: PersonRequest, pk: int) -> Work:
    """Fetch through the gate; what one may not see is not found."""
    visible = Work.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("unit", "idea"), pk=pk)


def back_to(work: Work, cycle: Cycle | None, place: str) -> str:
    """Return the address of a place on the tab, or on the page of a test."""
    if cycle is not None:
        return f"{reverse('cycle-detail', args=[cycle.pk])}#{place}"
    return f"{reverse('work-together', args=[work.pk])}#{place}"
