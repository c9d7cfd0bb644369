"""Which law is named at a place of a text."""

import re
from dataclasses import dataclass, replace

from nahtstelle.engines.lawtext.citations import forms, grammar, surface, titles, unions
from nahtstelle.engines.lawtext.citations.gazettes import GAZETTE, end_of_promulgation
from nahtstelle.engines.lawtext.citations.names import WORD, LawNames
from nahtstelle.engines.lawtext.citations.patterns import end_of
from nahtstelle.engines.lawtext.citations.social_code import book_at

_GAP = re.compile(r"[\s\u00ad]*+")
_ARTICLE = re.compile(
    r"(?:(?P<own>diese[smrn]|vorliegende[nr])|(?P<same>d(?:es|er)selben|d(?:es|er)\s++(?:genannten|vorgenannten))"
    r"|(?P<genitive>de[sr])|(?P<place>im))\s++"
)
_BACK = re.compile(r"ebd\b\.?|ebenda\b|a\.\s?a\.\s?O\.|aaO\b")
# "des am 5. November 1979 geschlossenen", "des (angeblichen)", "der beiden", "des jeweils geltenden"
_BETWEEN_ARTICLE_AND_NOUN = re.compile(
    r"(?:(?:\(\s*+[a-zäöüß]+e[nr]\s*+\)|jeweils|zuletzt|früher|seinerzeit|letzten\s*+,|[a-zäöüß]+e[nr]"
    r"|am\s++\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{4}|in\s++Kraft(?=\s++(?:ge)?tretenden))\s++){1,3}"
)
# Adjectives of another country or a Land: not the law that the table knows by this noun.
_FOREIGN = re.compile(r"\b(?!europäisch)([a-zäöüß]+ische[nr])\s++\Z")
# "§ 39 (AufenthG)"
_IN_BRACKETS = re.compile(r"\(\s*+([A-ZÄÖÜ][\w/-]*(?:\s(?:[IVX]+|\d{1,2}))?)\s*+\)")
# "§ 26 Abs. 2 (Westbalkanregelung) BeschV"
_EXPLANATION = re.compile(r"\((?!\s*[an]\.?\s?F)[^()\n]{2,80}\)\s++(?=[A-ZÄÖÜ])")
_CLOSING = re.compile(r"\s*+\]")
_ANNEX = re.compile(r"(?:Anlagen?|Anhang(?:e?s)?|Anhänge)(?:\s++(?:[IVX]+|\d{1,3}[a-z]?|[A-H])(?!\w))?")


@dataclass(frozen=True, slots=True)
class NamedLaw:
    """A law named in a text.

    ``law`` is None for "dieses Gesetzes" (``internal``) and where only a kind is named ("der Verordnung").
    """

    law: str | None
    end: int
    internal: bool = False
    as_before: bool = False  # "ebd.", "desselben Gesetzes": the law of the citation before
    version: str | None = None
    private: bool = False  # the statutes of an association or body, which are no law anyone could look up


def law_at(text: str, position: int, names: LawNames) -> NamedLaw | None:
    """The law named directly behind ``position``, with its article; None when none is."""
    start = end_of(_GAP, text, position)
    version: str | None = None
    first = text[start : start + 1]
    if first and first in "an(<":
        version, start = version_at(text, start)
        if version is not None:
            start = end_of(_GAP, text, start)
            first = text[start : start + 1]
    if first.isupper():
        found = _law(text, start, names, "")
    elif first and first in "dvi":
        found = _law_with_article(text, start, names)
    elif first and first in "([":
        found = _law_in_brackets(text, start, names)
    elif first and first in "ea":
        back = _BACK.match(text, start)
        found = None if back is None else NamedLaw(None, back.end(), as_before=True)
    else:
        return None
    if found is None:
        return None
    late_version, end = version_at(text, found.end)
    if version is None and late_version is None:
        return found
    return replace(found, end=end, version=version or late_version)


def version_at(text: str, position: int) -> tuple[str | None, int]:
    """ "a.F." or "n.F." at ``position``, and where it ends; None and ``position`` without one."""
    found = grammar.OLD_OR_NEW.match(text, position)
    if found is None:
        return None, position
    return ("a.F." if found["old"] else "n.F."), found.end()


def _law_in_brackets(text: str, start: int, names: LawNames) -> NamedLaw | None:
    if text[start] == "[":  # added by an editor: "§ 6 Absatz 1 [SGB II]"
        found = _known_law(text, end_of(_GAP, text, start + 1), names)
        closing = None if found is None else _CLOSING.match(text, found.end)
        return None if found is None or closing is None else replace(found, end=closing.end())
    bracketed = _IN_BRACKETS.match(text, start)
    if bracketed is not None:
        known = names.canonical(bracketed[1])
        if known is not None:
            return NamedLaw(known, bracketed.end())
    explained = _EXPLANATION.match(text, start)
    return None if explained is None else _known_law(text, explained.end(), names, only_short=True)


