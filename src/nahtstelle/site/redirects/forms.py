"""Forms of those who keep redirects."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import Refusal

from .addresses import new_address, old_address

MOST_BYTES = 1024 * 1024


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Words in addresses or note"), required=False, max_length=200, widget=forms.SearchInput)


class RedirectForm(forms.Form):
    old = forms.CharField(
        label=_("Old address"), max_length=500,
        help_text=_("As it stands in old links, such as /aktuelles/archiv or /index.php?id=12."),
    )  # fmt: skip
    new = forms.CharField(
        label=_("New address"), max_length=700,
        help_text=_("A path of this site, such as /themen/. Another site (https://…) is set by an administrator."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), required=False, max_length=300, help_text=_("Why, for your colleagues."))

    def __init__(self, *args: Any, host: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host = host

    def clean_old(self) -> str:
        return self._address(old_address, "old")

    def clean_new(self) -> str:
        return self._address(new_address, "new")

    def _address(self, read: Any, name: str) -> str:
        try:
            return str(read(self.cleaned_data[name], host=self.host))
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from None


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"), help_text=_("With the columns old, new and note; what the export gives fits.")
    )
    rest = forms.BooleanField(label=_("Take in the good rows even where others have a problem"), required=False)

    def clean_file(self) -> bytes:
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB; please divide it."))
        return bytes(given.read())
