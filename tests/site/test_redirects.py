"""Redirects: old addresses lead on, and only where they should."""

from collections.abc import Callable
from time import process_time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from nahtstelle.plumbing.kit.refusals import NotYours, Refusal
from nahtstelle.plumbing.ledger.queries import trail_of
from nahtstelle.register.people.models import Account
from nahtstelle.site.redirects import actions, rows
from nahtstelle.site.redirects.addresses import new_address, old_address
from nahtstelle.site.redirects.models import Hits, Redirect
from nahtstelle.site.redirects.ways import Ways
from tests.rooms.outputs.making import NOW, TODAY
from tests.site.reading_pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
As = Callable[..., Client]
HOST = "testserver"


def lead(by: Account, old: str = "/alt", new: str = "/themen/", *, known: Redirect | None = None) -> Redirect:
    return actions.set_redirect(known, old=old, new=new, note="", account=by, by=by.actor, at=NOW)


# --- answering -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["/alt", "/alt/", "/alt?x=1", "/alt/?x=1"])
def test_an_old_address_leads_on_with_slash_and_query_or_without(emre: Account, asked: str) -> None:
    assert Client().get(asked).status_code == 404
    lead(emre)
    answer = Client().get(asked)
    assert (answer.status_code, answer["Location"]) == (301, "/themen/")


def test_an_address_with_its_query_is_told_from_another(emre: Account) -> None:
    lead(emre, "/index.php?id=12", "/themen/")
    lead(emre, "/index.php", "/recht/")
    assert Client().get("/index.php?id=12")["Location"] == "/themen/"
    assert Client().get("/index.php?id=13")["Location"] == "/recht/"


@pytest.mark.parametrize("given", ["/länder", "/l%C3%A4nder", "/L/?q=Länder", "/L?q=L%C3%A4nder"])
def test_an_old_address_with_umlauts_leads_on_however_it_was_written(emre: Account, given: str) -> None:
    lead(emre, old_address(given, host=HOST))
    asked = "/L?q=L%C3%A4nder" if "q=" in given else "/l%C3%A4nder/"
    assert Client().get(asked)["Location"] == "/themen/"


def test_a_page_that_answers_is_never_redirected(emre: Account) -> None:
    Redirect.objects.create(old="/ueber", new="/recht/", made_at=NOW)  # as a row: the rule refuses it
    assert Client().get("/ueber/").status_code == 200


def test_a_text_that_is_gone_may_lead_on(emre: Account) -> None:
    lead(emre, "/veroeffentlichungen/nie-da", "/themen/")
    assert Client().get("/veroeffentlichungen/nie-da/")["Location"] == "/themen/"


def test_what_is_sent_to_an_old_address_is_not_led_on(emre: Account) -> None:
    lead(emre)
    assert Client().post("/alt").status_code == 404


def test_uses_are_counted_by_month_and_say_nothing_of_who(emre: Account) -> None:
    redirect = lead(emre)
    for _ in range(3):
        Client().get("/alt")
    Client().head("/alt")
    assert list(redirect.hits.values_list("month", "number")) == [(TODAY.replace(day=1), 3)]
    assert {field.name for field in Hits._meta.fields} == {"id", "redirect", "month", "number"}


def test_an_unknown_address_asks_for_one_redirect_only(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):  # whether the page is kept, whether it leads on
        assert Client().get("/gibt/es/nicht").status_code == 404


@pytest.mark.parametrize("asked", ["/%00", "/alt%0d%0aSet-Cookie:x", "/" + "a" * 900, "//evil.example/alt"])
def test_a_strange_address_is_answered_as_unknown(emre: Account, asked: str) -> None:
    lead(emre)
    assert Client().get(asked).status_code in (301, 404, 400)
    assert "Set-Cookie" not in Client().get(asked).headers


# --- addresses and rules ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/alt/", "/alt"),
        ("https://testserver/alt/seite?id=3", "/alt/seite?id=3"),
        (" /Alt ", "/Alt"),
        ("/a/b/#x", "/a/b"),
        ("/%C3%BCber%20uns/?q=L%C3%A4nder", "/über uns?q=Länder"),
    ],
)
def test_an_old_address_has_one_form(given: str, kept: str) -> None:
    assert old_address(given, host=HOST) == kept


@pytest.mark.parametrize(
    "given", [
        "alt", "", "/", "https://anders.example/alt", "//anders.example", "/a\\b", "/a\nb", "/" + "a" * 500, "/a%0ab",
        "/%2F",
    ],
)  # fmt: skip
def test_what_is_no_old_address_of_ours_is_refused(given: str) -> None:
    with pytest.raises(Refusal):
        old_address(given, host=HOST)


