"""A form that narrows a list: read from the address, shown as chips that can be taken away."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that a list is narrowed by, and the address without it."""

    text: str
    href: str


class FilterForm(forms.Form):
    """What to show; what cannot be understood is not asked for, and is said at its field."""

    ALWAYS: tuple[str, ...] = ()  # the other fields lie folded until one of them is used

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.conditional = True  # type: ignore[attr-defined]  # "optional" would be said of all

    def always(self) -> list[Any]:
        return [self[name] for name in self.ALWAYS if name in self.fields]

    def folded(self) -> list[Any]:
        return [self[name] for name in self.fields if name not in self.ALWAYS]

    @property
    def is_unfolded(self) -> bool:
        """Say whether something among the folded is used or in error."""
        return any(
            self.used().get(name) or name in self.errors
            for name in self.fields
            if name not in self.ALWAYS
        )

    def used(self) -> dict[str, Any]:
        """Return what is asked for and understood, by the name of its field."""
        self.is_valid()
        values = self.cleaned_data
        return {name: values[name] for name in self.fields if values.get(name) not in (None, "")}

    def chips(self) -> Iterator[Chip]:
        """Return what is asked for in words, each with the address where it is not."""
        for name, value in self.used().items():
            without = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
            for gone in (name, "page"):
                without.pop(gone, None)
            text = f"{self.fields[name].label}: {self.said(name, value)}"
            yield Chip(text, f"?{without.urlencode()}")

    def said(self, name: str, value: Any) -> str:
        """Return the words for what is asked for in a field."""
        field = self.fields[name]
        if type(field) is forms.ChoiceField:
            return str(dict(field.choices)[value])  # type: ignore[arg-type]
        return str(value)
