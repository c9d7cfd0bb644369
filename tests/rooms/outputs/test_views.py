"""Every page: what it shows to those it is for, what it refuses, and to whom it says nothing at all."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nahtstelle.rooms.law.models import Act, PlannedChange
from nahtstelle.rooms.outputs import actions, attaching, citing, settling, sweep
from nahtstelle.rooms.outputs.models import Attachment, Authorship, Impact, LeftText, Output, Wave
from tests.cast import come_in
from tests.rooms.outputs.making import (
    BY,
    NOW,
    Cast,
    Shelf,
    act_as,
    bring_out,
    cite,
    concept,
    draft,
    published,
    ready,
    write,
)

BASE = "/veroeffentlichungen"
SECRET = "Vertrauliches Wort"
SIGN_IN = "/schreibtisch/anmelden/"


@pytest.fixture
def visit(cast: Cast) -> Callable[[str], Client]:
    """A browser of one person of the cast; "" is somebody who is not signed in."""

    def open_(who: str = "") -> Client:
        client = Client(headers={"accept-language": "en"})
        if who:
            come_in(client, cast.everybody()[who])
        return client

    return open_


def text_of(response: Any) -> str:
    return response.content.decode()


def work(output: Output) -> str:
    return f"{BASE}/werkstatt/{output.slug}/"


# --- readers -----------------------------------------------------------------------------------------------------------


def test_the_list_shows_what_is_published(visit: Any, cast: Cast) -> None:
    output = published(cast, title="Merkblatt zur Probe")
    draft(cast.emre, title="Noch nicht fertig")
    response = visit().get(f"{BASE}/?q=merkblatt")
    assert response.status_code == 200
    assert f'href="/veroeffentlichungen/{output.slug}/"' in text_of(response)
    assert "Noch nicht fertig" not in text_of(visit().get(f"{BASE}/"))


@pytest.mark.parametrize(
    "query", ["?page=9999", "?page=x", "?f=unbekannt", "?sort=unfug", "?l=xx&p=yy", "?q=%00", "?f=%00&p=%00&l=%00"]
)
def test_the_list_survives_what_a_visitor_makes_up(visit: Any, cast: Cast, query: str) -> None:
    published(cast)
    assert visit().get(f"{BASE}/{query}").status_code == 200


def test_chips_lead_to_the_list_without_them(visit: Any, cast: Cast) -> None:
    theme = concept("th-arbeit", "theme")
    published(cast).concepts.add(theme)
    response = visit().get(f"{BASE}/?f=th-arbeit&q=Text")
    assert [chip["url"] for chip in response.context["chips"]] == ["?q=Text"]


@pytest.mark.parametrize("audience", ["network", "staff"])
@pytest.mark.parametrize("page", ["", "pdf/", "fassung/1/", "datei/a.pdf"])
def test_what_is_not_for_everybody_is_not_even_there(visit: Any, cast: Cast, audience: str, page: str) -> None:
    output = draft(cast.emre, body=SECRET)
    attaching.attach(
        output, name="a.pdf", content=b"%PDF-1 " + SECRET.encode(), media_type="application/pdf", title="A", alternative="",
        **act_as(cast.emre),
    )  # fmt: skip
    bring_out(output, cast)
    address = f"{BASE}/{output.slug}/{page}"
    assert visit().get(address).status_code == 200  # it could leak
    Output.objects.filter(pk=output.pk).update(audience=audience)
    assert [visit(who).get(address).status_code for who in ("", "stranger")] == [404, 404]
    assert visit("rita").get(address).status_code == 200
    assert visit("tariq").get(address).status_code == (200 if audience == "network" else 404)


def test_a_draft_has_no_page(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre, body=SECRET)
    assert [visit(who).get(f"{BASE}/{output.slug}/").status_code for who in ("", "emre")] == [404, 404]


def test_the_working_text_does_not_show_on_the_readers_page(visit: Any, cast: Cast) -> None:
    output = published(cast, body="Alt.")
    write(output, cast.emre, body=SECRET)
    assert SECRET not in text_of(visit("emre").get(f"{BASE}/{output.slug}/"))


def test_a_withdrawn_text_says_that_it_is_gone_and_why(visit: Any, cast: Cast) -> None:
    output = published(cast, body=SECRET)
    actions.withdraw(output, why="Stimmt nicht mehr.", **act_as(cast.ruth))
    response = visit().get(f"{BASE}/{output.slug}/")
    assert (response.status_code, "Stimmt nicht mehr." in text_of(response), SECRET in text_of(response)) == (
        410,
        True,
        False,
    )
    assert [visit().get(f"{BASE}/{output.slug}/{page}").status_code for page in ("pdf/", "fassung/1/")] == [404, 404]


def test_what_is_written_at_the_successor_meanwhile_is_not_told_to_readers(visit: Any, cast: Cast) -> None:
    old, new = published(cast, title="Alt"), published(cast, title="Neu")
    actions.supersede(old, successor=new, **act_as(cast.ruth))
    Output.objects.filter(pk=new.pk).update(title=SECRET)
    assert SECRET in text_of(visit("emre").get(work(new)))  # it could be told
    shown = text_of(visit().get(f"{BASE}/{old.slug}/"))
    assert (SECRET in shown, "Neu" in shown) == (False, True)


def test_an_older_edition_says_which_took_its_place_and_why(visit: Any, cast: Cast) -> None:
    output = published(cast, title="Fristen")
    assert "took its place" not in text_of(visit().get(f"{BASE}/{output.slug}/fassung/1/"))
    for note in ("Corrected: the day.", "Corrected: the hour."):
        write(output, cast.emre, body=note)
        bring_out(output, cast, note=note)
    first, second = (text_of(visit().get(f"{BASE}/{output.slug}/fassung/{number}/")) for number in (1, 2))
    assert "Edition 2 took its place on 23 November 2026. Corrected: the day." in first
    assert "Edition 3 took its place on 23 November 2026. Corrected: the hour." in second


def test_a_superseded_text_leads_to_its_successor(visit: Any, cast: Cast) -> None:
    old, new = published(cast), published(cast)
    actions.supersede(old, successor=new, **act_as(cast.ruth))
    assert f"/veroeffentlichungen/{new.slug}/" in text_of(visit().get(f"{BASE}/{old.slug}/"))


def test_a_page_under_review_has_its_banner(visit: Any, cast: Cast, law: Shelf) -> None:
    output = published(cast)
    cite(output, law.provisions[0])
    law.change(0, parts=[("/", False)])
    sweep.sweep_reading(law.readings[-1], by=BY, at=NOW)
    said = text_of(visit().get(f"{BASE}/{output.slug}/"))
    assert "The law has changed" in said and "Changed: § 1 BspG." in said


def test_a_banner_of_very_many_provisions_stays_short(visit: Any, cast: Cast, db: None) -> None:
    from tests.rooms.outputs.making import shelf

    law = shelf("VielG", provisions=30)
    output = published(cast)
    for number in range(30):
        cite(output, law.provisions[number])
        law.change(number, parts=[("/", False)])
    sweep.sweep_reading(law.readings[-1], by=BY, at=NOW)
    assert "Changed: § 1, § 2, § 3, § 4, § 5 VielG and 25 more." in text_of(visit().get(f"{BASE}/{output.slug}/"))


def test_an_older_edition_stays_readable_with_its_files(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre, body="Alte Worte.")
    attaching.attach(
        output,
        name="a.pdf",
        content=b"%PDF alt",
        media_type="application/pdf",
        title="A",
        alternative="",
        **act_as(cast.emre),
    )
    bring_out(output, cast)
    output.refresh_from_db()
    attaching.attach(
        output,
        name="a.pdf",
        content=b"%PDF neu",
        media_type="application/pdf",
        title="A",
        alternative="",
        **act_as(cast.emre),
    )
    write(output, cast.emre, body="Neue Worte.")
    client = visit()
    assert client.get(f"{BASE}/{output.slug}/datei/a.pdf").content == b"%PDF alt"
    bring_out(Output.objects.get(pk=output.pk), cast)
    assert "Alte Worte." in text_of(client.get(f"{BASE}/{output.slug}/fassung/1/"))
    assert client.get(f"{BASE}/{output.slug}/datei/a.pdf").content == b"%PDF neu"
    assert client.get(f"{BASE}/{output.slug}/datei/a.pdf?fassung=1").content == b"%PDF alt"
    assert client.get(f"{BASE}/{output.slug}/fassung/9/").status_code == 404


def test_files_of_the_working_text_are_for_those_who_work_on_it(visit: Any, cast: Cast) -> None:
    output = published(cast)
    attaching.attach(
        output,
        name="a.pdf",
        content=b"%PDF",
        media_type="application/pdf",
        title="A",
        alternative="",
        **act_as(cast.emre),
    )
    address = f"{BASE}/{output.slug}/datei/a.pdf"
    assert visit("emre").get(address + "?arbeitsstand").content == b"%PDF"
    assert visit().get(address).status_code == 404
    assert visit().get(address + "?arbeitsstand").status_code == 302
    assert visit("stranger").get(address + "?arbeitsstand").status_code == 403


@pytest.mark.parametrize("name", ["fehlt.pdf", "../../etc/passwd", "a/b/c", "%2e%2e/x", "%00.pdf"])
def test_unknown_files_are_not_there(visit: Any, cast: Cast, name: str) -> None:
    assert visit().get(f"{BASE}/{published(cast).slug}/datei/{name}").status_code == 404


# --- the workshop: who gets in ---------------------------------------------------------------------------------------


PAGES = ["", "schreiben/", "angaben/", "zitate/", "anhaenge/", "vergleich/"]


@pytest.mark.parametrize("page", PAGES)
def test_workshop_pages_are_for_those_who_work_on_the_text(visit: Any, cast: Cast, page: str) -> None:
    output = draft(cast.emre, body=SECRET)
    address = work(output) + page
    assert visit("emre").get(address).status_code == 200
    for who in ("stranger", "tariq", "konrad"):
        refused = visit(who).get(address)
        assert (refused.status_code, SECRET in text_of(refused)) == (403, False)
    assert visit().get(address).headers["location"].startswith(SIGN_IN)
    Authorship.objects.create(output=output, person=cast.stranger.person)
    assert visit("stranger").get(address).status_code == 200


@pytest.mark.parametrize("page", ["sichern/", "vorschau/", "schritt/"])
def test_workshop_posts_are_for_those_who_work_on_the_text(visit: Any, cast: Cast, page: str) -> None:
    output = draft(cast.emre)
    sent = {"title": "x", "body": "x", "started_from": "1", "step": "submit"}
    assert visit("stranger").post(work(output) + page, sent).status_code == 403
    assert visit().post(work(output) + page, sent).status_code == 302
    assert visit("emre").get(work(output) + page).status_code == 405
    assert Output.objects.get(pk=output.pk).body == "Ein Satz."


@pytest.mark.parametrize(
    "address", ["werkstatt/gibt-es-nicht/", "werkstatt/gibt-es-nicht/schreiben/", "wellen/999/", "wellen/999/1/"]
)
def test_what_does_not_exist_is_not_found(visit: Any, address: str) -> None:
    assert visit("ruth").get(f"{BASE}/{address}").status_code == 404


def test_staff_see_the_whole_workshop_others_their_own(visit: Any, cast: Cast) -> None:
    mine, other = draft(cast.rita, title="Von Rita"), draft(cast.emre, title="Von Emre")
    Authorship.objects.create(output=other, person=cast.stranger.person)
    seen = {
        who: [o.slug for o in visit(who).get(f"{BASE}/werkstatt/").context["page"]]
        for who in ("sam", "stranger", "tariq")
    }
    assert {who: set(slugs) for who, slugs in seen.items()} == {
        "sam": {mine.slug, other.slug},
        "stranger": {other.slug},
        "tariq": set(),
    }
    assert visit().get(f"{BASE}/werkstatt/").headers["location"].startswith(SIGN_IN)


def test_the_workshop_is_narrowed_by_words_state_and_mine(visit: Any, cast: Cast) -> None:
    first = draft(cast.rita, title="Von Rita")
    actions.submit(draft(cast.emre, title="Von Emre"), **act_as(cast.emre))
    client = visit("rita")
    for query in ("q=rita", "state=draft", "mine=on"):
        assert [o.slug for o in client.get(f"{BASE}/werkstatt/?{query}").context["page"]] == [first.slug]
    assert client.get(f"{BASE}/werkstatt/?state=unfug").status_code == 200


# --- writing -------------------------------------------------------------------------------------------------------------


def test_a_text_is_started_once_however_often_it_is_sent(visit: Any, cast: Cast) -> None:
    of = concept("out-faq", "output")
    client = visit("emre")
    form = client.get(f"{BASE}/werkstatt/neu/").context["form"]
    sent = {"title": "Neue Frage", "kind": of.pk, "language": "de", "submission": form["submission"].value()}
    answers = [client.post(f"{BASE}/werkstatt/neu/", sent) for _ in range(2)]
    assert {answer.headers["location"] for answer in answers} == {f"{BASE}/werkstatt/neue-frage/schreiben/"}
    assert Output.objects.get().body.startswith("## Frage")


def test_only_staff_start_a_text(visit: Any) -> None:
    assert visit("tariq").get(f"{BASE}/werkstatt/neu/").status_code == 403


def test_a_saved_text_is_there(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre)
    sent = {"title": "Neu", "summary": "", "body": "Zeile 1\r\nZeile 2", "started_from": 1}
    assert visit("emre").post(work(output) + "schreiben/", sent).headers["location"] == work(output)
    output.refresh_from_db()
    assert (output.title, output.body) == ("Neu", "Zeile 1\nZeile 2")


def test_a_form_without_title_comes_back_with_what_was_typed(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre)
    response = visit("emre").post(work(output) + "schreiben/", {"title": "", "body": SECRET, "started_from": 1})
    assert (response.status_code, SECRET in text_of(response)) == (422, True)


def test_a_conflict_leads_to_both_texts(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre, body="eins")
    write(output, cast.emre, body="von Emre")
    client = visit("ines")
    sent = {"title": output.title, "summary": "", "body": "von Ines", "started_from": 1}
    left = (
        LeftText.objects.get(body="von Ines")
        if client.post(work(output) + "schreiben/", sent).status_code == 302
        else None
    )
    assert left is not None
    page = f"{work(output)}zusammenfuehren/{left.pk}/"
    shown = client.get(page).context
    assert [(row["old"], row["new"]) for row in shown["rows"]] == [
        ([("same", "von "), ("del", "Emre")], [("same", "von "), ("ins", "Ines")])
    ]
    assert (shown["form"]["body"].value(), shown["form"]["started_from"].value()) == ("von Ines", 2)
    assert visit("emre").get(page).status_code == 403
    merged = {"title": output.title, "summary": "", "body": "von beiden", "started_from": 2, "take": "1"}
    assert client.post(page, merged).status_code == 302
    left.refresh_from_db()
    assert (Output.objects.get(pk=output.pk).body, left.settled_at is not None) == ("von beiden", True)


def test_autosave_answers_with_the_new_revision(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre)
    sent = {"title": output.title, "summary": "", "body": "Neu.", "started_from": 1}
    answer = visit("emre").post(work(output) + "sichern/", sent).json()
    assert (answer["revision"], answer["sent_as"]) == (2, 2)


def test_autosave_of_two_brings_both_together(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre, body="eins\nzwei\ndrei")
    write(output, cast.emre, body="EINS\nzwei\ndrei")
    sent = {"title": output.title, "summary": "", "body": "eins\nzwei\nDREI", "started_from": 1}
    answer = visit("ines").post(work(output) + "sichern/", sent).json()
    assert (answer["text"]["body"], answer["revision"], answer["sent_as"]) == ("EINS\nzwei\nDREI", 4, 3)


def test_autosave_says_what_a_rule_refuses(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre)
    actions.submit(output, **act_as(cast.emre))
    sent = {"title": output.title, "summary": "", "body": "Neu.", "started_from": 1}
    response = visit("emre").post(work(output) + "sichern/", sent)
    assert response.status_code == 409
    assert "with its reviewer" in response.json()["trouble"]


@pytest.mark.parametrize(
    "sent", [{}, {"title": ""}, {"title": "x", "started_from": "abc"}, {"title": "x" * 301, "started_from": "1"}]
)
def test_autosave_of_an_unusable_form_says_so(visit: Any, cast: Cast, sent: dict[str, str]) -> None:
    response = visit("emre").post(work(draft(cast.emre)) + "sichern/", sent)
    assert (response.status_code, bool(response.json()["trouble"])) == (422, True)


def test_the_preview_shows_text_and_citations_and_saves_nothing(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre)
    response = visit("emre").post(
        work(output) + "vorschau/", {"title": "T", "body": "## Kapitel\n\n§ 5 AufenthG <script>"}
    )
    said = text_of(response)
    assert "Kapitel</h2>" in said and "§ 5 AufenthG" in said and "<script>" not in said
    assert Output.objects.get(pk=output.pk).body == "Ein Satz."


def test_stale_particulars_are_asked_for_again(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre)
    client = visit("emre")
    form = client.get(work(output) + "angaben/").context["form"]
    sent = {name: form[name].value() for name in ("revision", "kind", "owner", "audience", "licence")} | {
        "stand": "2026-11-01"
    }
    write(output, cast.ines, body="Dazwischen.")
    response = client.post(work(output) + "angaben/", sent)
    assert (response.status_code, "while your form was open" in text_of(response)) == (409, True)
    again = sent | {"revision": response.context["form"]["revision"].value()}
    assert client.post(work(output) + "angaben/", again).status_code == 302
    output.refresh_from_db()
    assert (output.stand, output.body) == (date(2026, 11, 1), "Dazwischen.")


def test_an_end_before_the_beginning_is_refused_with_a_sentence(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre)
    client = visit("emre")
    form = client.get(work(output) + "angaben/").context["form"]
    sent = {name: form[name].value() for name in ("revision", "kind", "owner", "audience", "licence")}
    response = client.post(work(output) + "angaben/", sent | {"valid_from": "2026-02-01", "valid_until": "2026-01-01"})
    assert (response.status_code, "lies before its start" in text_of(response)) == (422, True)


def test_the_author_alone_cannot_open_a_published_text_to_everybody(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre)
    Output.objects.filter(pk=output.pk).update(audience="staff")
    bring_out(Output.objects.get(pk=output.pk), cast)
    client = visit("emre")
    form = client.get(work(output) + "angaben/").context["form"]
    sent = {name: form[name].value() for name in ("revision", "kind", "owner", "licence")} | {"audience": "public"}
    assert client.post(work(output) + "angaben/", sent).status_code == 403
    assert Output.objects.get(pk=output.pk).audience == "staff"


def test_citations_are_added_confirmed_and_removed(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre)
    client = visit("emre")
    assert client.post(work(output) + "zitate/", {"words": "§ 5 AufenthG", "role": "mention"}).status_code == 302
    row = output.citations.get()
    client.post(work(output) + "zitate/", {"as-basis": row.pk})
    row.refresh_from_db()
    assert row.role == "basis"
    client.post(work(output) + "zitate/", {"remove": row.pk})
    assert not output.citations.exists()


@pytest.mark.parametrize("sent", [{"remove": "abc"}, {"as-basis": "999999"}, {"remove": "²"}])
def test_citations_that_do_not_exist_are_not_found(visit: Any, cast: Cast, sent: dict[str, str]) -> None:
    assert visit("emre").post(work(draft(cast.emre)) + "zitate/", sent).status_code == 404


def test_a_citation_of_another_text_is_not_touched(visit: Any, cast: Cast) -> None:
    mine, theirs = draft(cast.emre), draft(cast.rita)
    row = citing.declare(theirs, "§ 5 AufenthG", role="basis", **act_as(cast.rita))[0]
    assert visit("emre").post(work(mine) + "zitate/", {"remove": row.pk}).status_code == 404


def test_a_misunderstood_citation_comes_back_with_the_reason(visit: Any, cast: Cast) -> None:
    response = visit("emre").post(work(draft(cast.emre)) + "zitate/", {"words": "etwas", "role": "basis"})
    assert (response.status_code, "names no provision" in text_of(response)) == (422, True)


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("a.pdf", b"%PDF-1.7", 302), ("bild.png", b"\x89PNG\r\n\x1a\n", 302), ("a.pdf", b"<html>", 422),
        ("a.exe", b"MZ", 422), ("a.svg", b"<svg onload=alert(1)>", 422), ("../../a.pdf", b"%PDF-1.7", 302),
    ],
)  # fmt: skip
def test_files_are_what_they_say(visit: Any, cast: Cast, name: str, content: bytes, status: int) -> None:
    output = draft(cast.emre)
    sent = {"file": SimpleUploadedFile(name, content), "title": "Datei", "alternative": "Worte"}
    assert visit("emre").post(work(output) + "anhaenge/", sent).status_code == status
    assert all("/" not in row.name for row in Attachment.objects.all())


def test_two_states_are_compared(visit: Any, cast: Cast) -> None:
    output = published(cast, body="Der alte Satz.")
    write(output, cast.emre, body="Der neue Satz.")
    said = text_of(visit("emre").get(work(output) + "vergleich/"))
    assert "alte" in said and "neue" in said
    for query in ("?alt=e1&neu=r2", "?alt=e99&neu=r99", "?alt=e²&neu=x", "?alt=r1&neu=r1"):
        assert visit("emre").get(work(output) + "vergleich/" + query).status_code == 200


def test_a_variant_is_started_once_for_a_language(visit: Any, cast: Cast) -> None:
    base = published(cast)
    client = visit("rita")
    assert client.post(work(base) + "sprache/", {"language": "en"}).status_code == 302
    assert client.post(work(base) + "sprache/", {"language": "en"}).status_code == 422
    assert base.variants.get().owner == cast.rita.person


# --- steps -----------------------------------------------------------------------------------------------------------------


def test_the_way_of_a_text_through_its_pages(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre)
    emre, ruth = visit("emre"), visit("ruth")
    assert emre.post(work(output) + "schritt/", {"step": "submit"}).status_code == 302
    assert emre.post(work(output) + "schritt/", {"step": "sign-off", "revision": 1}).status_code == 403
    assert ruth.post(work(output) + "schritt/", {"step": "sign-off", "revision": 0}).status_code == 409
    assert ruth.post(work(output) + "schritt/", {"step": "sign-off", "revision": 1}).status_code == 302
    assert ruth.post(work(output) + "schritt/", {"step": "publish", "words": "neu"}).status_code == 302
    assert visit().get(f"{BASE}/{output.slug}/").status_code == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"step": "unfug"}, 422), ({}, 422), ({"step": "sign-off", "revision": "abc"}, 409),
        ({"step": "supersede", "successor": "gibt-es-nicht"}, 422), ({"step": "withdraw", "words": ""}, 422), ({"step": "withdraw", "words": "\0"}, 422),
        ({"step": "schedule", "publish_at": ""}, 422), ({"step": "schedule", "publish_at": "morgen"}, 422),
        ({"step": "schedule", "publish_at": "2027-13-45T99:00"}, 422),
        ({"step": "schedule", "publish_at": "2027-03-28T02:30"}, 422),
    ],
)  # fmt: skip
def test_unusable_steps_are_refused_with_a_sentence(visit: Any, cast: Cast, sent: dict[str, str], status: int) -> None:
    output = actions.submit(draft(cast.emre), **act_as(cast.emre))
    assert visit("ruth").post(work(output) + "schritt/", sent).status_code == status


def test_a_moment_is_the_centres_own_time(visit: Any, cast: Cast) -> None:
    output = actions.submit(draft(cast.emre), **act_as(cast.emre))
    actions.sign_off(output, revision=1, **act_as(cast.ruth))
    visit("ruth").post(work(output) + "schritt/", {"step": "schedule", "publish_at": "2031-07-01T09:00"})
    output.refresh_from_db()
    assert output.publish_at is not None and output.publish_at.isoformat() == "2031-07-01T07:00:00+00:00"
    visit("ruth").post(work(output) + "schritt/", {"step": "unschedule"})
    output.refresh_from_db()
    assert output.publish_at is None


def test_a_successor_is_named_by_its_link(visit: Any, cast: Cast) -> None:
    old, new = published(cast), published(cast)
    link = f"http://testserver{BASE}/{new.slug}/"
    assert visit("ruth").post(work(old) + "schritt/", {"step": "supersede", "successor": link}).status_code == 302
    assert Output.objects.get(pk=old.pk).replaced_by == new


def test_a_draft_can_be_given_up(visit: Any, cast: Cast) -> None:
    output = draft(cast.emre)
    assert "Give up this draft" in text_of(visit("emre").get(work(output)))
    visit("emre").post(work(output) + "schritt/", {"step": "withdraw", "words": "doch nicht"})
    assert Output.objects.get(pk=output.pk).state == "withdrawn"
    assert visit().get(f"{BASE}/{output.slug}/").status_code == 404


@pytest.mark.parametrize("state", ["draft", "in_review", "signed_off", "published", "withdrawn", "superseded"])
def test_the_texts_page_draws_in_every_state_for_everybody_who_may_see_it(visit: Any, cast: Cast, state: str) -> None:
    output = draft(cast.emre)
    if state != "draft":
        output = actions.submit(output, **act_as(cast.emre))
    if state not in ("draft", "in_review"):
        output = actions.sign_off(output, revision=1, **act_as(cast.ruth))
    if state not in ("draft", "in_review", "signed_off"):
        actions.publish(output, **act_as(cast.ruth))
    if state == "withdrawn":
        actions.withdraw(output, why="falsch", **act_as(cast.ruth))
    if state == "superseded":
        actions.supersede(output, successor=published(cast), **act_as(cast.ruth))
    assert {visit(who).get(work(output)).status_code for who in ("emre", "ruth", "jana", "rita", "sam")} == {200}


# --- waves -------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def wave(cast: Cast, law: Shelf) -> Wave:
    """A wave over a text of Rita's and one of Emre's, each concerned at two provisions."""
    for owner in (cast.rita, cast.emre):
        output = ready(owner=owner.person)
        cite(output, law.provisions[0])
        cite(output, law.provisions[1])
    law.change(0, parts=[("/", False)])
    law.change(1, "renumbered")
    opened = sweep.sweep_reading(law.readings[-1], by=BY, at=NOW)
    assert opened is not None
    return opened


def output_of(wave: Wave, account: Any) -> Output:
    return Output.objects.get(owner=account.person, pk__in=wave.impacts.values("output"))


def test_staff_see_all_waves(visit: Any, cast: Cast, wave: Wave) -> None:
    assert f"/veroeffentlichungen/wellen/{wave.pk}/" in text_of(visit("sam").get(f"{BASE}/wellen/"))
    assert visit("tariq").get(f"{BASE}/wellen/").status_code == 403
    assert visit().get(f"{BASE}/wellen/").status_code == 302


def test_a_wave_shows_every_text_to_staff_and_their_own_to_owners(visit: Any, cast: Cast, wave: Wave) -> None:
    rita, emre = output_of(wave, cast.rita), output_of(wave, cast.emre)
    Output.objects.filter(pk=rita.pk).update(owner=cast.stranger.person)
    said = text_of(visit("sam").get(f"{BASE}/wellen/{wave.pk}/"))
    assert rita.title in said and emre.title in said
    own = text_of(visit("stranger").get(f"{BASE}/wellen/{wave.pk}/"))
    assert rita.title in own and emre.title not in own
    assert visit("tariq").get(f"{BASE}/wellen/{wave.pk}/").status_code == 403
    assert visit().get(f"{BASE}/wellen/{wave.pk}/").status_code == 302


def test_only_open_texts_are_shown_where_wanted(visit: Any, cast: Cast, wave: Wave) -> None:
    done = output_of(wave, cast.rita)
    settling.confirm_valid(wave, done, reason="Ja.", **act_as(cast.rita))
    rows = visit("sam").get(f"{BASE}/wellen/{wave.pk}/?offen").context["rows"]
    assert [row["title"] for row in rows] == [output_of(wave, cast.emre).title]


def test_the_owner_answers(visit: Any, cast: Cast, wave: Wave) -> None:
    output = output_of(wave, cast.rita)
    address = f"{BASE}/wellen/{wave.pk}/{output.pk}/"
    assert visit("rita").get(address).status_code == 200
    assert visit("rita").post(address, {"answer": "valid", "words": ""}).status_code == 422
    assert visit("rita").post(address, {"answer": "valid", "words": "Gilt weiter."}).status_code == 302
    assert set(wave.impacts.filter(output=output).values_list("outcome", flat=True)) == {"valid"}
    assert visit("rita").post(address, {"answer": "valid", "words": "Noch einmal."}).status_code == 409
    assert visit("rita").get(address).status_code == 200


@pytest.mark.parametrize("who", ["emre", "tariq", "stranger", "sam"])
def test_nobody_else_answers_or_sees_the_answer_page(visit: Any, cast: Cast, wave: Wave, who: str) -> None:
    address = f"{BASE}/wellen/{wave.pk}/{output_of(wave, cast.rita).pk}/"
    assert visit("jana").get(address).status_code == 200
    assert [
        visit(who).get(address).status_code,
        visit(who).post(address, {"answer": "valid", "words": "Ja"}).status_code,
    ] == [403, 403]
    assert Impact.objects.exclude(outcome="").count() == 0


def test_answering_by_withdrawal_and_by_correction(visit: Any, cast: Cast, wave: Wave) -> None:
    rita, emre = output_of(wave, cast.rita), output_of(wave, cast.emre)
    visit("rita").post(f"{BASE}/wellen/{wave.pk}/{rita.pk}/", {"answer": "withdraw", "words": "überholt"})
    assert Output.objects.get(pk=rita.pk).state == "withdrawn"
    answer = visit("emre").post(f"{BASE}/wellen/{wave.pk}/{emre.pk}/", {"answer": "correct"})
    assert answer.headers["location"] == f"{work(emre)}schreiben/"


def test_a_text_that_is_not_in_the_wave_has_no_answer_page(visit: Any, cast: Cast, wave: Wave) -> None:
    assert visit("ruth").get(f"{BASE}/wellen/{wave.pk}/{ready().pk}/").status_code == 404


def test_a_bulletin_is_drafted_once(visit: Any, cast: Cast, wave: Wave) -> None:
    concept("out-law-bulletin", "output")
    client = visit("emre")
    answers = [client.post(f"{BASE}/wellen/{wave.pk}/rechtsinfo/").headers["location"] for _ in range(2)]
    bulletin = Output.objects.get(drafted_for=wave)
    assert answers == [f"{work(bulletin)}schreiben/", work(bulletin)]


@pytest.mark.parametrize(("who", "status"), [("", 302), ("stranger", 403), ("tariq", 403)])
def test_only_staff_draft_bulletins(visit: Any, cast: Cast, wave: Wave, who: str, status: int) -> None:
    concept("out-law-bulletin", "output")
    act = Act.objects.create(slug="g1", title="Gesetz", created_at=NOW)
    addresses = (f"{BASE}/wellen/{wave.pk}/rechtsinfo/", f"{BASE}/rechtsinfo/{act.slug}/")
    assert [visit(who).post(address).status_code for address in addresses] == [status, status]
    assert not Output.objects.filter(kind__key="out-law-bulletin").exists()


def test_an_announced_change_is_answered_with_its_plan_before_one(visit: Any, cast: Cast, law: Shelf) -> None:
    output = ready(owner=cast.rita.person)
    cite(output, law.provisions[0])
    act = Act.objects.create(slug="g1", title="Gesetz zur Probe", created_at=NOW)
    PlannedChange.objects.create(
        act=act, law=law.law, provision=law.provisions[0], kind="amended", old_citation="§ 1", summary="Neue Frist.",
        in_force=date(2027, 3, 1),
    )  # fmt: skip
    wave = sweep.sweep_act(act, law.law, revision=1, by=BY, at=NOW + timedelta(hours=1))
    assert wave is not None
    said = text_of(visit("rita").get(f"{BASE}/wellen/{wave.pk}/{output.pk}/"))
    assert "§ 1: amended, in force on 1 March 2027, Neue Frist." in said
    assert visit("ruth").get(f"{BASE}/wellen/{wave.pk}/").status_code == 200
