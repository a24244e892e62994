"""What an idea is called when nobody has given it a title."""

import re

TITLE_LENGTH = 80


def title_from(text: str) -> str:
    """Return the first sentence of `text`, shortened at a word where it is long.

    >>> title_from("Medicinen kommer för sent. Det händer varje vecka.")
    'Medicinen kommer för sent'
    """
    first = re.split(r"(?<=[.!?])\s|\n", text.strip(), maxsplit=1)[0].strip().rstrip(".")
    if len(first) <= TITLE_LENGTH:
        return first
    return first[: TITLE_LENGTH + 1].rsplit(" ", 1)[0][:TITLE_LENGTH].rstrip(" ,;:") + " …"
