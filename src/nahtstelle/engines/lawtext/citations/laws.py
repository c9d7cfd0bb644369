"""Which law is named at a place of a text."""

import re
from dataclasses import dataclass

from nahtstelle.engines.lawtext.citations import grammar, surface, titles, unions
from nahtstelle.engines.lawtext.citations.gazettes import GAZETTE, end_of_promulgation
from nahtstelle.engines.lawtext.citations.names import WORD, LawNames
from nahtstelle.engines.lawtext.citations.social_code import book_at

_GAP = re.compile(r"[\s\u00ad]*+(?:,(?=\s++SGB\b))?\s*+")
_ARTICLE = re.compile(r"(?P<own>diese[smrn]|vorliegende[nr])\s++|(?P<same>d(?:es|er)selben|d(?:es|er)\s++(?:genannten|vorgenannten))\s++|(?:d(?:es|er|em|en|as|ie)|(?P<place>im))\s++")
_BACK = re.compile(r"(?:ebd\b\.?|ebenda\b|a\.\s?a\.\s?O\.|aaO\b)")
# "des am 5. November 1979 geschlossenen", "des (angeblichen)", "der beiden", "des jeweils geltenden"
_PARTICIPLE = re.compile(
    r"(?:(?:\(\s*+[a-zäöüß]+e[nr]\s*+\)|(?:jeweils|zuletzt|früher|seinerzeit|letzten\s*+,)|[a-zäöüß]+e[nr]|am\s++\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{4}|in\s++Kraft(?=\s++(?:ge)?tretenden))\s++){1,3}"
)
_ADJECTIVE = re.compile(r"([A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ]?[a-zäöüß]+)*e[nrsm])\s++")
_HYPHENATED = re.compile(r"[A-ZÄÖÜ]\w*(?:-\w+)*-(?:,\s[A-ZÄÖÜ]\w*-)?(?:\s(?:und|oder)\s(?=-?\w)-?|\s(?=[A-ZÄÖÜ]))")
_OF_WHOM = re.compile(
    r"\s++(?:(?:des|für\s++den|für\s++das|für)\s++(?:(?:Freistaat(?:e?s)?|Land(?:e?s)?)\s++)?(?:Bayern|Sachsen|Thüringen|Saarlande?s?|Saarland"
    r"|Nordrhein-Westfalen|Schleswig-Holstein|Hessen|Brandenburg|Berlin|Baden-Württemberg|Niedersachsen|Rheinland-Pfalz|Sachsen-Anhalt|Mecklenburg-Vorpommern)"
    r"|der\s++Freien\s++(?:und\s++)?Hansestadt\s++(?:Bremen|Hamburg)|der\s++Europäischen\s++(?:Union|Gemeinschaft)|der\s++Republik\s++\w+|der\s++Bundesrepublik\s++Deutschland"
    r"|(?:Bayern|Nordrhein-Westfalen|Schleswig-Holstein|Hessen|Brandenburg|Berlin|Baden-Württemberg|Niedersachsen|Rheinland-Pfalz|Sachsen|NRW|NW))(?![\w-])"
)
# "Approbationsordnung für Ärzte"
_FOR_SOMEBODY = re.compile(r"(?:[Pp]rüfungs|[Aa]pprobations|[Gg]ebühren|[Aa]usbildungs|[Zz]ulassungs|[Ll]aufbahn)(?:ver)?ordnung\Z")
_FOR_WHOM = re.compile(r"\s++für\s++(?:die\s++)?[A-ZÄÖÜ][a-zäöüß]+(?:\s++und\s++[A-ZÄÖÜ][a-zäöüß]+)?")
# Without an article these are headings and plain nouns: "§ 17 Übergangsvorschriften".
_ONLY_WITH_ARTICLE = frozenset(("vorschrift", "vorschriften", "bekanntmachung", "anordnung", "anweisung", "vereinbarung", "satzung", "tarif"))
# "§ 39 (AufenthG)"
_IN_BRACKETS = re.compile(r"\(\s*+([A-ZÄÖÜ][\w/-]*(?:\s(?:[IVX]+|\d{1,2}))?)\s*+\)")
# "§ 26 Abs. 2 (Westbalkanregelung) BeschV"
_EXPLANATION = re.compile(r"\((?!\s*[an]\.?\s?F)[^()\n]{2,80}\)\s++(?=[A-ZÄÖÜ])")
_ANNEX = re.compile(r"(?:Anlagen?|Anhang(?:e?s)?|Anhänge)(?:\s++(?:[IVX]+|\d{1,3}[a-z]?|[A-H])(?!\w))?")
_NUMBERED = re.compile(r"(\d{1,3}\.)\s++(?=[A-ZÄÖÜ])")
_LIKE_A_LAW = re.compile(r"(?:G|GB|O|V|VO|VwV|TV)(?:\s\w+)?\Z")
_CLOSING = re.compile(r"\s*+\]")
_PRIVATE = frozenset(("vertrag", "verträge", "vereinbarung", "tarif"))
_YEAR = re.compile(r"\s++((?:18|19|20)\d\d)(?![\w.]|\s?/)")
_SHORT_IN_BRACKETS = re.compile(r"\s*+[(<]\s*+(?:[^()<>]{3,80}\s[-–]\s)?([A-ZÄÖÜ][\wÄÖÜäöüß/-]*[A-ZÄÖÜ][\wÄÖÜäöüß/-]*(?:\s(?:NRW|NW|Bln|LSA|SH|BW))?)\s*+[)>]")


