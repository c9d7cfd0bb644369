"""The people, texts and the law of the reversal's story, as they stood in November 2023."""

import gzip
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.programmes.actions import load_structure
from nahtstelle.register.programmes.models import Engagement, Programme
from nahtstelle.register.vocabulary.actions import load_vocabulary
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.law import importing
from nahtstelle.rooms.outputs import actions as outputs
from nahtstelle.rooms.outputs.models import Output
from tests.cast import with_app
from tests.journeys.visitor import PASSWORD

BY = system("tests")
OLD, NEW = date(2023, 11, 15), date(2024, 3, 6)
Role = CentreRole.Role


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))


def official_file(shared_data: Path, day: date) -> bytes:
    """The Aufenthaltsgesetz as the official portal showed it on a day."""
    return gzip.decompress((shared_data / "laws" / day.isoformat() / "aufenthg_2004.xml.gz").read_bytes())


@dataclass(frozen=True, slots=True)
class Stage:
    training: Output  # cites § 60c
    employment: Output  # cites § 60d
    permit: Output  # cites § 60a Absatz 6 and § 60c
    board: Output  # cites § 61, which nobody touches


def set_stage(shared_data: Path) -> Stage:
    """Staff with roles, owners, practitioners in two programmes, the law of November 2023 and four published texts."""
    at = moment(OLD)
    load_vocabulary(by=BY, at=at)
    load_structure(by=BY, at=at)
    for name, role in (("Jana", Role.LEGAL), ("Emre", Role.EDITOR), ("Ruth", Role.LEAD), ("Farida", Role.RESEARCHER)):
        CentreRole.objects.create(person=_person(name), role=role)
    for name, programme, land, role in (
        ("Tariq", "ivaf", "DE-NI", Engagement.Role.ADVISER),
        ("Olaf", "ivaf", "DE-NI", Engagement.Role.PROJECT_LEAD),
        ("Ingrid", "iq", "DE-BY", Engagement.Role.ADVISER),
    ):
        region, programme_ = Concept.objects.get(key=land), Programme.objects.get(key=programme)
        Engagement.objects.create(person=_person(name), programme=programme_, region=region, role=role)
    take_in(official_file(shared_data, OLD), OLD)
    return Stage(
        training=_published("Ausbildungsduldung: Voraussetzungen", "§ 60c Absatz 1 AufenthG", "Farida"),
        employment=_published("Beschäftigungsduldung: Checkliste", "§ 60d Absatz 1 AufenthG", "Olaf"),
        permit=_published("Arbeiten mit Duldung", "§ 60a Absatz 6 AufenthG und § 60c AufenthG", "Farida"),
        board=_published("Wohnen mit Duldung", "§ 61 Absatz 1 AufenthG", "Farida"),
    )


def _person(name: str) -> Person:
    slug = name.lower()
    person = Person.objects.create(slug=slug, name=name, mail=f"{slug}@example.org")
    with_app(Account.objects.create(mail=person.mail, person=person, password=make_password(PASSWORD)))
    return person


def account_of(name: str) -> Account:
    return Account.objects.get(person__name=name)


def take_in(content: bytes, day: date) -> None:
    at = moment(day)
    batch = importing.give_files(
        source=f"{day}", files=[("aufenthg_2004.xml", content)], seen_on=day, complete=False, by=BY, at=at
    )
    deliver_all(at=at)
    batch.refresh_from_db()
    importing.confirm(batch, by=BY, at=at)
    deliver_all(at=at)


def _published(title: str, cited: str, owner: str) -> Output:
    """A text by Emre for its owner, signed off and published by Jana."""
    at, emre, jana = moment(OLD), account_of("Emre"), account_of("Jana")
    person = Person.objects.get(name=owner)
    output = outputs.start(
        title=title, kind=Concept.objects.get(key="out-guidance"), language="de", stand=OLD, account=emre, by=emre.actor,
        at=at, summary="Was Beratende wissen müssen.", body=f"## Rechtsgrundlage\n\nMaßgeblich ist {cited}.\n",
    )  # fmt: skip
    text = {name: getattr(output, name) for name in outputs.TEXT}
    output = outputs.save(
        output, started_from=output.revision, text=text, particulars={"owner_id": person.pk}, account=emre,
        by=emre.actor, at=at,
    ).output  # fmt: skip
    outputs.set_relations(output, authors=[person], programmes=[], concepts=[], account=emre, by=emre.actor, at=at)
    output = outputs.submit(output, account=emre, by=emre.actor, at=at)
    output = outputs.sign_off(output, revision=output.revision, account=jana, by=jana.actor, at=at)
    outputs.publish(output, account=jana, by=jana.actor, at=at)
    deliver_all(at=at)
    return Output.objects.get(pk=output.pk)
