"""Saved searches harvest servers of our own: page by page, resumably, politely, and only what is new."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from nahtstelle.engines.literature.harvesting.oai import read_page
from nahtstelle.register.notices.models import Notice as Told
from nahtstelle.register.people.models import CentreRole
from nahtstelle.rooms.library import harvest_sentences
from nahtstelle.rooms.library.actions import fetching, saved_searches
from nahtstelle.rooms.library.models import Import, Notice, Record, SavedSearch, Work
from tests.rooms.library.harvesting import BY, again, run_of, search, taken, turns
from tests.rooms.library.servers import OAI, Library, Publication, serving

pytestmark = pytest.mark.django_db
State = Record.State


@pytest.fixture
def library(settings) -> Iterator[Library]:
    with serving() as there:
        settings.HARVEST_PAUSE = timedelta(0)
        settings.HARVEST_TIMEOUT = 2.0
        settings.OPENALEX_URL, settings.CROSSREF_URL = f"{there.address}/openalex", f"{there.address}/crossref"
        yield there


def sentence_of(trouble: dict[str, Any]) -> str:
    with override("en"):
        return harvest_sentences.sentence_of(trouble)


def states(run: Import) -> Counter[str]:
    return Counter(run.records.values_list("state", flat=True))


# --- trying -----------------------------------------------------------------------------------------------------------


def test_a_repository_is_tried_before_anything_comes(library, emre) -> None:
    library.stock(250)
    made = search(emre, library, begin=False)
    assert (made.probe["state"], made.probe["name"], made.probe["count"]) == ("done", "Beispielarchiv", 250)
    assert [group["name"] for group in made.probe["groups"]] == ["Aufsätze", "Berichte"]
    assert [first["title"] for first in made.probe["first"]][:2] == [
        "Zugang zu Arbeit, Teil 1",
        "Zugang zu Arbeit, Teil 2",
    ]
    assert (made.paused, Import.objects.count()) == (True, 0)


def test_the_sets_of_a_large_repository_all_come(library, emre) -> None:
    library.sets = {f"s{number}": f"Sammlung {number}" for number in range(430)}
    library.stock(1)
    made = search(emre, library, begin=False)
    assert len(made.probe["groups"]) == 430


def test_an_address_that_is_none_is_said_at_the_trial(library, emre) -> None:
    library.stock(1)
    made = search(emre, library, begin=False, address=f"{library.address}/oai?verb=Nothing&x=")
    assert made.probe["state"] == "failed"
    assert "refuses the question" in sentence_of(made.probe["trouble"])


# --- a whole harvest --------------------------------------------------------------------------------------------------


def test_a_repository_of_3000_records_comes_page_by_page(library, emre) -> None:
    library.stock(3000)
    made = search(emre, library)
    turns()
    run = run_of(made)
    assert (run.state, states(run)) == (Import.State.PREVIEW, {"new": 3000})
    assert len([one for one in library.asked if one.get("verb") == "ListRecords"]) == 30
    assert library.at_once == 1
    assert all(agent.startswith("Nahtstelle/") and "@" in agent for agent in library.agents)


def test_what_came_becomes_works(library, emre) -> None:
    library.stock(3)
    run = taken(run_of(_harvested(emre, library)))
    assert (run.state, Work.objects.count()) == (Import.State.DONE, 3)
    work = Work.objects.get(doi="10.5555/arbeit.2")
    assert (work.title, work.authors, work.kind) == ("Zugang zu Arbeit, Teil 2", [["Klee", "Anna"]], "article-journal")


def _harvested(emre, library, **more) -> SavedSearch:
    made = search(emre, library, **more)
    turns()
    made.refresh_from_db()
    return made


def test_only_the_chosen_set_is_harvested(library, emre) -> None:
    library.stock(4)
    library.publications[1].groups = ("col_2",)
    run = run_of(_harvested(emre, library, query={"set": "col_2"}))
    assert list(run.records.values_list("key", flat=True)) == ["oai:repo.example:2"]


def test_the_next_run_asks_from_the_servers_own_moment_and_brings_only_what_is_new(library, emre) -> None:
    library.stock(3)
    made = _harvested(emre, library)
    taken(run_of(made))
    assert made.since == "2026-11-23T09:00:00Z"
    library.publications[0] = Publication(1, title="Zugang zu Arbeit, neu gefasst", stamp="2026-12-01T00:00:00Z")
    library.publications[1].stamp = "2026-12-01T00:00:00Z"  # touched, and says the same
    library.publications.append(Publication(4, stamp="2026-12-02T00:00:00Z"))
    library.asked.clear()
    run = again(made)
    assert library.questions("from") == [("2026-11-23T09:00:00Z",)]
    assert (states(run), run.figures["known_before"]) == ({"changed": 1, "new": 1}, 1)
    taken(run)
    assert Work.objects.count() == 4
    assert Work.objects.get(doi="10.5555/arbeit.1").title == "Zugang zu Arbeit, neu gefasst"


def test_a_repository_that_counts_days_is_asked_by_days(library, emre) -> None:
    library.stock(1)
    made = _harvested(emre, library)
    made.probe["to_the_second"], made.since = False, ""
    made.save()
    assert again(made).state == Import.State.PREVIEW
    assert SavedSearch.objects.get().since == "2026-11-23"


def test_a_run_that_brings_nothing_is_over(library, emre) -> None:
    library.stock(2)
    made = _harvested(emre, library)
    taken(run_of(made))
    run = again(made)
    assert (run.state, run.records.count()) == (Import.State.DONE, 0)
    assert Told.objects.filter(kind="library.search-news").count() == 1


def test_what_comes_while_a_delivery_waits_is_added_to_it(library, emre) -> None:
    library.stock(2)
    made = _harvested(emre, library)
    library.publications = [
        Publication(1, title="Anders", stamp="2026-12-01T00:00:00Z"),
        Publication(3, stamp="2026-12-01T00:00:00Z"),
    ]
    run = again(made)
    assert (made.runs.count(), states(run)) == (1, {"new": 3})
    assert run.records.get(key="oai:repo.example:1").title == "Anders"


def test_a_record_the_source_withdrew_no_longer_speaks_for_its_work(library, emre) -> None:
    library.stock(2)
    made = _harvested(emre, library)
    taken(run_of(made))
    library.publications[0] = Publication(1, deleted=True, stamp="2026-12-01T00:00:00Z")
    library.publications[1] = Publication(9, deleted=True, stamp="2026-12-01T00:00:00Z")  # we never had it
    run = again(made)
    assert states(run) == {"deleted": 1}
    assert run.records.get().title == "Zugang zu Arbeit, Teil 1"
    taken(run)
    work = Work.objects.get(doi="10.5555/arbeit.1")
    assert set(work.records.values_list("state", "replaced")) == {("new", True), ("deleted", False)}
    library.publications[0] = Publication(1, title="Wieder da", stamp="2026-12-03T00:00:00Z")
    taken(again(made))
    work.refresh_from_db()
    assert (work.title, Work.objects.count()) == ("Wieder da", 2)


def test_at_once_takes_in_without_asking(library, emre) -> None:
    library.stock(2)
    made = search(emre, library, at_once=True)
    turns()
    assert (run_of(made).state, Work.objects.count()) == (Import.State.DONE, 2)


def test_the_owner_is_told_of_what_came(library, emre) -> None:
    library.stock(2)
    _harvested(emre, library)
    told = Told.objects.get(kind="library.search-news")
    assert (told.person, told.words["number"]) == (emre.person, 2)


# --- servers that misbehave -------------------------------------------------------------------------------------------


def test_the_same_token_for_ever_stops_with_a_sentence_and_keeps_what_came(library, emre) -> None:
    library.stock(50)
    library.token_for_ever = True
    made = search(emre, library)
    turns()
    run = run_of(made)
    assert (run.state, run.records.count(), run.trouble["code"]) == (Import.State.PREVIEW, 50, "loops")
    assert len(library.asked) < 10
    assert SavedSearch.objects.get().since == ""
    assert "again and again" in sentence_of(run.trouble)


@pytest.mark.parametrize("way", ["503:1", "429:1", "500", "html", "cut", "reset"])
def test_an_error_in_mid_list_is_asked_again_later_and_nothing_is_lost_or_doubled(library, emre, way) -> None:
    library.stock(250)
    made = search(emre, library)
    library.ways = ["well", way]
    turns()
    run = run_of(made)
    assert (run.state, run.records.count()) == (Import.State.FETCHING, 100)
    assert run.trouble["code"]
    turns(timezone.now() + timedelta(hours=1))
    run.refresh_from_db()
    assert (run.state, run.records.count(), run.trouble) == (Import.State.PREVIEW, 250, {})
    assert run.records.values("key").distinct().count() == 250


def test_retry_after_is_kept(library, emre) -> None:
    library.stock(150)
    made = search(emre, library)
    library.ways = ["well", "429:3600"]
    now = timezone.now()
    turns(now)
    asked = len(library.asked)
    turns(now + timedelta(minutes=50))
    assert len(library.asked) == asked
    turns(now + timedelta(minutes=61))
    assert run_of(made).records.count() == 150


def test_a_token_that_was_forgotten_begins_the_list_again_and_doubles_nothing(library, emre) -> None:
    library.stock(250)
    made = search(emre, library)
    library.ways = ["well", "well", "error:badResumptionToken"]
    turns()
    run = run_of(made)
    assert (run.state, run.records.count()) == (Import.State.PREVIEW, 250)
    assert library.questions("resumptionToken")[-3:] == [("",), ("||100",), ("||200",)]


def test_a_server_that_stays_away_stops_the_run_and_the_next_goes_on_from_there(library, emre) -> None:
    library.stock(250)
    made = search(emre, library)
    library.ways = ["well", *["503"] * 20]
    turns(number=6)
    run = run_of(made)
    assert (run.state, run.records.count(), run.trouble["code"]) == (Import.State.PREVIEW, 100, "answered")
    made.refresh_from_db()
    assert (made.failures, made.since) == (1, "")
    library.ways.clear()
    library.asked.clear()
    run = again(made)
    assert library.questions("resumptionToken") == [("||100",), ("||200",)]
    assert (run.records.count(), made.runs.count(), made.failures) == (250, 1, 0)


def test_three_failures_pause_the_search_and_tell_its_owner(library, emre) -> None:
    library.stock(1)
    made = search(emre, library)
    library.ways = ["error:cannotDisseminateFormat"] * 3
    turns()
    for _turn in range(2):
        made.refresh_from_db()
        assert not made.paused
        again(made)
    made.refresh_from_db()
    assert (made.paused, made.trouble["code"], run_of(made).state) == (True, "failed", Import.State.REFUSED)
    told = Told.objects.get(kind="library.search-paused")
    assert told.person == emre.person
    assert "3 times" in told.words["reason"]["en"]
    saved_searches.resume(search=made, by=BY, at=timezone.now())
    turns()
    assert run_of(made).records.count() == 1


def test_a_record_that_is_no_xml_is_named_and_harms_no_other(library, emre) -> None:
    library.stock(3)
    library.publications[1].raw = "<dc:title>Kaputt & offen"
    run = run_of(_harvested(emre, library))
    assert list(run.records.values_list("key", flat=True)) == ["oai:repo.example:1", "oai:repo.example:3"]
    (unread,) = run.unread.all()
    assert (unread.code, unread.raw.splitlines()[0]) == ("record_not_xml", "oai:repo.example:2")


def test_signs_that_no_xml_holds_spoil_no_page(library, emre) -> None:
    library.stock(2)
    library.publications[0].title = "Arbeit\x0b und &#x1F; Wohnen"
    run = run_of(_harvested(emre, library))
    assert next(title.split() for title in run.records.values_list("title", flat=True)) == ["Arbeit", "und", "Wohnen"]


def test_an_entity_reads_nothing_from_this_machine(tmp_path) -> None:
    secret = tmp_path / "geheim"
    secret.write_text("streng geheim")
    told = Publication(1, title="Davor &x; danach").oai()
    doctype = f'<!DOCTYPE OAI-PMH [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    page = read_page(f"{doctype}<OAI-PMH {OAI}><ListRecords>{told}</ListRecords></OAI-PMH>".encode())
    assert "streng geheim" not in str(page)
    assert [item.key for item in page.items] == ["oai:repo.example:1"]


def test_a_redirect_to_another_house_is_not_followed(library, emre) -> None:
    library.stock(1)
    made = search(emre, library)
    library.ways = ["elsewhere"]
    turns()
    assert run_of(made).trouble["code"] == "barred"


def test_a_server_inside_the_private_network_is_not_asked(library, emre, settings) -> None:
    library.stock(1)
    assert search(emre, library, begin=False).probe["state"] == "done"
    settings.HARVEST_INSIDE = False
    library.asked.clear()
    made = search(emre, library, begin=False)
    assert (made.probe["state"], made.probe["trouble"]["code"], library.asked) == ("failed", "barred", [])


def test_a_slow_server_rests(library, emre, settings) -> None:
    settings.HARVEST_TIMEOUT = 0.2
    library.stock(1)
    made = search(emre, library)
    library.ways = ["hang:0.6"]
    turns()
    assert run_of(made).trouble["code"] == "silent"


# --- whose search it is -----------------------------------------------------------------------------------------------


def test_a_search_whose_owner_may_no_longer_keep_the_library_is_paused_and_told_of(library, emre, ruth) -> None:
    library.stock(1)
    made = search(emre, library)
    CentreRole.objects.filter(person=emre.person).update(valid_until=timezone.localdate() - timedelta(days=1))
    turns()
    made.refresh_from_db()
    assert (made.paused, made.trouble["code"], made.runs.count()) == (True, "rights", 0)
    assert Told.objects.get(kind="library.search-paused").person == ruth.person
    assert emre.person.name in sentence_of(made.trouble)


def test_a_paused_search_is_not_due(library, emre) -> None:
    library.stock(1)
    made = search(emre, library)
    saved_searches.pause(search=made, by=BY, at=timezone.now())
    turns(timezone.now() + timedelta(days=30))
    assert made.runs.count() == 0


def test_a_search_runs_again_when_it_is_due(library, emre) -> None:
    library.stock(1)
    made = _harvested(emre, library)
    taken(run_of(made))
    turns(timezone.now() + timedelta(days=6))
    assert made.runs.count() == 1
    turns(timezone.now() + timedelta(days=8))
    assert made.runs.count() == 2


# --- OpenAlex and Crossref --------------------------------------------------------------------------------------------


def test_openalex_comes_by_pages_without_a_key(library, emre) -> None:
    library.stock(230)
    made = _harvested(emre, library, source="openalex")
    run = run_of(made)
    assert (run.state, run.records.count()) == (Import.State.PREVIEW, 230)
    assert library.questions("page") == [("1",), ("2",), ("3",)]
    work = taken(run).records.get(key="W7").work
    assert (work.abstract, work.pages, work.container) == ("Wer kommt, arbeitet.", "10-20", "Zeitschrift für Migration")
    assert work.authors == [["von Klee", "Anna"]]


def test_openalex_without_a_key_is_asked_as_a_whole_and_still_shows_only_what_is_new(library, emre) -> None:
    library.stock(3)
    made = _harvested(emre, library, source="openalex")
    taken(run_of(made))
    library.publications[0].retracted = True
    library.publications.append(Publication(4))
    run = again(made)
    assert (states(run), run.figures["known_before"]) == ({"changed": 1, "new": 1}, 2)
    taken(run)
    assert [(n.work.doi, n.kind) for n in Notice.objects.all()] == [("10.5555/arbeit.1", "retraction")]
    assert Work.objects.get(doi="10.5555/arbeit.1").standing == "retracted"


def test_openalex_with_a_key_comes_by_cursor_and_tells_what_changed(library, emre, settings) -> None:
    settings.OPENALEX_KEY = library.key = "schluessel"
    library.stock(230)
    made = _harvested(emre, library, source="openalex")
    assert library.questions("cursor") == [("*",), ("100",), ("200",)]
    taken(run_of(made))
    library.asked.clear()
    again(made)
    assert f"from_updated_date:{made.since}" in library.asked[0]["filter"]


def test_openalex_that_does_not_tell_what_changed_is_asked_as_a_whole(library, emre, settings) -> None:
    settings.OPENALEX_KEY = library.key = "schluessel"
    library.stock(2)
    made = _harvested(emre, library, source="openalex")
    taken(run_of(made))
    library.ways = ["403"]
    library.asked.clear()
    run = again(made)
    assert (run.state, run.figures["known_before"]) == (Import.State.DONE, 2)
    assert [("from_updated_date" in asked.get("filter", "")) for asked in library.asked] == [True, False]


def test_crossref_comes_by_cursor_and_asks_only_what_was_indexed_since(library, emre) -> None:
    library.stock(150)
    made = _harvested(emre, library, source="crossref")
    run = run_of(made)
    assert (run.state, run.records.count()) == (Import.State.PREVIEW, 150)
    assert library.questions("cursor")[:2] == [("*",), ("c100",)]
    work = taken(run).records.get(key="10.5555/arbeit.3").work
    assert (work.abstract, work.issued) == ("Wer kommt, arbeitet.", "2021-03")
    library.asked.clear()
    again(made)
    assert f"from-index-date:{made.since}" in library.asked[0]["filter"]


def test_crossref_tells_of_a_retraction(library, emre) -> None:
    library.stock(1)
    made = _harvested(emre, library, source="crossref")
    taken(run_of(made))
    library.publications[0].updated_by = ({"type": "retraction", "DOI": "10.5555/notice", "label": "Retraction"},)
    taken(again(made))
    assert list(Notice.objects.values_list("kind", "doi")) == [("retraction", "10.5555/notice")]


def test_a_search_brings_no_more_than_it_may(library, emre) -> None:
    library.stock(1000)
    run = run_of(_harvested(emre, library, source="crossref", query={"words": "Arbeit", "most": 200}))
    assert (run.state, run.records.count(), run.cursor["total"]) == (Import.State.PREVIEW, 200, 1000)


def test_the_words_of_a_source_that_refuses_are_told(library, emre) -> None:
    library.stock(1)
    made = search(emre, library, "openalex")
    library.ways = ["400"]
    turns()
    assert sentence_of(run_of(made).trouble) == "The source refuses the question: Invalid query parameter"


def test_searches_of_one_server_take_turns(library, emre) -> None:
    library.stock(300)
    one = search(emre, library, name="Eins", begin=False)
    two = search(emre, library, name="Zwei", query={"set": "col_1"}, begin=False)
    library.asked.clear()
    for each in (one, two):
        saved_searches.resume(search=each, by=BY, at=timezone.now())
    turns()
    assert [bool(a.get("set") or a.get("resumptionToken", "").startswith("col_1")) for a in library.asked][:4] == [
        False,
        True,
    ] * 2
    assert library.at_once == 1
    assert {run_of(one).records.count(), run_of(two).records.count()} == {300}


def test_a_pause_between_two_questions_is_a_moment_not_sleep(library, emre, settings) -> None:
    library.stock(300)
    made = search(emre, library)
    settings.HARVEST_PAUSE = timedelta(seconds=60)
    now = timezone.now()
    assert fetching.fetch(by=BY, at=now) == 1
    assert fetching.fetch(by=BY, at=now + timedelta(seconds=30)) == 0
    assert fetching.fetch(by=BY, at=now + timedelta(seconds=61)) == 1
    assert run_of(made).records.count() == 200