# Compounds whose title goes on: "Einführungsgesetz zum …", "Tarifvertrag über …"
_GOES_ON = re.compile(r"(?:Einführungs|Ausführungs|Änderungs|Zustimmungs|Durchführungs|Überleitungs|Anpassungs)(?:gesetz|verordnung)\Z|(?:(?:[Tt]arif|[Ss]taats|[Mm]antel|^)vertrag|abkommen|übereinkommen|protokoll|pakt|konvention)\Z")


@dataclass(frozen=True, slots=True)
class NamedLaw:
    """A law named in a text: ``law`` is None for "dieses Gesetzes" (``internal``) and for an unnamed "der Verordnung"."""

    law: str | None
    end: int
    internal: bool = False
    as_before: bool = False  # "ebd.", "desselben Gesetzes": the law of the citation before
    version: str | None = None
    private: bool = False  # the statutes of an association or body, which are no law anyone could look up


def law_at(text: str, position: int, names: LawNames) -> NamedLaw | None:
    """The law named directly behind ``position``, with its article; None when none is."""
    start = _end_of(_GAP, text, position)
    if text.startswith("[", start):
        return _in_square_brackets(text, start, names)
    bracketed = _IN_BRACKETS.match(text, start)
    if bracketed is not None and (known := names.canonical(bracketed[1])) is not None:
        return NamedLaw(known, bracketed.end())
    explained = _EXPLANATION.match(text, start)
    if explained is not None:
        return _known_abbreviation(text, explained.end(), names)
    version, start = _version(text, start)
    if start >= len(text):
        return None
    first = text[start]
    if first.isupper():
        found = _plain(text, start, names, genitive=False)
    elif first in "dvi":
        found = _with_article(text, start, names)
    elif first in "ea<":
        found = _back(text, start)
    else:
        found = None
    if found is None:
        return None
    late_version, end = _version(text, found.end)
    return NamedLaw(found.law, end, found.internal, found.as_before, version or late_version or found.version, found.private)


def _in_square_brackets(text: str, start: int, names: LawNames) -> NamedLaw | None:
    """A law that an editor added: "§ 6 Absatz 1 [SGB II]"."""
    begin = _end_of(_GAP, text, start + 1)
    found = _plain(text, begin, names, genitive=False) if begin < len(text) else None
    closing = None if found is None else _CLOSING.match(text, found.end)
    if found is None or closing is None:
        return None
    return NamedLaw(found.law, closing.end(), version=found.version)


def _known(text: str, start: int, names: LawNames) -> NamedLaw | None:
    """A law that the table knows; nothing is taken by its form."""
    word = WORD.match(text, start)
    if word is None or (names.abbreviated(word[0]) is None and names.written_at(text, start) is None and book_at(text, start) is None):
        return None
    return _plain(text, start, names, genitive=True)


def _known_abbreviation(text: str, start: int, names: LawNames) -> NamedLaw | None:
    word = WORD.match(text, start)
    if word is None or (names.abbreviated(word[0]) is None and word[0] != "SGB"):
        return None
    return law_at(text, start, names)


def _version(text: str, position: int) -> tuple[str | None, int]:
    found = grammar.OLD_OR_NEW.match(text, position)
    if found is None:
        return None, position
    return ("a.F." if found["old"] else "n.F."), found.end()


def _back(text: str, start: int) -> NamedLaw | None:
    found = _BACK.match(text, start)
    return None if found is None else NamedLaw(None, found.end(), as_before=True)


def _with_article(text: str, start: int, names: LawNames) -> NamedLaw | None:
    article = _ARTICLE.match(text, start)
    if article is None:
        return None
    at = article.end()
    if article["place"]:
        return _known(text, at, names)
    if article["own"] or article["same"]:
        word = WORD.match(text, at)
        if word is None or (surface.kind_of(word[0]) is None and not word[0].startswith("Buch")):
            return None
        return NamedLaw(None, word.end(), internal=bool(article["own"]), as_before=bool(article["same"]))
    if _ANNEX.match(text, at) is not None:
        # A § of an annex is no § of the law; whose annex it is stays open.
        return NamedLaw(None, _end_of(_ANNEX, text, at))
    plain = _plain(text, at, names, genitive=True)
    if plain is not None:
        return plain
    participle = _PARTICIPLE.match(text, at)
    return None if participle is None else _plain(text, participle.end(), names, genitive=True)


