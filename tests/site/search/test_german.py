"""The search understands German: the words of the issue, one by one, on both databases."""

import pytest

from nahtstelle.engines.wording import Kind
from nahtstelle.register.vocabulary.models import Concept, Facet, Label
from nahtstelle.site.search.offers import concept_term, law_term, section_alone_term, section_term
from tests.site.search.making import find, offer, put, titles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stock(db: None) -> None:
    put(
        offer("Anerkennung", "Die Anerkennung und die Beratung."),
        offer("Beratung zur Anerkennung", "Wer berät zur Anerkennung?"),
        offer("Pflege", "Die Pflege braucht Kräfte, eine Kraft in der Pflege."),
        offer("Übergänge gestalten", "Der Übergang von der Straße in die Wohnung."),
        offer("Ganz anderes", "Von Sonne und Mond."),
        offer(
            "§ 60c BspG: Aufschub", "Der Aufschub wird erteilt.", source="provisions", key="p60c",
            about=(section_term("BspG", "60c"), section_alone_term("60c")), mentions=(law_term("BspG"),),
        ),
        offer("§ 16 SGB II", "Leistungen.", source="provisions", key="p16", about=(section_term("SGB II", "16"),)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Anerkennungen", "Anerkennung"),
        ("Anerkennungsberatung", "Beratung zur Anerkennung"),
        ("Pflegekräfte", "Pflege"),
        ("Uebergang", "Übergänge gestalten"),
        ("ubergange", "Übergänge gestalten"),
        ("STRASSEN", "Übergänge gestalten"),
        ("Anerkenung", "Anerkennung"),
        ("Pfelge", "Pflege"),
    ],
)
def test_other_forms_of_a_word_are_found(typed: str, title: str) -> None:
    assert title in titles(typed)
    assert "Ganz anderes" not in titles(typed)


@pytest.mark.parametrize(
    ("typed", "title"),
    [("SGB II § 16", "§ 16 SGB II"), ("sgb 2 16", "§ 16 SGB II"), ("§16 SGB II", "§ 16 SGB II"), ("§ 60c", "§ 60c BspG: Aufschub"),
     ("60c", "§ 60c BspG: Aufschub")],
)  # fmt: skip
def test_a_citation_may_be_typed_any_way(typed: str, title: str) -> None:
    assert titles(typed)[:1] == [title]


@pytest.fixture
def vocabulary(db: None) -> None:
    status = Facet.objects.create(key="status", name_de="Status", name_en="Status")
    concept = Concept.objects.create(
        key="st-x", facet=status, name_de="Aufschubinhaber", name_en="Holder of suspension"
    )
    Label.objects.create(concept=concept, language="de", kind=Label.Kind.OUTDATED, text="Duldungsmensch")


@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize(
    "typed", ["Duldungsmensch", "Duldungsmenschen", "holder of suspension", "holders of suspensions"]
)
def test_outdated_and_english_words_lead_to_what_is_tagged(typed: str) -> None:
    put(offer("Etikett", "Ohne jedes Wort davon.", mentions=(concept_term("st-x"),)))
    found = find(typed)
    assert [hit.page.title for hit in found.hits] == ["Etikett"]
    assert found.hits[0].ways[0].kind is Kind.CONCEPT


@pytest.mark.usefixtures("vocabulary")
def test_an_outdated_word_leads_to_the_present_one() -> None:
    put(offer("Text", "Für Aufschubinhaber."))
    assert find("Duldungsmensch").hits[0].ways[0].label == "Aufschubinhaber"


def test_a_law_is_found_by_its_long_name_and_its_short_one() -> None:
    put(offer("Leistungen", "Nach dem AsylbLG.", mentions=(law_term("AsylbLG"),)))
    assert titles("Asylbewerberleistungsgesetz") == titles("AsylbLG") == ["Leistungen"]


def test_a_correction_is_told() -> None:
    (correction,) = find("Anerkenung").understood.corrections
    assert (correction.typed, correction.meant) == ("Anerkenung", "Anerkennung")


def test_each_hit_has_its_reason() -> None:
    assert [hit.ways[0].kind for hit in find("Anerkennungsberatung").hits] == [Kind.PARTS, Kind.PARTS]


def test_few_hits_are_followed_by_what_comes_near() -> None:
    found = find("Anerkennung Sonne")
    assert not found.exact
    assert {"Anerkennung", "Ganz anderes"} <= {hit.page.title for hit in found.hits}


def test_words_in_quotation_marks_stand_together() -> None:
    assert titles('"Beratung zur Anerkennung"') == ["Beratung zur Anerkennung"]


def test_a_word_with_minus_is_absent() -> None:
    assert "Pflege" not in titles("Pflege -Kraft")


@pytest.mark.parametrize(
    "typed",
    ["", " ", "a" * 10_000, "wort " * 2000, "😀 🎉", "'; DROP TABLE search_page; --", '"', '"""', "a AND (", "NOT", "NEAR/3",
     "*", "Anerkennung:*", "title:x", "()", "\\", "' OR 1=1", "\0", "-", "--", "-Anerkennung", "§", "§§§§ 1", "ß", "İ", "نص", "中文"],
)  # fmt: skip
def test_anything_may_be_typed(typed: str) -> None:
    assert find(typed).counted.total >= 0
