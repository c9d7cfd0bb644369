"""Imports: prepared, carried out whole, undone whole."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import translation

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Entry, Touch
from nahtstelle.register.organisations.models import Organisation
from nahtstelle.register.vocabulary import actions
from nahtstelle.register.vocabulary.models import Batch, Concept, Facet
from nahtstelle.register.vocabulary.queries import concepts_called
from nahtstelle.register.vocabulary.states import states_of
from nahtstelle.register.vocabulary.values import FacetValue, Vocabulary
from tests.register.vocabulary.exchange import address, turtle, written_out
from tests.register.vocabulary.making import SMALL, concept

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
INTO = FacetValue("x", "Ix", "Ex", 9)
TWO = turtle("""ex:a a skos:Concept; skos:prefLabel "Eins"@de, "One"@en.
                ex:b a skos:Concept; skos:prefLabel "Zwei"@de, "Two"@en; skos:broader ex:a; skos:altLabel "Zwo"@de.""")


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


def prepare(by: Actor, content: bytes = TWO, target: FacetValue | None = INTO, name: str = "x.ttl") -> Batch:
    return actions.prepare_import(content=content, file_name=name, target=target, by=by, at=AT)


def carry_out(batch: Batch, by: Actor) -> Batch:
    actions.carry_out_import(batch=batch, address=address, by=by, at=AT)
    batch.refresh_from_db()
    return batch


def everything() -> tuple[object, ...]:
    return states_of(Concept.objects.all()), sorted(Facet.objects.values_list("key", flat=True))


def test_preparing_changes_nothing(by: Actor, small: Vocabulary) -> None:
    before = everything()
    prepare(by)
    assert everything() == before


def test_importing_makes_the_facet_and_its_concepts(by: Actor, db: None) -> None:
    batch = carry_out(prepare(by), by)
    values = states_of(Concept.objects.all())
    assert sorted((v.key, v.name_de, tuple(v.broader)) for v in values.values()) == [
        ("x-a", "Eins", ()), ("x-b", "Zwei", ("x-a",)),
    ]  # fmt: skip
    assert batch.facet == Facet.objects.get(key="x")
    assert Entry.objects.latest("id").payload == {"batch_id": batch.pk, "created": 2, "changed": 0}


def test_imported_words_are_found(by: Actor, db: None) -> None:
    carry_out(prepare(by), by)
    assert [c.key for c in concepts_called("zwo")] == ["x-b"]


def test_a_file_with_errors_is_not_imported_at_all(by: Actor, db: None) -> None:
    batch = prepare(by, TWO + b"ex:c a skos:Concept .")
    with pytest.raises(NotNow, match="The file has errors; nothing of it is imported"):
        carry_out(batch, by)
    assert (Concept.objects.count(), Facet.objects.count()) == (0, 0)


def test_an_import_is_carried_out_once(by: Actor, db: None) -> None:
    batch = carry_out(prepare(by), by)
    with pytest.raises(NotNow, match="already carried out"):
        carry_out(batch, by)


def test_undoing_leaves_everything_as_it_was(by: Actor, small: Vocabulary) -> None:
    before = everything()
    said_otherwise = [replace(value, name_en=value.name_en + "!") for value in SMALL.concepts]
    fresh = concept("st-neu", broader=frozenset({"st-duldung"}))
    content = written_out(Vocabulary(SMALL.facets, (*said_otherwise, fresh)), "ttl")
    batch = carry_out(prepare(by, content, target=None), by)
    assert Entry.objects.latest("id").payload == {"batch_id": batch.pk, "created": 1, "changed": 7}
    assert everything() != before
    actions.undo_import(batch=batch, by=by, at=AT)
    assert everything() == before


def test_undoing_takes_an_emptied_facet_away(by: Actor, db: None) -> None:
    batch = carry_out(prepare(by), by)
    actions.undo_import(batch=batch, by=by, at=AT)
    assert (Concept.objects.count(), Facet.objects.count()) == (0, 0)


def test_undoing_twice_is_refused(by: Actor, db: None) -> None:
    batch = carry_out(prepare(by), by)
    actions.undo_import(batch=batch, by=by, at=AT)
    with pytest.raises(NotNow, match="already undone"):
        actions.undo_import(batch=batch, by=by, at=AT)


def test_undoing_what_was_changed_since_is_refused_by_name(by: Actor, db: None) -> None:
    batch = carry_out(prepare(by), by)
    changed = Concept.objects.get(key="x-a")
    actions.change_concept(concept=changed, note_de="Wichtig", by=by, at=AT + timedelta(hours=1))
    with pytest.raises(NotNow, match="Changed since the import: One"):
        actions.undo_import(batch=batch, by=by, at=AT)
    assert Concept.objects.count() == 2


def test_undoing_what_is_in_use_is_refused(by: Actor, small: Vocabulary) -> None:
    batch = carry_out(prepare(by), by)
    Organisation.objects.create(slug="o", name="O", kind=Concept.objects.get(key="x-a"))
    with pytest.raises(NotNow, match="Imported concepts are in use: 1 × organisations"):
        actions.undo_import(batch=batch, by=by, at=AT)


def test_undoing_what_others_point_at_is_refused(by: Actor, small: Vocabulary, duldung: Concept) -> None:
    batch = carry_out(prepare(by, TWO, FacetValue("status", "", "")), by)
    made = Concept.objects.get(key="status-a")
    actions.change_concept(concept=duldung, broader=[made], by=by, at=AT)
    with pytest.raises(NotNow, match="in use: 1 × other concepts"):
        actions.undo_import(batch=batch, by=by, at=AT)


def test_the_stw_thesaurus_is_imported_in_bounded_work(
    by: Actor, small: Vocabulary, shared_data: Path, django_assert_max_num_queries
) -> None:
    """6,244 concepts: read, fitted, stored and taken back; the work grows with hundreds of rows per statement."""
    content = (shared_data / "vocabulary" / "stw-9.06.ttl.gz").read_bytes()
    before = everything()
    with django_assert_max_num_queries(20):
        batch = prepare(by, content, FacetValue("stw", "STW", "STW", 20), "stw-9.06.ttl.gz")
    with django_assert_max_num_queries(600):
        carry_out(batch, by)
    assert Concept.objects.filter(facet__key="stw").count() == 6244
    assert Touch.objects.filter(entry=batch.entry).count() == 6245
    policy = Concept.objects.get(name_de="Migrationspolitik")
    assert (policy.name_en, policy.uri.startswith("http://zbw.eu/stw/")) == ("Immigration policy", True)
    assert (policy.broader.exists(), policy.related.exists()) == (True, True)
    again = prepare(by, content, FacetValue("stw", "STW", "STW", 20), "stw-9.06.ttl.gz")
    carry_out(again, by)
    assert again.entry is not None
    assert (again.entry.payload["created"], again.entry.payload["changed"]) == (0, 0)
    with django_assert_max_num_queries(600):
        actions.undo_import(batch=batch, by=by, at=AT)
    assert everything() == before
