"""What somebody means by what they typed: words, citations of law, other names for the same, likely misspellings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection

from nahtstelle.engines.lawtext.citations import Citation, LawNames, find_citations, parse_citation
from nahtstelle.engines.wording import Alternative, Clause, Kind, ParsedQuery, fold, nearest, parse_query
from nahtstelle.engines.wording.clauses import clause_of
from nahtstelle.engines.wording.queries import LONGEST
from nahtstelle.engines.wording.spelling import edits_allowed
from nahtstelle.engines.wording.stems import ENGLISH, GERMAN, stem
from nahtstelle.engines.wording.stopwords import OF_A_QUERY
from nahtstelle.rooms.law.naming import names_in_stock

from .counting import EVERYTHING
from .memory import analyser_for, present
from .models import Term
from .offers import law_term, section_alone_term, section_term
from .prefixes import after
from .synonyms import synonyms

CITATION_WEIGHT, LAW_WEIGHT = 2.5, 1.4
SPELLING_WEIGHT = 0.8
MOST_CITATIONS = 6


@dataclass(frozen=True, slots=True)
class Correction:
    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Understood:
    """``clauses``: what a text should answer; ``counts``: in how many documents each of their terms stands.

    ``memory`` names the frequencies that words were taken apart with.
    """

    parsed: ParsedQuery
    clauses: tuple[Clause, ...]
    without: tuple[str, ...]
    counts: dict[str, int]
    memory: str
    corrections: tuple[Correction, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.clauses


def understand(typed: str, *, locks: Sequence[int]) -> Understood:
    """Anything may be typed. Misspelt words are set right by words the reader may see."""
    names = names_in_stock()
    cited, rest = _citations(typed[:LONGEST], names)
    parsed = parse_query(typed if not cited else rest)
    if cited:
        parsed = replace(parsed, cut=len(typed.strip()) > LONGEST)
    if cited and not rest.strip():
        parsed = ParsedQuery(cut=parsed.cut)
    memory = present()
    analyser = analyser_for("de", memory=memory)
    clauses = [clause_of(word, analyser) for word in parsed.words]
    counts = _counts(clauses)
    clauses = _with_laws(_with_synonyms(clauses), names)
    counts |= _counts(clauses, known=counts)
    clauses, corrections = _corrected(clauses, counts, locks)
    clauses = [*(_clause_of_citation(one, typed) for one in cited), *clauses]
    counts |= _counts(clauses, known=counts)
    without = tuple(stem(fold(word), GERMAN) for word in parsed.without)
    return Understood(parsed, tuple(_distinct(clauses)), without, counts, memory, corrections)


def _distinct(clauses: Sequence[Clause]) -> list[Clause]:
    return list({clause.alternatives[0].all_of: clause for clause in reversed(clauses)}.values())[::-1]


def _counts(clauses: Sequence[Clause], *, known: dict[str, int] | None = None) -> dict[str, int]:
    terms = {EVERYTHING, *(term for clause in clauses for way in clause.alternatives for term in way.all_of)}
    terms -= set(known or ())
    found = dict(Term.objects.filter(term__in=terms).values_list("term", "documents")) if terms else {}
    return {term: found.get(term, 0) for term in terms}


# --- citations -------------------------------------------------------------------------------------------------------


def _citations(typed: str, names: LawNames) -> tuple[list[Citation], str]:
    """The provisions that are named, and what was typed besides."""
    whole = [one for one in parse_citation(typed, names=names) if one.section]
    if whole:
        return whole[:MOST_CITATIONS], ""
    found = [one for one in find_citations(typed, names=names) if one.section and (one.law or len(typed) < 60)]
    found = found[:MOST_CITATIONS]
    rest = typed
    for one in sorted({(c.start, c.end) for c in found}, reverse=True):
        rest = rest[: one[0]] + " " + rest[one[1] :]
    return found, rest


def _clause_of_citation(citation: Citation, typed: str) -> Clause:
    said, section = _spoken(citation), citation.section or ""
    if citation.law is None:
        ways = [Alternative((section_alone_term(section),), CITATION_WEIGHT, Kind.CITATION, said)]
    else:
        ways = [
            Alternative((section_term(citation.law, section),), CITATION_WEIGHT, Kind.CITATION, said),
            Alternative((law_term(citation.law),), 0.1, Kind.LAW, citation.law, near=False),
        ]
    return Clause(typed if len(typed) < 60 else said, tuple(ways))


def _spoken(citation: Citation) -> str:
    sign = "§" if citation.unit == "§" else "Art."
    return f"{sign} {citation.section} {citation.law or ''}".strip()


def _with_laws(clauses: Sequence[Clause], names: LawNames) -> list[Clause]:
    """A law by any of its names, written any way: also by its other names, and whatever is of it or cites it."""
    made = []
    for clause in clauses:
        law = names.meant(clause.typed)
        if law:
            short = (stem(fold(law), GERMAN),)
            more = [Alternative((law_term(law),), LAW_WEIGHT, Kind.LAW, law), Alternative(short, 0.9, Kind.LABEL, law)]
            clause = clause.with_more(more)
        made.append(clause)
    return made


# --- other names -----------------------------------------------------------------------------------------------------


def _with_synonyms(clauses: Sequence[Clause]) -> list[Clause]:
    stems = [
        tuple(dict.fromkeys(way.all_of[0] for way in clause.alternatives if way.kind in (Kind.WORD, Kind.SPELLING)))
        for clause in clauses
    ]
    made = list(clauses)
    for (first, last), ways in synonyms().ways([(one[0], one[-1]) for one in stems]).items() if stems else ():
        # A name of several words answers each of them; it must not count for as many.
        weight = (last - first + 1) ** -0.5
        shared = [replace(way, weight=way.weight * weight) for way in ways]
        for index in range(first, last + 1):
            made[index] = made[index].with_more(shared)
    return made


# --- misspellings ----------------------------------------------------------------------------------------------------


def _corrected(
    clauses: list[Clause], counts: dict[str, int], locks: Sequence[int]
) -> tuple[list[Clause], tuple[Correction, ...]]:
    """Words that no text has, read also as the nearest words that some text has.

    Where nothing else answers the word ("Anerkenung") that is said as a correction; where its parts or another name do
    ("Fahrkosten" beside "Fahrtkosten") it is one more way.
    """
    made, corrections = [], []
    for clause in clauses:
        known = any(counts.get(way.all_of[0]) for way in clause.alternatives if way.kind is Kind.WORD)
        meant = [] if known else _meant(clause.typed, locks, everywhere=not _has_hits(clause, counts))
        if meant:
            ways: dict[tuple[str, ...], Alternative] = {}
            for folded, written in meant:
                for language in (GERMAN, ENGLISH):
                    term = (stem(folded, language),)
                    ways.setdefault(term, Alternative(term, SPELLING_WEIGHT, Kind.SPELLING, written))
            if _has_hits(clause, counts):
                clause = clause.with_more(ways.values())
            else:
                corrections.append(Correction(clause.typed, meant[0][1]))
                clause = Clause(clause.typed, tuple(ways.values()))
        made.append(clause)
    return (_with_synonyms(made) if corrections else made), tuple(corrections)


def _has_hits(clause: Clause, counts: dict[str, int]) -> bool:
    return any(all(counts.get(term) for term in way.all_of) for way in clause.alternatives if way.near)


def _meant(typed: str, locks: Sequence[int], *, everywhere: bool) -> list[tuple[str, str]]:
    """(folded, as written) of the likeliest words.

    Mistakes in the first letters are rare: words that begin alike are looked at first; ``everywhere`` also those that only
    end alike, where nothing nearer is found.
    """
    word = fold(typed)
    allowed = edits_allowed(len(word))
    if not allowed or word in OF_A_QUERY or not (word.isascii() and word.isalpha()):
        return []
    places = [_beginning(word[:2])]
    if everywhere:
        places += [_beginning(word[0]), ("folded LIKE %s", [f"%{word[-3:]}"])]
    for where, params in places:
        rows = _words_like(where, params, locks, shortest=len(word) - allowed, longest=len(word) + allowed)
        frequencies: dict[str, int] = {}
        for folded, _written, number in rows:
            frequencies[folded] = frequencies.get(folded, 0) + number
        best = nearest(word, frequencies.items(), most=2)
        if best:
            written = {folded: as_written for folded, as_written, _number in rows}
            return [(one, written[one]) for one in best]
    return []


def _beginning(letters: str) -> tuple[str, list[object]]:
    return "folded >= %s AND folded < %s", [letters, after(letters)]


def _words_like(
    where: str, params: list[object], locks: Sequence[int], *, shortest: int, longest: int
) -> list[tuple[str, str, int]]:
    marks = ", ".join(["%s"] * len(locks)) or "NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT folded, written, documents FROM search_word "  # noqa: S608 - the conditions are ours, values parameters
            f"WHERE {where} AND length(folded) BETWEEN %s AND %s AND lock_id IN ({marks})",
            [*params, shortest, longest, *locks],
        )
        return cursor.fetchall()
