"""A hit as a reader sees it: what was searched is marked, and why it was found is said."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nahtstelle.engines.wording import Analyser, Clause, Kind, Piece, marked, snippet
from nahtstelle.engines.wording.clauses import Alternative
from nahtstelle.engines.wording.snippets import Span, spans_of
from nahtstelle.plumbing.look.dates import day
from nahtstelle.register.vocabulary.models import Concept, Label

from ..index import Found, Hit
from ..memory import analyser_for
from .labels import ONE_OF, Names

LEAD_SHOWN = 260


def cards(found: Found) -> list[dict[str, Any]]:
    """The hits of a page."""
    memory = found.understood.memory
    kinds = {value for hit in found.hits for facet, value in hit.page.document.facet_set.values if facet == "output"}
    names = Names({"output": kinds})
    clauses = found.understood.clauses
    reasons = Reasons(found)
    # Everything that answers a word is marked, not only what weighed most.
    wanted = {term for clause in clauses for way in clause.alternatives if way.near for term in way.all_of}
    wanted |= {term for hit in found.hits for way in hit.ways.values() for term in way.all_of}
    citations = _citation_pattern(clauses)
    return [
        _card(hit, names, reasons, wanted, citations, analyser_for(hit.page.document.language, memory=memory))
        for hit in found.hits
    ]


def _card(
    hit: Hit,
    names: Names,
    reasons: "Reasons",
    wanted: set[str],
    citations: re.Pattern[str] | None,
    analyser: Analyser,
) -> dict[str, Any]:
    page = hit.page
    document = page.document
    values = dict(reversed([(facet, value) for facet, value in document.facet_set.values]))
    kicker = names.of("output", values["output"]) if "output" in values and document.source == "outputs" else ""
    return {
        "title": _html(marked(page.title, _spans(page.title, wanted, citations, analyser))),
        "url": page.address,
        # The room of the programmes has several kinds of things; its keys name them.
        "kicker": kicker or str(ONE_OF.get(document.key.partition(":")[0]) or ONE_OF.get(document.source, "")),
        "text": _html(_passage(page.lead, page.body, wanted, citations, analyser)),
        "stand": page.stand,
        "status": page.status,
        "meta": [*map(_note, page.notes), *_language(document.language, names)],
        "lang": document.language if document.language[:2] != "de" else "de",
        "why": reasons.of(hit),
    }


def _language(code: str, names: Names) -> list[str]:
    return [] if code == "de" else [names.of("language", code)]


def _passage(
    lead: str, body: str, wanted: set[str], citations: re.Pattern[str] | None, analyser: Analyser
) -> Sequence[Piece]:
    """The lead, where it answers; else the passage of the text that does; else the lead or the beginning."""
    of_lead = _spans(lead, wanted, citations, analyser)
    of_body = _spans(body, wanted, citations, analyser)
    better = len({span.term for span in of_body}) > len({span.term for span in of_lead})
    if body and (better or not lead):
        return snippet(" ".join(body.split("\n")), of_body)
    return snippet(lead, of_lead, length=LEAD_SHOWN)


def _spans(text: str, wanted: set[str], citations: re.Pattern[str] | None, analyser: Analyser) -> list[Span]:
    spans = spans_of(text, wanted, analyser)
    if citations is not None:
        spans += [Span(found.start(), found.end(), "§") for found in citations.finditer(text)]
        spans.sort(key=lambda span: (span.start, -span.end))
    return spans


def _citation_pattern(clauses: Iterable[Clause]) -> re.Pattern[str] | None:
    """The numbers of the provisions that were asked for, as texts print them."""
    labels = [way.label for clause in clauses for way in clause.alternatives if way.kind is Kind.CITATION]
    numbers = [re.escape(label.split()[1]) for label in labels if len(label.split()) > 1]
    if not numbers:
        return None
    return re.compile(rf"(?:§§?|Art(?:ikel|\.)?)[\s\u00a0]?(?:{'|'.join(numbers)})(?![\w])")


def _html(pieces: Iterable[Piece]) -> SafeString:
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", piece.text) if piece.hit else piece.text,) for piece in pieces)
    )


def _note(note: str) -> str:
    kind, _colon, rest = note.partition(":")
    if kind == "changed":
        return _("changed, seen %s") % day(date.fromisoformat(rest), "short")
    if kind == "span":
        begin, _colon, end = rest.partition(":")
        if end:
            return _("until %s") % day(date.fromisoformat(end), "short")
        return _("since %s") % day(date.fromisoformat(begin), "short")
    return note


class Reasons:
    """Why each hit was found, as short sentences."""

    def __init__(self, found: Found) -> None:
        self._clauses = found.understood.clauses
        ways = [way for hit in found.hits for way in hit.ways.values()]
        tags = {way.label for way in ways if way.kind is Kind.CONCEPT}
        self._concepts = {one.key: one.name for one in Concept.objects.filter(key__in=tags)}
        typed = " ".join(clause.typed for clause in self._clauses)
        words = {clause.typed for clause in self._clauses} | {typed}
        outdated = Label.objects.filter(kind=Label.Kind.OUTDATED, text__in=words)
        self._outdated = set(outdated.values_list("text", flat=True)) if words else set()
        self._whole = typed

    def of(self, hit: Hit) -> list[str]:
        """Each way once, with all the words it answers."""
        answered: dict[tuple[Kind, str], tuple[Alternative, list[str]]] = {}
        for index, way in sorted(hit.ways.items()):
            answered.setdefault((way.kind, way.label), (way, []))[1].append(self._clauses[index].typed)
        return [self._said(" ".join(typed), way, hit) for way, typed in answered.values()]

    def _said(self, typed: str, way: Alternative, hit: Hit) -> str:
        words = {"typed": typed, "label": way.label}
        match way.kind:
            case Kind.WORD:
                return _("“%(typed)s”") % words
            case Kind.PARTS | Kind.PART:
                return _("%(label)s ← “%(typed)s”") % words
            case Kind.SPELLING:
                return _("“%(label)s”, for “%(typed)s”") % words
            case Kind.LABEL if {typed, self._whole} & self._outdated:
                return _("“%(label)s”, formerly “%(typed)s”") % {
                    **words,
                    "typed": self._whole if self._whole in self._outdated else typed,
                }
            case Kind.LABEL:
                return _("“%(label)s”, another name for “%(typed)s”") % words
            case Kind.CONCEPT:
                return _("tagged “%s”") % self._concepts.get(way.label, way.label)
            case Kind.CITATION if hit.page.document.source == "provisions":
                return _("it is %s") % way.label
            case Kind.CITATION:
                return _("%s is cited") % way.label
            case Kind.LAW:
                return _("of or about the %s") % way.label
