from .guest import GuestPass
from .import_file import ImportFile
from .notice import Mute, Notice
from .person import Assignment, Employment, MailChoice, Person
from .unit import Unit

__all__ = [
    "Assignment",
    "Employment",
    "GuestPass",
    "ImportFile",
    "MailChoice",
    "Mute",
    "Notice",
    "Person",
    "Unit",
]