def _law_with_article(text: str, start: int, names: LawNames) -> NamedLaw | None:
    article = _ARTICLE.match(text, start)
    if article is None:
        return None
    at = article.end()
    if article["place"]:
        return _known_law(text, at, names)
    if article["own"] or article["same"]:
        word = WORD.match(text, at)
        if word is None or (surface.law_noun(word[0]) is None and not word[0].startswith("Buch")):
            return None
        return NamedLaw(None, word.end(), internal=bool(article["own"]), as_before=bool(article["same"]))
    annex = _ANNEX.match(text, at)
    if annex is not None:
        return NamedLaw(None, annex.end())  # a § of an annex is none of the law; whose annex it is stays open
    found = _law(text, at, names, article["genitive"])
    if found is not None:
        return found
    between = _BETWEEN_ARTICLE_AND_NOUN.match(text, at)
    if between is None:
        return None
    foreign = _FOREIGN.search(between[0])
    if foreign is not None:
        return _by_its_form(text, between.end(), article["genitive"], foreign=foreign[1])
    return _law(text, between.end(), names, article["genitive"])


def _known_law(text: str, start: int, names: LawNames, *, only_short: bool = False) -> NamedLaw | None:
    """A law that the table knows; nothing is taken by its form."""
    word = WORD.match(text, start)
    if word is None:
        return None
    known = names.abbreviated(word[0]) is not None or word[0] == "SGB"
    if not known and not only_short:
        known = names.written_at(text, start) is not None or book_at(text, start) is not None
    return _law(text, start, names, "") if known else None


def _law(text: str, start: int, names: LawNames, article: str) -> NamedLaw | None:
    """The law whose name begins at ``start``, behind ``article`` ("des", "der" or "")."""
    word = WORD.match(text, start)
    if word is None:
        return None
    known = names.abbreviated(word[0])
    if known is not None:
        return _abbreviation(text, start, word.end(), known, names)
    act = unions.act_at(text, start, word[0])
    if act is not None:
        return NamedLaw(names.canonical(act[0]) or act[0], _end_of_act(text, act[1]))
    written = names.written_at(text, start)
    if written is not None and forms.OF_A_LAND.match(text, written[1]) is None:
        return NamedLaw(written[0], end_of_promulgation(text, written[1]))
    book = book_at(text, start)
    if book is not None:
        return NamedLaw(book[0], book[1])
    agreement = surface.AGREEMENT.match(text, start)
    if agreement is not None:
        return NamedLaw(" ".join(agreement[0].split()), agreement.end())
    looks = surface.ABBREVIATION.match(text, start)
    if looks is not None and surface.law_noun(looks[0]) is None:
        if not surface.may_be_a_law(looks[0]):
            return None
        return _abbreviation(text, start, looks.end(), None, names)
    return _by_its_form(text, start, article)


def _by_its_form(text: str, start: int, article: str, *, foreign: str = "") -> NamedLaw | None:
    found = forms.law_by_its_form(text, start, article, foreign=foreign)
    return None if found is None else NamedLaw(found[0], found[1], private=found[2])


def _abbreviation(text: str, start: int, end: int, known: str | None, names: LawNames) -> NamedLaw:
    token = text[start:end]
    law, version = known or "".join(token.split()), None
    longer = names.written_at(text, start)
    if longer is not None and longer[1] > end:
        law, end = longer
    draft = surface.DRAFT.match(text, end)
    if draft is not None:
        version, end = "E", draft.end()
    elif known is None and token.endswith("-E"):
        law, version = names.abbreviated(token[:-2]) or token[:-2], "E"
    land = surface.OF_A_LAND.match(text, end) if known is None else None
    if land is not None:
        law, end = f"{law} {' '.join(land[1].split())}", land.end()
    year = surface.YEAR.match(text, end)
    if year is not None:
        version, end = version or year[1], year.end()
    return NamedLaw(law, end_of_promulgation(text, end), version=version)


def _end_of_act(text: str, end: int) -> int:
    """With "des Europäischen Parlaments und des Rates vom …" and what the act is about."""
    issuer = unions.ISSUER.match(text, end)
    if issuer is None:
        return end
    dated = end_of_promulgation(text, issuer.end())
    return dated if dated == issuer.end() else end_of(GAZETTE, text, titles.end_of_title(text, dated))
