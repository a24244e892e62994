"""Two who write in the same cycle: what the other wrote, beside one's own."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import QueryDict

from ..forms.cycles import CompareForm, NoteForm, PlanForm
from ..models import Cycle

WRITTEN = {*PlanForm.Meta.fields, *NoteForm.Meta.fields, *CompareForm.Meta.fields}
MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which two have written different things.

    Attributes:
        theirs: What stands saved, in words.
        choice: What is chosen unless one says otherwise: one's own text if one has changed it.
        can_be_both: Whether both can be kept, one after the other.
    """

    name: str
    theirs: str
    choice: str
    can_be_both: bool


def differences_in(cycle: Cycle, form: Any) -> dict[str, Difference]:
    """Return where what stands in the valid `form` differs from what is saved, by field."""
    return {
        name: Difference(
            name,
            theirs=_in_words(cycle, name),
            choice=MINE if name in form.changed_data else THEIRS,
            can_be_both=_has_lines(name) and bool(mine) and bool(getattr(cycle, name)),
        )
        for name, mine in form.cleaned_data.items()
        if getattr(cycle, name) != mine
    }


def chosen_among(data: QueryDict, cycle: Cycle) -> QueryDict:
    """Return what is posted, with the other's text where that is what was chosen."""
    chosen = data.copy()
    for key in data:
        name = key.removeprefix("keep-")
        if name == key or name not in WRITTEN:
            continue
        saved = getattr(cycle, f"{name}_id" if name == "change" else name)
        theirs = "" if saved is None else str(saved)
        if data[key] == THEIRS:
            chosen[name] = theirs
        elif data[key] == BOTH:
            chosen[name] = f"{theirs}\n\n{data.get(name, '')}"
    return chosen


def _has_lines(name: str) -> bool:
    return isinstance(Cycle._meta.get_field(name), models.TextField)


def _in_words(cycle: Cycle, name: str) -> str:
    show = getattr(cycle, f"get_{name}_display", None)
    value = show() if show else getattr(cycle, name)
    return "" if value is None else str(value)
