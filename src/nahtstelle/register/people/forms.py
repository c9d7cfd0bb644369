"""The shape of what people enter about persons, accounts and roles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm

from .models import LANGUAGES, CentreRole, Person


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class DirectoryForm(forms.Form):
    """Search and filter of the list of persons."""

    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=_("Role at the centre"), required=False, choices=[("", _("any")), *CentreRole.Role.choices]
    )


class PersonForm(forms.Form):
    """What everybody may say of themselves."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    mail = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Where letters go. The address for signing in is kept apart from it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(label=_("Language of letters"), choices=LANGUAGES)


class KeptPersonForm(PersonForm):
    """What the keepers of the register say of others."""

    ends_on = day_field(
        _("Data due for erasure on"),
        required=False,
        help_text=_("The day on which the reason for keeping the data ends; empty while the person works with us."),
    )


class NewPersonForm(PersonForm, OnceForm):
    pass


class AccountForm(forms.Form):
    mail = forms.EmailField(label=_("E-mail for signing in"))


class RoleForm(OnceForm):
    role = forms.ChoiceField(label=_("Role"), choices=CentreRole.Role.choices)
    valid_from = day_field(_("From"))
    valid_until = day_field(_("Until"), required=False, help_text=_("The last day; empty for an open end."))


class EraseForm(forms.Form):
    """Whoever erases types the name, so that nobody erases the wrong person by a slip."""

    typed = forms.CharField(
        label=_("The person's name"), max_length=200,
        help_text=_("Type it to confirm."), widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    keep_credit = forms.BooleanField(
        label=_("Keep the name as author of what was published"), required=False,
        help_text=_("Only if the person wants it."),
    )  # fmt: skip

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name = name

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if " ".join(typed.split()).casefold() != " ".join(self._name.split()).casefold():
            raise forms.ValidationError(_("That is another name; nobody was erased."))
        return typed


class EndForm(forms.Form):
    last_day = day_field(_("Last day"))


def initial_of(person: Person, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(person, name) for name in form.base_fields if hasattr(person, name)}
