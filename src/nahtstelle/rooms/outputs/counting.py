"""How many texts one would find: the numbers behind the values of a list's facets, and of topics.

The texts a reader may see are numbered, and for each concept, programme and language a census holds which of them bear it,
as the bits of one whole number. So a choice is a few ANDs, and its number a count of bits. For everybody without an account
a census is reckoned once and kept until the ledger has another fact.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import get_language

from nahtstelle.plumbing.ledger.position import kept
from nahtstelle.register.people.models import Account
from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept, Facet

from .models import LANGUAGES, Output
from .queries import Choice, chosen, meant_by

FACETS = ("output", "theme", "status", "group", "region", "stakeholder")
NAMES = ("key", "name_de", "name_en", "facet")


@dataclass(frozen=True, slots=True)
class Census:
    """Which of a reader's texts bear what: bit ``places[output]`` of each number stands for that text."""

    places: dict[int, int]
    concepts: dict[int, int]  # with what is narrower
    programmes: dict[int, int]
    languages: dict[str, int]

    @property
    def everything(self) -> int:
        return (1 << len(self.places)) - 1

    def holding(self, outputs: Iterable[int]) -> int:
        """The bits of these texts."""
        places = [self.places[pk] for pk in outputs if pk in self.places]
        return _as_bits({"": places}, len(self.places))[""]

    def number_about(self, concept: Concept) -> int:
        """How many texts are about a concept, itself or by a narrower one."""
        return self.concepts.get(concept.pk, 0).bit_count()


@dataclass(frozen=True, slots=True)
class Counted:
    """How many texts a choice finds, and the facets by which it can be changed."""

    number: int
    facets: list[dict[str, Any]]


def census(account: object, *, on: date) -> Census:
    if isinstance(account, Account):
        return _census(account, on)
    return kept(f"outputs.census {on}", lambda: _census(account, on))


def counted(account: object, choice: Choice, *, on: date) -> Counted:
    """Behind each value of a facet stands the number of texts one would find by choosing it.

    What is chosen in a facet does not narrow that facet itself, so that a second value can be added.
    """
    if isinstance(account, Account):
        return _counted(account, choice, on)
    return kept(f"outputs.counted {get_language()} {on} {choice!r}", lambda: _counted(account, choice, on))


def names_of(choice: Choice) -> list[str]:
    """What a choice is narrowed to, in the words of the facets."""
    concepts = Concept.objects.filter(key__in=choice.concepts).only(*NAMES).order_by("facet__position", "name_de")
    programmes = Programme.objects.filter(key__in=choice.programmes).order_by("position", "key")
    return [
        *(concept.name for concept in concepts),
        *(programme.short_name for programme in programmes),
        *(str(name) for code, name in LANGUAGES if code in choice.languages),
    ]


def _census(account: object, on: date) -> Census:
    texts = chosen(account, Choice(), on=on).values_list("pk", "kind", "language")
    places: dict[int, int] = {}
    of_concept: dict[int, list[int]] = defaultdict(list)
    of_language: dict[str, list[int]] = defaultdict(list)
    for place, (pk, kind, language) in enumerate(texts.iterator()):
        places[pk] = place
        of_concept[kind].append(place)
        of_language[language].append(place)
    of_programme: dict[int, list[int]] = defaultdict(list)
    _sort_in(of_concept, places, Output.concepts.through.objects.values_list("concept_id", "output_id").iterator())
    _sort_in(
        of_programme, places, Output.programmes.through.objects.values_list("programme_id", "output_id").iterator()
    )
    concepts = _as_bits(of_concept, len(places))
    own = dict(concepts)
    for narrow, broad in Concept.broader.through.objects.values_list("from_concept", "to_concept"):
        if narrow in own:
            concepts[broad] = concepts.get(broad, 0) | own[narrow]
    return Census(places, concepts, _as_bits(of_programme, len(places)), _as_bits(of_language, len(places)))


def _sort_in(into: dict[int, list[int]], places: Mapping[int, int], pairs: Iterable[tuple[int, int]]) -> None:
    for bearer, output in pairs:
        place = places.get(output)
        if place is not None:
            into[bearer].append(place)


def _as_bits(members: Mapping[Any, Sequence[int]], size: int) -> dict[Any, int]:
    made = {}
    for bearer, inside in members.items():
        bits = bytearray(size // 8 + 1)
        for place in inside:
            bits[place >> 3] |= 1 << (place & 7)
        made[bearer] = int.from_bytes(bits, "little")
    return made


def _counted(account: object, choice: Choice, on: date) -> Counted:
    of = census(account, on=on)
    limits: dict[Any, int] = {facet: _any(of.concepts, meant) for facet, meant in meant_by(choice.concepts).items()}
    if choice.words:
        limits["q"] = of.holding(chosen(account, Choice(choice.words), on=on).values_list("pk", flat=True))
    if choice.programmes:
        keys = Programme.objects.filter(key__in=choice.programmes).values_list("pk", flat=True)
        limits["p"] = _any(of.programmes, keys)
    if choice.languages:
        limits["l"] = _any(of.languages, choice.languages)

    def left(*, without: Any = None) -> int:
        return reduce(and_, (bits for name, bits in limits.items() if name != without), of.everything)

    selected, concepts = set(choice.concepts), Concept.objects.only(*NAMES)
    shown = []
    for facet in Facet.objects.filter(key__in=FACETS).prefetch_related(Prefetch("concepts", concepts)):
        numbers = _numbers(of.concepts, left(without=facet.pk))
        values = [
            (concept.key, concept.name, numbers.get(concept.pk, 0))
            for concept in facet.concepts.all()
            if concept.pk in numbers or concept.key in selected
        ]
        shown.append(_facet("f", facet.name, values, selected))
    numbers = _numbers(of.programmes, left(without="p"))
    programmes = Programme.objects.filter(Q(pk__in=numbers) | Q(key__in=choice.programmes))
    values = [(one.key, one.short_name, numbers.get(one.pk, 0)) for one in programmes]
    shown.append(_facet("p", str(Programme._meta.verbose_name_plural), values, set(choice.programmes)))
    spoken = _numbers(of.languages, left(without="l"))
    values = [(code, str(name), spoken.get(code, 0)) for code, name in LANGUAGES if code in spoken]
    shown.append(_facet("l", str(Output._meta.get_field("language").verbose_name), values, set(choice.languages)))
    return Counted(left().bit_count(), [facet for facet in shown if facet["values"]])


def _any(bearers: Mapping[Any, int], wanted: Iterable[Any]) -> int:
    return reduce(or_, (bearers.get(one, 0) for one in wanted), 0)


def _numbers(bearers: Mapping[Any, int], among: int) -> dict[Any, int]:
    """How many of these texts each bears; those that bear none have no entry."""
    counts = ((one, (bits & among).bit_count()) for one, bits in bearers.items())
    return {one: number for one, number in counts if number}


def _facet(name: str, label: str, values: list[tuple[str, str, int]], selected: set[str]) -> dict[str, Any]:
    values.sort(key=lambda value: (-value[2], value[1]))
    label = label[:1].upper() + label[1:]
    rows = [{"value": v, "label": words, "count": n, "selected": v in selected} for v, words, n in values]
    return {"name": name, "label": label, "values": rows}
