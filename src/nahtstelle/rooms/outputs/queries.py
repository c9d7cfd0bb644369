"""Asking about outputs: what readers may see, what the workshop holds, how a wave stands."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.utils import timezone
from django.utils.translation import get_language

from nahtstelle.plumbing.kit.worded import Worded
from nahtstelle.plumbing.ledger.position import kept
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.people.queries import centre_roles
from nahtstelle.register.programmes.funding import Strip, strip_of, turning_days
from nahtstelle.register.programmes.models import Engagement
from nahtstelle.register.vocabulary.models import Concept

from .models import PAGE_KIND, Authorship, Edition, Impact, Output, ReaderCheck, Step, Text, Wave
from .opening import RANK

NOT_IN_LISTS = ("title", "summary", "body", "edition__body", "edition__note")
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


def published(
    account: object, *, on: date, words: str = "", concepts: Sequence[str] = (), programmes: Sequence[str] = (),
    languages: Sequence[str] = (), sort: str = "neu",
) -> QuerySet[Output]:  # fmt: skip
    """Published outputs a person may read, narrowed by words and facets.

    What was superseded is left to its address, an editorial page to its place.
    """
    choice = Choice(words, tuple(concepts), tuple(programmes), tuple(languages))
    return listed(account, choice, on=on, sort=sort)


def listed(account: object, choice: Choice, *, on: date, sort: str = "neu") -> QuerySet[Output]:
    """What a choice finds, as a list shows it: sorted, and without the words that only a text's own page draws."""
    found = chosen(account, choice, on=on).select_related("edition", "kind", "owner").defer(*NOT_IN_LISTS)
    return found.order_by(SORTS.get(sort, SORTS["neu"]), "-id")


def rows(ids: Sequence[int]) -> list[Output]:
    """Outputs as a list shows them, in the order of ``ids``: a database sorts numbers far quicker than whole rows."""
    found = Output.objects.filter(pk__in=ids).order_by().select_related("edition", "kind").defer(*NOT_IN_LISTS)
    by_id = {output.pk: output for output in found}
    return [by_id[pk] for pk in ids if pk in by_id]


def chosen(account: object, choice: Choice, *, on: date) -> QuerySet[Output]:
    """The outputs in ``choice`` that a person may read, in no order."""
    found = publications(account, on=on).exclude(state=Output.State.SUPERSEDED).order_by()
    for word in choice.words.split():
        found = found.filter(
            Q(edition__title__icontains=word) | Q(edition__summary__icontains=word) | Q(edition__body__icontains=word)
        )
    for meant in meant_by(choice.concepts).values():
        tagged = Exists(Output.concepts.through.objects.filter(output=OuterRef("pk"), concept__in=meant))
        found = found.filter(Q(kind__in=meant) | tagged)
    if choice.programmes:
        through = Output.programmes.through.objects
        found = found.filter(Exists(through.filter(output=OuterRef("pk"), programme__key__in=choice.programmes)))
    if choice.languages:
        found = found.filter(language__in=choice.languages)
    return found


def meant_by(keys: Sequence[str]) -> dict[int, set[int]]:
    """Concept ids by facet; a broader concept stands for its narrower ones too."""
    meant: dict[int, set[int]] = {}
    concepts = Concept.objects.filter(key__in=keys).order_by() if keys else Concept.objects.none()
    for facet, concept, narrower in concepts.values_list("facet", "pk", "narrower"):
        meant.setdefault(facet, set()).update({concept, narrower or concept})
    return meant


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
        "wave__law", "wave__reading", "wave__act", "wave__notice", "wave__card_edition", "wave__work__card", "provision", "change"
    )  # fmt: skip
    found: dict[int, list[Impact]] = {}
    for impact in sorted(impacts, key=lambda impact: RANK.index(impact.verdict)):
        found.setdefault(impact.output_id, []).append(impact)
    return found


def with_signs(found: QuerySet[Output]) -> QuerySet[Output]:
    """Outputs with ``has_impacts``, whether readers must be told of a change, ``confirmed_at``, the moment in which
    its owner last said that the edition is right in spite of one, and ``has_files``, whether the edition has files."""
    confirmed = Step.objects.filter(
        output=OuterRef("pk"), kind=Step.Kind.CONFIRMED, at__gt=OuterRef("edition__published_at")
    )
    return found.annotate(
        has_impacts=Exists(Impact.objects.filter(output=OuterRef("pk"), settled_at=None)),
        has_files=Exists(Edition.attachments.through.objects.filter(edition=OuterRef("edition"))),
        confirmed_at=Subquery(confirmed.order_by("-id").values("at")[:1]),
    )


def _beside(base: int, replacement: int) -> QuerySet[Output, int]:
    """The variants of a text and what another replaced: the two indexes know at once that most have none, where one
    condition with OR would look at every text."""
    variants, replaced = Output.objects.filter(base=base), Output.objects.filter(replaced_by=replacement)
    return variants.order_by().values_list("pk", flat=True).union(replaced.order_by().values_list("pk", flat=True))


_BESIDE = Worded(_beside, int, int)


def near(output: Output, account: object, *, on: date) -> list[Output]:
    """The publications a person may read that stand beside a text: its original and variants, what replaced it, what it
    replaced."""
    base = output.base_id or output.pk
    beside = {base, output.replaced_by_id, *_BESIDE(base, output.pk)}
    beside -= {None, output.pk}
    if not beside:
        return []
    found = publications(account, on=on).filter(pk__in=beside)
    return list(found.select_related("edition").defer(*NOT_IN_LISTS))


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
        Wave.objects.select_related("law", "reading", "act", "notice", "card_edition", "work__card")
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
                queryset=Impact.objects.filter(wave=wave).select_related("provision", "work", "settled_by__person"),
                to_attr="here",
            )
        )
        .order_by("-still_open", F("strength").asc(), "title", "id")
    )


def funding_of(edition: Edition) -> Strip:
    """Who funded it when it was published: an edition keeps the line and the marks of its day."""
    programmes, day = edition.output.programmes.all(), timezone.localdate(edition.published_at)
    # Texts for the same programmes share their strip, unless somebody begins or ends to fund between their days.
    span = bisect_right(kept("outputs.turning_days", turning_days), day)
    what = f"outputs.funding {get_language()} {span} {sorted(one.pk for one in programmes)}"
    return kept(what, lambda: strip_of(programmes, on=day))
