"""The search box, its order and its time."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm

from .index import Sort
from .models import SavedSearch


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        widget=forms.SearchInput(
            attrs={
                "list": "search-suggestions",
                "autocomplete": "off",
                "maxlength": "1000",
                "hx-get": reverse_lazy("search:suggestions"),
                "hx-trigger": "input changed delay:200ms",
                "hx-target": "#search-suggestions",
                "hx-sync": "this:replace",
            }
        ),
    )
    seit = forms.ChoiceField(
        label=_("Changed"),
        required=False,
        choices=[
            ("", _("at any time")),
            ("monat", _("in the last month")),
            ("halbjahr", _("in the last six months")),
            ("jahr", _("in the last year")),
        ],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[(Sort.RELEVANCE.value, _("best first")), (Sort.NEWEST.value, _("newest first"))],
    )


class SaveForm(OnceForm):
    """How often news are wanted; without an account also where to."""

    mail = forms.EmailField(
        label=_("Your e-mail address"), max_length=250,
        help_text=_("For nothing but news on this search. You get a letter first in which you confirm it."),
    )  # fmt: skip
    rhythm = forms.ChoiceField(
        label=_("How often at most"), choices=SavedSearch.Rhythm.choices, initial=SavedSearch.Rhythm.WEEKLY,
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args: object, with_mail: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not with_mail:
            del self.fields["mail"]