def _plain(text: str, start: int, names: LawNames, *, genitive: bool) -> NamedLaw | None:
    word = WORD.match(text, start)
    if word is None:
        return None
    token = word[0]
    if genitive and token.isdigit():
        return _by_its_form(text, start, genitive=genitive)
    known = names.abbreviated(token)
    if known is not None:
        return _abbreviation(text, token, word.end(), known, names, start)
    book = book_at(text, start)
    if book is not None:
        return NamedLaw(book[0], book[1])
    act = unions.act_at(text, start)
    if act is not None:
        return NamedLaw(names.canonical(act[0]) or act[0], _end_of_act(text, act[1]))
    written = names.written_at(text, start)
    if written is not None:
        return NamedLaw(written[0], end_of_promulgation(text, _end_of(_OF_WHOM, text, written[1])))
    agreement = surface.AGREEMENT.match(text, start)
    if agreement is not None:
        return NamedLaw(" ".join(agreement[0].split()), agreement.end())
    looks = surface.ABBREVIATION.match(text, start)
    if looks is not None and surface.kind_of(looks[0]) is None:
        if not surface.is_abbreviation_of_law(looks[0]):
            return None
        return _abbreviation(text, looks[0], looks.end(), looks[0], names, start)
    return _by_its_form(text, start, genitive=genitive)


def _abbreviation(text: str, token: str, end: int, law: str, names: LawNames, start: int) -> NamedLaw:
    version: str | None = None
    longer = names.written_at(text, start)
    if longer is not None and longer[1] > end:
        law, end = longer
    draft = surface.DRAFT.match(text, end)
    if draft is not None:
        version, end = "E", draft.end()
    elif token.endswith("-E") and names.abbreviated(token[:-2]):
        law, version = names.abbreviated(token[:-2]) or law, "E"
    for _ in range(2):
        addition = surface.ADDITION.match(text, end)
        if addition is None:
            break
        if addition["year"]:
            version = version or addition["year"]
        else:
            law = f"{law} {addition['land']}"
        end = addition.end()
    return NamedLaw(law, end_of_promulgation(text, end), version=version)


def _end_of_act(text: str, end: int) -> int:
    issuer = unions.ISSUER.match(text, end)
    if issuer is None:
        return end
    dated = end_of_promulgation(text, issuer.end())
    return dated if dated == issuer.end() else _end_of(GAZETTE, text, titles.end_of_title(text, dated))


def _by_its_form(text: str, start: int, *, genitive: bool) -> NamedLaw | None:
    adjectives, at = _adjectives(text, start)
    hyphenated = _HYPHENATED.match(text, at)
    noun_at = at if hyphenated is None else hyphenated.end()
    word = WORD.match(text, noun_at)
    if word is None:
        return None
    kind = surface.kind_of(word[0])
    if kind is None or (not genitive and kind[0] in _ONLY_WITH_ARTICLE):
        return None
    noun = text[at:noun_at] + kind[1]
    bare = kind[0] == kind[1].casefold()
    end = word.end()
    further = _end_of(_OF_WHOM, text, end)
    title = titles.end_of_title(text, further) if bare or _GOES_ON.search(kind[1]) is not None else further
    if not genitive and bare and title == further:
        return None
    if title == further and _FOR_SOMEBODY.search(kind[1]) is not None:
        title = _end_of(_FOR_WHOM, text, title)
    year = _YEAR.match(text, title)
    if year is not None:
        title = year.end()
    dated = end_of_promulgation(text, title, with_gazette_only=kind[0] in _PRIVATE)
    name = surface.nominative(adjectives, noun, kind[0])
    law: str | None = " ".join((name + text[end:title]).replace("\u00ad", "").split())
    if bare and not adjectives and title == end:
        if kind[0] == "satzung":
            return NamedLaw(None, end, private=True)
        law = f"{name}{text[title:dated]}" if dated > title else None
    short = _SHORT_IN_BRACKETS.match(text, dated)
    if short is not None and _LIKE_A_LAW.search(short[1]) is not None:
        law = short[1]
        later = end_of_promulgation(text, short.end())
        dated = later if later > short.end() else dated
    return NamedLaw(law, dated)


def _adjectives(text: str, start: int) -> tuple[list[str], int]:
    """The capitalised adjectives before a name ("Sächsischen", "35."), and where the noun begins."""
    adjectives: list[str] = []
    numbered = _NUMBERED.match(text, start)
    if numbered is not None:
        adjectives.append(numbered[1])
        start = numbered.end()
    while len(adjectives) < 3 and (found := _ADJECTIVE.match(text, start)) is not None:
        if surface.kind_of(found[1]) is not None:
            break
        adjectives.append(found[1])
        start = found.end()
    return adjectives, start


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return position if found is None else found.end()
