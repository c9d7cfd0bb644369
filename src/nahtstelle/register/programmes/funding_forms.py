"""The shape of what people enter about funders' marks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import refused
from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.register.people.forms import day_field

from .logos import check_size
from .models import FundingPeriod, Programme


class MarksForm(forms.Form):
    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.none(), required=False, to_field_name="key",
        empty_label=_("all"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.all()


class MarkForm(OnceForm):
    period = forms.ModelChoiceField(label=_("Funding period"), queryset=FundingPeriod.objects.none())
    funder_de = forms.CharField(
        label=_("Funder (German)"), max_length=200, help_text=_("Stands where the logo is not seen.")
    )
    funder_en = forms.CharField(label=_("Funder (English)"), max_length=200, required=False)
    text_de = forms.CharField(
        label=_("Line above it (German)"), max_length=300, required=False, help_text=_("For example: Gefördert durch")
    )
    text_en = forms.CharField(label=_("Line above it (English)"), max_length=300, required=False)
    logo_file = forms.FileField(
        label=_("Logo"), required=False, help_text=_("PNG, 1 MB at most; left empty, a logo stays as it is."),
        widget=forms.FileInput(attrs={"accept": "image/png"}),
    )  # fmt: skip
    position = forms.IntegerField(label=_("Place in the row"), min_value=1, max_value=20, initial=1)
    valid_from = day_field(_("From"), required=False, help_text=_("Left empty: as long as the funding period."))
    valid_until = day_field(_("Until"), required=False)
    on_letters = forms.BooleanField(
        label=_("Also on what belongs to no programme"), required=False,
        help_text=_("For the centre's own funder: it then stands on the centre's letters as well."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].queryset = FundingPeriod.objects.order_by("-valid_from", "programme")

    def clean_logo_file(self) -> Any:
        given = self.cleaned_data["logo_file"]
        if given and (sentence := refused(check_size, given.size)):
            raise forms.ValidationError(sentence)
        return given
