"""How each source is asked: a saved search and a place in its list become an address, the answer a page of records."""

import json
from collections.abc import Sequence
from datetime import UTC
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.utils import timezone

from nahtstelle.engines.literature.harvesting import crossref, oai, openalex
from nahtstelle.engines.literature.harvesting.values import Page, SourceTrouble
from nahtstelle.plumbing.kit.asking import Answer, Barred, Silent, ask

from .models import SavedSearch

Source = SavedSearch.Source
PURPOSE = "the library of a competence centre; one question at a time"
PER_PAGE = 100
WITHOUT_KEY = 100  # pages of OpenAlex
FIRST = 5  # records a trial shows
MOST_BYTES = 32_000_000
LONGEST = 6  # times the timeout
PASSING = {408, 425, 429, 500, 502, 503, 504}
# Kinds of publication by which a search may be narrowed: how OpenAlex and Crossref call them.
KINDS = {
    "article-journal": ("article", "journal-article"),
    "book": ("book", "book"),
    "chapter": ("book-chapter", "book-chapter"),
    "report": ("report", "report"),
    "thesis": ("dissertation", "dissertation"),
    "article": ("preprint", "posted-content"),
}


def host_of(search: SavedSearch) -> str:
    return urlsplit(base_of(search)).netloc.lower()


def base_of(search: SavedSearch) -> str:
    match search.source:
        case Source.OPENALEX:
            return str(settings.OPENALEX_URL)
        case Source.CROSSREF:
            return str(settings.CROSSREF_URL)
        case _:
            return search.address


def ask_page(search: SavedSearch, *, token: str, since: str, most: int = PER_PAGE) -> Page:
    """The next page of what the search asks for, from ``since`` on where the source can tell. Raises ``SourceTrouble``."""
    match search.source:
        case Source.OPENALEX:
            answer, content = _asked(_openalex(search.query, token=token, since=since, most=most), outside=False)
            return _dated(_with_next_page(openalex.read_works(content), token, most=most), answer)
        case Source.CROSSREF:
            answer, content = _asked(_crossref(search.query, token=token, since=since, most=most), outside=False)
            return _dated(crossref.read_works(content), answer)
        case _:
            _answer, content = _asked(_oai(search, token=token, since=since), outside=True)
            return oai.read_page(content)


def ask_identity(search: SavedSearch) -> oai.Identity:
    return oai.read_identity(_asked(_with(search.address, {"verb": "Identify"}), outside=True)[1])


def ask_groups(search: SavedSearch, *, token: str) -> oai.Groups:
    arguments = {"verb": "ListSets"} | ({"resumptionToken": token} if token else {})
    return oai.read_groups(_asked(_with(search.address, arguments), outside=True)[1])


def ask_dois(dois: Sequence[str]) -> Page:
    """What Crossref knows of these DOIs."""
    arguments = {"filter": ",".join(f"doi:{doi}" for doi in dois), "rows": len(dois)} | _polite()
    return crossref.read_works(_asked(_with(f"{settings.CROSSREF_URL}/works", arguments), outside=False)[1])


def later(search: SavedSearch, said_at: str) -> str:
    """From when on the next run asks: the source's own moment, as fine as the source itself counts."""
    if search.source == Source.OAI and search.probe.get("to_the_second"):
        return said_at[:20]
    return said_at[:10]


def is_whole_each_time(search: SavedSearch) -> bool:
    """OpenAlex tells what changed only those with a key to it."""
    return search.source == Source.OPENALEX and not (settings.OPENALEX_KEY and not search.query.get("no_updates"))


def _oai(search: SavedSearch, *, token: str, since: str) -> str:
    if token:
        return _with(search.address, {"verb": "ListRecords", "resumptionToken": token})
    arguments = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    arguments |= {name: value for name, value in (("set", search.query.get("set")), ("from", since)) if value}
    return _with(search.address, arguments)


