"""Reading the environment: one typed reader, which says what is missing and what it is for."""

import os
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


class Environment:
    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self._variables = os.environ if variables is None else variables

    def text(self, name: str, *, default: str | None = None) -> str:
        """Return the text of `name`; `default=None` means that it must be set."""
        value = self._variables.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise ImproperlyConfigured(
                f"The environment must set {name}; .env.example says what it means. "
                "To try the application on this machine, set DEMO=yes instead."
            )
        return default

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return whether `name` is set to a yes."""
        value = self._variables.get(name, "").strip().lower()
        if not value:
            return default
        if value in {"0", "no", "false", "off"}:
            return False
        if value in {"1", "yes", "true", "on"}:
            return True
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")

    def number(self, name: str, *, default: int) -> int:
        """Return the whole number in `name`."""
        value = self._variables.get(name, "").strip()
        try:
            return int(value) if value else default
        except ValueError:
            raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None

    def words(self, name: str, *, default: list[str] | None = None) -> list[str]:
        """Return the comma-separated words of `name`."""
        if default is not None and not self._variables.get(name, "").strip():
            return default
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def path(self, name: str, *, default: Path) -> Path:
        value = self._variables.get(name, "").strip()
        return Path(value).resolve() if value else default
