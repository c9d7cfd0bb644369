"""Forms of open questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.register.people.models import Person

from ..models import OpenQuestion


class DayInput(forms.DateInput):
    input_type = "date"


class QuestionForm(OnceForm):
    """Taking up a gap."""

    kind = forms.ChoiceField(label=_("What it becomes"), choices=OpenQuestion.Kind.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("Question"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    why = forms.CharField(
        label=_("Why it matters"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What could be done otherwise if one knew."),
    )  # fmt: skip
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Who sees to it"), empty_label=_("please choose"))
    due = forms.DateField(label=_("Until"), widget=DayInput())

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people


class ChangeQuestionForm(QuestionForm):
    """Other words, another owner, another day."""

    kind = None  # type: ignore[assignment] # Django's way to leave out a field of the parent


class CloseForm(OnceForm):
    """How a question ends."""

    state = forms.ChoiceField(
        label=_("The question is"), widget=forms.RadioSelect,
        choices=[("answered", _("answered")), ("dropped", _("dropped"))],
    )  # fmt: skip
    answer = forms.CharField(
        label=_("Answer, or reason"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("With the study or the decision that answers it; or why nobody pursues it."),
    )  # fmt: skip


class QuestionsForm(forms.Form):
    """Which questions of the list are shown."""

    q = forms.CharField(label=_("Words in the question"), required=False, widget=forms.SearchInput)
    state = forms.ChoiceField(
        label=_("Where it stands"), required=False, choices=[*OpenQuestion.State.choices, ("all", _("all"))]
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *OpenQuestion.Kind.choices])
    mine = forms.BooleanField(label=_("only mine"), required=False)
