"""The shape of what people enter for a saved search in a source."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.register.people.models import Person

from ..kinds import kind_label
from ..models import SavedSearch
from ..sources import KINDS

Source = SavedSearch.Source
LANGUAGES = [
    ("", _("every language")), ("de", _("German")), ("en", _("English")), ("fr", _("French")), ("es", _("Spanish")),
    ("tr", _("Turkish")), ("uk", _("Ukrainian")), ("ar", _("Arabic")),
]  # fmt: skip
MOST = 2_000
_EARLIEST = 1800


class _SearchForm(OnceForm):
    """What every saved search has: a name, a rhythm, somebody who answers for it."""

    source = ""
    asked: tuple[str, ...] = ()  # fields that are the question

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As it stands in lists and with what it brings.")
    )
    rhythm = forms.ChoiceField(label=_("How often the source is asked"), choices=SavedSearch.Rhythm.choices)
    at_once = forms.BooleanField(
        label=_("Take in what comes without asking"), required=False,
        help_text=_("Otherwise it waits to be looked at. Either way it can be undone as a whole."),
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=Person.objects.none(), empty_label=None,
        help_text=_("Is told of what comes, and of what goes wrong."),
    )  # fmt: skip

    def __init__(self, *args: Any, owners: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners
        self.fields["owner"].label_from_instance = lambda person: person.name
        first = [*self.asked] if self.asked else ["address"]
        self.order_fields(["name", *first, "rhythm", "at_once", "owner"])

    @property
    def query(self) -> dict[str, Any]:
        said = {name: self.cleaned_data.get(name) for name in self.asked}
        return {name: value.strip() if isinstance(value, str) else value for name, value in said.items() if value}

    @property
    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "name": data["name"], "source": self.source, "address": data.get("address", ""), "query": self.query,
            "rhythm": data["rhythm"], "at_once": data["at_once"], "owner": data["owner"],
        }  # fmt: skip


class OaiForm(_SearchForm):
    source = Source.OAI
    address = forms.URLField(
        label=_("Address of the interface"), max_length=500, assume_scheme="https",
        help_text=_("The base URL for OAI-PMH, for example https://repository.example.org/oai. Its sets are offered after the trial."),
    )  # fmt: skip


class _WordsForm(_SearchForm):
    asked = ("words", "since_year", "until_year", "kind", "open", "most")

    words = forms.CharField(
        label=_("Words"), max_length=300,
        help_text=_("In title, abstract and, where the source has it, full text. The source understands them in its own way."),
    )  # fmt: skip
    since_year = forms.IntegerField(label=_("Published from"), required=False, min_value=_EARLIEST, max_value=2200)
    until_year = forms.IntegerField(label=_("until"), required=False, min_value=_EARLIEST, max_value=2200)
    kind = forms.ChoiceField(label=_("Kind of publication"), required=False)
    open = forms.BooleanField(label=_("Only what everybody may read"), required=False)
    most = forms.IntegerField(
        label=_("Records at the most"), min_value=10, max_value=50_000, initial=MOST,
        help_text=_("The source puts first what fits best. The trial says how many there are."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("every kind")), *((kind, kind_label(kind)) for kind in KINDS)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        since, until = data.get("since_year"), data.get("until_year")
        if since and until and since > until:
            self.add_error("until_year", _("The last year lies before the first."))
        return data


class OpenAlexForm(_WordsForm):
    source = Source.OPENALEX
    asked = ("words", "since_year", "until_year", "language", "kind", "open", "most")
    language = forms.ChoiceField(label=_("Language"), required=False, choices=LANGUAGES)


class CrossrefForm(_WordsForm):
    source = Source.CROSSREF


FORMS: dict[str, type[_SearchForm]] = {
    Source.OAI: OaiForm,
    Source.OPENALEX: OpenAlexForm,
    Source.CROSSREF: CrossrefForm,
}


def initial_of(search: SavedSearch) -> dict[str, Any]:
    return {
        "name": search.name, "address": search.address, "rhythm": search.rhythm, "at_once": search.at_once,
        "owner": search.owner_id, **search.query,
    }  # fmt: skip


class SearchesForm(forms.Form):
    """Search among saved searches."""

    q = forms.CharField(label=_("Name, address or owner"), required=False, max_length=100)
    source = forms.ChoiceField(label=_("Source"), required=False, choices=[("", _("every source")), *Source.choices])
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("every state")), ("active", _("runs")), ("paused", _("paused")), ("trouble", _("in trouble"))],
    )  # fmt: skip


class NewsForm(forms.Form):
    """What of all that came is shown."""

    q = forms.CharField(label=_("Title or DOI"), required=False, max_length=100)
    search = forms.TypedChoiceField(label=_("Saved search"), required=False, coerce=int, empty_value=None)
    span = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("new since my last look")), ("all", _("everything that came"))]
    )

    def __init__(self, *args: Any, searches: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["search"].choices = [("", _("all of them")), *searches]


class SeenForm(forms.Form):
    upto = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SetsForm(forms.Form):
    q = forms.CharField(label=_("Name of the set"), required=False, max_length=100)
