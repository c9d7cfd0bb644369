"""Asking about programmes: their structure on a day, and who is engaged in them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from nahtstelle.register.people.models import Person
from nahtstelle.register.people.queries import visible_people
from nahtstelle.register.vocabulary.folding import matching
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.register.vocabulary.queries import with_broader, with_narrower

from .models import ActionField, Engagement, FundingPeriod, Level, Network, Programme, Project


@dataclass(slots=True)
class LevelOnDay:
    """A level of a period, what stands on it on the day, and how many projects."""

    level: Level
    networks: list[Network] = field(default_factory=list)
    projects: int = 0


@dataclass(slots=True)
class PeriodOnDay:
    period: FundingPeriod
    levels: list[LevelOnDay] = field(default_factory=list)
    action_fields: list[ActionField] = field(default_factory=list)


def programmes() -> QuerySet[Programme]:
    """All programmes with their periods and their successor, in two queries."""
    periods = Prefetch("periods", queryset=FundingPeriod.objects.order_by("valid_from"))
    return Programme.objects.select_related("successor").prefetch_related(periods).order_by("position", "key")


def structure_on(programme: Programme, *, on: date) -> list[PeriodOnDay]:
    """The periods of a programme that run on a day, each with levels, networks, action fields and number of projects.

    Six queries, however large the programme is.
    """
    periods = list(FundingPeriod.objects.on(on).filter(programme=programme).order_by("valid_from"))
    levels = Level.objects.filter(period__in=periods).order_by("rank", "pk")
    here = {level.pk: LevelOnDay(level) for level in levels}
    for network in Network.objects.on(on).filter(level__in=here).prefetch_related("regions").order_by("name_de"):
        here[network.level_id].networks.append(network)
    counts = Project.objects.on(on).filter(level__in=here).order_by().values_list("level").annotate(Count("pk"))
    for level_id, number in counts:
        here[level_id].projects = number
    fields: dict[int, list[ActionField]] = defaultdict(list)
    for action_field in ActionField.objects.filter(period__in=periods).order_by("position"):
        fields[action_field.period_id].append(action_field)
    return [
        PeriodOnDay(period, [one for one in here.values() if one.level.period_id == period.pk], fields[period.pk])
        for period in periods
    ]


def networks() -> QuerySet[Network]:
    """Networks with all that their page names."""
    return Network.objects.select_related("level__period__programme").prefetch_related(
        "regions", "predecessors", "successors"
    )


def projects(
    *,
    on: date | None = None,
    programme: Programme | None = None,
    region: Concept | None = None,
    words: str = "",
) -> QuerySet[Project]:
    """Projects by name: running on a day, of a programme, in a region and everything within it, called so."""
    found = Project.objects.select_related(
        "level__period__programme", "network", "carrier", "action_field", "region"
    ).order_by("name_de", "pk")
    if on is not None:
        found = found.on(on)
    if programme is not None:
        found = found.filter(level__period__programme=programme)
    if region is not None:
        found = found.filter(region__in=with_narrower([region]))
    if words.strip():
        rows = found.order_by().values_list("pk", "name_de", "name_en", "place", "carrier__name")
        found = found.filter(pk__in=matching(((pk, " ".join(texts)) for pk, *texts in rows), words))
    return found


@dataclass(slots=True)
class Engaged:
    """A person, and each engagement for which they are meant."""

    person: Person
    engagements: list[Engagement] = field(default_factory=list)

    @property
    def because(self) -> str:
        """The reasons as a sentence part: "IQ · Niedersachsen · adviser; …"."""
        reasons = (
            " · ".join(filter(None, [one.programme.short_name, one.region.name if one.region else "",
                                     str(one.get_role_display())]))
            for one in self.engagements
        )  # fmt: skip
        return "; ".join(dict.fromkeys(reasons))


def engagements_on(
    on: date,
    programmes: Iterable[Programme] = (),
    regions: Iterable[Concept] = (),
    roles: Iterable[str] = (),
    among: QuerySet[Person] | None = None,
) -> QuerySet[Engagement]:
    """The engagements that hold on a day; each dimension that is given narrows, an empty one does not.

    A region means itself, what lies in it, and whoever works for what it lies in (the Bund for a Land) or for no
    region in particular. ``among`` keeps to these persons, for readers who may not see all.
    """
    programmes, regions, roles = list(programmes), list(regions), list(roles)
    found = Engagement.objects.on(on)
    if programmes:
        found = found.filter(programme__in=programmes)
    if regions:
        near = Q(region__in=with_narrower(regions)) | Q(region__in=with_broader(regions))
        found = found.filter(near | Q(region__isnull=True))
    if roles:
        found = found.filter(role__in=roles)
    if among is not None:
        found = found.filter(person__in=among)
    return found.select_related("person", "programme", "network", "project", "region").order_by(
        "person__name", "person_id", "pk"
    )


def engaged(
    on: date,
    programmes: Iterable[Programme] = (),
    regions: Iterable[Concept] = (),
    roles: Iterable[str] = (),
    among: QuerySet[Person] | None = None,
) -> list[Engaged]:
    """Who is engaged on a day, each person once with the reasons; one query. Arguments as ``engagements_on``."""
    people: dict[int, Engaged] = {}
    for engagement in engagements_on(on, programmes, regions, roles, among):
        people.setdefault(engagement.person_id, Engaged(engagement.person)).engagements.append(engagement)
    return list(people.values())


def circle_of(person: Person, *, on: date) -> QuerySet[Any]:
    """The ids of those engaged in the same programmes on a day: colleagues, who may see each other."""
    mine = Engagement.objects.on(on).filter(person=person).values("programme")
    return Engagement.objects.on(on).filter(programme__in=mine).values("person")


def is_engaged(person: Person, programme: Programme, *, on: date) -> bool:
    return Engagement.objects.on(on).filter(person=person, programme=programme).exists()


def coordinated_networks(person: Person, *, on: date) -> QuerySet[Network]:
    """The networks a person coordinates on a day."""
    held = Engagement.objects.on(on).filter(person=person, role=Engagement.Role.NETWORK_COORDINATOR)
    return Network.objects.filter(pk__in=held.filter(network__isnull=False).values("network"))


def engagements_seen_by(account: Any, *, on: date, **where: Any) -> QuerySet[Engagement]:
    """Engagements, past ones too, of persons this account may see; ``where`` says of what."""
    people = visible_people(account, on=on)
    found = Engagement.objects.filter(person__in=people, **where)
    return found.select_related("person", "project", "network", "region").order_by("person__name", "valid_from", "pk")


def engagements_of(person: Person) -> QuerySet[Engagement]:
    found = Engagement.objects.filter(person=person).select_related("programme", "network", "project", "region")
    return found.order_by("-valid_from", "pk")


def overlapping(engagement: Engagement) -> QuerySet[Engagement]:
    """The same role in the same place held at a time when this one is."""
    found = Engagement.objects.exclude(pk=engagement.pk).filter(
        person=engagement.person,
        role=engagement.role,
        programme=engagement.programme,
        network=engagement.network,
        project=engagement.project,
    )
    if engagement.valid_until:
        found = found.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=engagement.valid_until))
    if engagement.valid_from:
        found = found.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=engagement.valid_from))
    return found
