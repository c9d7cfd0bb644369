"""The reading room and the map as readers get them."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nahtstelle.engines.literature.formats.reading import read
from nahtstelle.plumbing.files.actions import keep
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions import cards as actions
from nahtstelle.rooms.library.models import FullText, Notice, Work
from tests.cast import come_in
from tests.rooms.library.cards import AT, brought_out, concept, do, started, study
from tests.rooms.library.stock import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
EN = {"accept-language": "en"}


def words_of(client: Client, address: str) -> str:
    answer = client.get(address, headers=EN)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_readers_find_what_was_published_and_no_draft(client: Client, rita: Account, ruth: Account) -> None:
    study(rita, ruth, "seen2020", concept("th-a"))
    started(rita, of=work("hidden2020", title="Secret draft"))
    words = words_of(client, "/studien/")
    assert "Title of seen2020" in words and "It helps." in words
    assert "Secret draft" not in words
    assert client.get("/studien/hidden2020/").status_code == 404


def test_a_draft_could_be_seen_if_it_were_published(client: Client, rita: Account, ruth: Account) -> None:
    """Else the test above could not fail."""
    brought_out(rita, ruth, started(rita, of=work("hidden2020", title="Secret draft")))
    assert "Secret draft" in words_of(client, "/studien/")


def test_what_is_written_for_the_next_edition_is_not_shown(client: Client, rita: Account, ruth: Account) -> None:
    card = started(rita)
    brought_out(rita, ruth, card)
    actions.save_card(card=card, says={"finding_en": "Not yet."}, started_from=card.revision, **do(rita))
    assert "Not yet." not in words_of(client, "/studien/klee2021/")


def test_a_study_tells_of_its_retraction(client: Client, rita: Account, ruth: Account) -> None:
    edition = study(rita, ruth, "s2020", standing=Work.Standing.RETRACTED)
    Notice.objects.create(work=edition.card.work, kind="retraction", words="Data errors.", doi="10.5555/x", noted_at=AT)
    words = words_of(client, "/studien/s2020/")
    assert "was retracted" in words and "Data errors." in words and "https://doi.org/10.5555/x" in words


def test_a_finding_in_the_other_language_says_so(client: Client, rita: Account, ruth: Account) -> None:
    study(rita, ruth, "s2020", finding_en="")
    assert re.search(r'class="lib-finding" lang="de">Es hilft\.', words_of(client, "/studien/"))


def test_a_hostile_title_stays_text(client: Client, rita: Account, ruth: Account) -> None:
    study(rita, ruth, "s2020", title="</script><script>alert(1)</script>")
    for address in ("/studien/", "/studien/s2020/", "/studien/karte/"):
        assert "<script>alert" not in words_of(client, address)


def test_the_study_is_described_for_search_engines(client: Client, rita: Account, ruth: Account) -> None:
    study(rita, ruth, "s2020", strength=3, doi="10.5555/abc")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', words_of(client, "/studien/s2020/"))
    assert found
    said = json.loads(found.group(1))
    assert (said["@type"], said["identifier"], said["review"]["@type"]) == (
        "ScholarlyArticle",
        "doi:10.5555/abc",
        "Review",
    )
    assert said["review"]["reviewRating"]["ratingValue"] == 3


@pytest.mark.parametrize("form", ["bib", "ris", "json"])
def test_the_reference_can_be_taken_along(form: str, client: Client, rita: Account, ruth: Account) -> None:
    study(rita, ruth, "s2020", title="Ein Titel: mit Öl", authors=[["Öztürk", "Selin"]], year=2020)
    content = client.get(f"/studien/s2020/zitat/{form}/").content
    records = list(read(content, f"s2020.{form}"))
    assert [(one.title, one.authors[0].family, one.year) for one in records] == [("Ein Titel: mit Öl", "Öztürk", 2020)]


def test_another_form_is_not_there(client: Client, rita: Account, ruth: Account) -> None:
    study(rita, ruth, "s2020")
    assert client.get("/studien/s2020/zitat/exe/").status_code == 404


def test_only_an_open_full_text_is_handed_out(client: Client, rita: Account, ruth: Account) -> None:
    of = study(rita, ruth, "s2020").card.work
    file = keep(b"%PDF-1.4 text", media_type="application/pdf", at=AT)
    text = FullText.objects.create(work=of, file=file, name="text.pdf", rights="open", added_at=AT)
    assert client.get(f"/studien/s2020/volltext/{text.pk}/").content.startswith(b"%PDF")
    for rights in ("licensed", "review"):
        FullText.objects.update(rights=rights)
        assert client.get(f"/studien/s2020/volltext/{text.pk}/").status_code == 404
        assert "text.pdf" not in words_of(client, "/studien/s2020/")


def test_older_editions_stay_and_say_so(client: Client, rita: Account, ruth: Account) -> None:
    card = started(rita)
    brought_out(rita, ruth, card)
    card = actions.save_card(
        card=card, says={"finding_en": "It hardly helps."}, started_from=card.revision, **do(rita)
    ).card
    brought_out(rita, ruth, card, note="Neu gerechnet")
    assert "An older edition" in words_of(client, "/studien/klee2021/fassung/1/")
    words = words_of(client, "/studien/klee2021/fassungen/")
    assert "hardly" in words and "<ins>" in words and "Neu gerechnet" in words


def test_the_key_of_a_merged_work_leads_on(client: Client, rita: Account, ruth: Account) -> None:
    kept = study(rita, ruth, "kept2020")
    work("other2020", merged_into=kept.card.work)
    assert client.get("/studien/other2020/").headers["Location"] == "/studien/kept2020/"


@pytest.mark.parametrize(
    "query", ["?q=%00", "?von=abc&bis=99999", "?f=%00", "?s=x&k=y", "?page=999999", "?z=&z=", "?sort=evil", "?zeilen=evil&spalten=theme",
              "?zeilen=theme&spalten=theme", "?ordnung=x&richtung=y&zeige=z"],
)  # fmt: skip
@pytest.mark.parametrize("address", ["/studien/", "/studien/karte/", "/studien/karte/einbetten/", "/studien/karte.csv"])
def test_any_address_is_answered(address: str, query: str, client: Client, rita: Account, ruth: Account) -> None:
    study(rita, ruth, "s2020", concept("th-a"), concept("gr-a", "group"))
    assert client.get(address + query).status_code == 200


def test_a_list_costs_the_same_for_many_studies(client: Client, rita: Account, ruth: Account) -> None:
    numbers = []
    for number in range(4):
        study(rita, ruth, f"s{number}", concept("th-a"), concept("gr-a", "group"))
        with CaptureQueriesContext(connection) as statements:
            client.get(f"/studien/?q=title&x={number}")
        numbers.append(len(statements))
    assert numbers[1] == numbers[-1]


# --- the map ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def drawn(rita: Account, ruth: Account) -> None:
    for theme in ("th-a", "th-b"):
        concept(theme)
    study(rita, ruth, "strong2020", concept("th-a"), concept("gr-a", "group"), strength=4)
    study(rita, ruth, "weak2020", concept("th-b"), concept("gr-a", "group"), strength=1)
    concept("gr-b", "group")


@pytest.mark.usefixtures("drawn")
def test_each_cell_says_in_words_what_it_shows_and_opens_its_studies(client: Client) -> None:
    words = words_of(client, "/studien/karte/")
    found = re.search(r'href="([^"]+)" aria-label="th-a × gr-a: 1 study, the strongest: strong"', words)
    assert found
    opened = words_of(client, found.group(1).replace("&amp;", "&"))
    assert "Title of strong2020" in opened and "Title of weak2020" not in opened
    assert 'aria-label="th-a × gr-b: no study"' in words


@pytest.mark.usefixtures("drawn")
def test_gaps_and_weak_cells_are_marked_by_more_than_colour(client: Client) -> None:
    words = words_of(client, "/studien/karte/")
    assert words.count('class="lib-map__cell lib-map__cell--gap"') == 2
    assert words.count('class="lib-map__cell lib-map__cell--weak"') == 1


@pytest.mark.usefixtures("drawn")
def test_a_gap_opens_a_page_that_says_what_it_means(client: Client, rita: Account) -> None:
    assert "A gap" in words_of(client, "/studien/?z=th-a&z=gr-b")
    assert "Take the gap up" not in words_of(client, "/studien/?z=th-a&z=gr-b")
    assert "Take the gap up" in words_of(come_in(client, rita), "/studien/?z=th-a&z=gr-b")


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize(("which", "number"), [("studien", 2), ("luecken", 2), ("schwach", 1)])
def test_the_table_lists_the_cells_of_the_map(which: str, number: int, client: Client) -> None:
    page = client.get(f"/studien/karte/?zeige={which}").context["page"]
    assert page.paginator.count == number


@pytest.mark.usefixtures("drawn")
def test_the_table_is_sorted(client: Client) -> None:
    page = client.get("/studien/karte/?ordnung=staerke&richtung=ab").context["page"]
    assert [cell.best for _row, _column, cell in page] == [4, 1]


@pytest.mark.usefixtures("drawn")
def test_the_map_can_stand_in_another_site_and_sets_no_cookie(client: Client) -> None:
    inside, page = client.get("/studien/karte/einbetten/"), client.get("/studien/karte/")
    assert "frame-ancestors *" in inside.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in inside.headers
    assert not inside.cookies
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


@pytest.mark.usefixtures("drawn")
def test_the_drawing_is_well_formed_and_says_what_it_shows(client: Client) -> None:
    from xml.etree import ElementTree

    concept("th-<hostile>&")
    drawing = client.get("/studien/karte.svg", headers=EN)
    root = ElementTree.fromstring(drawing.content)
    said = "".join(root.find("{http://www.w3.org/2000/svg}desc").itertext())
    assert "th-a × gr-a: 1 study, the strongest: strong." in said
    assert drawing.headers["Content-Type"] == "image/svg+xml"


@pytest.mark.usefixtures("drawn")
def test_the_picture_is_a_picture(client: Client) -> None:
    assert client.get("/studien/karte.png").content.startswith(b"\x89PNG\r\n")


@pytest.mark.usefixtures("drawn")
def test_the_table_file_has_every_cell(client: Client) -> None:
    lines = client.get("/studien/karte.csv", headers=EN).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 4
    assert lines[1] == "th-a;gr-a;1;strong;1;0;0;0;0;"
    assert lines[-1].endswith(";no study")


@pytest.mark.usefixtures("drawn")
def test_filters_of_the_map_stay_in_the_studies_of_a_cell(client: Client) -> None:
    words = words_of(client, "/studien/karte/?s=4")
    assert "s=4&amp;z=th-a&amp;z=gr-a" in words
