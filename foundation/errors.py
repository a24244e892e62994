"""Three kinds of no.  The third, everything else, is our own mistake and is never caught."""


class Refused(Exception):
    """The rules say no.  The message is a sentence for the person who asked.

    Views show it; jobs do not try again.
    """


class Temporary(Exception):
    """The world says no and may say yes later.  Jobs try again."""


def require(reason_against: str | None) -> None:
    """Raise `Refused` with the reason, if there is one."""
    if reason_against is not None:
        raise Refused(reason_against)
