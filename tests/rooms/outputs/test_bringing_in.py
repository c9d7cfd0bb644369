"""Bringing in a Word file: shown before anything is written, for its giver alone, with one sentence where it cannot be read."""

import uuid
from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nahtstelle.engines.wordfiles import read_word
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.outputs import bringing_in
from nahtstelle.rooms.outputs.models import BroughtIn, LeftText, Output, Save
from nahtstelle.rooms.outputs.word_writing import as_docx
from tests.cast import come_in
from tests.engines.wordfiles.making import p as para
from tests.engines.wordfiles.making import packed, written
from tests.engines.wordfiles.test_reading import MACROS, OLE, PNG, fill
from tests.rooms.outputs.making import BY, NOW, Cast, draft, kind, published, write

pytestmark = pytest.mark.usefixtures("that_day")


def client_of(account: Account | None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if account is not None:
        come_in(client, account)
    return client


def give(client: Client, content: bytes, *, slug: str = "", name: str = "Text.docx") -> Any:
    address = reverse("outputs:bring-into", args=[slug]) if slug else reverse("outputs:bring-in")
    fields = {} if slug else {"kind": kind().pk, "language": "de"}
    return client.post(address, {"file": SimpleUploadedFile(name, content), **fields})


def form_of(answer: Any) -> dict[str, str]:
    tree = lxml.html.fromstring(answer.content.decode())
    fields = {name: tree.xpath(f"//*[@name='{name}']")[0] for name in ("title", "summary", "body")}
    return {
        name: (one.get("value") if one.tag == "input" else one.text or "").removeprefix("\n")
        for name, one in fields.items()
    }


def test_a_file_becomes_a_new_text_after_it_was_looked_at(cast: Cast) -> None:
    client = client_of(cast.emre)
    given = give(client, written(fill))
    assert given.status_code == 302 and not Output.objects.exists()  # nothing is written yet
    shown = client.get(given.url)
    assert shown.status_code == 200 and not Output.objects.exists()
    fields = form_of(shown)
    assert (fields["title"], fields["summary"]) == ("Der Titel", "Worum es geht.")
    assert fields["body"].startswith("## Kapitel")
    assert "Pictures need a text alternative" in shown.content.decode()
    taken = client.post(given.url, fields | {"title": "Ein besserer Titel", "take": "1"})
    output = Output.objects.get()
    assert taken.url == reverse("outputs:edit", args=[output.slug])
    assert (output.title, output.owner, output.stand, output.language) == (
        "Ein besserer Titel",
        cast.emre.person,
        None,
        "de",
    )
    (figure,) = output.attachments.all()
    assert f"]({figure.name})" in output.body
    assert output.citations.get().law_name == "ProbeG"
    assert not BroughtIn.objects.exists()


def test_the_same_answer_sent_twice_makes_one_text(cast: Cast) -> None:
    client = client_of(cast.emre)
    address = give(client, written(fill)).url
    fields = form_of(client.get(address))
    assert client.post(address, fields).url == client.post(address, fields).url
    assert Output.objects.count() == 1


def test_a_file_becomes_the_next_save_of_a_draft(cast: Cast) -> None:
    output = draft(cast.emre, title="Da", body="Alter Satz.")
    client = client_of(cast.emre)
    address = give(client, packed(para("Neuer Satz.")), slug=output.slug).url
    shown = client.get(address)
    assert "Alter" in shown.content.decode() and form_of(shown) == {
        "title": "Da",
        "summary": "",
        "body": "Neuer Satz.\n",
    }
    client.post(address, form_of(shown))
    output.refresh_from_db()
    assert (output.body, output.revision) == ("Neuer Satz.\n", 2)
    assert Save.objects.filter(output=output, revision=1).get().body == "Alter Satz."


def test_what_somebody_wrote_meanwhile_is_not_lost(cast: Cast) -> None:
    output = draft(cast.emre, title="Da", body="Alter Satz.")
    client = client_of(cast.emre)
    address = give(client, packed(para("Aus Word.")), slug=output.slug).url
    write(output, cast.ines, body="Von Ines.")
    answer = client.post(address, form_of(client.get(address)))
    output.refresh_from_db()
    left = LeftText.objects.get()
    assert (output.body, left.body, answer.url) == (
        "Von Ines.", "Aus Word.\n", reverse("outputs:left-text", args=[output.slug, left.pk])
    )  # fmt: skip


def test_what_was_thrown_away_is_gone(cast: Cast) -> None:
    client = client_of(cast.emre)
    address = give(client, written(fill)).url
    client.get(address)
    assert bringing_in.read.cache_info().currsize > 0
    client.post(address, {"discard": "1"})
    assert (BroughtIn.objects.count(), Output.objects.count(), client.get(address).status_code) == (0, 0, 404)
    assert bringing_in.read.cache_info().currsize == 0  # nor does this process hold it


def test_what_nobody_confirmed_is_forgotten_after_a_day(cast: Cast) -> None:
    client = client_of(cast.emre)
    give(client, written(fill))
    assert bringing_in.sweep_brought_in(by=BY, at=NOW + timedelta(hours=23)) == 0
    assert bringing_in.sweep_brought_in(by=BY, at=NOW + timedelta(hours=25)) == 1


def test_only_a_few_files_wait_for_one_person(cast: Cast) -> None:
    client = client_of(cast.emre)
    for _number in range(bringing_in.MOST_WAITING + 2):
        give(client, packed(para("a")))
    assert BroughtIn.objects.count() == bringing_in.MOST_WAITING


def test_only_its_giver_sees_the_file(cast: Cast) -> None:
    address = give(client_of(cast.emre), written(fill)).url
    brought = BroughtIn.objects.get()
    picture = reverse("outputs:brought-in-picture", args=[brought.pk, f"bild-{brought.key.hex[:6]}-1.png"])
    assert client_of(cast.emre).get(address).status_code == 200
    assert client_of(cast.emre).get(picture).content == PNG
    for other in (cast.ruth, cast.stranger):
        assert [client_of(other).get(one).status_code for one in (address, picture)] == [404, 404]
        assert client_of(other).post(address, {"title": "x", "body": "y"}).status_code == 404
    assert client_of(None).get(address).status_code == 302
    assert client_of(cast.emre).get(reverse("outputs:brought-in", args=[uuid.uuid4()])).status_code == 404


def test_who_may_not_write_may_not_bring_in(cast: Cast) -> None:
    output = draft(cast.emre)
    content = packed(para("a"))
    assert give(client_of(cast.emre), content, slug=output.slug).status_code == 302
    BroughtIn.objects.all().delete()
    for account, slug, status in [
        (cast.stranger, "", 403), (cast.tariq, "", 403), (cast.stranger, output.slug, 403), (cast.rita, output.slug, 403),
        (None, "", 302), (None, output.slug, 302),
    ]:  # fmt: skip
        assert give(client_of(account), content, slug=slug).status_code == status
    assert not BroughtIn.objects.exists()


BAD = [
    (b"", "empty"), (b"%PDF-1.7", "not a Word file"), (OLE, "old Word"), (packed(para("a"))[:-30], "damaged"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "password"), (packed(para("a"), types=MACROS), "macros"),
    (packed(""), "no text"), (packed("<w:p/>" + " " * 41_000_000), "far larger"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "said"), BAD, ids=[said for _content, said in BAD])
def test_a_bad_file_gets_one_sentence(content: bytes, said: str, cast: Cast) -> None:
    answer = give(client_of(cast.emre), content)
    assert answer.status_code == 422
    tree = lxml.html.fromstring(answer.content.decode())
    errors = {
        " ".join(one.text_content().split())
        for one in tree.xpath("//*[contains(@class, 'kern-error') or contains(@class, 'error')]")
    }
    assert any(said in one for one in errors), errors
    assert not BroughtIn.objects.exists()


def test_a_file_of_two_hundred_megabytes_is_refused_unread(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nahtstelle.rooms.outputs.forms.MOST_BYTES", 1000)
    answer = give(client_of(cast.emre), written(fill))
    assert answer.status_code == 422 and "larger than 20 MB" in answer.content.decode()


def test_our_own_word_file_comes_back_as_it_was(cast: Cast) -> None:
    """What we write, we read: the structure survives the way out and back."""
    body = "## Eins\n\nEin **fetter** Satz.\n\n- a\n- b\n  - innen\n\n1. x\n2. y\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n> Zitat\n"
    output = published(cast, title="Hin und zurück", body=body)
    assert output.edition is not None
    back = read_word(as_docx(output, output.edition, banners=[], citations=[], at=NOW))
    assert back.title == "Hin und zurück"
    assert body.strip() in back.body
