from .import_file import ImportFile
from .person import Assignment, Employment, Person
from .unit import Unit

__all__ = ["Assignment", "Employment", "ImportFile", "Person", "Unit"]
