from .import_file import ImportFile
from .notice import Notice
from .person import Assignment, Employment, MailChoice, Person
from .unit import Unit

__all__ = ["Assignment", "Employment", "ImportFile", "MailChoice", "Notice", "Person", "Unit"]
