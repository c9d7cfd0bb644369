"""Asking about outputs: what readers may see, what the workshop holds, how a wave stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, Min, OuterRef, Prefetch, Q, QuerySet, When

from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept, Facet

from . import rules
from .models import Authorship, Impact, Output, Wave
from .sweep import RANK

FACETS = ("output", "theme", "status", "group", "region", "stakeholder")
SORTS = {"neu": "-published_at", "stand": "-edition__stand", "titel": "edition__title"}


def published(
    account: object, *, on: date, words: str = "", concepts: list[str] | None = None, programmes: list[str] | None = None,
    languages: list[str] | None = None, sort: str = "neu",
) -> QuerySet[Output]:  # fmt: skip
    """Published outputs a person may read, narrowed by words and facets: any value within a facet, every facet."""
    found = rules.readable(account, on=on).select_related("edition", "kind", "owner")
    for word in words.split():
        found = found.filter(
            Q(edition__title__icontains=word) | Q(edition__summary__icontains=word) | Q(edition__body__icontains=word)
        )
    for chosen in _by_facet(concepts or []).values():
        kinds = Q(kind__in=chosen)
        found = found.filter(kinds | Q(Exists(Output.concepts.through.objects.filter(output=OuterRef("pk"), concept__in=chosen))))
    if programmes:
        found = found.filter(programmes__key__in=programmes).distinct()
    if languages:
        found = found.filter(language__in=languages)
    return found.order_by(SORTS.get(sort, SORTS["neu"]), "-id")


def _by_facet(keys: list[str]) -> dict[int, set[int]]:
    """Concept ids by facet; a broader concept stands for its narrower ones too."""
    chosen: dict[int, set[int]] = {}
    for concept in Concept.objects.filter(key__in=keys).prefetch_related("narrower"):
        chosen.setdefault(concept.facet_id, set()).update({concept.pk, *(n.pk for n in concept.narrower.all())})
    return chosen


def facet_counts(found: QuerySet[Output], *, selected: list[str]) -> list[dict[str, Any]]:
    """How many of the found outputs each value has, for the facet list."""
    ids = found.order_by().values("pk")
    tagged = dict(
        Output.concepts.through.objects.filter(output__in=ids)
        .values_list("concept")
        .annotate(number=Count("output", distinct=True))
    )
    kinds = dict(Output.objects.filter(pk__in=ids).order_by().values_list("kind").annotate(number=Count("pk")))
    counts = tagged | kinds
    facets = []
    for facet in Facet.objects.filter(key__in=FACETS).prefetch_related("concepts"):
        values = [
            {"value": c.key, "label": c.name, "count": counts.get(c.pk, 0), "selected": c.key in selected}
            for c in facet.concepts.all()
            if c.pk in counts or c.key in selected
        ]
        if values:
            values.sort(key=lambda value: (-value["count"], value["label"]))
            facets.append({"name": "f", "label": facet.name, "values": values})
    return facets


def mine(person: Person) -> QuerySet[Output]:
    """What a person owns or writes."""
    return Output.objects.filter(Q(owner=person) | Exists(Authorship.objects.filter(output=OuterRef("pk"), person=person)))


def workshop(*, words: str = "", state: str = "", person: Person | None = None) -> QuerySet[Output]:
    """All outputs for those who work on them."""
    found = mine(person) if person else Output.objects.all()
    for word in words.split():
        found = found.filter(title__icontains=word)
    if state in Output.State.values:
        found = found.filter(state=state)
        if state == Output.State.DRAFT:
            found = found.filter(progress=Output.Progress.DRAFT)
    elif state in Output.Progress.values:
        found = found.filter(progress=state)
    return found.select_related("kind", "owner", "edition").order_by("-changed_at", "-id")


def waiting_for(account: Any, *, on: date) -> QuerySet[Output]:
    """Texts in review that this person may sign off."""
    found = Output.objects.filter(progress=Output.Progress.IN_REVIEW).exclude(submitted_by=account)
    return found.exclude(owner=account.person).exclude(authors=account.person).select_related("kind", "owner")


def open_impacts(output: Output) -> list[Impact]:
    """What a reader must be told of, strongest first."""
    impacts = output.impacts.filter(settled_at=None).select_related("wave__law", "wave__reading", "wave__act", "provision", "change")
    return sorted(impacts, key=lambda impact: RANK.index(impact.verdict))


def stale_variant(output: Output) -> bool:
    """Does the variant follow an older edition of its base than readers have?"""
    base = output.base
    return base is not None and base.edition_id is not None and output.base_edition_id != base.edition_id


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a wave has come, in outputs."""

    total: int
    settled: int
    open: int
    overdue: int


def waves() -> QuerySet[Wave]:
    """Waves with how far they have come, newest first."""
    return Wave.objects.select_related("law", "reading", "act").annotate(
        total=Count("impacts__output", distinct=True),
        waiting=Count("impacts__output", filter=Q(impacts__settled_at=None), distinct=True),
    ).order_by("-id")


def standing(wave: Wave, *, on: date) -> Standing:
    """How far one of ``waves()`` has come."""
    total, waiting = wave.total, wave.waiting  # type: ignore[attr-defined] # annotated by waves()
    overdue = waiting if wave.due < on else 0
    return Standing(total=total, settled=total - waiting, open=waiting - overdue, overdue=overdue)


def concerned(wave: Wave) -> QuerySet[Output]:
    """The outputs of a wave: those still open first, then by how strongly they are concerned."""
    strength = Min(Case(*(When(impacts__verdict=v, then=number) for number, v in enumerate(RANK)), output_field=IntegerField()))
    open_here = Exists(Impact.objects.filter(wave=wave, output=OuterRef("pk"), settled_at=None))
    return (
        Output.objects.filter(impacts__wave=wave)
        .annotate(still_open=open_here, strength=strength)
        .select_related("owner", "kind")
        .prefetch_related(
            Prefetch(
                "impacts",
                queryset=Impact.objects.filter(wave=wave).select_related("provision", "settled_by__person"),
                to_attr="here",
            )
        )
        .order_by("-still_open", F("strength").asc(), "title", "id")
    )


def programme_counts(found: QuerySet[Output]) -> list[tuple[Programme, int]]:
    """(programme, number) of the found outputs."""
    through = Output.programmes.through.objects.filter(output__in=found.order_by().values("pk"))
    numbers = dict(through.values_list("programme").annotate(number=Count("output", distinct=True)))
    return [(programme, numbers[programme.pk]) for programme in Programme.objects.filter(pk__in=numbers)]
