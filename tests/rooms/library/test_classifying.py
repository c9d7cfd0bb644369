"""Concepts of works: proposed after an import, answered by people, learned from; mapped terms of thesauri count."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nahtstelle.engines.literature.records import Record as Said
from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.people.models import Account
from nahtstelle.register.vocabulary import actions as vocabulary
from nahtstelle.register.vocabulary.models import Concept, Facet
from nahtstelle.rooms.library.actions.classifying import decide, learn_anew, propose_for, propose_some
from nahtstelle.rooms.library.models import Classifier, Tag, Work
from nahtstelle.rooms.library.presenters.classifying import concepts_of
from tests.cast import come_in, facet
from tests.rooms.library import stock
from tests.rooms.library.pools import BY, NOW, deliver, link

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme() -> Facet:
    return facet("theme", "Thema", "Theme")


@pytest.fixture
def language(theme: Facet) -> Concept:
    return add(theme, "Spracherwerb", "Language learning")


def add(theme: Facet, german: str, english: str) -> Concept:
    return vocabulary.add_concept(facet=theme, name_de=german, name_en=english, by=BY, at=NOW)


def page(somebody: Account, name: str, *args: Any) -> Any:
    return come_in(Client(), somebody).get(reverse(f"library:{name}", args=args))


def tags(work: Work) -> list[tuple[str, str]]:
    return list(Tag.objects.filter(work=work).order_by("concept__key").values_list("concept__name_de", "state"))


def test_after_an_import_concepts_are_proposed_with_what_speaks_for_them(language: Concept) -> None:
    records = deliver(
        [Said(title="Spracherwerb im Betrieb"), Said(title="Language learning at work"), Said(title="Anderes")]
    )
    Work.objects.filter(pk=records[2].work_id).update(abstract="Vom Spracherwerbs-Projekt.")
    batch = link(records)
    assert propose_some(batch=batch, after=0, by=BY, at=NOW)
    assert not propose_some(batch=batch, after=3, by=BY, at=NOW)
    assert list(Tag.objects.order_by("work").values_list("reasons", "model")) == [
        (["spracherwerb"], "labels"), (["language learning"], "labels"), (["spracherwerbs"], "labels"),
    ]  # fmt: skip


def test_what_a_person_answered_is_not_proposed_over(language: Concept, emre: Account) -> None:
    work = stock.work(title="Spracherwerb")
    propose_for([work], at=NOW)
    decide(work=work, answers={language.pk: False}, by=emre.actor, at=NOW)
    before = Tag.objects.values().get()
    assert propose_for([work], at=NOW) == 0
    assert Tag.objects.values().get() == before


def test_proposing_again_doubles_nothing(language: Concept) -> None:
    work = stock.work(title="Spracherwerb")
    assert (propose_for([work], at=NOW), propose_for([work], at=NOW)) == (1, 0)


def test_a_person_may_think_of_a_concept_and_think_again(language: Concept, emre: Account) -> None:
    work = stock.work(title="Ohne")
    for accepted in (True, True, False):
        decide(work=work, answers={language.pk: accepted}, by=emre.actor, at=NOW)
    assert tags(work) == [("Spracherwerb", "refused")]
    assert Entry.objects.filter(fact="library.ConceptDecided").count() == 2


def test_concepts_of_other_facets_and_of_signposts_are_refused(language: Concept, emre: Account) -> None:
    other = add(facet("output", "Produkt", "Output"), "Broschüre", "Booklet")
    work = stock.work()
    with pytest.raises(Refusal):
        decide(work=work, answers={other.pk: True}, by=emre.actor, at=NOW)
    work.merged_into = stock.work("other")
    work.save()
    with pytest.raises(NotNow):
        decide(work=work, answers={language.pk: True}, by=emre.actor, at=NOW)


def test_a_mapped_term_among_the_keywords_proposes_our_concept(language: Concept) -> None:
    thesaurus = add(facet("stw", "STW", "STW"), "Fremdsprachenunterricht", "Foreign language teaching")
    work = stock.work(title="Ohne", keywords=["Foreign language teaching"])
    assert propose_for([work], at=NOW) == 0
    vocabulary.map_concept(ours=language, theirs=thesaurus, relation="exactMatch", by=BY, at=NOW)
    assert propose_for([work], at=NOW) == 1
    assert Tag.objects.get().reasons == ["Foreign language teaching"]


def test_from_thirty_answers_on_the_machine_learns_and_says_how_good_it_is(language: Concept, emre: Account) -> None:
    for number in range(40):
        good = number % 2 == 0
        title = f"Kursplätze {number}" if good else f"Busfahrpläne {number}"
        abstract = "Grammatik und Aussprache" if good else "Linien und Takte"
        work = stock.work(f"w{number}", title=title, abstract=abstract)
        decide(work=work, answers={language.pk: good}, by=emre.actor, at=NOW)
    assert Entry.objects.filter(fact="library.LearningFellDue").count() == 2  # after each twenty
    state = learn_anew(by=BY, at=NOW)
    assert state is not None and (state.decisions, state.concepts) == (40, 1)
    assert (state.precision, state.labels_precision) == (1.0, 0.0)
    fresh = stock.work("fresh", title="Grammatik in Kursplätzen")
    assert propose_for([fresh], at=NOW) == 1
    assert Tag.objects.get(work=fresh).model == f"terms-{state.pk}"


def test_without_answers_nothing_is_learned() -> None:
    assert learn_anew(by=BY, at=NOW) is None


def test_the_list_and_the_quality_are_for_the_staff_and_answering_is_for_librarians(
    language: Concept, emre: Account, sam: Account, tariq: Account
) -> None:
    work = stock.work(title="Spracherwerb")
    propose_for([work], at=NOW)
    for name, args, for_all_staff in (
        ("concepts-waiting", [], True),
        ("concepts-quality", [], True),
        ("concepts", [work.pk], False),
    ):
        assert page(emre, name, *args).status_code == 200  # it could leak
        assert page(sam, name, *args).status_code == (200 if for_all_staff else 403)
        assert page(tariq, name, *args).status_code == 403
        assert Client().get(reverse(f"library:{name}", args=args)).status_code == 302
    for refused in (sam, tariq):
        come_in(Client(), refused).post(reverse("library:concepts", args=[work.pk]), {f"concept-{language.pk}": "yes"})
    assert Tag.objects.get().state == "proposed"


def test_works_are_worked_through_one_after_another(theme: Facet, language: Concept, emre: Account) -> None:
    housing = add(theme, "Wohnen", "Housing")
    one, two = stock.work("one", title="Spracherwerb"), stock.work("two", title="Spracherwerb und Wohnen")
    propose_for([one, two], at=NOW)
    client = come_in(Client(), emre)
    assert "Spracherwerb" in page(emre, "concepts-waiting").content.decode()
    answer = client.post(
        reverse("library:concepts", args=[one.pk]), {f"concept-{language.pk}": "yes", "concept": "housing"}
    )
    assert answer.url == reverse("library:concepts", args=[two.pk])
    assert tags(one) == [("Spracherwerb", "accepted"), ("Wohnen", "accepted")]
    shown = page(emre, "concepts", two.pk).content.decode()
    assert "wegen" in shown and housing.name_de in shown
    answers = {f"concept-{language.pk}": "no", f"concept-{housing.pk}": "yes"}
    answer = client.post(reverse("library:concepts", args=[two.pk]), answers)
    assert answer.url == reverse("library:concepts-waiting")
    assert "Kein Vorschlag wartet" in page(emre, "concepts-waiting").content.decode()
    assert [one["name"] for one in concepts_of(two, may_decide=True)["refused"]] == ["Spracherwerb"]


def test_a_word_that_is_no_concept_gets_a_sentence(language: Concept, emre: Account) -> None:
    work = stock.work()
    answer = come_in(Client(), emre).post(reverse("library:concepts", args=[work.pk]), {"concept": "Quatsch"})
    assert answer.status_code == 422
    assert "Kein Begriff für Werke heißt so." in answer.content.decode()


def test_the_quality_page_teaches_and_then_draws(language: Concept, emre: Account) -> None:
    assert "Noch nichts wurde gelernt" in page(emre, "concepts-quality").content.decode()
    for number in range(3):
        Classifier.objects.create(
            decisions=number, concepts=1, data=b"", works=9, precision=0.5 + number / 10, recall=0.5, labels_precision=0.4,
            labels_recall=0.3, seconds=1, at=NOW,
        )  # fmt: skip
    shown = page(emre, "concepts-quality").content.decode()
    assert "0,70" in shown and "<svg" in shown


def test_proposing_for_many_works_asks_no_more_often(language: Concept) -> None:
    counted = []
    for start, number in ((0, 2), (100, 30)):
        works = [stock.work(f"w{start + n}", title="Spracherwerb") for n in range(number)]
        with CaptureQueriesContext(connection) as caught:
            propose_for(works, at=NOW)
        counted.append(len(caught))
    assert counted[0] == counted[1]
