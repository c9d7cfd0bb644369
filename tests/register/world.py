"""A small world around the cast: two programmes, two networks, a project, an organisation, and who works there.

Nora coordinates the network in Lower Saxony, Pia advises in its project. Wim works in the other programme, in Bavaria;
Zoe worked with Nora until the end of 2024.
"""

from dataclasses import dataclass
from datetime import date

from django.test import Client

from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Engagement, FundingPeriod, Level, Network, Programme, Project
from nahtstelle.register.vocabulary.models import Concept, Facet
from tests.cast import come_in
from tests.register.cast import Cast, cast, person

Role = Engagement.Role


class SignIn:
    """``as_(people.bob).get(…)``: the client, signed in as somebody; ``as_(None)`` as nobody."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def __call__(self, somebody: Person | None) -> Client:
        if somebody is None:
            self.client.logout()
        else:
            come_in(self.client, somebody.account)
        return self.client


@dataclass(frozen=True, slots=True)
class World:
    people: Cast
    nora: Person
    pia: Person
    wim: Person
    zoe: Person
    germany: Concept
    saxony: Concept  # Lower Saxony
    bavaria: Concept
    carrier_kind: Concept
    iq: Programme
    wir: Programme
    period: FundingPeriod
    networks_level: Level
    projects_level: Level
    north: Network
    south: Network
    advice: Project
    carrier: Organisation


def _regions() -> tuple[Concept, Concept, Concept]:
    facet = Facet.objects.create(key="region", name_de="Region", name_en="Region")
    germany = Concept.objects.create(key="DE", facet=facet, name_de="Deutschland", name_en="Germany", level="bund")
    lands = [
        Concept.objects.create(key=key, facet=facet, name_de=de, name_en=en, level="land")
        for key, de, en in (("DE-NI", "Niedersachsen", "Lower Saxony"), ("DE-BY", "Bayern", "Bavaria"))
    ]
    for land in lands:
        land.broader.add(germany)
    return germany, lands[0], lands[1]


def _programme(key: str, name: str, start: date) -> tuple[Programme, FundingPeriod]:
    programme = Programme.objects.create(key=key, short_name=name, name_de=name, name_en=name, valid_from=start)
    period = FundingPeriod.objects.create(
        key=f"{key}-now", programme=programme, name_de=f"{name} jetzt", name_en=f"{name} now", valid_from=start
    )
    return programme, period


def world() -> World:
    germany, saxony, bavaria = _regions()
    kinds = Facet.objects.create(key="stakeholder", name_de="Akteursgruppe", name_en="Stakeholder kind", position=1)
    kind = Concept.objects.create(key="sh-traeger", facet=kinds, name_de="Träger", name_en="Carriers")
    iq, period = _programme("iq", "IQ", date(2023, 1, 1))
    wir, other = _programme("wir", "WIR", date(2022, 4, 19))
    rin = Level.objects.create(key="rin", period=period, rank=1, name_de="RIN", name_en="RIN", planned=23)
    parts = Level.objects.create(
        key="tv", period=period, rank=2, name_de="Teilvorhaben", name_en="Sub-project", planned=270,
        planned_is_about=True,
    )  # fmt: skip
    level = Level.objects.create(key="verbund", period=other, rank=1, name_de="Verbund", name_en="Network")
    north = Network.objects.create(
        key="rin-nord", level=rin, name_de="RIN Nord", name_en="RIN North", valid_from=date(2023, 1, 1)
    )
    south = Network.objects.create(key="wir-sued", level=level, name_de="WIR Süd", valid_from=date(2022, 10, 1))
    north.regions.add(saxony)
    south.regions.add(bavaria)
    carrier = Organisation.objects.create(slug="traeger-ev", name="Träger e. V.", kind=kind, region=saxony)
    advice = Project.objects.create(
        key="beratung-hannover", level=parts, network=north, carrier=carrier, region=saxony, place="Hannover",
        name_de="Beratung Hannover", name_en="Advice Hanover", valid_from=date(2023, 1, 1),
        valid_until=date(2099, 12, 31),
    )  # fmt: skip
    nora, pia, wim, zoe = (person(name) for name in ("Nora", "Pia", "Wim", "Zoe"))
    start = {"valid_from": date(2023, 1, 1)}
    Engagement.objects.create(
        person=nora, role=Role.NETWORK_COORDINATOR, programme=iq, network=north, region=saxony, **start
    )
    Engagement.objects.create(
        person=pia, role=Role.ADVISER, programme=iq, network=north, project=advice, region=saxony, **start
    )
    Engagement.objects.create(person=wim, role=Role.ADVISER, programme=wir, network=south, region=bavaria, **start)
    Engagement.objects.create(
        person=zoe, role=Role.ADVISER, programme=iq, network=north, region=saxony, valid_until=date(2024, 12, 31),
        **start,
    )  # fmt: skip
    Membership.objects.create(person=pia, organisation=carrier, function="Beraterin", valid_from=date(2023, 1, 1))
    Membership.objects.create(person=wim, organisation=carrier, function="Beirat")
    return World(
        cast(), nora, pia, wim, zoe, germany, saxony, bavaria, kind, iq, wir, period, rin, parts, north, south, advice,
        carrier,
    )  # fmt: skip
