"""The main job on real law: AufenthG from 15 November 2023 to 6 March 2024, and 320 texts that cite it.

What the sweep says of every text is compared with a slow reckoning of its own: each citation is judged by the engine's
comparison of the two official files, one after the other, without the database.
"""

import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from nahtstelle.engines.lawtext.changed_parts import Concern, changed_parts
from nahtstelle.engines.lawtext.comparing import ChangeKind, NormChange, compare
from nahtstelle.engines.lawtext.reading import read_law
from nahtstelle.engines.lawtext.values import LawReading, NormKind
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.models import Delivery
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.vocabulary.models import Concept, Facet
from nahtstelle.rooms.law import importing
from nahtstelle.rooms.law.models import Provision, Reading
from nahtstelle.rooms.law.noticing import is_substance
from nahtstelle.rooms.outputs import citing
from nahtstelle.rooms.outputs.models import Edition, Impact, Output, Wave

TEXTS = 320
OLD, NEW = date(2023, 11, 15), date(2024, 3, 6)
BY = system("acceptance")
NAMES = {"A": "Absatz", "S": "Satz", "N": "Nummer", "B": "Buchstabe"}
GONE = {ChangeKind.REPEALED, ChangeKind.REMOVED, ChangeKind.MERGED}

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Cited:
    designation: str
    path: tuple[str, ...]

    @property
    def words(self) -> str:
        return " ".join([self.designation, *(f"{NAMES[step[0]]} {step[1:]}" for step in self.path), "AufenthG"])


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 8))


def official_file(shared_data: Path, day: date) -> bytes:
    return gzip.decompress((shared_data / "laws" / day.isoformat() / "aufenthg_2004.xml.gz").read_bytes())


def take_in(content: bytes, day: date) -> None:
    at = moment(day)
    batch = importing.give_files(
        source=str(day), files=[("aufenthg_2004.xml", content)], seen_on=day, complete=False, by=BY, at=at
    )
    deliver_all(at=at)
    batch.refresh_from_db()
    importing.confirm(batch, by=BY, at=at)
    deliver_all(at=at)
    assert not Delivery.objects.exclude(state=Delivery.State.DONE).exists()


def citations_to_draw_from(law: LawReading) -> list[Cited]:
    """Every provision and every part of it that people cite by a path of Absatz, Satz, Nummer, Buchstabe."""
    found = []
    for norm in law.norms:
        if norm.kind is NormKind.PROVISION and not norm.repealed:
            found.append(Cited(norm.designation, ()))
            found += [
                Cited(norm.designation, part.path)
                for part in norm.parts
                if [step[0] for step in part.path] in (["A"], ["A", "S"], ["A", "S", "N"], ["A", "S", "N", "B"])
            ]
    return found


def people() -> list[Person]:
    made = [
        Person.objects.create(slug=f"autorin-{n}", name=f"Autorin {n}", mail=f"autorin{n}@example.org")
        for n in range(12)
    ]
    for person in made:
        Account.objects.create(mail=person.mail, person=person, password="!")
        CentreRole.objects.create(person=person, role=CentreRole.Role.EDITOR)
    return made


def corpus(drawn: list[list[Cited]]) -> list[Output]:
    """Published texts with these citations in their running words."""
    facet = Facet.objects.create(key="output", name_de="Art", name_en="Kind")
    kind = Concept.objects.create(key="out-guidance", facet=facet, name_de="Handreichung", name_en="Guidance")
    owners, at = people(), moment(OLD)
    texts = []
    for number, citations in enumerate(drawn):
        body = "\n\n".join(f"Zu beachten ist {one.words} in der geltenden Fassung." for one in citations)
        output = Output.objects.create(
            slug=f"text-{number}", title=f"Text {number}", body=body, kind=kind, owner=owners[number % len(owners)],
            created_at=at, changed_at=at, published_at=at,
        )  # fmt: skip
        edition = Edition.objects.create(
            output=output, number=1, revision=1, stand=OLD, published_at=at, title=output.title, body=body
        )
        Output.objects.filter(pk=output.pk).update(edition=edition, state=Output.State.PUBLISHED)
        output.refresh_from_db()
        citing.refresh(output)
        citing.freeze(output)
        texts.append(output)
    return texts


def reckon(change: NormChange, citations: list[Cited]) -> str:
    """The verdict on one text for one changed provision, citation by citation."""
    if change.kind in GONE:
        return "repealed"
    assert change.old is not None and change.new is not None
    touched = changed_parts(change.old, change.new)
    concerns = [touched.concern(one.path) for one in citations if one.designation == change.old.designation]
    if Concern.CITED_PART in concerns:
        return "touched"
    return "renumbered" if change.kind is ChangeKind.RENUMBERED else "elsewhere"


@pytest.fixture
def readings(shared_data: Path) -> Iterator[tuple[bytes, bytes]]:
    yield official_file(shared_data, OLD), official_file(shared_data, NEW)


def test_every_text_gets_the_verdict_that_its_citations_deserve(readings: tuple[bytes, bytes]) -> None:
    old, new = (read_law(content) for content in readings)
    take_in(readings[0], OLD)
    chance = random.Random(60)
    choices = citations_to_draw_from(old)
    drawn = [chance.sample(choices, chance.randint(1, 6)) for _ in range(TEXTS)]
    texts = corpus(drawn)

    take_in(readings[1], NEW)

    changes = [c for c in compare(old, new) if is_substance(c) and c.old is not None]
    expected = {
        (text.slug, change.old.designation): reckon(change, citations)
        for text, citations in zip(texts, drawn, strict=True)
        for change in changes
        if any(one.designation == change.old.designation for one in citations)
    }
    found = {
        (impact.output.slug, impact.change.old_designation): impact.verdict
        for impact in Impact.objects.select_related("output", "change")
    }
    assert found == expected
    assert {"touched", "elsewhere"} <= set(found.values())


def test_each_owner_has_one_duty_for_each_text_and_readers_are_warned(readings: tuple[bytes, bytes]) -> None:
    take_in(readings[0], OLD)
    chance = random.Random(16)
    choices = citations_to_draw_from(read_law(readings[0]))
    texts = corpus([chance.sample(choices, 4) for _ in range(TEXTS)])

    take_in(readings[1], NEW)

    wave = Wave.objects.get()
    concerned = set(wave.impacts.values_list("output", flat=True))
    duties = Duty.objects.filter(cause=f"wave:{wave.pk}", state=Duty.State.OPEN)
    assert sorted(duties.values_list("subject_id", "owner")) == sorted(
        (text.pk, text.owner_id) for text in texts if text.pk in concerned
    )
    strongly = set(wave.impacts.filter(verdict__in=["touched", "repealed"]).values_list("output", flat=True))
    under_review = set(Output.objects.filter(state=Output.State.UNDER_REVIEW).values_list("pk", flat=True))
    assert under_review == strongly
    assert 0 < len(under_review) < TEXTS


def test_section_16g_arrives_and_section_60c_stays(readings: tuple[bytes, bytes]) -> None:
    take_in(readings[0], OLD)
    take_in(readings[1], NEW)

    newest = Reading.objects.latest("first_seen")
    kinds = dict(newest.changes.filter(substance=True).values_list("provision__designation", "kind"))
    assert kinds["§ 16g"] == "added"
    assert "§ 60c" not in kinds
    stayed = Provision.objects.get(designation="§ 60c")
    assert (stayed.gone, stayed.repealed) == (False, False)
