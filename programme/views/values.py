"""Writing values down: one at a time, in a grid, pasted, or from a file that is shown first."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from foundation.spreadsheet import read_sheets
from measures.models import Measurement
from measures.typed.expected import days_due, next_day
from measures.typed.plan import TablePlan, plan_of
from measures.typed.table import cells_in, read_table
from organisation.http import PersonRequest

from ..actions import measuring
from ..forms.grid import MOST_IN_GRID, Grid, PasteForm, TableFileForm, label_of
from ..forms.measures import ReasonForm, ValueForm, said_of
from ..models import Work, WorkMeasure
from ..rules.measures import why_not_record
from .following import followed_or_404
from .measures import about

MOST_DAYS = 12  # that are filled in beforehand


@require_http_methods(["GET", "POST"])
def measure_record(request: PersonRequest, pk: int) -> HttpResponse:
    """Write one value down, with one hand."""
    followed = followed_or_404(request, pk)
    today = timezone.localdate()
    form = ValueForm(request.POST or None, measure=followed.measure, on=today)
    if accepted(
        form,
        lambda: measuring.record_value(
            followed_id=pk, **form.cleaned_data, on=today, by=request.user
        ),
    ):
        messages.success(request, _("The value is saved."))
        return go_to(request, "work-measure", pk)
    context = about(followed) | {
        "heading": _("Write a value"),
        "form": form,
        "refused": why_not_record(followed, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/value_form.html", context, parts=["value-form"], status=status)


@require_http_methods(["GET", "POST"])
def measurement_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct one value, see what it was before, and leave it out or count it again."""
    measurement, followed = _measurement(request, pk)
    today = timezone.localdate()
    is_correction = "because" not in request.POST
    data = request.POST or None
    form = ValueForm(
        data if is_correction else None,
        initial=said_of(measurement),
        measure=followed.measure,
        on=today,
    )
    reason = ReasonForm(None if is_correction else data)

    def correct() -> None:
        said = {**form.cleaned_data, "taken_on": measurement.taken_on}  # its day stays
        measuring.record_value(followed_id=followed.pk, **said, on=today, by=request.user)

    def exclude() -> None:
        measuring.exclude(
            measurement_id=pk, because=reason.cleaned_data["because"], by=request.user
        )

    if accepted(form, correct) or accepted(reason, exclude):
        return go_to(request, "work-measure", followed.pk)
    context = about(followed) | {
        "heading": measurement.taken_on,
        "measurement": measurement,
        "revisions": measurement.revisions.select_related("replaced_by").order_by("-replaced_at"),
        "form": form,
        "reason": reason,
        "refused": why_not_record(followed, request.user),
    }
    status = 422 if form.errors or reason.errors else 200
    return page(request, "programme/measurement.html", context, status=status)


@require_POST
def measurement_include(request: PersonRequest, pk: int) -> HttpResponse:
    """Count a value again that was left out."""
    measurement, followed = _measurement(request, pk)
    try:
        measuring.include(measurement_id=measurement.pk, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "work-measure", followed.pk)


# --- many at once -------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def measure_values(request: PersonRequest, pk: int) -> HttpResponse:
    """Write many values down in a grid: all of them, or none."""
    followed = followed_or_404(request, pk)
    today = timezone.localdate()
    if request.method == "POST":
        grid = Grid.typed(followed.measure, request.POST, on=today)
    else:
        grid = Grid.empty(followed.measure, _days(followed))
    refusal = ""
    if grid.table is not None and not grid.table.rows:
        refusal = _("Write a value first.")
    elif grid.is_right:
        try:
            return _written(request, followed, grid)
        except Refused as refused:
            refusal = str(refused)
    context = about(followed) | {
        "heading": _("Write values"),
        "grid": grid,
        "refusal": refusal,
        "paste": PasteForm(),
        "file": TableFileForm(),
        "refused": why_not_record(followed, request.user),
        "most": MOST_IN_GRID,
    }
    status = 422 if refusal or (grid.table and grid.table.has_faults) else 200
    return page(request, "programme/values.html", context, parts=["grid"], status=status)


def _written(request: PersonRequest, followed: WorkMeasure, grid: Grid) -> HttpResponse:
    assert grid.table is not None  # or nothing was typed
    written = measuring.write(
        followed_id=followed.pk,
        entries=grid.table.entries,
        on=timezone.localdate(),
        by=request.user,
    )
    messages.success(request, _said_after(written.new, written.changed))
    if grid.table.was_out_of_order:
        messages.info(request, _("The rows were not in order of time. They are sorted."))
    return go_to(request, "work-measure", followed.pk)


