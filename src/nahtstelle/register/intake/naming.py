"""Looking things up by what people call them, and saying what is nearest where nothing is called so."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from rapidfuzz import fuzz, process

from nahtstelle.register.organisations.models import Organisation
from nahtstelle.register.programmes.models import (
    ActionField,
    Engagement,
    FundingPeriod,
    Level,
    Network,
    Programme,
    Project,
)
from nahtstelle.register.vocabulary.folding import fold
from nahtstelle.register.vocabulary.models import Concept

NEAR_ENOUGH = 60  # per cent


class Names:
    """Things by their names and keys. Several may share one."""

    def __init__(self) -> None:
        self._ids: dict[str, set[Any]] = defaultdict(set)
        self._said: dict[str, str] = {}
        self._nearest: dict[str, str] = {}

    def add(self, thing: Any, names: Iterable[str]) -> None:
        """``names`` begin with the key; a sentence says the name instead."""
        key, *spoken = names
        for name in (*spoken, key):
            if folded := fold(name):
                self._ids[folded].add(thing)
                self._said.setdefault(folded, name if name != key else next(filter(None, spoken), key))

    def find(self, text: str) -> set[Any]:
        return self._ids.get(fold(text), set())

    def nearest(self, text: str) -> str:
        """The name most like ``text``; "" where none is."""
        folded = fold(text)
        if folded not in self._nearest:
            best = process.extractOne(folded, self._said.keys(), scorer=fuzz.WRatio, score_cutoff=NEAR_ENOUGH)
            self._nearest[folded] = self._said[best[0]] if best else ""
        return self._nearest[folded]


class Stock:
    """What is in the register, by name: loaded once per step, whatever the number of rows."""

    def __init__(self) -> None:
        self.programmes, self.periods, self.levels = Names(), Names(), Names()
        self.networks, self.projects, self.action_fields = Names(), Names(), Names()
        self.organisations, self.regions, self.stakeholders = Names(), Names(), Names()
        self.roles = Names()
        self.programme_of: dict[tuple[str, int], int] = {}  # (network or project, id) → programme
        self.period_of: dict[tuple[str, int], int] = {}  # (level, network, action_field) → period
        self.network_of: dict[int, int | None] = {}  # project → network
        self.region_of: dict[tuple[str, int], int | None] = {}
        self.span_of: dict[tuple[str, int], tuple[date | None, date | None]] = {}  # (level, network, project)
        self._load()

    def _load(self) -> None:
        for pk, *names in Programme.objects.values_list("pk", "key", "short_name", "name_de", "name_en"):
            self.programmes.add(pk, names)
        for pk, *names in FundingPeriod.objects.values_list("pk", "key", "name_de", "name_en"):
            self.periods.add(pk, names)
        rows = Level.objects.values_list(
            "pk", "period", "period__valid_from", "period__valid_until", "key", "name_de", "name_en"
        )
        for pk, period, valid_from, valid_until, *names in rows:
            self.levels.add(pk, names)
            self.period_of["level", pk] = period
            self.span_of["level", pk] = (valid_from, valid_until)
        for pk, period, *names in ActionField.objects.values_list("pk", "period", "key", "name_de", "name_en"):
            self.action_fields.add(pk, names)
            self.period_of["action_field", pk] = period
        self._load_networks()
        self._load_projects()
        self.organisations_loaded()
        for pk, facet, *names in Concept.objects.filter(facet__key__in=["region", "stakeholder"]).values_list(
            "pk", "facet__key", "key", "name_de", "name_en"
        ):
            (self.regions if facet == "region" else self.stakeholders).add(pk, names)
        for role in Engagement.Role:
            self.roles.add(role.value, [role.value, str(role.label), *ROLE_WORDS.get(role, ())])

    def _load_networks(self) -> None:
        regions: dict[int, list[int]] = defaultdict(list)
        for network, concept in Network.regions.through.objects.values_list("network_id", "concept_id"):
            regions[network].append(concept)
        rows = Network.objects.values_list(
            "pk", "level__period", "level__period__programme", "valid_from", "valid_until", "key", "name_de", "name_en"
        )  # fmt: skip
        for pk, period, programme, valid_from, valid_until, *names in rows:
            self.networks.add(pk, names)
            self.period_of["network", pk] = period
            self.programme_of["network", pk] = programme
            self.span_of["network", pk] = (valid_from, valid_until)
            self.region_of["network", pk] = regions[pk][0] if len(regions[pk]) == 1 else None

    def _load_projects(self) -> None:
        rows = Project.objects.values_list(
            "pk", "network", "region", "level__period__programme", "valid_from", "valid_until", "key", "name_de",
            "name_en",
        )  # fmt: skip
        for pk, network, region, programme, valid_from, valid_until, *names in rows:
            self.projects.add(pk, names)
            self.network_of[pk], self.region_of["project", pk] = network, region
            self.programme_of["project", pk] = programme
            self.span_of["project", pk] = (valid_from, valid_until)

    def organisations_loaded(self) -> None:
        for pk, name, slug in Organisation.objects.values_list("pk", "name", "slug"):
            self.organisations.add(pk, [slug, name])

    def running(self, kind: str, found: set[int], day: date) -> set[int]:
        """Of several of one name those that run on the day; all where none does."""
        on_day = {
            pk
            for pk in found
            if ((span := self.span_of[kind, pk])[0] is None or span[0] <= day) and (span[1] is None or span[1] >= day)
        }
        return on_day or found


Role = Engagement.Role
# What tables call the roles, beside our own words.
ROLE_WORDS: dict[str, tuple[str, ...]] = {
    Role.NETWORK_COORDINATOR: ("Netzwerkkoordination", "Koordination", "Koordinator*in", "coordinator"),
    Role.PROJECT_LEAD: ("Projektleitung", "Projektleiter*in", "Leitung", "project manager"),
    Role.ADVISER: ("Beratung", "Berater*in", "advisor", "counsellor"),
    Role.KUEMMERER: ("Kümmerer", "Kümmerer*in", "Begleitung", "support person"),
    Role.PR: ("Öffentlichkeitsarbeit", "PR", "public relations"),
    Role.FINANCE: ("Verwaltung", "Finanzen", "Verwaltung und Finanzen", "administration", "finance"),
    Role.EVALUATOR: ("Evaluation", "Evaluator*in"),
    Role.STEERING: ("Programmsteuerung", "Steuerung", "programme steering"),
    Role.FUNDER: ("Zuwendungsgeber", "Fördergeber", "Mittelgeber", "funder"),
}
