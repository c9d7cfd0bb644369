"""The shape of an invitation, and of accepting one."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.register.people.forms import day_field
from nahtstelle.register.people.models import LANGUAGES, CentreRole
from nahtstelle.register.programmes.models import Engagement, Project


class InvitationForm(OnceForm):
    """``to`` is "centre:editor" or "project:adviser"; the choices are what this person may give."""

    mail = forms.EmailField(label=_("E-mail"), help_text=_("The letter with the invitation goes there."))
    to = forms.ChoiceField(label=_("Role"))
    project = forms.ModelChoiceField(
        label=_("Project"), queryset=Project.objects.none(), required=False,
        help_text=_("Needed for a role in a project."),
    )  # fmt: skip
    last_day = day_field(
        _("Until"), required=False, help_text=_("The last day of the role; it ends by itself. Empty for an open end.")
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES)
    words = forms.CharField(
        label=_("A few words to the person"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args: Any, projects: QuerySet[Project], project_roles: list[str], centre: bool, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = projects.order_by("name_de", "pk")
        self.fields["to"].choices = _groups(project_roles, centre=centre)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        where, _colon, role = data.pop("to", "").partition(":")
        if where == "project" and data.get("project") is None:
            self.add_error("project", _("Please choose the project."))
        if where == "centre":
            data["project"] = None
        return {
            **data,
            "centre_role": role if where == "centre" else "",
            "project_role": role if where == "project" else "",
        }


def _groups(project_roles: list[str], *, centre: bool) -> list[Any]:
    roles = dict(Engagement.Role.choices)
    groups = [(_("In a project"), [(f"project:{role}", roles[role]) for role in project_roles])]
    if centre:
        groups.append((_("At the centre"), [(f"centre:{value}", label) for value, label in CentreRole.Role.choices]))
    return [("", _("please choose")), *((name, choices) for name, choices in groups if choices)]


class SearchForm(forms.Form):
    q = forms.CharField(label=_("E-mail"), required=False, max_length=100)


class KnownForm(forms.Form):
    """Somebody with an account accepts: there is nothing to fill in."""


class NewcomerForm(forms.Form):
    """Somebody who has no account yet."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"), required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least twelve characters; a sentence is good. Empty: you sign in by links from letters."),
    )  # fmt: skip

    def clean_password(self) -> str | None:
        password = self.cleaned_data.get("password")
        if password:
            validate_password(password)
        return password or None
