"""The demo's people, organisations, networks and projects, written in bulk: nobody acted here, they are simply there."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from nahtstelle.register.notices.models import Preference
from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.programmes.models import (
    ActionField,
    Engagement,
    FundingPeriod,
    Level,
    Network,
    Programme,
    Project,
)
from nahtstelle.register.vocabulary.models import Concept

from .content_files import read_list

CENTRE_ROLES = set(CentreRole.Role.values)
GOES_ON = "fortfuehrung-demo"  # the period that goes on in the demo only
GOES_ON_SINCE = {"mobipro-eu": date(2021, 1, 1), "ivaf": date(2022, 1, 1)}
Row = dict[str, Any]


def populate() -> None:
    """Write the whole register of the demo; vocabulary and programmes must be there."""
    concepts = {concept.key: concept for concept in Concept.objects.all()}
    organisations = _organisations(concepts)
    places = Places(concepts)
    networks = _networks(places, concepts)
    projects = _projects(places, networks, organisations, concepts)
    _people(read_list("people.yaml"), organisations, networks, projects, concepts)


def _organisations(concepts: dict[str, Concept]) -> dict[str, Organisation]:
    made = Organisation.objects.bulk_create(
        Organisation(
            slug=row["slug"], name=row["name"], kind=concepts[row["kind"]], region=concepts.get(row.get("region", ""))
        )
        for row in read_list("organisations.yaml")
    )
    return {organisation.slug: organisation for organisation in made}


class Places:
    """Where in a programme something stands: its periods, levels and fields of action, each asked for once."""

    def __init__(self, concepts: dict[str, Concept]) -> None:
        self.concepts = concepts
        self.programmes = {programme.key: programme for programme in Programme.objects.all()}
        self._periods: dict[tuple[str, str], FundingPeriod] = {}
        self._levels: dict[tuple[int, str], Level] = {}
        self._fields: dict[tuple[int, str], ActionField] = {}

    def period(self, programme: str, period: str) -> FundingPeriod:
        known = (programme, period)
        if known not in self._periods:
            self._periods[known] = self._period(self.programmes[programme], period)
        return self._periods[known]

    def _period(self, programme: Programme, period: str) -> FundingPeriod:
        if period == GOES_ON:
            return FundingPeriod.objects.get_or_create(
                key=f"{programme.key}-{GOES_ON}",
                defaults={
                    "programme": programme,
                    "name_de": f"{programme.short_name} (erfundene Fortführung der Demo)",
                    "name_en": f"{programme.short_name} (invented continuation in the demo)",
                    "valid_from": GOES_ON_SINCE[programme.key],
                    "valid_until": date(2028, 12, 31),
                    "note_de": "Erfunden: In Wirklichkeit ist dieses Programm beendet.",
                    "note_en": "Invented: in reality this programme has ended.",
                },
            )[0]
        first, _dash, last = period.partition("-")
        middle = date((int(first) + int(last)) // 2, 7, 1)
        return programme.periods.on(middle).order_by("-valid_from")[0]

    def level(self, period: FundingPeriod, name: str, *, rank: int) -> Level:
        known = (period.pk, name)
        if known not in self._levels:
            there = period.levels.filter(name_de__icontains=name.split(" (")[0]).first()
            self._levels[known] = there or Level.objects.create(
                period=period, key=slugify(name)[:60], name_de=name, rank=rank
            )
        return self._levels[known]

    def field(self, period: FundingPeriod, name: str) -> ActionField:
        known = (period.pk, name)
        if known not in self._fields:
            self._fields[known] = ActionField.objects.get_or_create(
                period=period, key=slugify(name)[:60], defaults={"name_de": name, "position": 90}
            )[0]
        return self._fields[known]


def _networks(places: Places, concepts: dict[str, Concept]) -> dict[str, Network]:
    rows = read_list("networks.yaml")
    made = []
    for row in rows:
        period = places.period(row["programme"], row["period"])
        made.append(
            Network(
                key=row["slug"], level=places.level(period, row["level"], rank=4), name_de=row["name"],
                valid_from=period.valid_from, valid_until=period.valid_until,
            )
        )  # fmt: skip
    networks = {network.key: network for network in Network.objects.bulk_create(made)}
    Network.regions.through.objects.bulk_create(
        Network.regions.through(network=networks[row["slug"]], concept=concepts[row["region"]]) for row in rows
    )
    for row in rows:
        if row.get("follows"):
            networks[row["slug"]].predecessors.add(networks[row["follows"]])
    return networks


def _projects(
    places: Places, networks: dict[str, Network], organisations: dict[str, Organisation], concepts: dict[str, Concept]
) -> dict[str, Project]:
    made = []
    for row in read_list("projects.yaml"):
        period = places.period(row["programme"], row["period"])
        made.append(
            Project(
                key=row["slug"], level=places.level(period, row["level"], rank=5), name_de=row["name"],
                network=networks.get(row.get("network", "")), carrier=organisations[row["traeger"]],
                action_field=places.field(period, row["field"]), place=row.get("place", ""),
                region=concepts.get(row.get("region", "")), valid_from=row["from"], valid_until=row.get("until"),
            )
        )  # fmt: skip
    return {project.key: project for project in Project.objects.bulk_create(made)}


def _people(
    rows: list[Row], organisations: dict[str, Organisation], networks: dict[str, Network],
    projects: dict[str, Project], concepts: dict[str, Concept],
) -> None:  # fmt: skip
    unusable = make_password(None)
    made = Person.objects.bulk_create(
        Person(slug=row["slug"], name=row["name"], mail=row["mail"], language=row.get("language", "de")) for row in rows
    )
    people = {person.slug: person for person in made}
    Account.objects.bulk_create(
        Account(mail=row["mail"], person=people[row["slug"]], password=unusable) for row in rows
    )
    Membership.objects.bulk_create(
        Membership(person=people[row["slug"]], organisation=organisations[row["organisation"]])
        for row in rows
        if row.get("organisation")
    )
    regions = {network.pk: region for network in networks.values() for region in network.regions.all()[:1]}
    programmes = {programme.key: programme for programme in Programme.objects.all()}
    roles: list[CentreRole] = []
    engagements: list[Engagement] = []
    for row in rows:
        person = people[row["slug"]]
        for role in row.get("roles", ()):
            span = {"valid_from": role.get("from"), "valid_until": role.get("until")}
            if role["role"] in CENTRE_ROLES:
                roles.append(CentreRole(person=person, role=role["role"], **span))
            elif role["role"] in Engagement.Role.values:
                engagements += [
                    Engagement(person=person, role=role["role"], **where, **span)
                    for where in _where(role["at"], row, organisations, networks, projects, regions, programmes)
                ]
    CentreRole.objects.bulk_create(roles)
    Engagement.objects.bulk_create(engagements)
    _preferences(rows, people, concepts)


def _where(
    place: str, row: Row, organisations: dict[str, Organisation], networks: dict[str, Network],
    projects: dict[str, Project], regions: dict[int, Concept], programmes: dict[str, Programme],
) -> Iterable[Row]:  # fmt: skip
    if place in projects:
        project = projects[place]
        programme = project.level.period.programme
        return [{"project": project, "network": project.network, "programme": programme, "region": project.region}]
    if place in networks:
        network = networks[place]
        return [{"network": network, "programme": network.level.period.programme, "region": regions.get(network.pk)}]
    # For the programmes the person follows: funders, steering, authorities.
    region = organisations[place].region if place in organisations else None
    followed = row.get("interests", {}).get("programmes", ())
    return [{"programme": programmes[key], "region": region} for key in followed if key in programmes]


def _preferences(rows: list[Row], people: dict[str, Person], concepts: dict[str, Concept]) -> None:
    chosen = {row["slug"]: row.get("interests", {}).get("themes", ()) for row in rows}
    preferences = Preference.objects.bulk_create(
        Preference(person=people[slug]) for slug, themes in chosen.items() if any(key in concepts for key in themes)
    )
    Preference.themes.through.objects.bulk_create(
        Preference.themes.through(preference=preference, concept=concepts[key])
        for preference in preferences
        for key in chosen[preference.person.slug]
        if key in concepts
    )
