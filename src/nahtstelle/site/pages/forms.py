"""Forms of those who keep the pages of the site."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.rooms.outputs.texts import PAGE_KIND

from .models import Placement
from .places import group_words


class PlacesForm(forms.Form):
    """Which places are listed."""

    q = forms.CharField(label=_("Words in the name"), required=False, widget=forms.SearchInput)
    group = forms.ChoiceField(label=_("Kind of place"), required=False)
    written = forms.ChoiceField(
        label=_("Text"), required=False,
        choices=[("", _("all places")), ("yes", _("written by us")), ("no", _("not written yet"))],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", _("all kinds")), *group_words().items()]


class WriteForm(OnceForm):
    """Starting the text of a place; sent twice it starts one."""


class PutForm(forms.Form):
    output = forms.ModelChoiceField(
        Output.objects.none(), label=_("Text"),
        help_text=_("Originals of the kind “editorial page” that stand in no place yet."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        placed = Placement.objects.values("output")
        gone = [Output.State.WITHDRAWN, Output.State.SUPERSEDED]
        self.fields["output"].queryset = (
            Output.objects.filter(kind__key=PAGE_KIND, base=None)
            .exclude(pk__in=placed)
            .exclude(state__in=gone)
            .order_by("title")
        )
