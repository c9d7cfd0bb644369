"""The shape of what staff do with a mail."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Person
from nahtstelle.register.people.queries import staff


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Words, name or address"), required=False, max_length=100)


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Who looks after it"), queryset=Person.objects.none())

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = staff(on=on).order_by("name")


class CloseForm(forms.Form):
    why = forms.CharField(
        label=_("What became of it"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: answered by telephone; not for us."),
    )  # fmt: skip
