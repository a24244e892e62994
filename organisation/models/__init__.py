from .person import Assignment, Employment, Person
from .unit import Unit

__all__ = ["Assignment", "Employment", "Person", "Unit"]
