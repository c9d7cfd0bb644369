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


class EndForm(forms.Form):
    last_day = day_field(_("Last day"))


def initial_of(person: Person, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(person, name) for name in form.base_fields if hasattr(person, name)}
