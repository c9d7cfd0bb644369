"""Asking the graph what belongs to a topic. What a reader may see is decided by the texts that are handed in."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from nahtstelle.register.programmes.models import Network, Programme, Project
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.register.vocabulary.queries import with_narrower
from nahtstelle.rooms.law import queries as law
from nahtstelle.rooms.law.models import Announcement, Change, PlannedChange, Provision
from nahtstelle.rooms.outputs.models import Citation, Edition, Output

OF_A_KIND = 3
PROVISIONS_SHOWN = 8
CHANGES_SHOWN = 6
LATELY = timedelta(days=365)


def numbers_of_kinds(texts: QuerySet[Output]) -> dict[int, int]:
    return dict(texts.order_by().values_list("kind").annotate(number=Count("pk")))


def newest_of_kinds(texts: QuerySet[Output]) -> list[Output]:
    """The newest few texts of every kind, in one query."""
    newest = [F("published_at").desc(), F("pk").desc()]
    place = Window(RowNumber(), partition_by=[F("kind")], order_by=newest)
    chosen = texts.order_by().annotate(place_in_kind=place).filter(place_in_kind__lte=OF_A_KIND).values("pk")
    return list(
        Output.objects.filter(pk__in=list(chosen.values_list("pk", flat=True)))
        .select_related("edition", "kind")
        .order_by("kind__position", "kind__key", "-published_at", "-pk")
    )


def moments_of_editions(texts: QuerySet[Output], *, since: date) -> QuerySet[Edition]:
    return Edition.objects.filter(output__in=texts.order_by().values("pk"), published_at__date__gte=since)


def cited(texts: QuerySet[Output]) -> QuerySet[Citation]:
    """The citations readers find in these texts, as far as their provision is in stock."""
    return Citation.objects.filter(
        output__in=texts.order_by().values("pk"), published=True, provision__isnull=False
    ).order_by()


def cited_most(texts: QuerySet[Output]) -> list[tuple[Provision, int]]:
    """The provisions most of these texts rest on, with the number of texts."""
    rows = cited(texts).values_list("provision").annotate(number=Count("output", distinct=True))
    numbers = dict(rows.order_by("-number", "provision")[:PROVISIONS_SHOWN])
    provisions = Provision.objects.select_related("law").in_bulk(numbers)
    return [(provisions[pk], number) for pk, number in numbers.items()]


def lately_changed(texts: QuerySet[Output], *, on: date) -> QuerySet[Change]:
    """What changed within a year in the provisions these texts cite, newest first."""
    changes = law.recent_changes(since=on - LATELY)
    return changes.filter(provision__in=cited(texts).values("provision"))[:CHANGES_SHOWN]


def planned(texts: QuerySet[Output], *, on: date) -> QuerySet[PlannedChange]:
    """What acts of amendment still plan for the provisions these texts cite, the nearest first."""
    return law.plans_ahead(day=on).filter(provision__in=cited(texts).values("provision"))[:CHANGES_SHOWN]


def announced(texts: QuerySet[Output], *, on: date) -> QuerySet[Announcement]:
    """What the official files announce for the laws these texts cite."""
    return law.announcements_ahead(day=on).filter(law__in=cited(texts).values("law"))[:CHANGES_SHOWN]


def programmes_of(texts: QuerySet[Output]) -> list[tuple[Programme, int]]:
    """The programmes these texts are meant for, with the number of texts."""
    through = Output.programmes.through.objects.filter(output__in=texts.order_by().values("pk"))
    numbers = dict(through.values_list("programme").annotate(number=Count("output")).order_by())
    return [(one, numbers[one.pk]) for one in Programme.objects.filter(pk__in=numbers).order_by("position", "key")]


@dataclass(frozen=True, slots=True)
class Working:
    """What runs in one programme or in one Land: its networks and the number of projects."""

    networks: tuple[Network, ...]
    projects: int


def working_in(land: Concept, *, on: date) -> list[tuple[Programme, Working]]:
    """What runs in a Land on a day, by programme; three queries."""
    here = with_narrower([land])
    running = Project.objects.on(on).filter(region__in=here).order_by()
    projects = dict(running.values_list("level__period__programme").annotate(number=Count("pk")))
    networks: dict[int, list[Network]] = defaultdict(list)
    found = Network.objects.on(on).filter(
        pk__in=Network.regions.through.objects.filter(concept__in=here).values("network")
    )
    for network in found.select_related("level__period").order_by("name_de"):
        networks[network.level.period.programme_id].append(network)
    programmes = Programme.objects.filter(pk__in={*projects, *networks}).order_by("position", "key")
    return [(one, Working(tuple(networks[one.pk]), projects.get(one.pk, 0))) for one in programmes]


def working_for(programme: Programme, *, on: date) -> list[tuple[Concept, Working]]:
    """What runs in a programme on a day, by Land; three queries."""
    running = Project.objects.on(on).filter(level__period__programme=programme, region__level="land").order_by()
    projects = dict(running.values_list("region").annotate(number=Count("pk")))
    networks: dict[int, list[Network]] = defaultdict(list)
    here = Network.objects.on(on).filter(level__period__programme=programme).prefetch_related("regions")
    for network in here.order_by("name_de"):
        for region in network.regions.all():
            networks[region.pk].append(network)
    lands = Concept.objects.filter(pk__in={*projects, *networks}, level="land").order_by("name_de")
    return [
        (land, Working(tuple(networks[land.pk]), projects.get(land.pk, 0))) for land in lands.select_related("facet")
    ]