@pytest.mark.parametrize(
    "given",
    [
        "//evil.example", "/\\evil.example", "http://evil.example", "javascript:alert(1)", "evil.example", "",
        "https:evil.example", "https://", "https://user@evil.example/", "https://evil.example/\r\nX: y", "/a\tb", "ftp://x",
    ],
)  # fmt: skip
def test_no_address_that_a_browser_could_misread_is_a_new_address(given: str) -> None:
    with pytest.raises(Refusal):
        new_address(given, host=HOST)


def test_another_site_is_told_whatever_the_case_of_its_scheme(emre: Account) -> None:
    assert new_address("HTTPS://www.example.org/Seite", host=HOST) == "https://www.example.org/Seite"
    assert new_address("HTTPS://testserver/themen/", host=HOST) == "/themen/"
    with pytest.raises(NotYours):
        lead(emre, new=new_address("HtTpS://evil.example/", host=HOST))


def test_our_own_host_is_left_out_of_a_new_address() -> None:
    assert new_address("https://testserver/themen/?a=1#b", host=HOST) == "/themen/?a=1#b"


def test_only_an_administrator_leads_to_another_site(emre: Account, sam: Account) -> None:
    with pytest.raises(NotYours):
        lead(emre, new="https://www.example.org/")
    lead(sam, new="https://www.example.org/")
    assert Client().get("/alt")["Location"] == "https://www.example.org/"


def test_an_editor_may_still_correct_the_note_of_what_an_administrator_set(emre: Account, sam: Account) -> None:
    redirect = lead(sam, new="https://www.example.org/")
    assert lead(emre, "/alt2", "https://www.example.org/", known=redirect).old == "/alt2"


def test_loops_and_chains_are_refused(emre: Account) -> None:
    lead(emre, "/a", "/b/")
    for old, new in (
        ("/x", "/x/"),
        ("/x", "/x?y=1"),
        ("/b", "/a"),
        ("/c", "/a/"),
        ("/b", "/recht/"),
        ("/d", "/a?utm=1#x"),
    ):
        with pytest.raises(Refusal):
            lead(emre, old, new)
    assert lead(emre, "/b?id=1", "/recht/").old == "/b?id=1"  # another address than /b


def test_a_chain_is_seen_however_its_umlauts_are_written(emre: Account) -> None:
    lead(emre, "/länder")
    with pytest.raises(Refusal, match="umgeleitet"):
        lead(emre, "/laender", "/l%C3%A4nder/")


def test_a_redirect_may_be_changed_to_the_way_it_has(emre: Account) -> None:
    redirect = lead(emre, "/a", "/b/")
    assert lead(emre, "/a", "/b/", known=redirect) == redirect
    assert lead(emre, "/a", "/c/", known=redirect).new == "/c/"


def test_many_redirects_are_judged_in_a_time_that_grows_with_their_number(emre: Account) -> None:
    known = [(f"/alt/{number}", f"/neu/{number}/") for number in range(20_000)]
    content = "old;new\n" + "".join(f"/frueher/{number};/heute/{number}/\n" for number in range(rows.MOST_ROWS))
    started = process_time()
    judged = rows.judged(content.encode(), ways=Ways(known), account=emre, host=HOST, on=TODAY)
    assert len(judged.rows) == rows.MOST_ROWS
    assert process_time() - started < 20  # seconds; each against each took minutes


def test_a_page_of_ours_cannot_be_redirected_away(emre: Account) -> None:
    with pytest.raises(Refusal, match="antwortet"):
        lead(emre, "/impressum", "/recht/")


def test_the_database_keeps_only_ways_that_may_be(db: None) -> None:
    for old, new in (("/", "/x"), ("x", "/y"), ("/x", "//evil.example"), ("/x", "http://evil.example"), ("/x", "/x")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Redirect.objects.create(old=old, new=new, made_at=NOW)


def test_keeping_stands_in_the_trail(emre: Account) -> None:
    redirect = lead(emre)
    assert [touch.entry.fact for touch in trail_of(redirect)] == ["redirects.RedirectSet"]


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["redirects", "add", "import", "export", "change", "drop"])
def test_redirects_are_closed_to_others(
    emre: Account, jana: Account, tariq: Account, stranger: Account, as_: As, name: str
) -> None:
    redirect = lead(emre)
    url = reverse(f"redirects:{name}", args=[redirect.pk] if name in ("change", "drop") else [])
    for who in (jana, tariq, stranger):
        client = as_(who)
        assert (client.post(url) if name == "drop" else client.get(url)).status_code == 403
    assert Client().get(url).status_code in (302, 405)
    assert Redirect.objects.exists()


