"""From which page of ours a reader came: what the form is filled with."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import reverse

from nahtstelle.plumbing.links.signing import without_tokens

MOST = 400


def page_before(request: HttpRequest) -> str:
    """The path of the page of this site that led here, "" where it was none of ours or the form itself."""
    parts = urlsplit(request.headers.get("referer", ""))
    if parts.netloc != request.get_host() or parts.path.startswith(reverse("barriers:report")):
        return ""
    return our_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def our_path(words: str) -> str:
    """A path of ours as it may be shown and kept, without what speaks for its reader; "" for anything else."""
    bad = not words.startswith("/") or words.startswith("//") or len(words) > MOST or "\\" in words
    return "" if bad or any(ord(letter) < 32 for letter in words) else without_tokens(words)


def report_address(request: HttpRequest) -> str:
    """The address of the form, carrying along which page the reader came from."""
    page, address = page_before(request), reverse("barriers:report")
    return f"{address}?{urlencode({'seite': page})}" if page else address
