"""What a person fills in to leave an idea, and to say something to its author."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import SearchChoiceField, SearchingForm
from foundation.uploads import Upload, UploadField
from measures.models import Kpi
from organisation.asking import AsksGently
from organisation.models import Person, Unit
from organisation.privacy import no_identity_numbers

from ..models import Idea, IdeaKind, IdeaStatus

# What it becomes with what is filled in so far, said while one writes.
WHAT_IT_IS: dict[IdeaKind, str | Promise] = {
    IdeaKind.OPPORTUNITY: _(
        "This becomes an improvement opportunity: a need. That is enough to submit it."
    ),
    IdeaKind.IDEA: _(
        "This becomes an improvement idea: a need and for whom, without a ready solution."
    ),
    IdeaKind.PROPOSAL: _(
        "This becomes an improvement proposal: a solution that can be tested on a small scale."
    ),
}


class IdeaForm(AsksGently, SearchingForm, forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Three questions, and more for those who have more.

    Args:
        person: Who writes.
        instance: The idea that is changed; None for a new one.
        half_filled: Take it as it is while one types: nothing has to be filled in.
    """

    asks_about: ClassVar = ("need", "beneficiaries", "solution")
    MORE: ClassVar = ("solution", "photos", "kpi", "author")  # folded until one asks for them

    unit = SearchChoiceField(Unit.objects.active(), route="unit-search", label=_("Where?"))
    # A form has `files` of its own, as they were sent; these are as they are to be kept.
    photos = UploadField(required=False, label=_("Photos and files"))
    kpi = SearchChoiceField(
        Kpi.objects.all(),
        route="kpi-search",
        required=False,
        label=_("Measure it is aimed at"),
        help_text=_("If the idea is about something that is already measured."),
    )
    author = SearchChoiceField(
        Person.objects.active(),
        route="person-search",
        required=False,
        label=_("For somebody else"),
        help_text=_("If you write down a colleague's idea: it becomes theirs, and both are told."),
    )
    # Made when the empty form is shown, so that a second click hands in the same idea again.
    key = forms.UUIDField(widget=forms.HiddenInput)
    # This page, and the one that had last written when it was opened.
    page = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Idea
        fields = ("need", "unit", "beneficiaries", "solution", "kpi")
        widgets: ClassVar = {
            "need": forms.Textarea(attrs={"rows": 4}),
            "beneficiaries": forms.Textarea(attrs={"rows": 2}),
            "solution": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(
        self,
        *args: Any,
        person: Person,
        instance: Idea | None = None,
        initial: dict[str, Any] | None = None,
        half_filled: bool = False,
        **kwargs: Any,
    ) -> None:
        page = uuid.uuid4()
        known = {
            "unit": person.unit and person.unit.pk,
            "key": instance.key if instance else uuid.uuid4(),
            "page": page,
            "seen": instance.written_in if instance else page,
        }
        if instance and instance.typed_by_id:
            known["author"] = instance.author_id
        if instance:
            del known["unit"]
        kwargs |= {"instance": instance, "initial": {**known, **(initial or {})}}
        super().__init__(*args, **kwargs)
        # What is chosen is sent at once, so there is nothing to keep when the form comes back.
        self.fields["photos"].widget.attrs.pop("hx-preserve", None)
        self.order_fields(["need", "unit", "beneficiaries", *self.MORE])
        unit: Any = self.fields["unit"]
        unit.suggested = workplaces_of(person)
        if instance and instance.status != IdeaStatus.DRAFT:
            del self.fields["author"]  # it has been handed in by name
        if half_filled:
            self.fields["need"].required = unit.required = False

    @property
    def kind(self) -> IdeaKind | None:
        """What it becomes with what is filled in now; None as long as no need is written."""
        beneficiaries, solution = (self[name].value() for name in ("beneficiaries", "solution"))
        if not str(self["need"].value() or "").strip():
            return None
        return IdeaKind.of(beneficiaries or "", solution or "")

    @property
    def what_it_is(self) -> str | Promise:
        return WHAT_IT_IS[self.kind] if self.kind else ""

    def always_shown(self) -> list[BoundField]:
        return [field for field in self._drawn() if not self._is_more(field)]

    def folded(self) -> list[BoundField]:
        return [field for field in self._drawn() if self._is_more(field)]

    def is_unfolded(self) -> bool:
        """Say whether something folded holds an answer, an error or a question."""
        return any(field.errors or field.value() for field in self.folded()) or any(
            field.name.endswith("_is_about_nobody") for field in self.folded()
        )

    def written(self) -> dict[str, Any]:
        """Return what is filled in and right, for the actions; a text that is wrong is None."""
        names = ("unit", "need", "beneficiaries", "solution", "kpi", "author", "page", "seen")
        found = {name: self.cleaned_data.get(name) for name in names}
        return {**found, "page": found["page"] or uuid.uuid4()}

    @property
    def uploads(self) -> list[Upload]:
        return self.cleaned_data.get("photos") or []

    def _drawn(self) -> list[BoundField]:
        return [field for field in self if not field.is_hidden]

    def _is_more(self, field: BoundField) -> bool:
        return field.name.removesuffix("_is_about_nobody") in self.MORE


class SimilarForm(forms.Form):
    """What is being written, to find others like it; and one of those, to join."""

    need = forms.CharField(required=False)
    solution = forms.CharField(required=False)
    key = forms.UUIDField(required=False)
    support = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


def workplaces_of(person: Person) -> list[Unit]:
    """Return the units that are offered at once: where one works, then where one has a role."""
    units = [employment.unit for employment in person.employments_now]
    units += [held.unit for held in person.roles_held]
    return list({unit.pk: unit for unit in units if unit.is_active}.values())[:4]


class WhyForm(forms.Form):
    """A sentence to the author."""

    why = forms.CharField(
        label=_("A sentence to the author"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_identity_numbers],
    )
