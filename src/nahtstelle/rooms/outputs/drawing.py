"""An edition as HTML: drawn from its Markdown, with its citations as links to law and with its files; and kept.

An edition never changes, so it is drawn when it is published, once for each language of the interface, and no reader waits
for its Markdown. What else a drawing depends on is where its citations lead and how we draw; both stand in its mark, and a
drawing with another mark is not shown but drawn anew. docs/reference/speed.md says what that saves.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import get_language, override

from nahtstelle.engines.lawtext import citations as parser
from nahtstelle.plumbing.kit.worded import Worded
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.rooms.law.models import Provision
from nahtstelle.rooms.law.naming import names_in_stock

from .citing import find_in
from .models import Citation, Drawing, Edition, Output
from .references import finder
from .text import CitationFinder, Drawn, Heading, draw

AT_ONCE = 200  # texts drawn in one round of the chore
HERE = Path(__file__).parent
DRAWN_WITH = ("markdown-it-py", "mdit-py-plugins", "linkify-it-py", "nh3")


def drawn_edition(edition: Edition, citations: Sequence[Citation]) -> Drawn:
    """An edition as its readers see it, with its own files: as it was kept, if it would be drawn the same today."""
    kept = () if cites_works(edition.body) else _KEPT(edition.pk, _language())
    if kept and kept[0][0] == _mark(edition, citations):
        return Drawn(kept[0][1], tuple(Heading(*one) for one in kept[0][2]))
    return draw_edition(edition, citations)


_KEPT = Worded(
    lambda edition, language: Drawing.objects.filter(edition=edition, language=language).values_list(
        "mark", "html", "headings"
    ), int, str,
)  # fmt: skip


def draw_edition(edition: Edition, citations: Sequence[Citation]) -> Drawn:
    """An edition, drawn anew."""
    output = edition.output
    older = f"?fassung={edition.number}" if edition.pk != output.edition_id else ""
    return draw(
        edition.body,
        find=law_links(citations),
        file_address=lambda name: reverse("outputs:attachment", args=[output.slug, name or "-"]) + older,
        alternatives=alternatives_of(edition),
        cited=finder(output),
    )


def cites_works(body: str) -> bool:
    """Its references follow the library and the style chosen for the text: such an edition is drawn for each answer."""
    return "@" in body


def keep(edition: Edition) -> None:
    """Draw the edition readers have, in both languages of the interface, and keep that."""
    citations = list(edition.output.citations.filter(published=True).select_related("law", "provision"))
    for language, _name in settings.LANGUAGES:
        with override(language):
            drawn = draw_edition(edition, citations)
        headings = [[one.level, one.text, one.anchor] for one in drawn.headings]
        Drawing.objects.update_or_create(
            edition=edition, language=language,
            defaults={
                "mark": _mark(edition, citations), "made_by": made_by(), "html": drawn.html, "headings": headings,
            },
        )  # fmt: skip


def forget(outputs: Iterable[int]) -> None:
    """The citations of these texts lead elsewhere now: the next round of the chore draws them again."""
    Drawing.objects.filter(edition__output__in=outputs).delete()


def keep_drawings(*, by: Actor, at: datetime) -> int:
    """Draw what readers have and what is not kept as we draw today; at most ``AT_ONCE`` texts, their number."""
    as_today = Drawing.objects.filter(edition=OuterRef("pk"), made_by=made_by())
    current = Edition.objects.filter(pk__in=Output.objects.exclude(edition=None).values("edition"))
    waiting = current.filter(~Exists(as_today)).select_related("output").order_by("-pk")[:AT_ONCE]
    for edition in waiting:
        with transaction.atomic():
            keep(edition)
    return len(waiting)


def _mark(edition: Edition, citations: Sequence[Citation]) -> str:
    """The same for a drawing that would come out the same."""
    output = edition.output
    leading = [
        (one.law_name, one.section, one.words, provision_address(one.law.slug, one.provision))
        for one in citations
        if one.provision_id and one.law
    ]
    current = edition.pk == output.edition_id
    said = repr((made_by(), output.slug, current, sorted(alternatives_of(edition).items()), leading))
    return hashlib.sha256((said + edition.body).encode()).hexdigest()


@lru_cache(maxsize=1)
def made_by() -> str:
    """A mark of how we draw: our own code and words, the parser of citations, the libraries. Another one after an update."""
    digest = hashlib.sha256(" ".join(version(name) for name in DRAWN_WITH).encode())
    ours = [HERE / "text.py", HERE / "drawing.py", *sorted(HERE.glob("locale/*/LC_MESSAGES/django.mo"))]
    for path in [*ours, *sorted(Path(parser.__file__).parent.rglob("*.py"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _language() -> str:
    here = get_language() or settings.LANGUAGE_CODE
    return here if here in dict(settings.LANGUAGES) else here[:2]


def law_links(citations: Sequence[Citation]) -> CitationFinder:
    """Finds the citations in running text and leads each to its provision in our stock."""
    addresses: dict[tuple[str, str], str] = {}
    aliases: dict[str, str] = {}
    for citation in citations:
        if citation.provision_id and citation.law:
            address = provision_address(citation.law.slug, citation.provision)
            addresses.setdefault((citation.law_name, citation.section), address)
            aliases[citation.words] = address

    names = names_in_stock() if addresses else None

    def find(text: str) -> list[tuple[int, int, str]]:
        if names is None or ("§" not in text and "Art" not in text):
            return []
        found: list[tuple[int, int, str]] = []
        for one in find_in(text, names=names):
            if found and found[-1][0] == one.start:
                continue  # one link for the whole of an enumeration: to its first member
            address = addresses.get((one.law or "", one.section or "")) or aliases.get(one.text, "")
            if address:
                found.append((one.start, one.end, address))
        return found

    return find


def provision_address(slug: str, provision: Provision | None) -> str:
    return _provision_address(slug, provision.pk) if provision else ""


@lru_cache(maxsize=5000)  # a text names the same few again and again
def _provision_address(slug: str, pk: int) -> str:
    return reverse("law:provision", args=[slug, pk])


def alternatives_of(edition: Edition) -> dict[str, str]:
    """What is said in the place of a figure; a text without figures asks for none."""
    return {one.name: one.alternative for one in edition.attachments.all()} if "![" in edition.body else {}


def drawn_working(output: Output, body: str, citations: Sequence[Citation]) -> Drawn:
    """A working text as it would be shown, with the files it would have."""
    return draw(
        body,
        find=law_links(citations),
        file_address=lambda name: reverse("outputs:attachment", args=[output.slug, name or "-"]) + "?arbeitsstand",
        alternatives=dict(output.attachments.filter(working=True).values_list("name", "alternative")),
        cited=finder(output, draw=True),
    )
