"""The search box, its order and its time."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from .index import Sort


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
