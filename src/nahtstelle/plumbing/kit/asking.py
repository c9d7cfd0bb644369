"""One question to somebody else's server: an address, and what we already have of it. Whoever asks keeps the pauses."""

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv6Address, ip_address
from typing import IO, Any
from urllib.parse import urlsplit

from django.utils import timezone

import nahtstelle

NAME = f"Nahtstelle/{getattr(nahtstelle, '__version__', '0')}"  # how every question begins to say who asks
MOST_BYTES = 64_000_000
MOST_OF_AN_ERROR = 65_536
READ_BYTES = 65_536
LONGEST_ANSWER = 20  # times the timeout: an answer that only drips is no answer


class Silent(Exception):
    """No complete answer came; the message says how it ended."""


class Barred(Silent):
    """It is not asked at all, or leads where we do not follow; asking again does not help."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    content: bytes = b""  # of an error its beginning
    tag: str = ""  # ETag
    modified: str = ""  # Last-Modified
    retry_after: float = 0.0  # seconds we are asked to wait
    said_at: datetime | None = None  # by the server's own clock


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a server within its own house only."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            raise Barred(f"it sends us elsewhere ({newurl})")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Outside:
    """A connection to machines of the open net only: looked at when it stands, so no name can lead elsewhere meanwhile."""

    sock: Any

    def connect(self) -> None:
        super().connect()  # type: ignore[misc] # mixed into a connection of the standard library
        peer = ip_address(self.sock.getpeername()[0].partition("%")[0])
        if isinstance(peer, IPv6Address) and peer.ipv4_mapped:
            peer = peer.ipv4_mapped
        if not peer.is_global:
            self.sock.close()
            raise Barred("its address lies inside a private network")


class _OutsideHTTP(_Outside, HTTPConnection):
    pass


class _OutsideHTTPS(_Outside, HTTPSConnection):
    pass


class _OutsideHandler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_OutsideHTTP, req)

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_OutsideHTTPS, req)


def ask(
    address: str,
    *,
    agent: str,
    timeout: float,
    tag: str = "",
    modified: str = "",
    most_bytes: int = MOST_BYTES,
    longest: float = LONGEST_ANSWER,
    only_outside: bool = False,
) -> Answer:
    """Ask for an address; 304 where it is still what we have.

    ``agent`` says who asks and why. ``only_outside`` refuses machines of private networks; where a proxy carries our
    questions, that is left to it. Raises ``Silent`` when the connection fails, breaks off, takes too long or brings
    more than ``most_bytes``.
    """
    if urlsplit(address).scheme not in ("http", "https"):
        raise Barred(f"{address} is not an address of the web")
    headers = {"User-Agent": f"{NAME} ({agent})", "Accept-Encoding": "identity"}
    if tag:
        headers["If-None-Match"] = tag
    if modified:
        headers["If-Modified-Since"] = modified
    ways: list[Any] = [_SameHost]
    if only_outside and not urllib.request.getproxies():
        ways.append(_OutsideHandler)
    try:
        request = urllib.request.Request(address, headers=headers)  # noqa: S310 - the scheme was checked above
        with urllib.request.build_opener(*ways).open(request, timeout=timeout) as response:
            content = _read(response, time.monotonic() + timeout * longest, most_bytes)
            return _answer(response.status, content, response.headers)
    except urllib.error.HTTPError as error:
        with error:
            return _answer(error.code, _beginning(error), error.headers)
    except (OSError, HTTPException, ValueError) as error:  # urllib's own errors are OSErrors; ValueError: no host
        raise Silent(_reason(error)) from error


def _answer(status: int, content: bytes, headers: Message) -> Answer:
    return Answer(
        status, content, headers.get("ETag", ""), headers.get("Last-Modified", ""),
        _seconds(headers.get("Retry-After", "")), _moment(headers.get("Date", "")),
    )  # fmt: skip


def _read(response: HTTPResponse, until: float, most_bytes: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(READ_BYTES):  # what is there: one that drips is noticed between its drops
        size += len(piece)
        if size > most_bytes:
            raise Silent(f"the answer is larger than {most_bytes} bytes")
        if time.monotonic() > until:
            raise Silent("the answer comes too slowly")
        pieces.append(piece)
    promised = int(length) if (length := response.headers.get("Content-Length", "")).isdigit() else 0
    if size < promised:  # read piece by piece, the library does not notice
        raise Silent(f"the answer breaks off after {size} of {promised} bytes")
    return b"".join(pieces)


def _beginning(error: urllib.error.HTTPError) -> bytes:
    try:
        return error.read(MOST_OF_AN_ERROR)
    except (OSError, HTTPException):
        return b""


def _seconds(header: str) -> float:
    """Retry-After: seconds, or a moment."""
    if header.strip().isdigit():
        return float(header)
    until = _moment(header)
    return max((until - timezone.now()).total_seconds(), 0.0) if until else 0.0


def _moment(header: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _reason(error: Exception) -> str:
    inner = getattr(error, "reason", error)
    return str(inner) or type(inner).__name__
