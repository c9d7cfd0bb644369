"""The pages of works: who may, what they show, what a person sets."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nahtstelle.register.vocabulary.models import Concept, Facet
from nahtstelle.rooms.library.actions import works as acting
from nahtstelle.rooms.library.models import Notice, Record, Tag, Work
from tests.register.cast import Cast
from tests.register.world import SignIn
from tests.rooms.library import stock
from tests.rooms.library.delivering import BY, reference, ris, taken, undone

pytestmark = pytest.mark.django_db
ONE = reference("Arbeit und Migration", key="1", doi="10.1234/eins", more="VL  - 7\nAB  - Worum es geht.")


def page(client: Any, name: str, *args: Any, **query: str) -> str:
    response = client.get(reverse(f"library:{name}", args=args), query)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def only() -> Work:
    return Work.objects.get()


def two_records() -> tuple[Work, Record, Record]:
    """One work that two sources describe differently."""
    taken(ris(ONE), source="Scopus")
    work = only()
    other = stock.delivery("EconBiz")
    record = stock.record(
        other, 1, work, title="Arbeit & Migration", year=2020, publisher="Verlag", kind="article-journal"
    )
    acting.put_together([work], at=timezone.now())
    work.refresh_from_db()
    return work, work.records.order_by("pk").first(), record


READING = ["works", "work", "work-export", "works-export"]
KEEPING = ["work-edit", "notice-new", "text-new", "notice-lift"]
POSTING = ["work-edit", "notice-new", "text-new", "notice-lift", "work-give-back", "work-record"]


def address(name: str, work: Work, notice: Notice) -> str:
    args = {
        "works": [], "works-export": ["ris"], "work-export": [work.pk, "ris"], "notice-lift": [work.pk, notice.pk],
        "work-record": [work.pk, work.records.get().pk],
    }  # fmt: skip
    return reverse(f"library:{name}", args=args.get(name, [work.pk]))


@pytest.fixture
def noted() -> tuple[Work, Notice]:
    taken(ris(ONE))
    now = timezone.now()
    return only(), Notice.objects.create(work=only(), kind="correction", words="Tabelle 2", noted_at=now)


@pytest.mark.parametrize("name", READING)
def test_works_are_for_staff(people: Cast, as_: SignIn, noted: tuple[Work, Notice], name: str) -> None:
    assert as_(people.dilan).get(address(name, *noted)).status_code == 200  # it could leak
    assert as_(people.chloe).get(address(name, *noted)).status_code == 403
    assert as_(None).get(address(name, *noted)).status_code == 302


@pytest.mark.parametrize("name", KEEPING)
def test_forms_of_works_are_for_those_who_keep_the_library(
    people: Cast, as_: SignIn, noted: tuple[Work, Notice], name: str
) -> None:
    assert as_(people.alice).get(address(name, *noted)).status_code == 200  # it could leak
    for person in (people.dilan, people.chloe):
        assert as_(person).get(address(name, *noted)).status_code == 403


@pytest.mark.parametrize("name", POSTING)
def test_nobody_else_changes_a_work(people: Cast, as_: SignIn, noted: tuple[Work, Notice], name: str) -> None:
    work, _notice = noted
    given = {"title": "Falsch", "kind": "retraction", "why": "x", "field": "title", "version": "preprint"}
    for person in (people.dilan, people.chloe):
        assert as_(person).post(address(name, *noted), given).status_code == 403
    fresh = only()
    assert (fresh.title, fresh.standing, fresh.notices.filter(lifted_at=None).count()) == (work.title, "sound", 1)
    assert fresh.records.get().version == "same"
    # It could happen: with the right, the same post goes through or comes back with errors.
    assert as_(people.alice).post(address(name, *noted), given).status_code in (302, 409, 422)


def test_a_field_set_by_hand_stays_and_goes_back_to_its_source(people: Cast, as_: SignIn) -> None:
    taken(ris(ONE), source="Scopus")
    work, client = only(), as_(people.alice)
    form = client.get(reverse("library:work-edit", args=[work.pk])).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    client.post(
        reverse("library:work-edit", args=[work.pk]),
        values | {"title": "Arbeit, Migration", "authors": "Berg, Bo\nAmt"},
    )
    work.refresh_from_db()
    assert (work.title, work.authors) == ("Arbeit, Migration", [["Berg", "Bo"], ["Amt"]])
    assert (work.provenance["title"], work.provenance["volume"][:7]) == ("person", "record:")
    assert "berg bo" in work.folded
    taken(ris(ONE + "\nIS  - 3"), source="Scopus")  # the source says more; the hand's word stays
    work.refresh_from_db()
    assert (work.title, work.issue) == ("Arbeit, Migration", "3")
    assert "von Hand gesetzt" in page(client, "work", work.pk)
    client.post(reverse("library:work-give-back", args=[work.pk]), {"field": "title"})
    work.refresh_from_db()
    assert (work.title, work.provenance["title"][:7]) == ("Arbeit und Migration", "record:")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("doi", "elf", "eine DOI beginnt mit 10."),
        ("issued", "März 2021", "als 2021-03-05"),
        ("language", "deutsch", "mit zwei Buchstaben"),
    ],
)
def test_a_field_that_cannot_be_so_comes_back_with_a_sentence(
    people: Cast, as_: SignIn, field: str, value: str, sentence: str
) -> None:
    taken(ris(ONE))
    client, url = as_(people.alice), reverse("library:work-edit", args=[only().pk])
    form = client.get(url).context["form"]
    response = client.post(url, {name: form[name].value() or "" for name in form.fields} | {field: value})
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_work_shows_where_each_field_comes_from(people: Cast, as_: SignIn) -> None:
    work, first, second = two_records()
    assert (work.title, work.publisher) == ("Arbeit und Migration", "Verlag")
    assert work.provenance["title"] == f"record:{first.pk}"
    assert work.provenance["publisher"] == f"record:{second.pk}"
    shown = page(as_(people.dilan), "work", work.pk)
    assert "Arbeit &amp; Migration" in shown and "abweichend" in shown  # side by side
    assert "Scopus" in shown and "EconBiz" in shown


def test_the_version_of_a_record_decides_which_one_is_believed(people: Cast, as_: SignIn) -> None:
    work, first, _second = two_records()
    url = reverse("library:work-record", args=[work.pk, first.pk])
    as_(people.alice).post(url, {"version": "preprint"})
    work.refresh_from_db()
    assert (work.title, work.doi) == ("Arbeit & Migration", "10.1234/eins")


def test_a_record_is_moved_out_into_a_work_of_its_own(people: Cast, as_: SignIn) -> None:
    work, _first, second = two_records()
    client, url = as_(people.alice), reverse("library:work-record", args=[work.pk, second.pk])
    client.post(url, {"out": "1"})
    second.refresh_from_db()
    work.refresh_from_db()
    assert (second.work.title, second.work_id != work.pk) == ("Arbeit & Migration", True)
    assert (work.publisher, Work.objects.count()) == ("", 2)
    # The one that is left cannot be moved.
    url = reverse("library:work-record", args=[work.pk, work.records.get().pk])
    assert client.post(url, {"out": "1"}).status_code == 409


def test_a_merged_work_leads_to_the_one_it_stands_for(people: Cast, as_: SignIn) -> None:
    kept = stock.work("kept2021")
    absorbed = stock.work("gone2021", merged_into=kept)
    response = as_(people.dilan).get(reverse("library:work", args=[absorbed.pk]))
    assert response.url == reverse("library:work", args=[kept.pk])
    assert "gone2021" not in page(as_(people.dilan), "works")


def test_the_list_is_searched_however_a_name_is_written(people: Cast, as_: SignIn) -> None:
    taken(ris(reference("Größere Städte", author="Çelik, Ayşe"), reference("Anderes", doi="10.1234/abc")))
    client = as_(people.dilan)
    assert ("Größere Städte" in page(client, "works", q="celik GROESSERE"), "Anderes" in page(client, "works", q="celik")) == (True, False)  # fmt: skip
    assert "Anderes" in page(client, "works", q="10.1234/ABC")
    assert "Kein Werk passt" in page(client, "works", q="nirgends")


def test_the_list_is_filtered(people: Cast, as_: SignIn) -> None:
    taken(ris(reference("Alt", year=1999)), source="Alte Quelle")
    batch = taken(ris(reference("Neu", year=2024)), source="Neue Quelle")
    retracted = stock.work("zurueck2020", title="Zurück", standing="retracted", kind="report")
    client = as_(people.dilan)

    def titles(**query: str) -> set[str]:
        shown = client.get(reverse("library:works"), query).context["page"].object_list
        return {work.title for work in shown}

    assert titles() == {"Alt", "Neu", "Zurück"}
    assert titles(since="2000", until="2022") == {"Zurück"}
    assert titles(kind="report") == {retracted.title}
    assert titles(standing="retracted") == {"Zurück"}
    assert titles(source="Alte Quelle") == {"Alt"}
    assert titles(**{"import": str(batch.pk)}) == {"Neu"}
    assert titles(having="card") == set()
    facet = Facet.objects.create(key="theme", name_de="Thema", name_en="Theme")
    concept = Concept.objects.create(key="th-probe", facet=facet, name_de="Probe", name_en="Sample")
    tagged = {"concept": concept, "decided_at": timezone.now()}
    Tag.objects.create(work=retracted, state="accepted", **tagged)
    Tag.objects.create(work=batch.records.get().work, state="refused", **tagged)
    assert titles(concept=str(concept.pk)) == {"Zurück"}
    assert titles(order="author", since="nonsense") == {"Alt", "Neu", "Zurück"}


def test_works_do_not_cost_queries_each(people: Cast, as_: SignIn) -> None:
    client = as_(people.dilan)
    taken(ris(reference("Erster")))
    page(client, "works")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, "works")
        return len(queries)

    few = asked()
    taken(ris(*(reference(f"Titel {n}") for n in range(45))))
    assert asked() == few


def test_records_of_a_work_do_not_cost_queries_each(people: Cast, as_: SignIn) -> None:
    client = as_(people.alice)
    work, _first, _second = two_records()
    page(client, "work", work.pk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, "work", work.pk)
        return len(queries)

    few = asked()
    for number in range(5):
        stock.record(stock.delivery(f"Quelle {number}"), 1, work, title="Arbeit", kind="report")
    assert asked() == few


def note(client: Any, work: Work, **given: str) -> Any:
    return client.post(
        reverse("library:notice-new", args=[work.pk]), {"kind": "retraction", "submission": str(uuid4())} | given
    )


def test_a_noted_retraction_stands_above_the_page_until_it_is_lifted(people: Cast, as_: SignIn) -> None:
    taken(ris(ONE))
    work, client = only(), as_(people.alice)
    note(client, work, words="Daten waren erfunden", on="2026-05-01", doi="10.1234/retraction")
    shown = page(client, "work", work.pk)
    assert "Diese Publikation wurde zurückgezogen" in shown and "Daten waren erfunden" in shown
    work.refresh_from_db()
    notice = work.notices.get()
    assert work.standing == "retracted"
    url = reverse("library:notice-lift", args=[work.pk, notice.pk])
    assert client.post(url, {"why": " "}).status_code == 422
    client.post(url, {"why": "Verwechslung"})
    work.refresh_from_db()
    assert (work.standing, work.notices.get().lifted_why) == ("sound", "Verwechslung")
    shown = page(client, "work", work.pk)
    assert "Diese Publikation wurde zurückgezogen" not in shown and "Verwechslung" in shown
    assert client.post(url, {"why": "noch einmal"}).status_code == 409


def test_a_notice_given_twice_is_noted_once(people: Cast, as_: SignIn) -> None:
    taken(ris(ONE))
    key, client = str(uuid4()), as_(people.alice)
    for _time in range(2):
        note(client, only(), submission=key, words="x")
    note(client, only(), words="x")  # the same again, from a form of its own
    assert Notice.objects.count() == 1


def test_the_gravest_notice_decides(people: Cast, as_: SignIn) -> None:
    taken(ris(ONE))
    client = as_(people.alice)
    note(client, only(), kind="retraction", words="a")
    note(client, only(), kind="correction", words="b")
    assert only().standing == "retracted"


def test_a_work_cannot_replace_itself(people: Cast, as_: SignIn) -> None:
    taken(ris(ONE))
    work, client = only(), as_(people.alice)
    assert note(client, work, kind="superseded", successor=work.citekey).status_code == 422
    assert note(client, work, kind="superseded", successor="niemand").status_code == 422
    newer = stock.work("neuer2024", title="Neuere Fassung")
    note(client, work, kind="superseded", successor=newer.citekey)
    assert "Neuere Fassung" in page(client, "work", work.pk)


@pytest.mark.parametrize(
    ("record", "standing"),
    [
        (reference("RETRACTED: Arbeit und Migration"), "retracted"),
        (reference("Arbeit und Migration", more="M3  - Retracted Publication"), "retracted"),
        (reference("Wie Rückzüge wirken: Retracted articles in medicine"), "sound"),
    ],
)
def test_incoming_records_say_that_a_publication_was_retracted(record: str, standing: str) -> None:
    taken(ris(record))
    assert only().standing == standing


def test_a_notice_that_comes_as_a_record_falls_on_the_work_it_is_about() -> None:
    taken(ris(ONE))
    crossref = b'[{"id": "n", "type": "article-journal", "title": "Retraction notice", "DOI": "10.1234/n", "update-to": [{"DOI": "10.1234/EINS", "type": "retraction", "label": "Retraction"}]}]'  # fmt: skip
    batch = taken(crossref, "crossref.json", source="Crossref")
    work = Work.objects.get(doi="10.1234/eins")
    assert (work.standing, work.notices.get().doi) == ("retracted", "10.1234/n")
    assert Work.objects.get(doi="10.1234/n").standing == "sound"
    assert batch.figures["notices"] == 1
    undone(batch)
    work.refresh_from_db()
    # Its record is gone with the import that brought it; the notice stays to be read, lifted.
    assert (work.standing, Work.objects.count()) == ("sound", 1)


def test_what_several_sources_report_is_noted_once() -> None:
    retracted = reference("RETRACTED: Arbeit", key="1", doi="10.1234/eins")
    taken(ris(retracted))
    taken(ris(retracted + "\nVL  - 2"))
    assert Notice.objects.count() == 1


def test_putting_together_leaves_a_work_nobody_imported_alone() -> None:
    work = stock.work("hand2020", title="Von Hand")
    acting.put_together([work], at=timezone.now())
    work.refresh_from_db()
    assert (work.title, work.provenance) == ("Von Hand", {})


def test_citation_keys_are_unique_however_many_are_alike() -> None:
    taken(ris(*(reference("Editorial", year=2020) for _n in range(12))))
    keys = list(Work.objects.values_list("citekey", flat=True))
    assert len(set(keys)) == 12 and "klee2020editorial" in keys and "klee2020editorialb" in keys


def test_a_correction_by_hand_stands_in_the_trail() -> None:
    taken(ris(ONE))
    work = acting.set_fields(work=only(), values={"volume": "8"}, by=BY, at=timezone.now())
    assert work.volume == "8"
    from nahtstelle.plumbing.ledger.models import Touch

    touch = Touch.objects.filter(kind="library.work", object_id=work.pk).order_by("-pk").first()
    assert touch.changes == {"volume": ["7", "8"]}
