"""One question to the portal: an address, and what we already have of it."""

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import IO
from urllib.parse import urlsplit

import nahtstelle

AGENT = f"Nahtstelle/{getattr(nahtstelle, '__version__', '0')} (reads federal law once a day; one request at a time)"
MOST_BYTES = 64_000_000
READ_BYTES = 65_536
LONGEST_ANSWER = 20  # times the timeout: an answer that only drips is no answer


class PortalSilent(Exception):
    """No complete answer came; the message says how it ended."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    content: bytes = b""
    tag: str = ""  # ETag
    modified: str = ""  # Last-Modified
    retry_after: float = 0.0  # seconds the portal asks us to wait


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows the portal within its own house only."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            raise PortalSilent(f"it sends us elsewhere ({newurl})")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def ask(address: str, *, tag: str = "", modified: str = "", timeout: float) -> Answer:
    """Ask for an address; 304 where it is still what we have.

    Raises ``PortalSilent`` when the connection fails, breaks off, takes too long or brings more than a law can have.
    """
    if urlsplit(address).scheme not in ("http", "https"):
        raise PortalSilent(f"{address} is not an address of the web")
    headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"}
    if tag:
        headers["If-None-Match"] = tag
    if modified:
        headers["If-Modified-Since"] = modified
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - the scheme was checked above
    try:
        with urllib.request.build_opener(_SameHost).open(request, timeout=timeout) as response:
            content = _read(response, time.monotonic() + timeout * LONGEST_ANSWER)
            return Answer(
                response.status, content, response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
            )
    except urllib.error.HTTPError as error:
        error.close()
        return Answer(error.code, retry_after=_number(error.headers.get("Retry-After", "")))
    except (OSError, HTTPException) as error:  # urllib's own errors are OSErrors
        raise PortalSilent(_reason(error)) from error


def _read(response: HTTPResponse, until: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := response.read(READ_BYTES):
        size += len(piece)
        if size > MOST_BYTES:
            raise PortalSilent(f"the answer is larger than {MOST_BYTES} bytes")
        if time.monotonic() > until:
            raise PortalSilent("the answer comes too slowly")
        pieces.append(piece)
    promised = _number(response.headers.get("Content-Length", ""))
    if size < promised:  # read piece by piece, the library does not notice
        raise PortalSilent(f"the answer breaks off after {size} of {promised:.0f} bytes")
    return b"".join(pieces)


def _number(header: str) -> float:
    return float(header) if header.isdigit() else 0.0


def _reason(error: Exception) -> str:
    inner = getattr(error, "reason", error)
    return str(inner) or type(inner).__name__
