"""Forms about one duty."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.register.people.models import Person

from .queries import reachable

TEXT = {"rows": 4, "maxlength": 2000}


class SettleForm(OnceForm):
    how = forms.CharField(
        label=_("What was done"), required=False, max_length=2000, widget=forms.Textarea(attrs=TEXT)
    )  # fmt: skip


class DropForm(OnceForm):
    why = forms.CharField(
        label=_("Why the duty is no longer needed"),
        help_text=_("Everybody who sees the duty later reads this."),
        max_length=2000,
        widget=forms.Textarea(attrs=TEXT),
    )


class DelegateForm(OnceForm):
    """``offered`` are the people the list shows; anybody who can see a duty is accepted."""

    to = forms.ModelChoiceField(label=_("To whom"), queryset=Person.objects.none(), empty_label=_("Please choose"))
    note = forms.CharField(
        label=_("Note"),
        help_text=_("What the person should know. The person who had the duty is told, too."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=TEXT),
    )

    def __init__(self, *args: Any, offered: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = reachable()
        field.widget.choices = [("", str(_("Please choose"))), *((person.pk, person.name) for person in offered)]
