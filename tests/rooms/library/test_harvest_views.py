"""The pages of saved searches: written, tried, begun, paused; who sees them and who does not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nahtstelle.register.notices.models import Notice as Told
from nahtstelle.register.people.models import CentreRole
from nahtstelle.rooms.library.models import Import, Record, SavedSearch, SearchVisit
from tests.cast import come_in
from tests.rooms.library.delivering import given
from tests.rooms.library.harvesting import again, run_of, search, taken, turns
from tests.rooms.library.servers import Library, Publication, serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(settings) -> Iterator[Library]:
    with serving() as there:
        settings.HARVEST_PAUSE = timedelta(0)
        settings.OPENALEX_URL, settings.CROSSREF_URL = f"{there.address}/openalex", f"{there.address}/crossref"
        there.stock(7)
        yield there


@pytest.fixture
def desk(client: Client, emre) -> Client:
    return come_in(client, emre)


def entries(owner, **more) -> dict[str, object]:
    return {"name": "Arbeit und Migration", "rhythm": "weekly", "owner": owner.person_id} | more


def act(desk: Client, made: SavedSearch, do: str):
    return desk.post(reverse("library:search-act", args=[made.pk]), {"do": do})


def page(desk: Client, made: SavedSearch) -> str:
    return desk.get(reverse("library:search", args=[made.pk])).content.decode()


PAGES = ["searches", "searches-news", "search", "search-sets"]
KEPT = ["search-new", "search-edit"]


def addresses(names: list[str], made: SavedSearch) -> list[str]:
    args = {"search": [made.pk], "search-sets": [made.pk], "search-edit": [made.pk]}
    return [reverse(f"library:{name}", args=args.get(name, [])) for name in names]


def test_a_repository_is_entered_tried_and_begun(desk, library, emre) -> None:
    assert desk.get(reverse("library:searches")).status_code == 200
    answer = desk.post(f"{reverse('library:search-new')}?quelle=oai", entries(emre, address=library.oai))
    made = SavedSearch.objects.get()
    assert answer.url == reverse("library:search", args=[made.pk])
    assert "n-progress" in page(desk, made)
    turns()
    shown = page(desk, made)
    assert "Zugang zu Arbeit, Teil 1" in shown
    assert act(desk, made, "resume").status_code == 302
    turns()
    assert run_of(made).records.count() == 7
    assert reverse("library:import", args=[run_of(made).pk]) in page(desk, made)


def test_openalex_is_entered_by_words(desk, library, emre) -> None:
    asked = entries(
        emre, words="Arbeit Migration", since_year="2015", language="de", kind="report", open="on", most="500"
    )
    desk.post(f"{reverse('library:search-new')}?quelle=openalex", asked)
    turns()
    (question,) = library.asked
    assert question["search"] == "Arbeit Migration"
    assert question["filter"] == "from_publication_date:2015-01-01,language:de,type:report,is_oa:true"
    assert question["mailto"]


@pytest.mark.parametrize(
    "more", [{"address": "gopher://x"}, {"address": ""}, {"address": "https://a.example", "name": ""}]
)
def test_nonsense_comes_back_with_its_reason(desk, library, emre, more) -> None:
    answer = desk.post(f"{reverse('library:search-new')}?quelle=oai", entries(emre) | more)
    assert (answer.status_code, SavedSearch.objects.count()) == (422, 0)


def test_years_in_the_wrong_order_come_back(desk, library, emre) -> None:
    asked = entries(emre, words="Arbeit", most="100", since_year="2020", until_year="2010")
    assert desk.post(f"{reverse('library:search-new')}?quelle=crossref", asked).status_code == 422


def test_a_form_sent_twice_makes_one_search(desk, library, emre) -> None:
    asked = entries(emre, address=library.oai, submission="8a3d3a8e-7b1f-4d6e-9f5a-0d8b0b0e1a11")
    first = desk.post(f"{reverse('library:search-new')}?quelle=oai", asked)
    assert desk.post(f"{reverse('library:search-new')}?quelle=oai", asked).url == first.url
    assert SavedSearch.objects.count() == 1


def test_an_owner_without_the_right_is_not_offered(desk, library, emre, jana) -> None:
    answer = desk.post(f"{reverse('library:search-new')}?quelle=oai", entries(jana, address=library.oai))
    assert (answer.status_code, SavedSearch.objects.count()) == (422, 0)


def test_changing_the_rhythm_asks_nothing_anew_but_another_address_does(desk, library, emre) -> None:
    made = search(emre, library)
    edit = reverse("library:search-edit", args=[made.pk])
    desk.post(edit, entries(emre, address=library.oai, rhythm="daily"))
    made.refresh_from_db()
    assert (made.rhythm, made.probe["state"]) == ("daily", "done")
    desk.post(edit, entries(emre, address=f"{library.oai}?x=1"))
    made.refresh_from_db()
    assert made.probe["state"] == "asking"


def test_a_set_is_chosen_from_what_the_server_named(desk, library, emre) -> None:
    made = search(emre, library, begin=False)
    listed = desk.get(reverse("library:search-sets", args=[made.pk]) + "?q=aufs").content.decode()
    assert "Aufsätze" in listed
    assert "Berichte" not in listed
    desk.post(reverse("library:search-sets", args=[made.pk]), {"set": "col_2"})
    made.refresh_from_db()
    assert (made.query, made.probe["state"]) == ({"set": "col_2", "set_name": "Berichte"}, "asking")
    desk.post(reverse("library:search-edit", args=[made.pk]), entries(emre, address=library.oai, name="Anders"))
    made.refresh_from_db()
    assert (made.name, made.query["set"]) == ("Anders", "col_2")


def test_another_owner_is_told(desk, library, emre, ruth) -> None:
    made = search(emre, library)
    desk.post(reverse("library:search-edit", args=[made.pk]), entries(ruth, address=library.oai))
    made.refresh_from_db()
    assert made.owner == ruth.person
    assert Told.objects.get(kind="library.search-handed").person == ruth.person


def test_pause_go_on_ask_now_and_from_the_beginning(desk, library, emre) -> None:
    made = search(emre, library)
    turns()
    taken(run_of(made))
    assert act(desk, made, "pause").status_code == 302
    assert act(desk, made, "pause").status_code == 409
    assert act(desk, made, "resume").status_code == 302
    act(desk, made, "anew")
    made.refresh_from_db()
    assert made.since == ""
    assert act(desk, made, "run").status_code == 302
    assert act(desk, made, "run").status_code == 409
    assert act(desk, made, "remove").status_code == 409


def test_a_search_that_never_ran_is_removed(desk, library, emre) -> None:
    made = search(emre, library, begin=False)
    act(desk, made, "remove")
    assert not SavedSearch.objects.exists()


def test_nothing_begins_before_the_source_was_tried(desk, library, emre) -> None:
    library.ways = ["error:badArgument"]
    made = search(emre, library, begin=False)
    assert act(desk, made, "resume").status_code == 409
    assert act(desk, made, "run").status_code == 409
    assert act(desk, made, "try").status_code == 302
    turns()
    assert act(desk, made, "resume").status_code == 302


def test_what_is_new_is_shown_until_it_was_seen(desk, library, emre) -> None:
    made = search(emre, library)
    turns()
    news = reverse("library:searches-news")
    assert "Zugang zu Arbeit, Teil 7" in desk.get(news).content.decode()
    newest = Record.objects.order_by("-pk")[0].pk
    desk.post(news, {"upto": newest})
    assert "Zugang zu Arbeit" not in desk.get(news).content.decode()
    assert "Zugang zu Arbeit, Teil 7" in desk.get(f"{news}?span=all").content.decode()
    taken(run_of(made))
    library.publications.append(Publication(8, stamp="2026-12-01T00:00:00Z"))
    again(made)
    shown = desk.get(news).content.decode()
    assert "Teil 8" in shown
    assert "Teil 7" not in shown


def test_what_somebody_has_seen_is_their_own(desk, library, emre, ruth) -> None:
    search(emre, library)
    turns()
    desk.post(reverse("library:searches-news"), {"upto": 10**12})
    assert SearchVisit.objects.get().person == emre.person
    assert "Zugang zu Arbeit" in come_in(Client(), ruth).get(reverse("library:searches-news")).content.decode()


def test_records_of_an_import_that_was_given_up_are_no_news(desk, library, emre) -> None:
    made = search(emre, library)
    turns()
    Import.objects.filter(search=made).update(state=Import.State.ABANDONED)
    assert "Zugang zu Arbeit" not in desk.get(reverse("library:searches-news")).content.decode()


def test_the_list_is_searched_and_says_what_is_in_trouble(desk, library, emre) -> None:
    search(emre, library, name="Erstes Archiv")
    broken = search(emre, library, name="Zweites Archiv", begin=False)
    SavedSearch.objects.filter(pk=broken.pk).update(trouble={"code": "failed", "details": {"times": 3}})
    address = reverse("library:searches")
    shown = desk.get(f"{address}?state=trouble").content.decode()
    assert ("Zweites Archiv" in shown, "Erstes Archiv" in shown) == (True, False)
    shown = desk.get(f"{address}?q=erstes").content.decode()
    assert ("Zweites Archiv" in shown, "Erstes Archiv" in shown) == (False, True)


def test_lists_ask_the_same_number_of_questions_however_long(
    desk, library, emre, django_assert_max_num_queries
) -> None:
    for number in range(8):
        search(emre, library, name=f"Archiv {number}")
    turns()
    for address in (reverse("library:searches"), reverse("library:searches-news")):
        desk.get(address)
        with django_assert_max_num_queries(24):
            desk.get(address)


# --- who may not ------------------------------------------------------------------------------------------------------


def test_strangers_see_none_of_it(library, emre, stranger, tariq) -> None:
    made = search(emre, library, begin=False)
    for somebody in (stranger, tariq):
        client = come_in(Client(), somebody)
        assert [client.get(address).status_code for address in addresses(PAGES + KEPT, made)] == [403] * 6
        assert act(client, made, "resume").status_code == 403
    assert [Client().get(address).status_code for address in addresses(PAGES + KEPT, made)] == [302] * 6


def test_staff_who_do_not_keep_the_library_read_only(library, emre, jana) -> None:
    made = search(emre, library, begin=False)
    client = come_in(Client(), jana)
    assert [client.get(address).status_code for address in addresses(PAGES, made)] == [200] * 4
    assert [client.get(address).status_code for address in addresses(KEPT, made)] == [403] * 2
    for do in ("resume", "run", "pause", "try", "anew", "remove"):
        assert act(client, made, do).status_code == 403
    assert client.post(reverse("library:search-sets", args=[made.pk]), {"set": "col_2"}).status_code == 403
    assert 'name="do"' not in client.get(reverse("library:search", args=[made.pk])).content.decode()


def test_a_right_that_ended_ends_with_the_next_step(desk, library, emre) -> None:
    made = search(emre, library)
    CentreRole.objects.filter(person=emre.person).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert act(desk, made, "run").status_code == 403


# --- DOIs looked up ---------------------------------------------------------------------------------------------------


def test_a_list_of_dois_is_looked_up_at_crossref(desk, library, emre) -> None:
    batch = given(b"10.5555/arbeit.1\n10.5555/arbeit.2\n10.9999/nirgends\n", "liste.txt", source="DOI-Liste")
    button = reverse("library:import-complete", args=[batch.pk])
    assert button in desk.get(reverse("library:import", args=[batch.pk])).content.decode()
    desk.post(button)
    batch.refresh_from_db()
    assert batch.state == Import.State.FETCHING
    turns()
    batch.refresh_from_db()
    assert (batch.state, batch.figures["completed"], batch.figures["not_found"]) == (Import.State.PREVIEW, 2, 1)
    titles = list(batch.records.order_by("number").values_list("title", "doi"))
    assert titles == [
        ("Zugang zu Arbeit, Teil 1", "10.5555/arbeit.1"), ("Zugang zu Arbeit, Teil 2", "10.5555/arbeit.2"), ("", "10.9999/nirgends"),
    ]  # fmt: skip
    assert taken(batch).records.get(number=1).work.authors == [["Klee", "Anna"]]


def test_a_source_that_fails_leaves_the_dois_as_they_were(desk, library, emre) -> None:
    batch = given(b"10.5555/arbeit.1\n", "liste.txt", source="DOI-Liste")
    library.ways = ["404"]
    desk.post(reverse("library:import-complete", args=[batch.pk]))
    turns()
    batch.refresh_from_db()
    assert (batch.state, batch.trouble["code"]) == (Import.State.PREVIEW, "told")
    assert desk.post(reverse("library:import-complete", args=[batch.pk])).status_code == 302
    turns()
    assert batch.records.get().title == "Zugang zu Arbeit, Teil 1"


def test_who_does_not_keep_the_library_looks_nothing_up(library, emre, jana) -> None:
    batch = given(b"10.5555/arbeit.1\n", "liste.txt", source="DOI-Liste")
    assert come_in(Client(), jana).post(reverse("library:import-complete", args=[batch.pk])).status_code == 403
    assert come_in(Client(), emre).post(reverse("library:import-complete", args=[batch.pk])).status_code == 302
