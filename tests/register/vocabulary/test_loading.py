from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.vocabulary import actions
from nahtstelle.register.vocabulary.actions import LoadReport, load_vocabulary
from nahtstelle.register.vocabulary.models import Concept, Facet, Label
from nahtstelle.register.vocabulary.ours import our_vocabulary
from nahtstelle.register.vocabulary.states import states_of
from nahtstelle.register.vocabulary.values import Vocabulary
from tests.register.vocabulary.making import SMALL, concept, labels

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 11, 23, 9, tzinfo=UTC)


def entries() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("fact", flat=True))


def without(key: str) -> Vocabulary:
    return Vocabulary(SMALL.facets, tuple(value for value in SMALL.concepts if value.key != key))


def changed(key: str, **fields: object) -> Vocabulary:
    return Vocabulary(SMALL.facets, tuple(replace(v, **fields) if v.key == key else v for v in SMALL.concepts))


def test_loading_makes_the_database_say_what_the_files_say(by: Actor, now: datetime) -> None:
    report = load_vocabulary(by=by, at=now)
    ours = our_vocabulary()
    assert report == LoadReport(created=len(ours.concepts), changed=0, unchanged=0, ended=0)
    assert states_of(Concept.objects.all()) == {value.key: value for value in ours.concepts}
    assert Facet.objects.count() == len(ours.facets)


def test_loading_twice_changes_nothing(by: Actor, now: datetime, small: Vocabulary) -> None:
    before = states_of(Concept.objects.all())
    report = load_vocabulary(by=by, at=now, vocabulary=SMALL)
    assert report == LoadReport(created=0, changed=0, unchanged=len(SMALL.concepts), ended=0)
    assert states_of(Concept.objects.all()) == before
    assert entries() == ["vocabulary.VocabularyLoaded"]


def test_loading_is_a_bounded_number_of_queries(by: Actor, now: datetime, django_assert_max_num_queries) -> None:
    # 330 concepts with their labels, spellings and links.
    with django_assert_max_num_queries(60):
        load_vocabulary(by=by, at=now)


def test_changed_names_are_reported_and_kept_in_the_trail(by: Actor, small: Vocabulary) -> None:
    report = load_vocabulary(by=by, at=LATER, vocabulary=changed("DE", name_en="Federal Republic"))
    assert report == LoadReport(created=0, changed=1, unchanged=len(SMALL.concepts) - 1, ended=0)
    last = Entry.objects.latest("id")
    assert [touch.changes for touch in last.touches.all()] == [{"name_en": ["Germany", "Federal Republic"]}]


def test_dropped_concepts_end_the_day_before(by: Actor, small: Vocabulary) -> None:
    report = load_vocabulary(by=by, at=LATER, vocabulary=without("st-ausbduldung"))
    assert report == LoadReport(created=0, changed=0, unchanged=len(SMALL.concepts) - 1, ended=1)
    assert Concept.objects.get(key="st-ausbduldung").valid_until == date(2026, 11, 22)


def test_dropped_concepts_come_back_when_the_file_has_them_again(by: Actor, small: Vocabulary) -> None:
    load_vocabulary(by=by, at=LATER, vocabulary=without("st-ausbduldung"))
    load_vocabulary(by=by, at=LATER, vocabulary=SMALL)
    assert Concept.objects.get(key="st-ausbduldung").valid_until is None


def test_concepts_of_others_are_left_alone(by: Actor, small: Vocabulary, status: Facet) -> None:
    actions.add_concept(facet=status, name_de="Eigenes", name_en="Own", by=by, at=LATER)
    load_vocabulary(by=by, at=LATER, vocabulary=SMALL)
    assert Concept.objects.get(key="status-eigenes").valid_until is None


def test_labels_of_people_stay(by: Actor, small: Vocabulary, duldung: Concept) -> None:
    actions.add_label(concept=duldung, language="en", kind="alternative", text="toleration", by=by, at=LATER)
    load_vocabulary(by=by, at=LATER, vocabulary=SMALL)
    assert Label.objects.filter(concept=duldung, text="toleration").exists()


def test_wording_of_people_stays(by: Actor, small: Vocabulary, duldung: Concept) -> None:
    actions.change_concept(concept=duldung, name_en="Persons with a Duldung", by=by, at=LATER)
    load_vocabulary(by=by, at=LATER, vocabulary=changed("st-duldung", name_en="Other", note_en="New note"))
    duldung.refresh_from_db()
    assert (duldung.name_en, duldung.note_en) == ("Persons with a Duldung", "New note")


def test_a_label_can_change_its_kind(by: Actor, small: Vocabulary, duldung: Concept) -> None:
    load_vocabulary(by=by, at=LATER, vocabulary=changed("st-duldung", labels=labels(outdated="Duldung")))
    assert list(duldung.labels.values_list("kind", "text")) == [("outdated", "Duldung")]


def test_codes_may_pass_from_one_concept_to_another(by: Actor, small: Vocabulary) -> None:
    swapped = {"DE-NI": ("DE-BY", "09"), "DE-BY": ("DE-NI", "03")}
    values = (
        replace(v, iso_code=swapped[v.key][0], ags=swapped[v.key][1]) if v.key in swapped else v for v in SMALL.concepts
    )
    load_vocabulary(by=by, at=LATER, vocabulary=Vocabulary(SMALL.facets, tuple(values)))
    assert Concept.objects.get(ags="03").key == "DE-BY"


def test_circles_in_the_files_are_refused_by_name(by: Actor, now: datetime) -> None:
    circle = Vocabulary(
        SMALL.facets,
        (concept("st-a", broader=frozenset({"st-b"})), concept("st-b", broader=frozenset({"st-a"}))),
    )
    with pytest.raises(ValueError, match="st-a → st-b → st-a"):
        load_vocabulary(by=by, at=now, vocabulary=circle)
    assert Concept.objects.count() == 0


def test_neighbours_that_do_not_exist_are_refused_by_name(by: Actor, now: datetime) -> None:
    broken = Vocabulary(SMALL.facets, (concept("st-a", replaced_by="st-x"),))
    with pytest.raises(ValueError, match="st-a names st-x"):
        load_vocabulary(by=by, at=now, vocabulary=broken)
