"""What the address of the reading room and of the map asks for."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ..models import Strength, Template
from ..queries.evidence import DEFAULT, facets
from ..queries.studies import Choice

FIRST_YEAR, LAST_YEAR = 1900, 2100
NARROWING = ("q", "f", "p", "k", "s", "von", "bis", "z")
MOST_VALUES = 40


class StudiesForm(forms.Form):
    """Words, years and order of the list of studies."""

    q = forms.CharField(label=_("Search studies"), required=False, widget=forms.SearchInput)
    von = forms.IntegerField(label=_("Data from"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    bis = forms.IntegerField(label=_("until"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    sort = forms.ChoiceField(
        label=_("Order"), required=False,
        choices=[
            ("neu", _("newest card first")), ("jahr", _("by year of publication")), ("staerke", _("strongest first")),
            ("titel", _("by title")),
        ],
    )  # fmt: skip


class MapForm(forms.Form):
    """By which two facets the map is drawn, and for which years."""

    zeilen = forms.ChoiceField(label=_("Rows"), required=False)
    spalten = forms.ChoiceField(label=_("Columns"), required=False)
    von = forms.IntegerField(label=_("Data from"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    bis = forms.IntegerField(label=_("until"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(facet.key, facet.name) for facet in facets()]
        self.fields["zeilen"].choices = self.fields["spalten"].choices = choices


def choice_in(query: QueryDict) -> Choice:
    """What an address narrows studies to; anything it cannot mean is passed over."""
    words = query.get("q", "").replace("\0", "").strip()[:200]
    concepts, programmes, kinds, strengths = (
        tuple(one for one in query.getlist(name)[:MOST_VALUES] if "\0" not in one) for name in ("f", "p", "k", "s")
    )
    return Choice(
        words=words, concepts=concepts, programmes=programmes,
        kinds=tuple(one for one in kinds if one in Template.values),
        strengths=tuple(int(one) for one in strengths if one in {str(level) for level in Strength.values}),
        since=_year(query.get("von", "")), until=_year(query.get("bis", "")),
        within=tuple((one,) for one in query.getlist("z")[:2] if one and "\0" not in one),
    )  # fmt: skip


def _year(words: str) -> int | None:
    words = words.strip()
    if words.isascii() and words.isdigit() and len(words) == 4 and FIRST_YEAR <= int(words) <= LAST_YEAR:
        return int(words)
    return None


def axes_in(query: QueryDict) -> tuple[str, str]:
    """The two facets of the map; twice the same, or one that is none, gives the usual ones."""
    known = [facet.key for facet in facets()]
    rows, columns = query.get("zeilen", DEFAULT[0]), query.get("spalten", DEFAULT[1])
    if rows not in known:
        rows = DEFAULT[0]
    if columns not in known:
        columns = DEFAULT[1]
    if rows == columns:
        columns = next((one for one in (*DEFAULT, *known) if one != rows), columns)
    return rows, columns


def narrowed(query: QueryDict) -> QueryDict:
    """The part of an address that narrows."""
    kept = query.copy()
    for name in set(kept) - set(NARROWING):
        del kept[name]
    for name in list(kept):
        if not any(kept.getlist(name)):
            del kept[name]
    return kept
