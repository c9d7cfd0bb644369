from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.plumbing.ledger.queries import trail_of
from nahtstelle.register.vocabulary import actions, queries
from nahtstelle.register.vocabulary.models import Concept, Facet, Label
from nahtstelle.register.vocabulary.states import states_of, version_of
from nahtstelle.register.vocabulary.values import Vocabulary

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


def get(key: str) -> Concept:
    return Concept.objects.select_related("facet").get(key=key)


def test_a_new_concept_stands_at_the_end_with_a_key_of_its_name(by: Actor, small: Vocabulary, status: Facet) -> None:
    made = actions.add_concept(
        facet=status, name_de="Neuer Status", name_en="New status", broader=[get("st-duldung")], by=by, at=AT
    )
    assert (made.key, made.position, [c.key for c in made.broader.all()]) == ("status-neuer-status", 5, ["st-duldung"])
    assert Entry.objects.latest("id").fact == "vocabulary.ConceptAdded"
    assert [c.key for c in queries.concepts_called("new status")] == ["status-neuer-status"]


def test_a_second_concept_of_a_name_gets_a_number(by: Actor, small: Vocabulary, status: Facet) -> None:
    for _number in range(2):
        made = actions.add_concept(facet=status, name_de="Gleich", name_en="Same", by=by, at=AT)
    assert made.key == "status-gleich-2"


def test_a_taken_key_is_refused(by: Actor, small: Vocabulary, status: Facet) -> None:
    with pytest.raises(Refusal, match="The key st-duldung is taken"):
        actions.add_concept(facet=status, key="st-duldung", name_de="A", name_en="A", by=by, at=AT)


@pytest.mark.parametrize("names", [("", "One"), ("Eins", " ")])
def test_a_concept_without_both_names_is_refused(
    names: tuple[str, str], by: Actor, small: Vocabulary, status: Facet
) -> None:
    with pytest.raises(Refusal, match="needs a name in German and one in English"):
        actions.add_concept(facet=status, name_de=names[0], name_en=names[1], by=by, at=AT)
    assert Concept.objects.count() == 7


def test_a_change_is_in_the_trail_with_before_and_after(by: Actor, duldung: Concept) -> None:
    actions.change_concept(concept=duldung, name_en="Suspended", by=by, at=AT)
    touch = trail_of(duldung)[0]
    assert (touch.changes, touch.entry.actor) == ({"name_en": ["Tolerated persons", "Suspended"]}, by.ref)


def test_a_change_that_changes_nothing_leaves_no_trail(by: Actor, duldung: Concept) -> None:
    actions.change_concept(concept=duldung, name_en="Tolerated persons", by=by, at=AT)
    assert Entry.objects.count() == 1


def test_a_circle_is_refused_by_its_names(by: Actor, small: Vocabulary) -> None:
    with pytest.raises(Refusal) as caught:
        actions.change_concept(concept=get("st-gefluechtete"), broader=[get("st-ausbduldung")], by=by, at=AT)
    assert str(caught.value) == (
        "The broader concepts go in a circle: “Geflüchtete” → “Ausbildungsduldung” → “Geduldete” → “Geflüchtete”."
    )
    assert not get("st-gefluechtete").broader.exists()


def test_a_broader_concept_of_another_facet_is_refused(by: Actor, duldung: Concept) -> None:
    with pytest.raises(Refusal, match="DE-NI is not in the same facet"):
        actions.change_concept(concept=duldung, broader=[get("DE-NI")], by=by, at=AT)


def test_who_comes_second_is_told(by: Actor, duldung: Concept) -> None:
    seen = version_of(states_of(Concept.objects.filter(pk=duldung.pk))["st-duldung"])
    actions.change_concept(concept=duldung, name_en="First", seen=seen, by=by, at=AT)
    with pytest.raises(NotNow, match="Somebody else changed this concept"):
        actions.change_concept(concept=duldung, name_en="Second", seen=seen, by=by, at=AT)
    assert get("st-duldung").name_en == "First"


def test_a_label_is_found_once_it_is_added(by: Actor, duldung: Concept) -> None:
    actions.add_label(concept=duldung, language="UK", kind="alternative", text=" терпимі ", by=by, at=AT)
    assert [c.key for c in queries.concepts_called("терпимі")] == ["st-duldung"]
    assert Label.objects.get(text="терпимі").language == "uk"


@pytest.mark.parametrize(
    ("language", "text", "sentence"),
    [
        ("de", "Duldung", "is already a label"),
        ("de", "Geduldete", "is already the name"),
        ("xx", "Neu", "The language “xx” is not known"),
        ("de", "  ", "A label needs some text"),
    ],
)
def test_a_label_that_says_nothing_new_is_refused(
    language: str, text: str, sentence: str, by: Actor, duldung: Concept
) -> None:
    with pytest.raises(Refusal, match=sentence):
        actions.add_label(concept=duldung, language=language, kind="hidden", text=text, by=by, at=AT)


def test_a_removed_label_is_not_found_any_more(by: Actor, duldung: Concept) -> None:
    actions.remove_label(concept=duldung, language="de", text="Duldung", by=by, at=AT)
    assert not queries.concepts_called("Duldung").exists()


def test_an_ended_concept_stays_findable_and_names_its_successor(by: Actor, duldung: Concept) -> None:
    successor = get("st-ausbduldung")
    actions.end_concept(concept=duldung, last_day=date(2026, 12, 31), replaced_by=successor, by=by, at=AT)
    ended = get("st-duldung")
    assert (ended.valid_until, ended.replaced_by) == (date(2026, 12, 31), successor)
    assert queries.concepts_called("Duldung").exists()
    assert Entry.objects.latest("id").payload == {"concept_id": duldung.pk, "replaced_by_id": successor.pk}


def test_an_ended_concept_can_be_used_again(by: Actor, duldung: Concept) -> None:
    actions.end_concept(concept=duldung, last_day=date(2026, 12, 31), replaced_by=get("st-ausbduldung"), by=by, at=AT)
    actions.end_concept(concept=get("st-duldung"), last_day=None, by=by, at=AT)
    again = get("st-duldung")
    assert (again.valid_until, again.replaced_by) == (None, None)


def test_a_successor_that_leads_back_is_refused(by: Actor, duldung: Concept) -> None:
    other = get("st-ausbduldung")
    actions.end_concept(concept=duldung, last_day=date(2026, 12, 31), replaced_by=other, by=by, at=AT)
    with pytest.raises(Refusal, match="cannot be replaced by itself, not even by a detour"):
        actions.end_concept(concept=other, last_day=date(2026, 12, 31), replaced_by=duldung, by=by, at=AT)


def test_a_last_day_before_the_first_is_refused(by: Actor, small: Vocabulary) -> None:
    with pytest.raises(Refusal, match="The last day lies before the first"):
        actions.end_concept(concept=get("st-ausbduldung"), last_day=date(2016, 1, 1), by=by, at=AT)


@pytest.mark.parametrize("field", ["iso_code", "ags", "uri"])
def test_the_database_keeps_codes_unique(field: str, small: Vocabulary) -> None:
    Concept.objects.filter(key="DE").update(**{field: "XX"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Concept.objects.filter(key="DE-NI").update(**{field: "XX"})


def test_the_database_knows_no_concept_replaced_by_itself(duldung: Concept) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Concept.objects.filter(pk=duldung.pk).update(replaced_by=duldung)
