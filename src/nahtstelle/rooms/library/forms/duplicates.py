"""The shape of what people say of possible duplicates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..actions.merging import CHOSEN_FIELDS
from ..models import Import


class PairsForm(forms.Form):
    """The pairs of one import, or of all."""

    def __init__(self, *args: Any, imports: list[Import], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("all imports")), *((str(one.pk), f"{one.source} ({one.pk})") for one in imports)]
        self.fields["import"] = forms.ChoiceField(
            label=pgettext_lazy("literature", "Import"), required=False, choices=choices
        )


class MergesForm(forms.Form):
    q = forms.CharField(label=_("Title, person or citation key"), required=False, max_length=200)
    who = forms.ChoiceField(
        label=pgettext_lazy("merge", "By"),
        required=False,
        choices=[("", _("everybody")), ("machine", _("the machine")), ("people", _("people"))],
    )


class OtherForm(forms.Form):
    q = forms.CharField(label=_("Title, person, DOI or citation key of the other work"), required=False, max_length=200)


class DeskForm(forms.Form):
    """Which work stays, and of each field in which they differ which side."""

    kept = forms.IntegerField()

    @property
    def choices(self) -> dict[str, str]:
        said = {name: self.data.get(f"field-{name}", "") for name in CHOSEN_FIELDS}
        return {name: side for name, side in said.items() if side in ("one", "two")}
