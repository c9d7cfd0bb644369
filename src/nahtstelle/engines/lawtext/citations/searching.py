"""Reading what somebody types into a search box: "60c aufenthg", "§60 c AufenthG", "sgb 2 16", "art 16a gg"."""

import re
from dataclasses import replace

from nahtstelle.engines.lawtext.citations.finding import citations_of, find_citations
from nahtstelle.engines.lawtext.citations.groups import GroupReader
from nahtstelle.engines.lawtext.citations.laws import NamedLaw
from nahtstelle.engines.lawtext.citations.names import DEFAULT_NAMES, LawNames
from nahtstelle.engines.lawtext.citations.numbers import Budget
from nahtstelle.engines.lawtext.citations.values import Citation

# Laws that are divided into articles, so that "16a gg" is Art. 16a GG.
_IN_ARTICLES = frozenset(
    ("GG", "EMRK", "AEUV", "EUV", "GRCh", "DSGVO", "EGBGB", "GFK", "UN-KRK", "UN-BRK", "ARB 1/80", "EPÜ", "SDÜ")
)
_LONGEST_QUERY = 300
_SIGN = re.compile(
    r"\s*+(?:(?P<para>§{1,2}|par(?:a(?:gra(?:ph|f)(?:en)?)?)?\b\.?)|(?P<art>art(?:ikel)?\b\.?))?\s*+(?=\d)",
    re.IGNORECASE,
)
_FIRST_NUMBER = re.compile(r"\d")
# Labels typed in small letters, written as the grammar knows them; same length, so that positions stay.
_LABELS = (
    (re.compile(r"\babs(?=[\s.\d])", re.IGNORECASE), "Abs"),
    (re.compile(r"\babsatz\b", re.IGNORECASE), "Absatz"),
    (re.compile(r"\bsatz\b", re.IGNORECASE), "Satz"),
    (re.compile(r"(?<=\d)\s+s(?=[\s.]\s?\d)", re.IGNORECASE), None),
    (re.compile(r"\bnr(?=[\s.\d])", re.IGNORECASE), "Nr"),
    (re.compile(r"\bnummer\b", re.IGNORECASE), "Nummer"),
    (re.compile(r"\bbuchst(?=[\s.])", re.IGNORECASE), "Buchst"),
    (re.compile(r"\bbuchstabe\b", re.IGNORECASE), "Buchstabe"),
    (re.compile(r"\blit(?=[\s.])", re.IGNORECASE), "lit"),
)
_LETTER = re.compile(r"(?<=\d)(\s?)([A-HJ-UWYZ])(?=\s|\Z)")


def parse_citation(query: str, *, names: LawNames = DEFAULT_NAMES) -> tuple[Citation, ...]:
    """The provisions that ``query`` as a whole names; an empty tuple when it names none or says more than that.

    Capital and small letters, missing signs and the order of law and number do not matter. Without a law ("60c") the
    citations have ``law`` None. Positions are those of ``query``.
    """
    if len(query) > _LONGEST_QUERY:
        return ()
    written = _as_the_grammar_knows_it(query)
    found = [c for c in find_citations(written, names=names) if c.law is not None]
    if found and not written[: found[0].start].strip(" ,") and not written[found[-1].end :].strip(" ,.;"):
        return tuple(replace(c, text=query[c.start : c.end]) for c in found)
    law_first = _law_first(written, names)
    if law_first is not None:
        law, begin = law_first
        return _numbers(query, written, begin, law, names)
    return _numbers(query, written, 0, None, names)


def _as_the_grammar_knows_it(query: str) -> str:
    for pattern, label in _LABELS:
        query = pattern.sub(lambda found, label=label: label or found[0].upper(), query)  # type: ignore[misc] # mypy cannot type a default of a lambda
    return _LETTER.sub(lambda found: found[1] + found[2].lower(), query)


def _law_first(written: str, names: LawNames) -> tuple[str, int] | None:
    """The law named before the first number that is not its own ("sgb 2 16"), and where the rest begins."""
    words = list(re.finditer(r"[^\s,:§]+", written))
    for count in range(min(len(words) - 1, 12), 0, -1):
        end = words[count - 1].end()
        law = _known(written[:end], names)
        if law is not None and _SIGN.match(written, _behind(written, end)) is not None:
            return law, _behind(written, end)
    return None


def _behind(written: str, end: int) -> int:
    while end < len(written) and written[end] in " ,:":
        end += 1
    return end


def _numbers(query: str, written: str, begin: int, law: str | None, names: LawNames) -> tuple[Citation, ...]:
    sign = _SIGN.match(written, begin)
    if sign is None:
        return ()
    reader = GroupReader(written, begin, sign.end(), unit="§", many=True, budget=Budget(len(written)))
    group = reader.read()
    if group is None:
        return ()
    rest = written[group.end :].strip(" ,.;()")
    only_a_number = written[begin : group.end].strip().isdigit()
    if law is None and not rest and only_a_number:
        return ()
    if law is None and rest:
        law = _known(rest, names)
        if law is None:
            return ()
    elif rest:
        return ()
    group.unit = "Art" if sign["art"] or law in _IN_ARTICLES else "§"
    start, end = len(query) - len(query.lstrip()), len(query.rstrip())
    return citations_of(group, query, start, end, NamedLaw(law, end))


def _known(name: str, names: LawNames) -> str | None:
    name = name.strip(" ,:")
    for article in ("des ", "der ", "im ", "vom "):
        name = name.removeprefix(article)
    return names.meant(name)
