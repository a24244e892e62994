"""A lifecycle written once, as a table of state × step → state.

Buttons, actions, tests and the drawing in docs/states.md all read the same `Flow`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from django.utils.functional import Promise


class By(Enum):
    """Whose step it is, seen from the thing's owner (an idea's author, a work's leader)."""

    ANYONE = auto()
    OWNER = auto()
    OTHERS = auto()  # never the owner: nobody decides on their own idea
    SYSTEM = auto()  # nobody presses it; it follows from another step


@dataclass(frozen=True, slots=True)
class Step:
    """One row: from any of `sources` to `target`.

    Attributes:
        label: The word on the button.
        permission: What one must hold at the thing's unit; None when being the owner is enough.
        main: The step that one normally takes next; drawn as the filled button.
    """

    name: str
    label: str | Promise
    sources: tuple[str, ...]
    target: str
    permission: str | None
    by: By = By.ANYONE
    main: bool = False


class Flow:
    """The steps of one lifecycle, in the order a person meets them."""

    def __init__(self, *steps: Step) -> None:
        self._steps = {step.name: step for step in steps}

    def __getitem__(self, name: str) -> Step:
        return self._steps[name]

    def __iter__(self) -> Iterator[Step]:
        return iter(self._steps.values())

    def open_from(self, status: str) -> list[Step]:
        """Return the steps that a person could be shown in `status`."""
        return [s for s in self if status in s.sources and s.by is not By.SYSTEM]

    def as_mermaid(self) -> str:
        """Draw the lifecycle for docs/states.md."""
        arrows = [f"    {s} --> {step.target}: {step.name}" for step in self for s in step.sources]
        return "\n".join(["stateDiagram-v2", *arrows])
