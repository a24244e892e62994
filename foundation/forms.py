"""Form fields that any of our forms may use."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .errors import Refused
from .money import format_kronor, parse_kronor
from .numbers import number


def accepted(
    form: forms.BaseForm, action: Callable[[], object], *, beside: str | None = None
) -> bool:
    """Run `action` if the form is filled in, and say whether it was done.

    A refusal is put on the form, above what was typed, which stays.

    Args:
        beside: The field that a refusal is about; None: it stands above all of them.
    """
    if not form.is_valid():
        return False
    try:
        action()
    except Refused as refusal:
        form.add_error(beside, str(refusal))
        return False
    return True


class KronorField(forms.CharField):
    """A person types kronor; ``cleaned_data`` holds öre, or None where nothing was asked for."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "amount": _("Write an amount in kronor, for example 12 500 or 99,50."),
        "below": _("An amount cannot be below zero. Write it without a minus sign."),
        "unclear": _(
            "It is not clear whether the comma is before the öre or between thousands. "
            "Write for example 12 500 or 99,50."
        ),
    }

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_kronor(text)
        except ValueError as error:
            code = _kind_of_fault(text)
            raise ValidationError(self.error_messages[code], code=code) from error

    def prepare_value(self, value: Any) -> Any:
        """Show öre (an int, from `initial`) as kronor; leave what was typed as it was."""
        if isinstance(value, int):
            return format_kronor(value).removesuffix("\N{NO-BREAK SPACE}kr")
        return value


def _kind_of_fault(text: str) -> str:
    """Return which of the sentences of `KronorField` helps with what was typed."""
    if re.match(r"[-\N{EN DASH}\N{MINUS SIGN}]\s*\d", text):
        return "below"
    return "unclear" if re.fullmatch(r"\d{1,3}(,\d{3})+", text) else "amount"


class NumberField(forms.CharField):
    """A number as people type it: 62,5 or 62.5 or 1 200 %; ``cleaned_data`` holds a Decimal."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"number": _("Write a number, for example 62 or 7,5.")}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        plain = re.sub(r"[\s%]", "", text).replace("−", "-").replace(",", ".")
        if not re.fullmatch(r"-?\d{1,9}(\.\d{1,4})?", plain):
            raise ValidationError(self.error_messages["number"], code="number")
        return Decimal(plain)

    def prepare_value(self, value: Any) -> Any:
        """Show a number in the language's own way; leave what was typed as it was."""
        return number(value) if isinstance(value, Decimal) else value