def _days(followed: WorkMeasure) -> list[date]:
    """Return the days that are expected now; at least the next one."""
    measure, today = followed.measure, timezone.localdate()
    newest = (
        Measurement.objects.filter(measure=measure).order_by("-taken_on").values_list("taken_on")
    )
    newest_on = next((day for (day,) in newest[:1]), None)
    due = days_due(measure.frequency, newest_on, on=today, most=MOST_DAYS)
    if due:
        return due
    expected = next_day(measure.frequency, newest_on, on=today)
    return [expected] if expected and expected <= today else []


@require_http_methods(["POST"])
def measure_table(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what a pasted table or a file would change; save it when that is confirmed.

    Nothing is kept in between: the table comes back with the answer, and is saved only if it still
    does what was shown.
    """
    followed = followed_or_404(request, pk)
    refused = why_not_record(followed, request.user)
    paste = PasteForm(request.POST)
    file = TableFileForm(request.POST, request.FILES) if request.FILES else None
    try:
        text = _table_text(paste, file)
    except Refused as refusal:
        text, refused_file = "", str(refusal)
    else:
        refused_file = ""
    plan = _plan(followed, text)
    is_confirmed = request.POST.get("fingerprint") == plan.fingerprint
    if is_confirmed and plan.to_write and not refused:
        return _write_plan(request, followed, plan)
    context = about(followed) | {
        "heading": _("What the table changes"),
        "plan": plan,
        "paste": PasteForm(initial={"table": text}),
        "rows": _rows_shown(followed, plan),
        "refusal": refused_file or _why_nothing(plan, text),
        "has_changed": "fingerprint" in request.POST,
        "refused": refused,
    }
    status = 422 if refused_file or plan.refused or not plan.table.rows else 200
    return page(request, "programme/table.html", context, status=status)


def _table_text(paste: PasteForm, file: TableFileForm | None) -> str:
    """Return the table as text with tabs between its cells.

    Raises:
        Refused: the file cannot be read, or is too large.
    """
    if file is not None:
        if not file.is_valid():
            raise Refused(str(file.errors["file"][0]))
        sheets = [s for s in read_sheets(file.cleaned_data["file"].read()) if s.rows]
        if not sheets:
            raise Refused(_("There is nothing in the file."))
        return "\n".join("\t".join(row.cells) for row in sheets[0].rows)
    if not paste.is_valid():
        raise Refused(str(paste.errors["table"][0]))
    return str(paste.cleaned_data["table"])


def _plan(followed: WorkMeasure, text: str) -> TablePlan:
    table = read_table(followed.measure, cells_in(text), on=timezone.localdate())
    return plan_of(followed.measure, table)


def _why_nothing(plan: TablePlan, text: str) -> str:
    if not text.strip():
        return _("Paste a table or choose a file first.")
    if not plan.table.rows:
        return _("No row has both a day and a value.")
    return ""


def _rows_shown(
    followed: WorkMeasure, plan: TablePlan
) -> list[tuple[int, Sequence[tuple[str, str, str]]]]:
    """Return the rows that are refused: their number, and each cell with label, text and fault."""
    return [
        (
            row.number,
            [
                (label_of(followed.measure, name), text, row.faults.get(name, ""))
                for name, text in row.texts.items()
            ],
        )
        for row in plan.refused
    ]


def _write_plan(request: PersonRequest, followed: WorkMeasure, plan: TablePlan) -> HttpResponse:
    """Save the rows that are right."""
    entries = [change.entry for change in plan.changes if change.kind != "unchanged"]
    written = measuring.write(
        followed_id=followed.pk, entries=entries, on=timezone.localdate(), by=request.user
    )
    messages.success(request, _said_after(written.new, written.changed))
    return go_to(request, "work-measure", followed.pk)


def _said_after(new: int, changed: int) -> str:
    if not new and not changed:
        return _("Nothing was changed: the values were there already.")
    said = []
    if new:
        text = ngettext("%(count)s value is saved.", "%(count)s values are saved.", new)
        said.append(text % {"count": new})
    if changed:
        text = ngettext(
            "%(count)s value is corrected; what it was is kept.",
            "%(count)s values are corrected; what they were is kept.",
            changed,
        )
        said.append(text % {"count": changed})
    return " ".join(said)


def _measurement(request: PersonRequest, pk: int) -> tuple[Measurement, WorkMeasure]:
    works = Work.objects.visible_to(request.user)
    visible = Measurement.objects.filter(measure__followed_by__work__in=works)
    measurement = get_object_or_404(visible, pk=pk)
    followed_id = WorkMeasure.objects.values_list("pk", flat=True).get(
        measure=measurement.measure_id
    )
    return measurement, followed_or_404(request, followed_id)
