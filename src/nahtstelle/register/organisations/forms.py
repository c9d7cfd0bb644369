"""The shape of what people enter about organisations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.register.people.forms import day_field
from nahtstelle.register.vocabulary.models import Concept

from .models import Organisation


def concepts(facet: str) -> Any:
    return Concept.objects.filter(facet__key=facet)


class DirectoryForm(forms.Form):
    """Search and filters of the list of organisations."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    kind = forms.ModelChoiceField(
        label=_("Kind"), queryset=Concept.objects.none(), required=False, to_field_name="key", empty_label=_("any")
    )
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Concept.objects.none(), required=False, to_field_name="key", empty_label=_("any")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = concepts("stakeholder")
        self.fields["region"].queryset = concepts("region").filter(level__in=["eu", "bund", "land"])


class OrganisationForm(OnceForm):
    name = forms.CharField(label=_("Name"), max_length=250)
    kind = forms.ModelChoiceField(label=_("Kind"), queryset=Concept.objects.none())
    region = forms.ModelChoiceField(label=_("Region"), queryset=Concept.objects.none(), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    valid_from = day_field(_("Exists since"), required=False)
    valid_until = day_field(_("Existed until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = concepts("stakeholder").select_related("facet")
        self.fields["region"].queryset = concepts("region").select_related("facet")


class MembershipForm(OnceForm):
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    function = forms.CharField(label=_("Function"), required=False, max_length=200)
    valid_from = day_field(_("From"), required=False)
    valid_until = day_field(_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.order_by("name")
