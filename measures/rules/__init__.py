"""Why not?  None, or a sentence for the person who asked; one module for each thing asked about."""

from .team import why_not_day, why_not_ends, why_not_text, why_not_value

__all__ = ["why_not_day", "why_not_ends", "why_not_text", "why_not_value"]
