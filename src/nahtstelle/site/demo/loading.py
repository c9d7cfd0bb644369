"""Filling the demo centre: register, laws and outputs, in the order of time in which they came about.

The past is replayed through the same actions people use, so the demo's duties, waves and trails are real ones: an output
whose Stand lies before a change of law has an open review, one checked after it has none.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor, system
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.register.notices.models import Preference
from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.programmes.actions import load_structure
from nahtstelle.register.programmes.models import (
    ActionField,
    Engagement,
    FundingPeriod,
    Level,
    Network,
    Programme,
    Project,
)
from nahtstelle.register.vocabulary.actions import load_vocabulary
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.law import importing
from nahtstelle.rooms.outputs import actions as outputs
from nahtstelle.rooms.outputs import rules as output_rules
from nahtstelle.rooms.outputs.models import Output

from .content_files import OutputFile, law_files, output_files, read_list
from .facts import DemoLoaded

BY = system("demo")
CENTRE_ROLES = set(CentreRole.Role.values)
# What is older than the demo's past is taken as known when it opens.
OPENED = date(2026, 3, 2)


def at(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def load_demo() -> None:
    """Load everything. Meant for an empty, migrated database."""
    load_vocabulary(by=BY, at=at(OPENED))
    load_structure(by=BY, at=at(OPENED))
    with transaction.atomic():
        _load_register()
        record(DemoLoaded(day=OPENED), by=BY, at=at(OPENED))
    for _day, _order, step in sorted(_past(), key=lambda entry: entry[:2]):
        step()


def _past() -> list[tuple[date, int, Callable[[], None]]]:
    """What happened, as (day, order within the day, what)."""
    events: list[tuple[date, int, Callable[[], None]]] = []
    laws: dict[date, list[tuple[str, bytes]]] = {}
    for day, name, content in law_files():
        laws.setdefault(day, []).append((name, content))
    for day, files in laws.items():
        events.append((day, 0, lambda day=day, files=files: import_laws(day, files)))  # type: ignore[misc]
    known: dict[str, Output] = {}
    for number, file in enumerate(output_files()):
        day = max(file.stand, OPENED)
        # Variants come after the text they follow, in the order of the files otherwise.
        order = 1000 + number if file.translation_of else number + 1
        events.append((day, order, lambda file=file: _bring_out(file, known)))  # type: ignore[misc]
    return events


def import_laws(day: date, files: list[tuple[str, bytes]], *, by: Actor = BY) -> None:
    """Import files seen on ``day`` and let everything follow from it."""
    moment = at(day, 7)
    batch = importing.give_files(source=f"Demo {day}", files=files, seen_on=day, complete=False, by=by, at=moment)
    deliver_all(at=moment)
    batch.refresh_from_db()
    importing.confirm(batch, by=by, at=moment)
    deliver_all(at=moment)


def _load_register() -> None:
    concepts = {concept.key: concept for concept in Concept.objects.all()}
    organisations = {
        row["slug"]: Organisation.objects.create(
            slug=row["slug"], name=row["name"], kind=concepts[row["kind"]], region=concepts.get(row.get("region", ""))
        )
        for row in read_list("organisations.yaml")
    }
    networks = {row["slug"]: _network(row, concepts) for row in read_list("networks.yaml")}
    for row in read_list("networks.yaml"):
        if row.get("follows"):
            networks[row["slug"]].predecessors.add(networks[row["follows"]])
    projects = {row["slug"]: _project(row, networks, organisations, concepts) for row in read_list("projects.yaml")}
    unusable = make_password(None)
    for row in read_list("people.yaml"):
        _person(row, unusable, organisations, networks, projects, concepts)


def _period(programme_key: str, period_key: str, day: date | None) -> FundingPeriod:
    """The funding period a demo entry names; the one that goes on in the demo only is made and marked as invented."""
    programme = Programme.objects.get(key=programme_key)
    if period_key == "fortfuehrung-demo":
        start = {"mobipro-eu": date(2021, 1, 1), "ivaf": date(2022, 1, 1)}[programme_key]
        return FundingPeriod.objects.get_or_create(
            key=f"{programme_key}-fortfuehrung-demo",
            defaults={
                "programme": programme,
                "name_de": f"{programme.short_name} (erfundene Fortführung der Demo)",
                "name_en": f"{programme.short_name} (invented continuation in the demo)",
                "valid_from": start,
                "valid_until": date(2028, 12, 31),
                "note_de": "Erfunden: In Wirklichkeit ist dieses Programm beendet.",
                "note_en": "Invented: in reality this programme has ended.",
            },
        )[0]
    first, _dash, last = period_key.partition("-")
    middle = date((int(first) + int(last)) // 2, 7, 1)
    return programme.periods.on(middle).order_by("-valid_from")[0]


def _level(period: FundingPeriod, name: str, rank: int) -> Level:
    known = period.levels.filter(name_de__icontains=name.split(" (")[0]).first()
    return known or Level.objects.create(period=period, key=slugify(name)[:60], name_de=name, rank=rank)


def _network(row: dict[str, Any], concepts: dict[str, Concept]) -> Network:
    period = _period(row["programme"], row["period"], None)
    network = Network.objects.create(
        key=row["slug"], level=_level(period, row["level"], 4), name_de=row["name"],
        valid_from=period.valid_from, valid_until=period.valid_until,
    )  # fmt: skip
    network.regions.add(concepts[row["region"]])
    return network


def _project(
    row: dict[str, Any], networks: dict[str, Network], organisations: dict[str, Organisation],
    concepts: dict[str, Concept],
) -> Project:  # fmt: skip
    period = _period(row["programme"], row["period"], None)
    field = ActionField.objects.get_or_create(
        period=period, key=slugify(row["field"])[:60], defaults={"name_de": row["field"], "position": 90}
    )[0]
    return Project.objects.create(
        key=row["slug"], level=_level(period, row["level"], 5), network=networks.get(row.get("network", "")),
        name_de=row["name"], carrier=organisations[row["traeger"]], action_field=field, place=row.get("place", ""),
        region=concepts.get(row.get("region", "")), valid_from=row["from"], valid_until=row.get("until"),
    )  # fmt: skip


def _person(
    row: dict[str, Any], unusable: str, organisations: dict[str, Organisation], networks: dict[str, Network],
    projects: dict[str, Project], concepts: dict[str, Concept],
) -> None:  # fmt: skip
    person = Person.objects.create(slug=row["slug"], name=row["name"], mail=row["mail"], language=row.get("language", "de"))
    Account.objects.create(mail=row["mail"], person=person, password=unusable)
    if row.get("organisation"):
        Membership.objects.create(person=person, organisation=organisations[row["organisation"]])
    for role in row.get("roles", ()):
        span = {"valid_from": role.get("from"), "valid_until": role.get("until")}
        if role["role"] in CENTRE_ROLES:
            CentreRole.objects.create(person=person, role=role["role"], **span)
        else:
            _engage(person, role, span, row, organisations, networks, projects, concepts)
    themes = [concepts[key] for key in row.get("interests", {}).get("themes", ()) if key in concepts]
    if themes:
        Preference.objects.create(person=person).themes.set(themes)


def _engage(
    person: Person, role: dict[str, Any], span: dict[str, Any], row: dict[str, Any],
    organisations: dict[str, Organisation], networks: dict[str, Network], projects: dict[str, Project],
    concepts: dict[str, Concept],
) -> None:  # fmt: skip
    if role["role"] not in Engagement.Role.values:
        return
    where = role["at"]
    if where in projects:
        project = projects[where]
        rows = [{"project": project, "network": project.network, "programme": project.level.period.programme,
                 "region": project.region}]  # fmt: skip
    elif where in networks:
        network = networks[where]
        rows = [{"network": network, "programme": network.level.period.programme, "region": network.regions.first()}]
    else:
        # For a whole programme, or for the programmes the person follows: funders, steering, authorities.
        region = organisations[where].region if where in organisations else None
        keys = row.get("interests", {}).get("programmes", ())
        rows = [{"programme": programme, "region": region} for programme in Programme.objects.filter(key__in=keys)]
    for values in rows:
        Engagement.objects.create(person=person, role=role["role"], **values, **span)


def _bring_out(file: OutputFile, known: dict[str, Output]) -> None:
    """Bring one output as far as its file says, by the hands of those who would."""
    moment = at(max(file.stand, OPENED))
    emre = Account.objects.get(person__slug="emre-aydin")
    base = known.get(file.translation_of) if file.translation_of else None
    output = outputs.start(
        title=file.title, summary=file.summary, body=file.body, kind=Concept.objects.get(key=file.kind),
        language=file.language, stand=file.stand, base=base, account=emre, by=emre.actor, at=moment,
    )  # fmt: skip
    Output.objects.filter(pk=output.pk).update(slug=file.slug)
    output.refresh_from_db()
    known[file.slug] = output
    owner = Person.objects.get(slug=file.owner)
    saved = outputs.save(
        output, started_from=output.revision, account=emre, by=emre.actor, at=moment,
        text={name: getattr(output, name) for name in outputs.TEXT},
        particulars={
            "owner_id": owner.pk, "audience": file.audience, "valid_from": file.valid_from,
            "valid_until": file.valid_until, "needs_release": file.funder_release,
            "checked_by": "Prüfgruppe der Demo (erfunden)" if file.language == "de-x-leicht" else "",
        },
    )  # fmt: skip
    output = saved.output
    authors = list(Person.objects.filter(slug__in=file.authors))
    outputs.set_relations(
        output, authors=authors, programmes=Programme.objects.filter(key__in=file.programmes),
        concepts=Concept.objects.filter(key__in=file.concepts), account=emre, by=emre.actor, at=moment,
    )  # fmt: skip
    _go_on(output, file, emre, moment)
    deliver_all(at=moment)


def _go_on(output: Output, file: OutputFile, emre: Account, moment: datetime) -> None:
    if file.state == "draft":
        return
    output = outputs.submit(output, account=emre, by=emre.actor, at=moment)
    if file.state == "in_review":
        return
    second = _second_pair_of_eyes(output, moment)
    output = outputs.sign_off(output, revision=output.revision, account=second, by=second.actor, at=moment)
    if file.state == "signed_off":
        return
    if output.needs_release:
        funder = Account.objects.get(person__slug="konrad-lehmbruck")
        if may(output_rules.check_may_release, funder, output, on=moment.date()):
            output = outputs.release(output, account=funder, by=funder.actor, at=moment)
        else:
            return
    outputs.publish(output, account=second, by=second.actor, at=moment)
    if file.state == "withdrawn":
        outputs.withdraw(
            output, why="Der Text beruhte auf einer Änderung, die nicht in Kraft getreten ist.", account=second,
            by=second.actor, at=moment,
        )  # fmt: skip


def _second_pair_of_eyes(output: Output, moment: datetime) -> Account:
    """Somebody who may sign this text off."""
    for account in Account.objects.filter(person__centre_roles__isnull=False).distinct().order_by("pk"):
        if may(output_rules.check_may_review, account, output, on=moment.date()):
            return account
    raise LookupError(f"Nobody in the demo may sign off {output.slug}.")
