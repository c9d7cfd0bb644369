"""The pages of duplicates: who may, what they show, what two persons and two clicks do."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nahtstelle.engines.literature import linking
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions.merging import merge
from nahtstelle.rooms.library.actions.pairs import keep_apart
from nahtstelle.rooms.library.models import Import, Merge, Pair, Work
from nahtstelle.rooms.library.presenters.duplicates import history_of
from nahtstelle.rooms.library.presenters.reasons import DOUBTS, HELD, REASONS
from nahtstelle.rooms.library.presenters.side_by_side import differing, lines_of
from tests.cast import come_in
from tests.rooms.library import stock
from tests.rooms.library.pools import BY, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return one_pair(1)


def one_pair(number: int, batch: Import | None = None) -> Pair:
    one = stock.work(f"one{number}", title=f"Wege in Arbeit {number}", pages="1-9")
    two = stock.work(f"two{number}", title=f"Wege in die Arbeit {number}", publisher="Verlag")
    return Pair.objects.create(
        one=one, two=two, certainty=0.8 - number / 100, reasons=["same year"], doubt="a word differs", batch=batch
    )


def signed_in(somebody: Account) -> Client:
    return come_in(Client(), somebody)


def decide(somebody: Account, pair: Pair, decision: str, **more: Any) -> Any:
    values = {"decision": decision, "kept": pair.one_id, **more}
    return signed_in(somebody).post(reverse("library:pair", args=[pair.pk]), values, follow=True)


def addresses(pair: Pair) -> Iterator[tuple[str, bool]]:
    """Each with whether all of the staff may read it."""
    done = merge(kept=stock.work("kept"), absorbed=stock.work("gone"), choices={}, by=BY, at=NOW)
    yield reverse("library:pairs"), True
    yield reverse("library:merges"), True
    yield reverse("library:pair", args=[pair.pk]), False
    yield reverse("library:other", args=[pair.one_id]), False
    yield reverse("library:by-hand", args=[pair.one_id, pair.two_id]), False
    yield reverse("library:part", args=[done.pk]), False


def test_the_pages_are_for_the_staff_and_deciding_is_for_librarians(
    pair: Pair, emre: Account, sam: Account, tariq: Account, stranger: Account
) -> None:
    for address, for_all_staff in addresses(pair):
        assert signed_in(emre).get(address).status_code == 200  # it could leak
        assert signed_in(sam).get(address).status_code == (200 if for_all_staff else 403)
        for refused in (tariq, stranger):
            assert signed_in(refused).get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_nobody_else_decides_merges_or_parts(pair: Pair, sam: Account, tariq: Account) -> None:
    for address, for_all_staff in addresses(pair):
        for refused in (sam, tariq):
            answer = signed_in(refused).post(address, {"decision": "same", "kept": pair.one_id})
            assert for_all_staff or answer.status_code == 403
    assert Pair.objects.get(pk=pair.pk).state == "open"
    assert Merge.objects.get().undone_at is None


def test_the_empty_list_teaches(emre: Account) -> None:
    page = signed_in(emre).get(reverse("library:pairs")).content.decode()
    assert "Kein Paar wartet" in page
    assert "Nach jedem Import" in page


def test_the_list_says_from_where_on_the_machine_merges(pair: Pair, emre: Account) -> None:
    page = signed_in(emre).get(reverse("library:pairs")).content.decode()
    assert "mit 90 % und mehr" in page
    assert "Die Titel unterscheiden sich in einem Wort" in page


def test_the_list_has_the_same_number_of_statements_whatever_its_length(emre: Account) -> None:
    counted = []
    for numbers in (range(3), range(3, 20)):
        for number in numbers:
            one_pair(number, stock.delivery())
        client = signed_in(emre)
        client.get(reverse("library:pairs"))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("library:pairs"))
        counted.append(len(caught))
    assert counted[0] == counted[1]


def test_the_list_is_filtered_by_import_and_stays_so_while_deciding(emre: Account) -> None:
    batch = stock.delivery("PubMed")
    mine, _other = one_pair(1, batch), one_pair(2, stock.delivery())
    page = signed_in(emre).get(reverse("library:pairs"), {"import": batch.pk}).content.decode()
    assert (page.count("Wege in Arbeit 1"), page.count("Wege in Arbeit 2")) == (1, 0)
    address = f"{reverse('library:pair', args=[mine.pk])}?import={batch.pk}"
    answer = signed_in(emre).post(address, {"decision": "apart"})
    assert answer.url == f"{reverse('library:pairs')}?import={batch.pk}"


def test_the_pair_shows_reasons_doubt_and_the_words_that_differ(pair: Pair, emre: Account) -> None:
    page = signed_in(emre).get(reverse("library:pair", args=[pair.pk])).content.decode()
    assert "Die Titel unterscheiden sich in einem Wort, das den Sinn ändern kann." in page
    assert "Übereinstimmend: dasselbe Jahr." in page
    assert "Wege in <mark>die </mark>Arbeit 1" in page


def test_the_fuller_wording_is_preselected_and_what_a_person_set_before_it() -> None:
    one = stock.work("one", title="Wege in Arbeit und Beruf")
    two = stock.work("two", title="Wege in Arbeit")
    assert {line.name: line.choice for line in lines_of(one, two)}["title"] == "one"
    two.provenance = {"title": "person"}
    assert {line.name: line.choice for line in lines_of(one, two)}["title"] == "two"


def test_the_same_merges_field_by_field_and_the_next_pair_comes(emre: Account) -> None:
    first, second = one_pair(1), one_pair(2)
    answer = decide(emre, first, "same", **{"field-title": "two"})
    assert answer.redirect_chain[-1][0] == reverse("library:pair", args=[second.pk])
    kept = Work.objects.get(pk=first.one_id)
    assert kept.title == "Wege in die Arbeit 1"
    assert Work.objects.get(pk=first.two_id).merged_into == kept
    assert Merge.objects.get().by == emre


def test_either_work_may_stay(pair: Pair, emre: Account) -> None:
    decide(emre, pair, "same", kept=pair.two_id, **{"field-title": "one"})
    assert Work.objects.get(pk=pair.two_id).title == "Wege in Arbeit 1"
    assert Work.objects.get(pk=pair.one_id).merged_into_id == pair.two_id


def test_two_works_are_told_apart(pair: Pair, emre: Account) -> None:
    answer = decide(emre, pair, "apart")
    assert (Pair.objects.get().state, Pair.objects.get().decided_by) == ("apart", emre)
    assert "Alle Paare sind entschieden." in answer.content.decode()


def test_later_leaves_the_pair_open_and_goes_on(emre: Account) -> None:
    first, second = one_pair(1), one_pair(2)
    answer = decide(emre, first, "later")
    assert answer.redirect_chain[-1][0] == reverse("library:pair", args=[second.pk])
    assert Pair.objects.filter(state="open").count() == 2


@pytest.mark.parametrize(
    "values", [{"decision": "nonsense"}, {"decision": "same", "kept": "x"}, {"decision": "same", "kept": "0"}]
)
def test_nonsense_gets_a_sentence_and_changes_nothing(pair: Pair, emre: Account, values: dict[str, str]) -> None:
    answer = signed_in(emre).post(reverse("library:pair", args=[pair.pk]), values, follow=True)
    assert "Bitte" in answer.content.decode()
    assert Pair.objects.get().state == "open"


def test_whoever_comes_second_reads_who_was_first_and_gets_the_next(emre: Account, ruth: Account) -> None:
    first, second = one_pair(1), one_pair(2)
    keep_apart(pair=first, by=ruth.actor, at=NOW)
    answer = decide(emre, first, "same")
    page = answer.content.decode()
    assert "Ruth hat über dieses Paar inzwischen entschieden: zwei Werke." in page
    assert answer.redirect_chain[-1][0] == reverse("library:pair", args=[second.pk])
    assert not Merge.objects.exists()


def test_sending_twice_decides_once(pair: Pair, emre: Account) -> None:
    decide(emre, pair, "same")
    answer = decide(emre, pair, "same")
    assert "inzwischen" not in answer.content.decode()
    assert Merge.objects.count() == 1


def test_two_cards_are_refused_with_what_to_do(pair: Pair, emre: Account, jana: Account) -> None:
    for work in (pair.one, pair.two):
        stock.card(work, jana)
    answer = decide(emre, pair, "same")
    assert "ziehen Sie zuerst eine der Karten zurück" in answer.content.decode()
    assert not Merge.objects.exists()


def test_any_two_works_are_merged_by_hand_and_parted_again(emre: Account) -> None:
    one, two = stock.work("klee2021", folded="klee wege"), stock.work("klee2021a", folded="klee pfade", title="Pfade")
    client = signed_in(emre)
    found = client.get(reverse("library:other", args=[one.pk]), {"q": "Pfade"}).content.decode()
    address = reverse("library:by-hand", args=[one.pk, two.pk])
    assert address in found
    assert "Pfade" in client.get(address).content.decode()
    for _twice in range(2):
        client.post(address, {"kept": one.pk, "field-title": "two"})
    done = Merge.objects.get()
    assert Work.objects.get(pk=one.pk).title == "Pfade"
    assert "klee2021a" in client.get(reverse("library:part", args=[done.pk])).content.decode()
    for _twice in range(2):
        assert client.post(reverse("library:part", args=[done.pk])).status_code == 302
    assert Work.objects.filter(merged_into=None).count() == 2


def test_the_history_of_a_work_names_reasons_people_and_the_way_back(emre: Account) -> None:
    one, two = stock.work("one"), stock.work("two")
    merge(kept=one, absorbed=two, choices={}, reasons=["same DOI"], certainty=0.97, by=emre.actor, at=NOW)
    (row,) = history_of(one, may_part=True)["rows"]
    assert row[2] == {"text": "Übereinstimmend: dieselbe DOI.", "note": "97 %"}
    assert row[3] == "Emre"
    assert row[5]["actions"][0]["url"] == reverse("library:part", args=[Merge.objects.get().pk])
    assert history_of(one, may_part=False)["rows"][0][5]["actions"] == []


def test_merges_are_found_by_name_and_by_who_did_them(emre: Account) -> None:
    merge(kept=stock.work("a"), absorbed=stock.work("b", title="Bus", folded="bus"), choices={}, by=emre.actor, at=NOW)
    merge(kept=stock.work("c"), absorbed=stock.work("d", title="Bahn", folded="bahn"), choices={}, by=BY, at=NOW)
    client = signed_in(emre)
    page = client.get(reverse("library:merges"), {"q": "Bus"}).content.decode()
    assert ("Bus" in page, "Bahn" in page) == (True, False)
    page = client.get(reverse("library:merges"), {"who": "machine"}).content.decode()
    assert (">Bus" in page, "Bahn" in page) == (False, True)


def test_every_reason_and_doubt_of_the_engine_is_a_sentence() -> None:
    source = "".join(path.read_text() for path in Path(linking.__file__).parent.glob("*.py"))
    judging = (Path(linking.__file__).parent / "judging.py").read_text()
    forbidden = re.findall(
        r'return "([^"]{6,})"', judging[judging.index("def _forbidden") : judging.index("def _numbers_clash")]
    )
    person = judging[judging.index("def _needs_person") : judging.index("def _forbidden")]
    doubts = re.findall(r'return "([a-z][^"]{6,})"', person) + re.findall(r'else "([a-z][^"]+)"', person)
    reasons = re.findall(r'"((?:same|similar|some of|authors of|nothing) [^"]+)"', judging + source)
    assert forbidden and doubts and reasons
    assert [code for code in forbidden if code not in HELD] == []
    assert [code for code in doubts if code not in DOUBTS] == []
    assert [code for code in set(reasons) if code not in REASONS] == []


def test_words_are_marked_where_the_other_side_has_others() -> None:
    ours, theirs = differing("Ausbildung in Bremen", "Ausbildung in Kiel")
    assert [piece for piece in ours if piece.marked] == [("Bremen", True)]
    assert [piece for piece in theirs if piece.marked] == [("Kiel", True)]
    assert "".join(piece.text for piece in ours) == "Ausbildung in Bremen"
