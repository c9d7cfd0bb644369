"""Asking about outputs: what readers may see, what the workshop holds, how a wave stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Exists, F, IntegerField, Min, OuterRef, Prefetch, Q, QuerySet, When
from django.utils import timezone

from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.people.queries import centre_roles
from nahtstelle.register.programmes.funding import Strip, strip_of
from nahtstelle.register.programmes.models import Engagement, Programme
from nahtstelle.register.vocabulary.models import Concept, Facet

from .models import LANGUAGES, PAGE_KIND, Authorship, Edition, Impact, Output, ReaderCheck, Step, Text, Wave
from .sweep import RANK

FACETS = ("output", "theme", "status", "group", "region", "stakeholder")
SORTS = {"neu": "-published_at", "stand": "-edition__stand", "titel": "edition__title"}


def readable(account: object, *, on: date) -> QuerySet[Output]:
    """The outputs a person may read in their published edition: rights inside the query, for every list and feed."""
    live = Output.objects.filter(edition__isnull=False).exclude(state=Output.State.WITHDRAWN)
    person = account.person if isinstance(account, Account) and account.is_active else None
    if person is None:
        return live.filter(audience=Output.Audience.PUBLIC)
    if centre_roles(person, on=on):
        return live
    allowed = [Output.Audience.PUBLIC]
    if in_programmes(person, on=on):
        allowed.append(Output.Audience.NETWORK)
    written = Exists(Authorship.objects.filter(output=OuterRef("pk"), person=person))
    return live.filter(Q(audience__in=allowed) | Q(owner=person) | written)


def publications(account: object, *, on: date) -> QuerySet[Output]:
    """What a person may read and what is no page of the site: a text that stands in a fixed place is in no list."""
    return readable(account, on=on).exclude(kind__in=Concept.objects.filter(key=PAGE_KIND).values("pk"))


def in_programmes(person: Person, *, on: date) -> bool:
    return Engagement.objects.on(on).filter(person=person).exists()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader chose in the list of publications: any value within a facet, every facet."""

    words: str = ""
    concepts: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def without(self, facet: int) -> "Choice":
        """The same without what was chosen in one facet."""
        kept = Concept.objects.filter(key__in=self.concepts).exclude(facet=facet)
        return replace(self, concepts=tuple(kept.values_list("key", flat=True)))


def published(
    account: object, *, on: date, words: str = "", concepts: Sequence[str] = (), programmes: Sequence[str] = (),
    languages: Sequence[str] = (), sort: str = "neu",
) -> QuerySet[Output]:  # fmt: skip
    """Published outputs a person may read, narrowed by words and facets.

    What was superseded is left to its address, an editorial page to its place.
    """
    choice = Choice(words, tuple(concepts), tuple(programmes), tuple(languages))
    found = chosen(account, choice, on=on).select_related("edition", "kind", "owner")
    return found.order_by(SORTS.get(sort, SORTS["neu"]), "-id")


def chosen(account: object, choice: Choice, *, on: date) -> QuerySet[Output]:
    """The outputs in ``choice`` that a person may read, in no order."""
    found = publications(account, on=on).exclude(state=Output.State.SUPERSEDED).order_by()
    for word in choice.words.split():
        found = found.filter(
            Q(edition__title__icontains=word) | Q(edition__summary__icontains=word) | Q(edition__body__icontains=word)
        )
    for meant in _by_facet(choice.concepts).values():
        tagged = Exists(Output.concepts.through.objects.filter(output=OuterRef("pk"), concept__in=meant))
        found = found.filter(Q(kind__in=meant) | tagged)
    if choice.programmes:
        through = Output.programmes.through.objects
        found = found.filter(Exists(through.filter(output=OuterRef("pk"), programme__key__in=choice.programmes)))
    if choice.languages:
        found = found.filter(language__in=choice.languages)
    return found


def _by_facet(keys: Sequence[str]) -> dict[int, set[int]]:
    """Concept ids by facet; a broader concept stands for its narrower ones too."""
    meant: dict[int, set[int]] = {}
    for concept in Concept.objects.filter(key__in=keys).prefetch_related("narrower") if keys else ():
        meant.setdefault(concept.facet_id, set()).update({concept.pk, *(n.pk for n in concept.narrower.all())})
    return meant


def facets(account: object, choice: Choice, *, on: date) -> list[dict[str, Any]]:
    """The facets of a list of publications: behind each value the number of texts one would find by choosing it.

    What is chosen in a facet does not narrow that facet itself, so that a second value can be added.
    """
    found = chosen(account, choice, on=on)
    everywhere = _numbers_of_concepts(found)
    selected = set(choice.concepts)
    narrowed = set(Concept.objects.filter(key__in=selected).values_list("facet_id", flat=True)) if selected else set()
    shown = []
    for facet in Facet.objects.filter(key__in=FACETS).prefetch_related("concepts"):
        numbers = everywhere
        if facet.pk in narrowed:
            numbers = _numbers_of_concepts(chosen(account, choice.without(facet.pk), on=on))
        values = [
            (concept.key, concept.name, numbers.get(concept.pk, 0))
            for concept in facet.concepts.all()
            if concept.pk in numbers or concept.key in selected
        ]
        shown.append(_facet("f", facet.name, values, selected))
    through = Output.programmes.through.objects.filter(
        output__in=chosen(account, replace(choice, programmes=()), on=on).values("pk")
    )
    numbers = dict(through.values_list("programme").annotate(number=Count("output", distinct=True)).order_by())
    programmes = Programme.objects.filter(Q(pk__in=numbers) | Q(key__in=choice.programmes))
    values = [(one.key, one.short_name, numbers.get(one.pk, 0)) for one in programmes]
    shown.append(_facet("p", str(Programme._meta.verbose_name_plural), values, set(choice.programmes)))
    spoken = chosen(account, replace(choice, languages=()), on=on)
    in_language = dict(spoken.values_list("language").annotate(number=Count("pk")).order_by())
    values = [(code, str(name), in_language.get(code, 0)) for code, name in LANGUAGES if code in in_language]
    shown.append(_facet("l", str(Output._meta.get_field("language").verbose_name), values, set(choice.languages)))
    return [facet for facet in shown if facet["values"]]


