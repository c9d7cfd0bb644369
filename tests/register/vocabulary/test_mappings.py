"""What a concept of ours is in another vocabulary."""

import pytest
from django.test import Client
from django.urls import reverse

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.people.models import Account
from nahtstelle.register.vocabulary import actions, queries
from nahtstelle.register.vocabulary.models import Concept, Mapping
from tests.cast import come_in, facet

pytestmark = pytest.mark.django_db
BY = system("tests")


@pytest.fixture
def ours(now: object) -> Concept:
    return concept("theme", "Flüchtlinge", "Refugees")


@pytest.fixture
def theirs(now: object) -> Concept:
    return concept("stw", "Asylsuchende", "Asylum seekers")


def concept(key: str, german: str, english: str) -> Concept:
    from datetime import UTC, datetime

    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    return actions.add_concept(facet=facet(key, key, key), name_de=german, name_en=english, by=BY, at=at)


def test_a_word_of_the_other_vocabulary_leads_to_our_concept(ours: Concept, theirs: Concept, now: object) -> None:
    actions.map_concept(ours=ours, theirs=theirs, relation="closeMatch", by=BY, at=now)
    assert queries.mapped_from(["asylsuchende", "anderes"]) == [("asylsuchende", ours.key, "closeMatch")]


def test_mapping_again_changes_the_relation_and_the_same_again_nothing(
    ours: Concept, theirs: Concept, now: object
) -> None:
    for relation in ("closeMatch", "exactMatch", "exactMatch"):
        actions.map_concept(ours=ours, theirs=theirs, relation=relation, by=BY, at=now)
    assert Mapping.objects.get().relation == "exactMatch"
    assert Entry.objects.filter(fact="vocabulary.ConceptMapped").count() == 2


def test_concepts_of_one_facet_are_not_mapped(ours: Concept, now: object) -> None:
    with pytest.raises(Refusal):
        actions.map_concept(
            ours=ours, theirs=concept("theme", "Wohnen", "Housing"), relation="exactMatch", by=BY, at=now
        )


def test_a_mapping_is_made_by_any_name_and_taken_away(ours: Concept, theirs: Concept, emre: Account) -> None:
    client = come_in(Client(), emre)
    address = reverse("vocabulary:mappings", args=[ours.key])
    assert "Noch keine Zuordnungen" in client.get(address).content.decode()
    for words in ("Asylum seekers", theirs.key):
        assert client.post(address, {"theirs": words, "relation": "broadMatch"}).status_code == 302
    assert Mapping.objects.get().theirs == theirs
    assert "Asylsuchende" in client.get(reverse("vocabulary:concept", args=[ours.key])).content.decode()
    for _twice in range(2):
        client.post(reverse("vocabulary:remove-mapping", args=[ours.key]), {"theirs": str(theirs.pk)})
    assert not Mapping.objects.exists()


def test_an_unknown_word_gets_a_sentence(ours: Concept, emre: Account) -> None:
    answer = come_in(Client(), emre).post(
        reverse("vocabulary:mappings", args=[ours.key]), {"theirs": "Quatsch", "relation": "exactMatch"}
    )
    assert (answer.status_code, "heißt so" in answer.content.decode()) == (422, True)


def test_mappings_are_kept_by_those_who_keep_the_vocabulary(
    ours: Concept, theirs: Concept, emre: Account, tariq: Account
) -> None:
    address = reverse("vocabulary:mappings", args=[ours.key])
    assert come_in(Client(), emre).get(address).status_code == 200  # it could leak
    assert come_in(Client(), tariq).get(address).status_code == 403
    come_in(Client(), tariq).post(address, {"theirs": theirs.key, "relation": "exactMatch"})
    assert not Mapping.objects.exists()