def test_a_redirect_is_added_searched_changed_and_dropped(emre: Account, as_: As) -> None:
    client = as_(emre)
    client.post(reverse("redirects:add"), {"old": "/alt/", "new": "/themen/", "note": "Umzug"})
    (redirect,) = Redirect.objects.all()
    found = page(client.get(reverse("redirects:redirects"), {"q": "umzug"}))
    assert [words(link) for link in found.xpath("//tbody//th/a")] == ["/alt"]
    client.post(reverse("redirects:change", args=[redirect.pk]), {"old": "/alt/", "new": "/recht/", "note": ""})
    assert Client().get("/alt")["Location"] == "/recht/"
    client.post(reverse("redirects:drop", args=[redirect.pk]))
    assert Client().get("/alt").status_code == 404


def test_what_cannot_be_is_said_and_what_was_typed_stays(emre: Account, as_: As) -> None:
    answer = as_(emre).post(reverse("redirects:add"), {"old": "/alt", "new": "//evil.example", "note": "Bleibt"})
    assert answer.status_code == 422
    assert page(answer).xpath("//input[@name='note']/@value") == ["Bleibt"]
    again = as_(emre).post(reverse("redirects:add"), {"old": "/impressum", "new": "/recht/", "note": ""})
    assert (again.status_code, "antwortet eine Seite" in words(page(again))) == (422, True)


def test_the_list_asks_no_more_for_more_redirects(emre: Account, as_: As, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        lead(emre, f"/alt{number}")
    client = as_(emre)
    with django_assert_max_num_queries(10):
        client.get(reverse("redirects:redirects"))


# --- files -----------------------------------------------------------------------------------------------------------


def send(client: Client, content: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("alt.csv", content)
    return client.post(reverse("redirects:import"), {"file": file, **more})


def test_a_file_goes_out_and_in_again(emre: Account, as_: As) -> None:
    lead(emre)
    Redirect.objects.update(note="=1+1")
    client = as_(emre)
    content = client.get(reverse("redirects:export")).content
    assert b"'=1+1" in content  # no spreadsheet calculates it
    Redirect.objects.all().delete()
    assert send(client, content).status_code == 302
    assert list(Redirect.objects.values_list("old", "new", "note")) == [("/alt", "/themen/", "=1+1")]


@pytest.mark.parametrize(
    "content", [b"old,new\n/a,/themen/\n", b"old\tnew\n/a\t/themen/\n", "old;new;note\n/a;/themen/;fürs Archiv\n".encode("cp1252")]
)  # fmt: skip
def test_files_of_other_programs_are_read(emre: Account, as_: As, content: bytes) -> None:
    send(as_(emre), content)
    assert Redirect.objects.get().old == "/a"


def test_rows_with_a_problem_are_named_and_nothing_is_kept(emre: Account, as_: As) -> None:
    content = b"old;new\n/a;/themen/\n/b;//evil\n/a;/recht/\nc;/recht/\n/d;/a\n/e;https://www.example.org/\n"
    answer = send(as_(emre), content)
    table = page(answer).xpath("//tbody/tr")
    assert answer.status_code == 422
    assert [words(row.xpath("./th")[0]) for row in table] == ["3", "4", "5", "6", "7"]
    assert not Redirect.objects.exists()


def test_the_good_rows_are_kept_where_that_is_wanted(emre: Account, as_: As) -> None:
    answer = send(as_(emre), b"old;new\n/a;/themen/\n/b;//evil\n", rest="on")
    said = words(page(answer))
    assert "1 Umleitung übernommen" in said
    assert ("Eine Zeile wurde ausgelassen" in said, "noch einmal oder übernehmen" in said) == (True, False)
    assert list(Redirect.objects.values_list("old", flat=True)) == ["/a"]


def test_a_known_old_address_gets_the_way_of_the_file(emre: Account, as_: As) -> None:
    lead(emre)
    send(as_(emre), b"old;new\n/alt;/recht/\n")
    assert Redirect.objects.get().new == "/recht/"


@pytest.mark.parametrize(
    "content", [b"", b"\0\0", b"PK\x03\x04x", b"alt;neu\n/a;/b\n", b"old;new\n", b"old;new\n" + b"/a;/b\n" * 5001]
)
def test_what_is_no_table_of_redirects_is_one_sentence(emre: Account, as_: As, content: bytes) -> None:
    answer = send(as_(emre), content)
    assert answer.status_code == 422
    assert len(page(answer).xpath("//main//a[@href='#id_file']")) == 1 or page(answer).xpath("//tbody/tr")
    assert not Redirect.objects.exists()


def test_judging_a_file_changes_nothing(emre: Account) -> None:
    judged = rows.judged(b"old;new\n/a;/b\n/c;/a\n", ways=Ways(), account=emre, host=HOST, on=TODAY)
    assert ([row.old for row in judged.rows], [one.line for one in judged.problems]) == (["/a"], [3])
    assert not Redirect.objects.exists()
