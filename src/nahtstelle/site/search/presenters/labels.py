"""The names of facets and their values, in the language of the page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept, Facet
from nahtstelle.rooms.outputs.models import LANGUAGES

from ..asking import FACETS, Asked
from ..facets import Counted

SOURCES = {
    "outputs": gettext_lazy("Publications"),
    "drafts": gettext_lazy("Texts not yet published"),
    "studies": gettext_lazy("Studies"),
    "works": gettext_lazy("Literature not assessed yet"),
    "provisions": gettext_lazy("Provisions of law"),
    "laws": gettext_lazy("Laws"),
    "acts": gettext_lazy("Acts of amendment"),
    "programmes": gettext_lazy("Programmes and projects"),
    "organisations": gettext_lazy("Organisations"),
    "people": gettext_lazy("People"),
}
ONE_OF = {
    "provisions": gettext_lazy("Provision"),
    "laws": pgettext_lazy("one law", "Law"),
    "acts": gettext_lazy("Act of amendment"),
    "programme": gettext_lazy("Programme"),
    "network": gettext_lazy("Network"),
    "project": gettext_lazy("Project"),
    "organisations": gettext_lazy("Organisation"),
    "studies": gettext_lazy("Study"),
    "people": gettext_lazy("Person"),
}
SHOWN = 40  # values of one facet; the rarest are left out


class Names:
    """Looks up the names of all values at once."""

    def __init__(self, values: Mapping[str, Iterable[str]]) -> None:
        keys = {value for facet, of in values.items() if facet not in ("source", "law", "language") for value in of}
        self._concepts = {one.key: one.name for one in Concept.objects.filter(key__in=keys)} if keys else {}
        programmes = Programme.objects.filter(key__in=values.get("programme", ()))
        self._programmes = dict(programmes.values_list("key", "short_name"))
        self._languages = {code: str(name) for code, name in LANGUAGES}

    def of(self, facet: str, value: str) -> str:
        if facet == "source":
            return str(SOURCES.get(value, value))
        if facet == "language":
            return self._languages.get(value, value)
        if facet == "programme":
            return self._programmes.get(value, value)
        return self._concepts.get(value, value)


def facet_rows(counted: Counted, chosen: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """The facets as the look draws them; what is chosen is shown even where nothing has it."""
    numbers = {facet: dict(counted.values.get(facet, {})) for facet in FACETS.values()}
    for name, values in chosen.items():
        for value in values:
            numbers[FACETS[name]].setdefault(value, 0)
    names = Names(numbers)
    labels = {
        "source": _("Where"),
        "law": _("Law"),
        "programme": _("Programme"),
        "language": _("Language"),
        **{facet.key: facet.name for facet in Facet.objects.filter(key__in=list(FACETS.values()))},
    }
    rows = []
    for name, facet in FACETS.items():
        picked = set(chosen.get(name, ()))
        values = sorted(
            ((number, names.of(facet, value), value) for value, number in numbers[facet].items()),
            key=lambda one: (one[2] not in picked, -one[0], one[1]),
        )[:SHOWN]
        if not picked and len(values) < 2:
            continue  # a choice of one narrows nothing
        rows.append({
            "name": name,
            "label": labels.get(facet, facet),
            "values": [
                {"value": value, "label": label, "count": number, "selected": value in picked}
                for number, label, value in values
            ],
        })  # fmt: skip
    return rows


def names_in(several: Iterable[Asked]) -> Names:
    """The names of whatever was chosen in several searches."""
    values: dict[str, set[str]] = {}
    for asked in several:
        for name, chosen in asked.chosen.items():
            values.setdefault(FACETS[name], set()).update(chosen)
    return Names(values)


def spoken(asked: Asked, names: Names | None = None) -> str:
    """A search in words: what was typed, and its filters. ``names`` where several are spoken at once."""
    names = names or names_in([asked])
    chosen = [names.of(FACETS[name], value) for name, values in asked.chosen.items() for value in values]
    return " · ".join([*filter(None, [asked.typed]), *chosen])
