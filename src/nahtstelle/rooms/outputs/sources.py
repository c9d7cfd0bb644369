"""The sources of a text, for those who write it: each sentence with what it rests on, and what is missing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from nahtstelle.engines.literature.citing.keys import CARD, find_groups
from nahtstelle.register.vocabulary.folding import fold
from nahtstelle.rooms.library.models import Work
from nahtstelle.rooms.library.queries.works import roots_of

from .asking import open_questions
from .claims import Claim, claims_in, lacks_source
from .models import Output
from .references import address_of, plainly, works_called
from .words import short_name
from .work_citing import suggestions_for

TONES = {
    Work.Standing.CORRECTED: "info", Work.Standing.CONCERN: "warning", Work.Standing.SUPERSEDED: "warning",
    Work.Standing.RETRACTED: "danger",
}  # fmt: skip
SUGGESTED_FOR = 8  # unknown keys; the rest is only named
LONGEST_SEARCH = 200


def claims_of(output: Output) -> list[Claim]:
    """Every sentence of the working text, with the works and provisions it cites."""
    return claims_in(output.body, law=True)


def rows_of(output: Output, claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """The claims as the page shows them, each with its number in the text."""
    known = _known(claims)
    asked = {question.words for question in open_questions(output.body)}
    rows = []
    for number, claim in enumerate(claims):
        sources = [_source(cite.key, cite.locator, cite.means == CARD, known) for cite in claim.cites]
        missing = lacks_source(claim, asked)
        if sources or claim.law or missing:
            rows.append(
                {"number": number, "words": claim.words, "below": claim.below, "sources": sources, "law": claim.law, "missing": missing}
            )  # fmt: skip
    return rows


def cited_works(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """The works of a text, each once, for the panel beside it: known ones, then those nobody knows with what is near."""
    claims = list(claims)
    often = Counter(cite.key for claim in claims for cite in claim.cites)
    known = _known(claims)
    rows = [_source(key, "", False, known) | {"times": number} for key, number in often.items()]
    rows.sort(key=lambda row: (row["known"], row["label"]))
    for row in [row for row in rows if not row["known"]][:SUGGESTED_FOR]:
        row["near"] = [{"key": one.citekey, "label": short_name(one)} for one in suggestions_for(row["key"])]
    return rows


def _known(claims: Iterable[Claim]) -> dict[str, tuple[Work, Work]]:
    called = works_called(cite.key for claim in claims for cite in claim.cites)
    roots = roots_of(called.values())
    return {key: (work, roots[work.pk]) for key, work in called.items()}


def _source(key: str, locator: str, card: bool, known: dict[str, tuple[Work, Work]]) -> dict[str, Any]:
    if key not in known:
        return {"key": key, "known": False, "label": f"@{key}", "locator": locator, "near": []}
    work, root = known[key]
    standing = Work.Standing(root.standing)
    badge = {"label": str(standing.label), "tone": TONES[standing]} if standing in TONES else None
    return {
        "key": key, "known": True, "label": short_name(root), "locator": locator, "card": card, "url": address_of(root),
        "badge": badge, "merged": root.citekey if root.pk != work.pk else "",
    }  # fmt: skip


def search(words: str) -> QuerySet[Work]:
    """Works by author, title, year, key or DOI; every word must be there."""
    found = Work.objects.filter(merged_into__isnull=True).select_related("card")
    words = words.replace("\0", " ").strip()[:LONGEST_SEARCH]
    doi = words.lower().removeprefix("https://doi.org/").removeprefix("doi:").strip()
    if doi.startswith("10."):
        return found.filter(doi=doi)
    for word in words.split():
        folded = fold(word)
        here = Q(folded__contains=folded) | Q(title__icontains=word) | Q(citekey__icontains=word)
        if word.isdecimal() and len(word) == 4:
            here |= Q(year=int(word))
        found = found.filter(here)
    return found.order_by("-year", "first_author", "id")


def result_rows(works: Iterable[Work]) -> list[dict[str, Any]]:
    """What a search found, each with what is to be written for it."""
    rows = []
    for work in works:
        standing = Work.Standing(work.standing)
        badge = {"label": str(standing.label), "tone": TONES[standing]} if standing in TONES else None
        entry = "".join(words for words, _mark in plainly(work)[1])
        rows.append(
            {"key": work.citekey, "cite": f"[@{work.citekey}]", "entry": entry, "url": address_of(work), "badge": badge}
        )
    return rows


def replaced_key(body: str, old: str, new: str) -> str:
    """The body with one key in the place of another, only where it is cited."""
    spans = [(cite.start, cite.end) for group in find_groups(body) for cite in group.cites if cite.key == old]
    for start, end in reversed(spans):
        body = body[:start] + new + body[end:]
    return body
