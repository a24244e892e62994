"""Choosing one thing among very many: a few suggestions, and a search for the others.

A list of three thousand units is slow to send and hard to use on a phone.  Here the page holds
the chosen one and a few suggestions as radio buttons; a search box asks a route of its own for at
most eight others while one types.  Without JavaScript a button makes the form come back with what
was found and everything that was typed: a form with such a field derives from `SearchingForm`.

    class MoveForm(SearchingForm, forms.Form):
        unit = SearchChoiceField(Unit.objects.active(), route="unit-search", label=_("Unit"))

The queryset brings two methods: `found_by(text)`, in the order in which they are to be shown, and
`as_options(things)`, which says how each is shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Model
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

SHOWN = 8  # of what a search finds
COUNTED = 100  # of what is not shown, how many are counted before it is only "more"
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen."""

    value: str
    label: str
    hint: str = ""  # tells it from others with the same label


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    options: list[Option]
    more: int  # how many others there are, at most COUNTED


def search(things: Any, words: str) -> Found:
    """Return the first that hold every word.  Two queries, and one of the queryset's own hints."""
    matching = things.found_by(words)
    first = list(matching[:SHOWN])
    more = matching.order_by()[: SHOWN + COUNTED].count() - SHOWN if len(first) == SHOWN else 0
    return Found(things.as_options(first), more)


def answer(request: HttpRequest, things: Any, *, key: str = "pk") -> HttpResponse:
    """Answer what a search box asks while one types: the part of the field with what was found.

    What was chosen among an earlier search's finds stays chosen and comes first.

    Args:
        key: Which of the things' fields is their value, as for the field.
    """
    field = request.GET.get("field", "")
    if not field.replace("-", "_").isidentifier() or len(field) > 60:
        return HttpResponseBadRequest()
    words = request.GET.get(f"q_{field}", "")[:LONGEST_SEARCH].strip()
    found = search(things, words) if words else None
    kept = request.GET.get(field, "")
    chosen = things.filter(**{key: kept}) if kept.isdecimal() and len(kept) < 19 else []
    options = things.as_options(list(chosen[:1]))
    if found:
        options += [option for option in found.options if option not in options]
    widget = {
        "name": field,
        "attrs": {"id": f"id_{field}"},
        "words": words,
        "found": found,
        "found_options": [(option, option.value == kept) for option in options],
        "is_answer": True,
    }
    # Without the request: a part of a field has no menu to ask the database about.
    return HttpResponse(render_to_string("foundation/search_choice.html#found", {"widget": widget}))


class SearchChoice(forms.Widget):
    """Radio buttons and a search box.  What it shows is set by the field, form by form."""

    template_name = "foundation/search_choice.html"
    use_fieldset = True

    route: str
    query: dict[str, str]
    things: Any
    suggested: Callable[[], Iterable[Any]]
    words = ""
    key = "pk"
    is_required = False

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return ""  # a legend names the group; each radio has a label of its own

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        value = "" if value is None else str(value)
        suggested = list(self.suggested())
        chosen = self._thing(value) if value else None
        first = [chosen] if chosen and chosen not in suggested else []
        options = self.things.as_options([*first, *suggested])
        found = search(self.things, self.words) if self.words else None
        known = {option.value for option in options}
        context["widget"] |= {
            "address": f"{reverse(self.route)}?{urlencode({**self.query, 'field': name})}",
            "options": [(option, option.value == value) for option in options],
            "has_none": not self.is_required,
            "is_none": not value,
            "words": self.words,
            "found": found,
            "found_options": [
                (option, False)
                for option in (found.options if found else [])
                if option.value not in known
            ],
            "longest": LONGEST_SEARCH,
        }
        return context

    def _thing(self, value: str) -> Model | None:
        try:
            return self.things.filter(**{self.key: value}).first()  # type: ignore[no-any-return]
        except ValueError:
            return None  # no such key; the field says so


class _BoundSearch(BoundField):
    """The field in a form: knows what was typed in its search box."""

    field: "SearchChoiceField"

    @property
    def words(self) -> str:
        typed = self.form.data.get(f"q_{self.html_name}", "") if self.form.is_bound else ""
        return typed[:LONGEST_SEARCH].strip()

    @property
    def is_searched(self) -> bool:
        """Say whether the button beside the search box was what was pressed."""
        return bool(self.words) and f"search_{self.html_name}" in self.form.data

    def as_widget(
        self,
        widget: Any = None,
        attrs: Any = None,
        only_initial: bool = False,
    ) -> Any:
        self.field.widget.words = self.words
        return super().as_widget(widget, attrs, only_initial)


class SearchChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # only the stubs are generic
    """One of very many.  ``cleaned_data`` holds the thing itself, or None if that is allowed.

    Args:
        queryset: What may be chosen, with `found_by` and `as_options`.
        route: The name of the route that answers the search box with `answer`.
        query: What to add to its address, to narrow it as the queryset is narrowed.
        suggested: The few that are offered at once, or what returns them when the form is drawn.
        key: Which field of the things is their value, if another than the primary key.
    """

    widget = SearchChoice
    default_error_messages = {
        "required": _("Choose one, or search for it."),
        "invalid_choice": _("It cannot be chosen any more. Choose another one."),
    }

    def __init__(
        self,
        queryset: Any,
        *,
        route: str,
        query: dict[str, str] | None = None,
        suggested: Iterable[Any] | Callable[[], Iterable[Any]] = (),
        key: str = "",
        **options: Any,
    ) -> None:
        self.suggested = suggested
        super().__init__(queryset, empty_label=None, to_field_name=key or None, **options)
        self.widget.key = key or "pk"
        self.widget.route = route
        self.widget.query = query or {}
        self.widget.is_required = self.required

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        widget = self.widget
        suggested = self.suggested
        widget.suggested = suggested if callable(suggested) else lambda: suggested
        widget.things = self.queryset
        return _BoundSearch(form, self, field_name)


class SearchingForm(forms.BaseForm):
    """A form that comes back with what was found when the button of a search box was pressed.

    It is then neither valid nor in error, so a view shows it again with status 200 as it is.
    """

    def is_searching(self) -> bool:
        return self.is_bound and any(
            field.is_searched for field in self if isinstance(field, _BoundSearch)
        )

    def full_clean(self) -> None:
        if self.is_searching():
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_searching()
