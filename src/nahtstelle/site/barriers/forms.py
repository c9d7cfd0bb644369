"""Forms for barriers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm


class TrapInput(forms.TextInput):
    """A field that people neither see nor reach; what fills it is a machine."""

    def __init__(self) -> None:
        super().__init__(attrs={"tabindex": "-1", "autocomplete": "off"})


class ReportForm(OnceForm):
    page = forms.CharField(
        label=_("Which page is it?"), required=False, max_length=400,
        help_text=_("Its address, if it is one page. Leave it empty if it is about the whole site."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What does not work?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("In your own words. If you like, say what you use to read: a screen reader, magnification, the keyboard."),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your name"), required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    mail = forms.EmailField(
        label=_("Your e-mail address"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Only so that we can answer you."),
    )  # fmt: skip
    website = forms.CharField(label=_("Please leave this empty"), required=False, max_length=400, widget=TrapInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        # PostgreSQL keeps no NUL.
        return {name: value.replace("\0", "") if isinstance(value, str) else value for name, value in cleaned.items()}


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("What was done"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000,
        help_text=_("Stays after the report itself was forgotten; please name nobody. Write the answer to the person by e-mail first, if they gave an address."),
    )  # fmt: skip


class FilterForm(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), ("open", _("not answered yet")), ("done", _("answered"))],
    )
