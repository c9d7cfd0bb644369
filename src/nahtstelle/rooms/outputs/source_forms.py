"""Forms about what a text rests on: sources, styles of citation, two pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.engines.literature.citing.keys import CARD, find_groups
from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.rooms.library.models import Work

from .claims import Claim


class SourceSearchForm(forms.Form):
    """A search for works to cite."""

    q = forms.CharField(
        label=_("Search works"), required=False, widget=forms.SearchInput, max_length=200,
        help_text=_("By author, title, year or DOI."),
    )  # fmt: skip


class AddSourceForm(forms.Form):
    """A work behind a sentence of the text."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    claim = forms.TypedChoiceField(label=_("Sentence"), coerce=int)
    key = forms.CharField(
        label=_("Citation key"), max_length=80, help_text=_("As the search above shows it: mueller2021arbeit.")
    )
    locator = forms.CharField(
        label=_("Where in it"), required=False, max_length=60, help_text=_("For example S. 12, Kap. 3, Tab. 1.")
    )
    card = forms.BooleanField(label=_("Meant is our assessment card"), required=False)

    def __init__(self, claims: list[Claim], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claim"].choices = [
            (number, claim.words if len(claim.words) <= 120 else claim.words[:119] + "…")
            for number, claim in enumerate(claims)
        ]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        key, locator = given.get("key", "").strip().lstrip("@"), " ".join(given.get("locator", "").split())
        meant = f"[@{key}{', Karte' if given.get('card') else ''}{f', {locator}' if locator else ''}]"
        groups = find_groups(meant)
        fits = len(groups) == 1 and groups[0].end == len(meant) and [one.key for one in groups[0].cites] == [key]
        if key and not (fits and (not given.get("card") or groups[0].cites[0].means == CARD)):
            self.add_error(
                "key", _("This cannot be written as a citation; a key has letters, digits and hyphens only.")
            )
        elif key and locator and not groups[0].cites[0].locator:
            self.add_error(
                "locator", _("Please name the place as one writes it: S. 12, Kap. 3, Abb. 2, Tab. 1, Rn. 5.")
            )
        elif key and not Work.objects.filter(citekey=key).exists():
            self.add_error("key", _("No work has this key; please look for it with the search."))
        given["citation"] = meant
        return given


class BriefForm(forms.Form):
    """The question two pages answer; what it is about is chosen among the facets, by the names the lists have for them."""

    frage = forms.CharField(
        label=_("Question"), required=False, max_length=300,
        help_text=_("As it was asked; it becomes the title. Empty: the names of what is chosen below."),
    )  # fmt: skip
    q = forms.CharField(label=_("Words in title or finding"), required=False, max_length=200, widget=forms.SearchInput)


class BeginForm(OnceForm):
    """A dossier begun from two pages, once."""


class StyleForm(OnceForm):
    """A style of citation, as a file of the Citation Style Language."""

    file = forms.FileField(
        label=_("CSL file"), widget=forms.ClearableFileInput(attrs={"accept": ".csl,.xml"}),
        help_text=_("From the repository of styles at zotero.org/styles, 500 kB at most. It is tried out before it is kept."),
    )  # fmt: skip
