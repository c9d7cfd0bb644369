"""A server of literature of our own: it speaks OAI-PMH, OpenAlex and Crossref, and can be told to misbehave."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

OAI = 'xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
DC = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
SAID_AT = "2026-11-23T09:00:00Z"


@dataclass
class Publication:
    """One publication, as each of the three tells it."""

    number: int
    title: str = ""
    stamp: str = "2026-11-01T00:00:00Z"
    deleted: bool = False
    groups: tuple[str, ...] = ("col_1",)
    more: str = ""  # further Dublin Core
    raw: str = ""  # instead of the metadata
    retracted: bool = False
    updated_by: tuple[dict[str, Any], ...] = ()

    @property
    def name(self) -> str:
        return self.title or f"Zugang zu Arbeit, Teil {self.number}"

    @property
    def doi(self) -> str:
        return f"10.5555/arbeit.{self.number}"

    def oai(self) -> str:
        sets = "".join(f"<setSpec>{spec}</setSpec>" for spec in self.groups)
        status = ' status="deleted"' if self.deleted else ""
        header = f"<header{status}><identifier>oai:repo.example:{self.number}</identifier><datestamp>{self.stamp}</datestamp>{sets}</header>"
        if self.deleted:
            return f"<record>{header}</record>"
        said = self.raw or (
            f"<dc:title>{self.name}</dc:title><dc:creator>Klee, Anna</dc:creator><dc:date>2021</dc:date>"
            f"<dc:identifier>https://doi.org/{self.doi}</dc:identifier><dc:type>article</dc:type>{self.more}"
        )
        return f"<record>{header}<metadata><oai_dc:dc {DC}>{said}</oai_dc:dc></metadata></record>"

    def openalex(self) -> dict[str, Any]:
        return {
            "id": f"https://openalex.org/W{self.number}", "doi": f"https://doi.org/{self.doi}", "title": self.name,
            "publication_year": 2021, "publication_date": "2021-03-05", "type": "article", "language": "de",
            "is_retracted": self.retracted, "cited_by_count": self.number,
            "authorships": [{"author": {"display_name": "Anna von Klee"}}],
            "primary_location": {"source": {"display_name": "Zeitschrift für Migration", "issn_l": "1234-5678"}},
            "biblio": {"volume": "7", "issue": "2", "first_page": "10", "last_page": "20"},
            "abstract_inverted_index": {"Wer": [0], "kommt,": [1], "arbeitet.": [2]},
        }  # fmt: skip

    def crossref(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "DOI": self.doi.upper(), "title": [self.name], "type": "journal-article",
            "author": [{"family": "Klee", "given": "Anna"}], "container-title": ["Zeitschrift für Migration"],
            "issued": {"date-parts": [[2021, 3]]}, "volume": "7", "page": "10-20",
            "abstract": "<jats:title>Abstract</jats:title><jats:p>Wer kommt, arbeitet.</jats:p>",
        }  # fmt: skip
        return told | ({"updated-by": list(self.updated_by)} if self.updated_by else {})


@dataclass
class Library:
    """What the server has, how it behaves, and what it was asked."""

    address: str = ""
    publications: list[Publication] = field(default_factory=list)
    per_page: int = 100
    ways: list[str] = field(default_factory=list)  # how the next questions for records go; then well
    token_for_ever: bool = False
    counts: bool = True
    sets: dict[str, str] = field(default_factory=lambda: {"col_1": "Aufsätze", "col_2": "Berichte"})
    key: str = ""  # OpenAlex: without it no cursor
    asked: list[dict[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: int = 0  # the most questions that were open at the same time
    pause: float = 0.0  # how long each answer takes

    @property
    def oai(self) -> str:
        return f"{self.address}/oai"

    def questions(self, *names: str) -> list[tuple[str, ...]]:
        return [tuple(question.get(name, "") for name in names) for question in self.asked]

    def stock(self, number: int, **more: Any) -> None:
        self.publications = [Publication(count, **more) for count in range(1, number + 1)]


class _Handler(BaseHTTPRequestHandler):
    library: Library
    open_now = 0
    open = False

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        library = self.library
        type(self).open_now += 1
        self.open = True
        library.at_once = max(library.at_once, type(self).open_now)
        try:
            parts = urlsplit(self.path)
            question = {name: values[0] for name, values in parse_qs(parts.query).items()}
            library.asked.append(question | {"path": parts.path})
            library.agents.add(self.headers.get("User-Agent", ""))
            threading.Event().wait(library.pause) if library.pause else None
            asks_records = question.get("verb", "ListRecords") == "ListRecords"
            way = library.ways.pop(0) if library.ways and asks_records else "well"
            answers = {"/oai": self._oai, "/openalex/works": self._openalex, "/crossref/works": self._crossref}
            if not self._misbehaves(way):
                answers[parts.path](question, way)
        finally:
            self._answered()

    def _answered(self) -> None:
        """Before the last byte goes out: whoever has it may ask again before this thread goes on."""
        if self.open:
            self.open = False
            type(self).open_now -= 1

    def _misbehaves(self, way: str) -> bool:
        kind, _, more = way.partition(":")
        match kind:
            case "reset":
                self.connection.close()
            case "html":
                self._send(b"<!DOCTYPE html><html><body>Wartung</body></html>")
            case "hang":
                threading.Event().wait(float(more))
                self._send(b"<late/>")
            case "elsewhere":
                self._send(b"", 302, Location="http://127.0.0.1:9/secret")
            case _ if kind.isdigit():
                self._send(
                    json.dumps({"message": "Invalid query parameter"}).encode(),
                    int(kind),
                    **({"Retry-After": more} if more else {}),
                )
            case _:
                return False
        return True

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self._answered()
        with suppress(OSError):  # whoever asked may have given up
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def _xml(self, inside: str, way: str = "well") -> None:
        said_at = "" if way == "no-date" else f"<responseDate>{SAID_AT}</responseDate>"
        body = f'<?xml version="1.0" encoding="UTF-8"?><OAI-PMH {OAI}>{said_at}{inside}</OAI-PMH>'.encode()
        self._send(body[: len(body) // 2] if way == "cut" else body)

    def _oai(self, question: dict[str, str], way: str) -> None:
        library = self.library
        if way.startswith("error:"):
            self._xml(f'<error code="{way.partition(":")[2]}">Das geht nicht.</error>')
            return
        match question.get("verb"):
            case "Identify":
                self._xml(
                    f"<Identify><repositoryName>Beispielarchiv</repositoryName><baseURL>{library.oai}</baseURL>"
                    "<earliestDatestamp>2020-01-01T00:00:00Z</earliestDatestamp><deletedRecord>persistent</deletedRecord>"
                    "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>"
                )
            case "ListSets":
                rows = [
                    f"<set><setSpec>{spec}</setSpec><setName>{name}</setName></set>"
                    for spec, name in library.sets.items()
                ]
                start = int(question.get("resumptionToken", "0"))
                more = start + 100 < len(rows)
                token = f"<resumptionToken>{start + 100}</resumptionToken>" if more else ""
                self._xml(f"<ListSets>{''.join(rows[start : start + 100])}{token}</ListSets>")
            case "ListRecords":
                self._list(question, way)
            case _:
                self._xml('<error code="badVerb">No.</error>')

    def _list(self, question: dict[str, str], way: str) -> None:
        library = self.library
        group, since, start = question.get("set", ""), question.get("from", ""), 0
        if token := question.get("resumptionToken"):
            group, since, place = token.split("|")
            start = int(place)
        fit = [p for p in library.publications if (not group or group in p.groups) and p.stamp >= since]
        if not fit:
            self._xml('<error code="noRecordsMatch">Nichts.</error>')
            return
        shown, end = fit[start : start + library.per_page], start + library.per_page
        size = f' completeListSize="{len(fit)}"' if library.counts else ""
        token = f"<resumptionToken{size}>{group}|{since}|{end}</resumptionToken>" if end < len(fit) else ""
        if library.token_for_ever:
            token = f"<resumptionToken>{group}|{since}|0</resumptionToken>"
        self._xml(f"<ListRecords>{''.join(p.oai() for p in shown)}{token}</ListRecords>", way)

    def _openalex(self, question: dict[str, str], way: str) -> None:
        library = self.library
        if "cursor" in question and question.get("api_key") != library.key:
            self._send(json.dumps({"error": "x", "message": "A key is needed."}).encode(), 401)
            return
        number = int(question.get("per-page", "25"))
        number = min(number, library.per_page)
        cursor = question.get("cursor", "")
        start = 0 if cursor in ("", "*") else int(cursor)
        start = start or (int(question.get("page", "1")) - 1) * number
        rows = [p.openalex() for p in library.publications[start : start + number]]
        after = str(start + number) if cursor and start + number < len(library.publications) else None
        told = {"meta": {"count": len(library.publications), "next_cursor": after}, "results": rows}
        body = json.dumps(told).encode()
        self._send(body[: len(body) // 2] if way == "cut" else body)

    def _crossref(self, question: dict[str, str], way: str) -> None:
        library = self.library
        fit = library.publications
        dois = {part[4:] for part in question.get("filter", "").split(",") if part.startswith("doi:")}
        if dois:
            fit = [p for p in fit if p.doi in dois]
        number = min(int(question.get("rows", "20")), library.per_page)
        start = 0 if question.get("cursor", "*") == "*" else int(question["cursor"].removeprefix("c"))
        rows = [p.crossref() for p in fit[start : start + number]]
        message = {"items": rows, "total-results": len(fit), "next-cursor": f"c{start + number}"}
        body = json.dumps({"status": "ok", "message": message}).encode()
        self._send(body[: len(body) // 2] if way == "cut" else body)


@contextmanager
def serving() -> Iterator[Library]:
    library = Library()
    handler = type("Handler", (_Handler,), {"library": library})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    library.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield library
    finally:
        server.shutdown()
        server.server_close()
