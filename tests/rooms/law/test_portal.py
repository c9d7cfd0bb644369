"""Fetching from the portal, tried against a server of our own: polite, only what is new, resumable."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO, StringIO
from random import Random
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from nahtstelle.plumbing.kit.asking import Silent, ask
from nahtstelle.rooms.law import portal
from nahtstelle.rooms.law.models import Import, ImportItem, Law, PortalFile, Reading
from nahtstelle.rooms.law.portal_contents import PortalTrouble, slugs_in
from tests.rooms.law.making import BY, NOW, OTHER, Section, drain, law_xml, probe

pytestmark = pytest.mark.django_db
State = ImportItem.State


@dataclass
class Portal:
    """What our portal has, how it behaves, and what it was asked."""

    address: str = ""
    laws: dict[str, bytes] = field(default_factory=dict)
    ways: dict[str, list[str]] = field(default_factory=dict)  # path → how the next questions go
    asked: list[str] = field(default_factory=list)
    contents: bytes | None = None

    def package(self, slug: str) -> bytes:
        made = BytesIO()
        with ZipFile(made, "w") as archive:
            archive.writestr("BJNR000010020.xml", self.laws[slug])
            archive.writestr("bild.jpg", b"\xff\xd8")
        return made.getvalue()

    def table(self) -> bytes:
        items = "".join(
            f"<item><title>{slug}</title><link>http://portal.example/{slug}/xml.zip</link></item>" for slug in self.laws
        )
        return f'<?xml version="1.0" encoding="UTF-8"?><items>{items}</items>'.encode()

    def paths(self) -> list[str]:
        return [path.removeprefix("/") for path in self.asked]


class Handler(BaseHTTPRequestHandler):
    portal: Portal

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        portal = self.portal
        portal.asked.append(self.path)
        ways = portal.ways.get(self.path, [])
        way = ways.pop(0) if ways else "well"
        if way == "reset":
            self.connection.close()
            return
        if way.isdigit():
            self.send_response(int(way))
            self.send_header("Retry-After", "1")
            self.end_headers()
            return
        if way == "elsewhere":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:9/secret")
            self.end_headers()
            return
        if self.path == "/gii-toc.xml":
            self._send(portal.table() if portal.contents is None else portal.contents, "")
            return
        slug = self.path.strip("/").split("/")[0]
        if slug not in portal.laws:
            self.send_error(404)
            return
        tag = f'"{hash(portal.laws[slug])}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        body = portal.package(slug)
        if way == "broken":
            body = body[:-40]
        if way == "short":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body) + 500))
            self.end_headers()
            self.wfile.write(body)
            return
        if way == "slow":
            threading.Event().wait(1.0)
        self._send(body, tag)

    def _send(self, body: bytes, tag: str) -> None:
        self.send_response(200)
        if tag:
            self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(OSError):  # whoever asked may have given up
            self.wfile.write(body)


@pytest.fixture
def there() -> Iterator[Portal]:
    """A portal with two laws."""
    shown = Portal(laws={"probeg": probe(), "anderg": law_xml(Section("§ 1", OTHER), name="AnderG", number="BJNR2")})
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Ours", (Handler,), {"portal": shown}))
    shown.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield shown
    server.shutdown()
    server.server_close()
    thread.join(5)


def manners(*, at: datetime = NOW, pauses: list[float] | None = None, timeout: float = 5) -> portal.Manners:
    waited = pauses if pauses is not None else []
    return portal.Manners(
        delay=0.75, jitter=0.25, timeout=timeout, pause=waited.append, clock=lambda: at, chance=Random(1)
    )


def fetch(there: Portal, *, at: datetime = NOW, **how: object) -> tuple[Import, list[portal.Step]]:
    behaviour = manners(at=at, **how)  # type: ignore[arg-type] # as manners' own
    slugs = portal.table_of_contents(there.address, behaviour)
    batch = portal.begin(there.address, whole=True, by=BY, at=at)
    steps = list(portal.fetch(batch, there.address, slugs, manners=behaviour, by=BY))
    drain(at)
    batch.refresh_from_db()
    return batch, steps


def test_a_first_fetch_lists_every_law(there: Portal) -> None:
    batch, steps = fetch(there)
    assert [(step.slug, step.said) for step in steps] == [("probeg", "new"), ("anderg", "new")]
    assert (batch.state, batch.complete, batch.seen_on) == (Import.State.PREVIEW, True, NOW.date())
    assert set(batch.items.values_list("slug", "state")) == {("probeg", State.NEW_LAW), ("anderg", State.NEW_LAW)}


def test_the_next_day_only_what_is_new_is_sent(there: Portal) -> None:
    fetch(there)
    there.laws["anderg"] = law_xml(Section("§ 1", "Neu."), name="AnderG", number="BJNR2", build="20261123000000")
    batch, steps = fetch(there, at=NOW + timedelta(days=1))
    assert [(step.slug, step.said) for step in steps] == [("probeg", "same"), ("anderg", "new")]
    assert batch.items.count() == 2


def test_a_law_the_portal_no_longer_has_is_listed_with_its_trouble(there: Portal) -> None:
    there.ways["/anderg/xml.zip"] = ["404"]
    batch, _steps = fetch(there)
    item = batch.items.get(state=State.REFUSED)
    assert (item.name, item.trouble_code, item.preview["details"]) == (
        "anderg/xml.zip", "portal_answer", {"status": 404},
    )  # fmt: skip


def test_a_broken_archive_is_listed_and_asked_for_again_the_next_time(there: Portal) -> None:
    there.ways["/anderg/xml.zip"] = ["broken"]
    batch, _steps = fetch(there)
    assert batch.items.get(state=State.REFUSED).trouble_code == "archive_broken"
    assert not PortalFile.objects.filter(address__contains="anderg").exists()
    _batch, steps = fetch(there, at=NOW + timedelta(days=1))
    assert [(step.slug, step.said) for step in steps] == [("probeg", "same"), ("anderg", "new")]


@pytest.mark.parametrize("way", ["reset", "503", "short"])
def test_a_passing_trouble_is_tried_again(there: Portal, way: str) -> None:
    there.ways["/anderg/xml.zip"] = [way]
    _batch, steps = fetch(there)
    assert [step.said for step in steps] == ["new", "new"]
    assert there.paths().count("anderg/xml.zip") == 2


def test_a_law_that_stays_silent_is_tried_at_the_end_and_then_listed(there: Portal) -> None:
    there.ways["/probeg/xml.zip"] = ["reset"] * 20
    batch, steps = fetch(there)
    assert [(step.slug, step.said) for step in steps] == [
        ("probeg", "trouble"), ("anderg", "new"), ("probeg", "trouble"),
    ]  # fmt: skip
    assert batch.items.get(state=State.REFUSED).trouble_code == "unreachable"


def test_a_portal_that_is_slower_than_our_patience_is_silent(there: Portal) -> None:
    there.ways["/probeg/xml.zip"] = ["slow"]
    with pytest.raises(Silent, match="timed out"):
        ask(f"{there.address}/probeg/xml.zip", agent="tests", timeout=0.2)


def test_a_portal_that_falls_silent_stops_the_fetch_and_it_can_be_gone_on_with(there: Portal) -> None:
    for number in range(8):
        there.laws[f"g{number}"] = law_xml(Section("§ 1", OTHER), name=f"G{number}", number=f"BJNR8{number}")
        there.ways[f"/g{number}/xml.zip"] = ["reset"] * portal.ATTEMPTS
    with pytest.raises(PortalTrouble, match="stopped answering"):
        fetch(there)
    batch = Import.objects.get()
    assert (batch.state, batch.listed, batch.items.count()) == (Import.State.CHECKING, False, 2)
    there.asked.clear()
    resumed, _steps = fetch(there)
    assert resumed == batch
    assert (resumed.state, resumed.items.count()) == (Import.State.PREVIEW, 10)
    assert "probeg/xml.zip" not in there.paths()


def test_a_fetch_that_is_killed_asks_for_nothing_twice(there: Portal) -> None:
    behaviour = manners()
    batch = portal.begin(there.address, whole=True, by=BY, at=NOW)
    killed = portal.fetch(batch, there.address, list(there.laws), manners=behaviour, by=BY)
    next(killed)
    killed.close()
    there.asked.clear()
    resumed, _steps = fetch(there)
    assert resumed == batch
    assert there.paths() == ["gii-toc.xml", "anderg/xml.zip"]


def test_a_fetch_of_yesterday_is_given_up_for_todays(there: Portal) -> None:
    old = portal.begin(there.address, whole=True, by=BY, at=NOW - timedelta(days=1))
    new = portal.begin(there.address, whole=True, by=BY, at=NOW)
    old.refresh_from_db()
    assert (old.state, new.pk != old.pk) == (Import.State.ABANDONED, True)


def test_there_is_a_pause_before_every_question(there: Portal) -> None:
    pauses: list[float] = []
    fetch(there, pauses=pauses)
    assert len(pauses) == len(there.asked) == 3
    assert all(0.75 <= pause <= 1.0 for pause in pauses)


def test_after_a_refusal_the_pause_is_as_long_as_the_portal_asks(there: Portal) -> None:
    there.ways["/probeg/xml.zip"] = ["429"]
    pauses: list[float] = []
    fetch(there, pauses=pauses)
    assert max(pauses) >= 1.0


def test_a_link_of_the_table_never_leads_to_another_host(there: Portal) -> None:
    batch, _steps = fetch(there)  # the links name portal.example
    assert batch.items.exclude(state=State.REFUSED).count() == 2
    assert there.paths() == ["gii-toc.xml", "probeg/xml.zip", "anderg/xml.zip"]


def test_a_redirect_to_another_host_is_not_followed(there: Portal) -> None:
    there.ways["/probeg/xml.zip"] = ["elsewhere"]
    with pytest.raises(Silent, match="sends us elsewhere"):
        ask(f"{there.address}/probeg/xml.zip", agent="tests", timeout=2)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://x"])
def test_only_the_web_is_asked(address: str) -> None:
    with pytest.raises(Silent, match="not an address of the web"):
        ask(address, agent="tests", timeout=1)


@pytest.mark.parametrize(
    "contents",
    [
        b"",
        b"<items>",
        b"<html/>",
        b'<!DOCTYPE items [<!ENTITY x SYSTEM "file:///etc/passwd">]><items><item><link>&x;</link></item></items>',
        b"<items><item><link>http://x/../../xml.zip</link></item></items>",
    ],
)
def test_a_table_of_contents_that_is_none_is_refused(contents: bytes) -> None:
    with pytest.raises(PortalTrouble, match="table of contents"):
        slugs_in(contents)


def test_the_table_names_each_law_once_in_its_order() -> None:
    links = ["http://a/b_2/xml.zip", "http://a/a-1/xml.zip", "https://z/b_2/xml.zip", "http://a/c.pdf"]
    items = "".join(f"<item><title>t</title><link> {link}\n</link></item>" for link in links)
    assert slugs_in(f"<items>{items}</items>".encode()) == ["b_2", "a-1"]


def command(there: Portal, *arguments: str) -> str:
    out = StringIO()
    call_command("fetch_laws", "--base", there.address, "--delay", "0", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_fetches_and_takes_in(there: Portal) -> None:
    said = command(there)
    assert "2  laws not yet known" in said
    assert set(Law.objects.values_list("citation", flat=True)) == {"ProbeG", "AnderG"}


def test_the_command_can_stop_at_the_preview(there: Portal) -> None:
    said = command(there, "--preview")
    assert "Nothing was changed yet" in said
    assert (Reading.objects.count(), Import.objects.get().state) == (0, Import.State.PREVIEW)


def test_the_command_fetches_only_the_laws_it_is_told(there: Portal) -> None:
    command(there, "--only", "anderg")
    assert (list(Law.objects.values_list("citation", flat=True)), Import.objects.get().complete) == (["AnderG"], False)
    assert there.paths() == ["anderg/xml.zip"]


def test_a_portal_that_is_not_there_is_one_sentence(there: Portal) -> None:
    there.ways["/gii-toc.xml"] = ["reset"] * portal.ATTEMPTS
    with pytest.raises(CommandError, match="The portal does not answer"):
        command(there)
    assert not Import.objects.exists()


def test_a_law_that_vanished_from_the_table_is_missing(there: Portal) -> None:
    command(there)
    del there.laws["anderg"]
    tomorrow = max(NOW, timezone.now()) + timedelta(days=1)
    batch, _steps = fetch(there, at=tomorrow)
    portal.importing.confirm(batch, by=BY, at=tomorrow)
    drain(tomorrow)
    missing = Law.objects.exclude(missing_since=None).values_list("citation", flat=True)
    assert list(missing) == ["AnderG"]