def _openalex(query: dict[str, Any], *, token: str, since: str, most: int) -> str:
    filters = []
    if query.get("since_year"):
        filters.append(f"from_publication_date:{query['since_year']}-01-01")
    if query.get("until_year"):
        filters.append(f"to_publication_date:{query['until_year']}-12-31")
    if query.get("language"):
        filters.append(f"language:{query['language']}")
    if query.get("kind") in KINDS:
        filters.append(f"type:{KINDS[query['kind']][0]}")
    if query.get("open"):
        filters.append("is_oa:true")
    if since and settings.OPENALEX_KEY:
        filters.append(f"from_updated_date:{since}")
    arguments: dict[str, Any] = {"search": query.get("words", ""), "per-page": most}
    if filters:
        arguments["filter"] = ",".join(filters)
    if settings.OPENALEX_KEY:
        arguments |= {"cursor": token or "*", "api_key": settings.OPENALEX_KEY}
    else:  # cursors are for those with a key
        arguments["page"] = int(token) if token.isdecimal() else 1
    return _with(f"{settings.OPENALEX_URL}/works", arguments | _polite())


def _with_next_page(page: Page, token: str, *, most: int) -> Page:
    if settings.OPENALEX_KEY:
        return page
    number = int(token) if token.isdecimal() else 1
    more = len(page.items) + len(page.broken) >= most and number < WITHOUT_KEY
    more = more and (page.total is None or number * most < page.total)
    return Page(page.items, page.broken, str(number + 1) if more else "", page.total)


def _crossref(query: dict[str, Any], *, token: str, since: str, most: int) -> str:
    filters = []
    if query.get("since_year"):
        filters.append(f"from-pub-date:{query['since_year']}")
    if query.get("until_year"):
        filters.append(f"until-pub-date:{query['until_year']}")
    if query.get("kind") in KINDS:
        filters.append(f"type:{KINDS[query['kind']][1]}")
    if query.get("open"):
        filters.append("has-license:true")
    if since:
        filters.append(f"from-index-date:{since}")
    arguments: dict[str, Any] = {
        "query.bibliographic": query.get("words", ""), "rows": most, "cursor": token or "*",
    }  # fmt: skip
    if filters:
        arguments["filter"] = ",".join(filters)
    return _with(f"{settings.CROSSREF_URL}/works", arguments | _polite())


def _polite() -> dict[str, str]:
    """Both ask for an address to write to before they close the door."""
    return {"mailto": settings.CONTACT_MAIL} if settings.CONTACT_MAIL else {}


def _with(address: str, arguments: dict[str, Any]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(arguments, quote_via=quote)}"


def _dated(page: Page, answer: Answer) -> Page:
    said_at = (answer.said_at or timezone.now()).astimezone(UTC)
    return Page(page.items, page.broken, page.token, page.total, said_at.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _asked(address: str, *, outside: bool) -> tuple[Answer, bytes]:
    """``outside``: the address was entered by somebody and must not lead to machines of a private network."""
    whom = f"{PURPOSE}; {settings.CONTACT_MAIL or settings.BASE_URL}"
    try:
        answer = ask(
            address, agent=whom, timeout=settings.HARVEST_TIMEOUT, longest=LONGEST, most_bytes=MOST_BYTES,
            only_outside=outside and not settings.HARVEST_INSIDE,
        )  # fmt: skip
    except Barred as barred:
        raise SourceTrouble("barred", reason=str(barred)[:300]) from barred
    except Silent as silent:
        raise SourceTrouble("silent", passing=True, reason=str(silent)[:300]) from silent
    if answer.status == 200 or (answer.status not in PASSING and b"<OAI-PMH" in answer.content):
        return answer, answer.content
    if answer.status in PASSING:
        raise SourceTrouble("answered", passing=True, wait=answer.retry_after, status=answer.status)
    words = _words_in(answer.content)
    raise SourceTrouble("told", words=words) if words else SourceTrouble("answered", status=answer.status)


def _words_in(content: bytes) -> str:
    """How OpenAlex ({"message": "…"}) and Crossref ({"message": [{"message": "…"}]}) say what is wrong."""
    try:
        told = json.loads(content)
        message = told["message"]
        return str(message if isinstance(message, str) else message[0]["message"])[:300]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return ""
