"""A work as a line of a bibliography, and as a record that goes out to reference managers."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nahtstelle.engines.literature.records import Name, Record

from ..models import Notice, Work

NAMED = 3
BANNERS = {
    Work.Standing.CORRECTED: "announced", Work.Standing.CONCERN: "under_review", Work.Standing.SUPERSEDED: "superseded",
    Work.Standing.RETRACTED: "withdrawn",
}  # fmt: skip


def people(names: Sequence[Sequence[str]], *, most: int = NAMED) -> str:
    """Klee, Anna; Aydin, Emre; and others."""
    shown = [", ".join(filter(None, name)) for name in names[:most]]
    if len(names) > most:
        shown.append(pgettext("authors", "and others"))
    return "; ".join(shown)


def reference(work: Work) -> str:
    """The whole reference in one line."""
    who = people(work.authors, most=20) or people(work.editors, most=20)
    where = work.container
    if work.volume:
        where = f"{where} {work.volume}"
    if work.issue:
        where = f"{where} ({work.issue})"
    if work.pages:
        pages = _("pp. %s") % work.pages
        where = f"{where}, {pages}" if where else pages
    house = ": ".join(filter(None, (work.place, work.publisher)))
    parts = [f"{who} ({work.year})" if who and work.year else who or str(work.year or ""), work.title, where, house]
    return ". ".join(part.strip().rstrip(".") for part in parts if part.strip()) + "."


def short(work: Work) -> str:
    """Who and when: what tells one study from another in a list."""
    return " ".join(filter(None, (people(work.authors) or people(work.editors), f"({work.year})" if work.year else "")))


def doi_address(doi: str) -> str:
    return f"https://doi.org/{doi}" if doi else ""


def record_of(work: Work) -> Record:
    """The work as reference managers take it; its key is the one texts cite it by."""
    fields = (
        "kind", "title", "year", "issued", "container", "volume", "issue", "pages", "publisher", "place", "edition", "doi",
        "isbn", "issn", "pmid", "language", "abstract",
    )  # fmt: skip
    said: dict[str, Any] = {name: getattr(work, name) for name in fields}
    return Record(
        key=work.citekey,
        authors=tuple(Name(*name[:2]) for name in work.authors if name),
        editors=tuple(Name(*name[:2]) for name in work.editors if name),
        url=work.url or doi_address(work.doi),
        keywords=tuple(work.keywords),
        **said,
    )


def banners(work: Work, notices: Sequence[Notice]) -> list[dict[str, Any]]:
    """What readers must know of the publication before they rely on it, the gravest first."""
    shown = []
    if work.standing == Work.Standing.SOUND:
        return []
    told = {
        Work.Standing.RETRACTED: _("The publication was retracted. Do not rely on its results; this card is kept so that you learn of it."),
        Work.Standing.CONCERN: _("The journal or publisher has doubts about this publication. Do not rely on it alone."),
        Work.Standing.SUPERSEDED: _("A newer publication takes its place."),
        Work.Standing.CORRECTED: _("The publication was corrected after it appeared; please read the correction too."),
    }  # fmt: skip
    standing = Work.Standing(work.standing)
    of_kind = [one for one in notices if one.lifted_at is None]
    newest = of_kind[0] if of_kind else None
    text = " ".join(filter(None, (told[standing], newest.words if newest else "")))
    shown.append(
        {
            "kind": BANNERS[standing],
            "title": str(standing.label)[:1].upper() + str(standing.label)[1:],
            "text": text,
            "since": newest.on if newest else None,
            "url": (doi_address(newest.doi) or _http(newest.url)) if newest else "",
            "url_label": _("The notice"),
        }
    )
    return shown


def _http(url: str) -> str:
    """Only addresses of the web lead anywhere; others came in with a record and are not followed."""
    return url if url.startswith(("https://", "http://")) else ""


def address_of_publication(work: Work) -> str:
    return doi_address(work.doi) or _http(work.url)


def year_span(first: int | None, last: int | None) -> str:
    if first and last and first != last:
        return f"{first}–{last}"
    return str(first or last or "")


def day_words(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
