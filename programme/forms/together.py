"""What a team writes down together: a task, a decision, a file, something said."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.uploads import Upload, UploadField
from organisation.asking import AsksGently
from organisation.models import Person

from ..actions.tasks import Doing
from ..models import Cycle, Task, Work, WorkDecision, WorkFile
from .coaching import RemarkForm
from .fields import OnACopy, PersonChoice, day_input, lines


class TaskForm(AsksGently, OnACopy):
    """What is to be done, by whom and when."""

    asks_about: ClassVar = ("text",)

    owner = PersonChoice(Person.objects.none(), label=_("Who does it?"), empty_label=None)

    class Meta:
        model = Task
        fields = ("text", "owner", "due_on")
        widgets: ClassVar = {"due_on": day_input()}

    def __init__(self, *args: Any, work: Work, **options: Any) -> None:
        super().__init__(*args, **options)
        seats = [m.person_id for m in work.team if m.person.is_active]
        if self.instance.owner_id is not None:
            seats.append(self.instance.owner_id)  # also after they have left the team
        owner: Any = self.fields["owner"]
        owner.queryset = Person.objects.filter(pk__in=seats).in_name_order()

    def doing(self) -> Doing:
        said = self.cleaned_data
        return Doing(said["text"].strip(), said["owner"], said["due_on"])


class NewTaskForm(TaskForm):
    """A task that is not there yet; perhaps of one of the tests."""

    prefix = "task"
    key = forms.UUIDField(widget=forms.HiddenInput)
    cycle = forms.ModelChoiceField(Cycle.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, work: Work, by: Person, **options: Any) -> None:
        first: dict[str, Any] = {"key": uuid.uuid4()}
        if by.pk in work.team_ids:
            first["owner"] = by.pk
        options["initial"] = first | options.get("initial", {})
        super().__init__(*args, work=work, **options)
        self.fields["cycle"].queryset = work.cycles.all()  # type: ignore[attr-defined]


class TeamRemarkForm(RemarkForm):
    """Something to say to the team; perhaps about one of the tests."""

    cycle = forms.ModelChoiceField(Cycle.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, work: Work, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["cycle"].queryset = work.cycles.all()  # type: ignore[attr-defined]


class DecisionForm(AsksGently, forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A line in the log."""

    prefix = "decision"
    use_required_attribute = False
    asks_about: ClassVar = ("what", "why")

    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = WorkDecision
        fields = ("what", "why", "decided_on")
        widgets: ClassVar = {"decided_on": day_input(), "why": lines(2)}

    def __init__(self, *args: Any, **options: Any) -> None:
        first = {"key": uuid.uuid4(), "decided_on": timezone.localdate()}
        options["initial"] = first | options.get("initial", {})
        super().__init__(*args, **options)

    def line(self) -> dict[str, Any]:
        """Return what is written, without the answers to gentle questions."""
        return {name: self.cleaned_data[name] for name in ("what", "why", "decided_on", "key")}


class WorkFilesForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Files of the whole work, and what they show."""

    prefix = "file"
    use_required_attribute = False

    chosen = UploadField(label=_("Files"))

    class Meta:
        model = WorkFile
        fields = ("says",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["says"].label = _("What the file shows")
        self.fields["says"].help_text = _("Needed for a picture by those who cannot see it.")
        self.order_fields(["chosen", "says"])

    def uploads(self) -> list[Upload]:
        chosen: list[Upload] = self.cleaned_data["chosen"]
        return chosen
