"""What the reading room shows: studies in lists, their facets, one study with its card."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept

from ..models import CardEdition, Strength, Template, Work
from ..queries.evidence import AXES
from ..queries.studies import Choice, Counts, bibliographic
from ..strengths import sign_of
from .cards import finding_of
from .references import BANNERS, short

SHOWN = 60  # values of a facet; what is rarer is found by words


def study_row(edition: CardEdition) -> dict[str, Any]:
    """A study as a list shows it."""
    work = bibliographic(edition)
    return {
        "title": work.title,
        "lang": work.language,
        "url": reverse("studies:study", args=[edition.card.work.citekey]),
        "kind": edition.get_template_display(),
        "who": short(work),
        "container": work.container or work.publisher,
        "finding": finding_of(edition),
        "sign": sign_of(edition.strength),
        "standing": standing_badge(work),
        "stand": edition.stand,
    }


def standing_badge(work: Work) -> dict[str, str] | None:
    if work.standing == Work.Standing.SOUND:
        return None
    tone = "danger" if work.standing == Work.Standing.RETRACTED else "warning"
    return {"label": str(work.get_standing_display()), "tone": tone, "kind": BANNERS[Work.Standing(work.standing)]}


def facet_rows(counts: Counts, choice: Choice) -> list[dict[str, Any]]:
    """The facets as the look draws them, each value with its number; what is chosen is shown even where nothing has it."""
    concepts = Concept.objects.filter(facet__key__in=AXES).select_related("facet")
    by_facet: dict[str, list[tuple[str, str, int]]] = {key: [] for key in AXES}
    labels: dict[str, str] = {}
    chosen = set(choice.concepts)
    for concept in concepts.filter(pk__in=list(counts.concepts)) | concepts.filter(key__in=chosen):
        labels[concept.facet.key] = concept.facet.name
        row = (concept.key, concept.name, counts.concepts.get(concept.pk, 0))
        by_facet[concept.facet.key].append(row)
    rows = [_facet("f", labels[key], of, chosen) for key, of in by_facet.items() if of]
    strengths = [
        (str(level), f"{sign_of(level).word} {sign_of(level).bars}", counts.strengths.get(level, 0))
        for level in sorted(Strength.values, reverse=True)
        if counts.strengths.get(level) or level in choice.strengths
    ]
    rows.insert(
        2, _facet("s", _("Strength of evidence"), strengths, {str(one) for one in choice.strengths}, by_number=False)
    )
    kinds = [
        (value, str(label), counts.kinds.get(value, 0))
        for value, label in Template.choices
        if counts.kinds.get(value) or value in choice.kinds
    ]
    rows.append(_facet("k", _("Kind of study"), kinds, set(choice.kinds)))
    programmes = Programme.objects.filter(pk__in=list(counts.programmes)) | Programme.objects.filter(
        key__in=choice.programmes
    )
    of = [(one.key, one.short_name, counts.programmes.get(one.pk, 0)) for one in programmes]
    rows.append(_facet("p", _("Programmes"), of, set(choice.programmes)))
    return [row for row in rows if row["values"]]


def _facet(
    name: str, label: str, values: list[tuple[str, str, int]], selected: set[str], *, by_number: bool = True
) -> dict[str, Any]:
    if by_number:
        values.sort(key=lambda value: (value[0] not in selected, -value[2], value[1]))
    rows = [{"value": v, "label": words, "count": n, "selected": v in selected} for v, words, n in values[:SHOWN]]
    return {"name": name, "label": label, "values": rows}


def chips(facets: Sequence[Mapping[str, Any]], query: QueryDict) -> list[dict[str, str]]:
    """What is chosen, each with the address of the list without it."""
    shown = []
    for facet in facets:
        for value in facet["values"]:
            if value["selected"]:
                without = query.copy()
                rest = [one for one in query.getlist(facet["name"]) if one != value["value"]]
                without.setlist(facet["name"], rest)
                without.pop("page", None)
                shown.append({"label": value["label"], "facet": facet["label"], "url": "?" + without.urlencode()})
    if query.getlist("z"):
        without = query.copy()
        del without["z"]
        cell = {one.key: one.name for one in Concept.objects.filter(key__in=query.getlist("z")[:2])}
        if cell:
            label = " × ".join(cell[key] for key in query.getlist("z")[:2] if key in cell)
            shown.append({"label": label, "facet": _("Cell of the map"), "url": "?" + without.urlencode()})
    for name, label in (("von", _("Data from")), ("bis", _("until"))):
        if query.get(name):
            without = query.copy()
            del without[name]
            shown.append({"label": query[name][:10], "facet": label, "url": "?" + without.urlencode()})
    return shown


def names_of(choice: Choice) -> list[str]:
    """What a choice is narrowed to, in words."""
    concepts = Concept.objects.filter(key__in=choice.concepts).order_by("facet__position", "name_de")
    programmes = Programme.objects.filter(key__in=choice.programmes).order_by("position", "key")
    words = [f"„{choice.words}“"] if choice.words else []
    words += [concept.name for concept in concepts]
    words += [programme.short_name for programme in programmes]
    words += [str(Template(kind).label) for kind in choice.kinds]
    words += [_("strength: %s") % sign_of(level).word for level in choice.strengths]
    if choice.since or choice.until:
        words.append(f"{choice.since or '…'}–{choice.until or '…'}")
    return words


def topic_rows(editions: Iterable[CardEdition]) -> list[dict[str, Any]]:
    return [study_row(edition) for edition in editions]
