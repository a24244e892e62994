"""Asking gently, before something is saved, whether a text is about a single person."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from .privacy import personal_words_in

QUOTED = 3  # so many of the words found are named in the question


class GentleQuestion(forms.BooleanField):
    """A question under a text, and the answer that lets it through."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(
            required=False,
            template_name="organisation/gentle_question.html",
            label=gettext_lazy("It is not about a single person"),
            help_text=self._question(found),
        )

    @staticmethod
    def _question(found: list[str]) -> str:
        words = [_("“%(words)s”") % {"words": words} for words in found[:QUOTED]]
        named = pgettext("between the last two of several", " and ").join(
            part for part in (", ".join(words[:-1]), words[-1]) if part
        )
        return _(
            "You have written %(words)s. Could somebody be recognised? Then leave it out: what "
            "matters is what can be better, not who it was."
        ) % {"words": named}


class AsksGently(forms.BaseForm):
    """A form that asks once about what may point at a person, and then takes yes for an answer.

    The form comes back, with everything that was typed and no error, with the question under the
    text and a box to tick.  Until it is ticked, or the words are gone, the form is not valid; a
    view shows it again with status 200.  It is a kindness and no rule: no action asks it.
    """

    asks_about: ClassVar[tuple[str, ...]] = ()  # the names of the fields that are looked at

    def full_clean(self) -> None:
        super().full_clean()
        self._is_asking = False
        if not self.is_bound:
            return
        for name in self.asks_about:
            text = getattr(self, "cleaned_data", {}).get(name)
            if isinstance(text, str) and (found := personal_words_in(text)):
                self._ask(name, found)

    def is_asking(self) -> bool:
        """Say whether a question waits for its answer."""
        return bool(self.errors is not None and getattr(self, "_is_asking", False))

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_asking()

    def _ask(self, name: str, found: list[str]) -> None:
        answer = f"{name}_is_about_nobody"
        self.fields[answer] = question = GentleQuestion(found)
        names = list(self.fields)
        names.insert(names.index(name) + 1, names.pop())
        self.order_fields(names)
        ticked: Any = question.widget.value_from_datadict(
            self.data, self.files, self.add_prefix(answer)
        )
        if not ticked:
            question.widget.attrs["autofocus"] = not self._is_asking
            self._is_asking = True
