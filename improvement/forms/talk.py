"""What one writes about an idea, and into which other it is joined."""

import uuid
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import SearchChoiceField, SearchingForm
from organisation.asking import AsksGently
from organisation.models import Person
from organisation.privacy import no_identity_numbers

from ..models import Comment, Idea
from ..queries.merging import joinable, likest
from ..queries.readers import readers_of


class CommentForm(AsksGently, SearchingForm, forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A sentence or two, and perhaps somebody to name."""

    asks_about: ClassVar = ("text",)

    mention = SearchChoiceField(
        Person.objects.none(),
        route="reader-search",
        required=False,
        label=_("Name somebody"),
        help_text=_("They are told, and follow the idea. You can also write @ and a name."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Comment
        fields = ("text",)
        labels: ClassVar = {"text": _("Write a comment")}
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, idea: Idea, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4()}
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        mention: Any = self.fields["mention"]
        mention.queryset = readers_of(idea)
        mention.widget.query = {"idea": str(idea.pk)}

    def is_unfolded(self) -> bool:
        """Say whether somebody is being looked for, or has been chosen."""
        return self.is_searching() or bool(self["mention"].value() or self["mention"].errors)

    def mentioned(self) -> list[Person]:
        chosen = self.cleaned_data["mention"]
        return [chosen] if chosen else []


class RemoveForm(forms.Form):
    """Why somebody else's comment is taken away."""

    why = forms.CharField(
        label=_("Why is it taken away?"),
        help_text=_("The person who wrote the comment will read it."),
        max_length=200,
        validators=[no_identity_numbers],
    )


class MergeForm(SearchingForm, forms.Form):
    """Which idea another is joined into."""

    into = SearchChoiceField(
        Idea.objects.none(),
        route="merge-search",
        label=_("Join it into"),
        help_text=_("That idea stays, with the authors of both."),
    )

    def __init__(self, idea: Idea, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        candidates = joinable(idea, person)
        into.queryset = candidates
        into.suggested = partial(likest, idea, candidates, person)
        into.widget.query = {"idea": str(idea.pk)}