def _facet(name: str, label: str, values: list[tuple[str, str, int]], selected: set[str]) -> dict[str, Any]:
    values.sort(key=lambda value: (-value[2], value[1]))
    label = label[:1].upper() + label[1:]
    rows = [{"value": v, "label": words, "count": n, "selected": v in selected} for v, words, n in values]
    return {"name": name, "label": label, "values": rows}


def _numbers_of_concepts(found: QuerySet[Output]) -> dict[int, int]:
    """How many of the found outputs bear each concept: as their kind, as a facet, or by one narrower than it."""
    ids = found.order_by().values("pk")
    tags = Output.concepts.through.objects.filter(output__in=ids)
    kinds = Output.objects.filter(pk__in=ids).order_by()
    pairs = tags.values_list("concept_id", "output_id").union(
        tags.filter(concept__broader__isnull=False).values_list("concept__broader", "output_id"),
        kinds.values_list("kind_id", "pk"),
        kinds.filter(kind__broader__isnull=False).values_list("kind__broader", "pk"),
    )
    statement, params = pairs.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH pairs (concept, output) AS ({statement}) "  # noqa: S608 - compiled from our own querysets
            "SELECT concept, COUNT(*) FROM pairs GROUP BY concept",
            params,
        )
        return dict(cursor.fetchall())


def mine(person: Person) -> QuerySet[Output]:
    """What a person owns or writes."""
    return Output.objects.filter(
        Q(owner=person) | Exists(Authorship.objects.filter(output=OuterRef("pk"), person=person))
    )


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
    written = Authorship.objects.filter(output=OuterRef("pk"), person=account.person)
    found = Output.objects.filter(~Exists(written), progress=Output.Progress.IN_REVIEW)
    return found.exclude(submitted_by=account).exclude(owner=account.person).select_related("kind", "owner")


def with_banners(found: QuerySet[Output]) -> QuerySet[Output]:
    """Outputs with what their banners speak of besides the open impacts: the original, the successor."""
    return found.select_related("edition", "base__edition", "base_edition", "replaced_by__edition")


def open_impacts(output: Output) -> list[Impact]:
    """What a reader must be told of, strongest first."""
    return open_impacts_of([output]).get(output.pk, [])


def open_impacts_of(outputs: Iterable[Output]) -> dict[int, list[Impact]]:
    """What readers must be told of many outputs, in one query, by the output's id; those without have no entry."""
    impacts = Impact.objects.filter(output__in=[output.pk for output in outputs], settled_at=None).select_related(
        "wave__law", "wave__reading", "wave__act", "provision", "change"
    )
    found: dict[int, list[Impact]] = {}
    for impact in sorted(impacts, key=lambda impact: RANK.index(impact.verdict)):
        found.setdefault(impact.output_id, []).append(impact)
    return found


def checked_on(output: Output) -> date | None:
    """The day on which its owner last said that the edition is right in spite of a change of law."""
    assert output.edition is not None
    last = output.steps.filter(kind=Step.Kind.CONFIRMED, at__gt=output.edition.published_at).first()
    return timezone.localdate(last.at) if last else None


def check_of(output: Output, text: Text) -> ReaderCheck | None:
    """The check by test readers of exactly these words (an edition, a working text), if there was one."""
    return output.reader_checks.filter(digest=text.digest).first()


def last_check(output: Output) -> ReaderCheck | None:
    """The last check by test readers, of whatever words."""
    return output.reader_checks.first()


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
    return (
        Wave.objects.select_related("law", "reading", "act")
        .annotate(
            total=Count("impacts__output", distinct=True),
            waiting=Count("impacts__output", filter=Q(impacts__settled_at=None), distinct=True),
        )
        .order_by("-id")
    )


def standing(wave: Wave, *, on: date) -> Standing:
    """How far one of ``waves()`` has come."""
    total, waiting = wave.total, wave.waiting  # type: ignore[attr-defined] # annotated by waves()
    overdue = waiting if wave.due < on else 0
    return Standing(total=total, settled=total - waiting, open=waiting - overdue, overdue=overdue)


def concerned(wave: Wave) -> QuerySet[Output]:
    """The outputs of a wave: those still open first, then by how strongly they are concerned."""
    strength = Min(
        Case(*(When(impacts__verdict=v, then=number) for number, v in enumerate(RANK)), output_field=IntegerField())
    )
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


def funding_of(edition: Edition) -> Strip:
    """Who funded it when it was published: an edition keeps the line and the marks of its day."""
    return strip_of(edition.output.programmes.all(), on=timezone.localdate(edition.published_at))
