"""What is filled in about a list of municipalities."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import SearchChoiceField, SearchingForm
from organisation.privacy import no_identity_numbers

from ..actions.groups import Listed
from ..models import Kind, Municipality, MunicipalityGroup

MEMBERS = "members"  # the checkboxes of those that are on the list


class GroupForm(SearchingForm, forms.Form):
    """A name, those on the list, and one more at a time by a search.

    The button `add` puts the chosen one among the others and shows the form again; nothing is
    saved by it.  Who is chosen when the list is saved is on it too.
    """

    title = forms.CharField(
        label=_("What the list is called"), max_length=80, validators=[no_identity_numbers]
    )
    more = SearchChoiceField(
        Municipality.objects.exclude(kind=Kind.COUNTRY),
        route="municipality-search",
        key="code",
        label=_("Put one more on the list"),
        required=False,
    )

    def __init__(
        self, data: QueryDict | None = None, *, group: MunicipalityGroup | None = None
    ) -> None:
        self.is_adding = data is not None and "add" in data
        if data is not None and self.is_adding:
            data = data.copy()
            data.appendlist(MEMBERS, data.get("more", ""))
            data["more"] = data["q_more"] = ""
        super().__init__(data, initial={"title": group.title} if group else {})
        self._group = group

    def full_clean(self) -> None:
        if self.is_adding:
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_adding

    def on_it(self) -> list[Municipality]:
        """Those who are on the list now, as it is being written.  One query."""
        if isinstance(self.data, QueryDict) and self.is_bound:
            some = Municipality.objects.filter(code__in=self.data.getlist(MEMBERS))
        else:
            some = Municipality.objects.filter(pk__in=self._group.members if self._group else [])
        return list(some.order_by("name_order"))

    def listed(self) -> Listed:
        more = self.cleaned_data["more"]
        members = [one.pk for one in self.on_it()]
        return Listed(self.cleaned_data["title"], [*members, *([more.pk] if more else [])])
