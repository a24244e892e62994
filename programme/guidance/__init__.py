"""What a good coach would say: hints, the next step, the key features.  Pure; never in the way."""

from .hints import LONG_FOR_A_TEST, Hint, Measured, hints_for
from .next import LONG_WITHOUT_DATA, NextStep, next_step

__all__ = [
    "LONG_FOR_A_TEST",
    "LONG_WITHOUT_DATA",
    "Hint",
    "Measured",
    "NextStep",
    "hints_for",
    "next_step",
]
