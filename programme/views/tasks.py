"""Tasks of a team: written down, ticked, taken, changed and removed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, is_for, page
from organisation.http import PersonRequest

from ..actions import tasks
from ..forms.together import NewTaskForm, TaskForm
from ..models import Cycle, Task
from ..rules.tasks import why_not_change
from .together import back_to, task_rows, together_page, work_of


@require_POST
def task_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down a task of the work `pk`, perhaps of one of its tests."""
    work = work_of(request, pk)
    form = NewTaskForm(request.POST, work=work, by=request.user)

    def add() -> None:
        cycle = form.cleaned_data["cycle"]
        tasks.add(
            work_id=pk,
            doing=form.doing(),
            key=form.cleaned_data["key"],
            cycle_id=cycle.pk if cycle else None,
            by=request.user,
        )

    if accepted(form, add):
        return go_to(request, back_to(work, form.cleaned_data["cycle"], "tasks"))
    return together_page(request, work, task=form)


@require_POST
def task_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Tick a task ("klar"), take the tick back ("angra"), or take the task on oneself ("ta")."""
    task = _task(request, pk)
    refused = ""
    try:
        if step == "klar":
            tasks.tick(task_id=pk, on=timezone.localdate(), by=request.user)
        elif step == "angra":
            tasks.untick(task_id=pk, by=request.user)
        elif step == "ta":
            tasks.take(task_id=pk, by=request.user)
        else:
            raise Http404
    except Refused as refusal:
        refused = str(refusal)
    on_cycle = task.cycle if request.POST.get("at") == "cycle" else None
    if is_for(request, "task-list"):
        return _list(request, task, on_cycle, refused)
    if refused:
        messages.error(request, refused)
    return go_to(request, back_to(task.work, on_cycle, "tasks"))


def _list(request: PersonRequest, task: Task, cycle: Cycle | None, refused: str) -> HttpResponse:
    """Draw the list anew, on the page where it was pressed; what is half-written there stays."""
    work = task.work
    context = {
        "work": work,
        "cycle": cycle,
        "tasks": task_rows(request, work, cycle=cycle, whole=cycle is not None),
        "refused": refused,
        "pressed": task.pk,
    }
    return render(request, "programme/task_rows.html", context)


@require_http_methods(["GET", "POST"])
def task_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Write a task anew, move its day or give it to somebody else."""
    task = _task(request, pk)
    form = TaskForm(request.POST or None, instance=task, work=task.work)
    if accepted(form, lambda: tasks.change(task_id=pk, doing=form.doing(), by=request.user)):
        messages.success(request, _("Saved."))
        return go_to(request, tasks.place_of(task))
    context = {
        "work": task.work,
        "task": task,
        "form": form,
        "back": tasks.place_of(task),
        "refused": why_not_change(task, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/task_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def task_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once, and remove the task."""
    task = _task(request, pk)
    back = tasks.place_of(task)
    if request.method == "GET":
        context = {
            "work": task.work,
            "task": task,
            "back": back,
            "refused": why_not_change(task, request.user),
        }
        return page(request, "programme/task_remove.html", context)
    try:
        tasks.remove(task_id=pk, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, back)


def _task(request: PersonRequest, pk: int) -> Task:
    visible = Task.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("work__unit", "cycle", "owner"), pk=pk)
