"""Laws known by no table, taken by their form: "des Steuersäumnisgesetzes vom 13. Juli 1961 (BGBl. I S. 981)".

German names its laws openly: compounds that end in -gesetz, -ordnung, -vertrag …, and titles of any length ("Gesetz zur
Regelung des …"). The law is then called by its surface in the nominative, or by the abbreviation that the text gives in
brackets.
"""

import re

from nahtstelle.engines.lawtext.citations import surface, titles
from nahtstelle.engines.lawtext.citations.gazettes import end_of_promulgation
from nahtstelle.engines.lawtext.citations.names import WORD
from nahtstelle.engines.lawtext.citations.patterns import end_of

_NUMBERED = re.compile(r"(\d{1,3}\.)\s++(?=[A-ZÄÖÜ])")
_ADJECTIVE = re.compile(r"([A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ]?[a-zäöüß]+)*e[nrsm])\s++")
# "Teilzeit- und Befristungsgesetz"
_HYPHENATED = re.compile(r"[A-ZÄÖÜ]\w*(?:-\w+)*-(?:,\s[A-ZÄÖÜ]\w*-)?(?:\s(?:und|oder)\s(?=-?\w)-?|\s(?=[A-ZÄÖÜ]))")
# "des Schulgesetzes für den Freistaat Sachsen"
OF_A_LAND = re.compile(
    rf"\s++(?:(?:des|für\s++den|für\s++das|für)\s++(?:(?:Freistaat(?:e?s)?|Land(?:e?s)?)\s++)?{surface.LAND}"
    r"|der\s++Freien\s++(?:und\s++)?Hansestadt\s++(?:Bremen|Hamburg))(?![\w-])"
)
_OF_A_STATE = re.compile(
    rf"\s++(?:der\s++(?:Europäischen\s++(?:Union|Gemeinschaft)|Republik\s++\w+|Bundesrepublik\s++Deutschland)"
    rf"|{surface.LAND}|NRW|NW)(?![\w-])"
)
# Compounds whose title goes on: "Einführungsgesetz zum …", "Tarifvertrag über …"
_TITLE_GOES_ON = re.compile(
    r"(?:Einführungs|Ausführungs|Änderungs|Zustimmungs|Durchführungs|Überleitungs|Anpassungs)(?:gesetz|verordnung)\Z"
    r"|(?:(?:[Tt]arif|[Ss]taats|[Mm]antel)vertrag|abkommen|übereinkommen|protokoll|pakt|konvention)\Z"
)
# "Approbationsordnung für Ärzte"
_FOR_SOMEBODY = re.compile(
    r"(?:[Pp]rüfungs|[Aa]pprobations|[Gg]ebühren|[Aa]usbildungs|[Zz]ulassungs|[Ll]aufbahn)(?:ver)?ordnung\Z"
)
_FOR_WHOM = re.compile(r"\s++für\s++(?:die\s++)?[A-ZÄÖÜ][a-zäöüß]+(?:\s++und\s++[A-ZÄÖÜ][a-zäöüß]+)?")
_DATED_ONLY_IN_A_GAZETTE = frozenset(("vertrag", "verträge", "vereinbarung", "tarif"))
# "Gesetz zur Regelung des … (Strafvollzugsgesetz Nordrhein-Westfalen - StVollzG NRW)"
_SHORT = re.compile(
    r"\s*+[(<]\s*+(?:[^()<>]{3,80}\s[-–]\s)?"
    rf"([A-ZÄÖÜ][\w/-]*[A-ZÄÖÜ][\w/-]*(?:\s{surface.SHORT_LAND})?)\s*+[)>]"
)


def law_by_its_form(text: str, start: int, article: str, *, foreign: str = "") -> tuple[str | None, int, bool] | None:
    """The law whose name begins at ``start``: its name, where it ends, and whether it is private.

    ``article`` is "des", "der" or "" for none; ``foreign`` a small adjective before the name ("tunesischen"). The name
    is None where only a kind is named ("der Verordnung"). Private are the statutes of an association, which are no law.
    """
    adjectives, at = _adjectives(text, start)
    noun_at = end_of(_HYPHENATED, text, at)
    word = WORD.match(text, noun_at)
    noun = None if word is None else surface.law_noun(word[0])
    if word is None or noun is None or not (noun.agrees_with(article) if article else noun.stands_without_article):
        return None
    end = word.end()
    name = noun.nominative([*([foreign] if foreign else []), *adjectives])
    if noun_at > at:
        name = name.removesuffix(noun.name) + text[at:noun_at] + noun.name
    title = _end_of_name(text, end, noun)
    dated = end_of_promulgation(text, title, with_gazette_only=noun.kind in _DATED_ONLY_IN_A_GAZETTE)
    law: str | None = " ".join((name + text[end:title]).replace("\u00ad", "").split())
    if noun.bare and not adjectives and title == end:
        if not article:
            return None
        if noun.kind == "satzung":
            return None, end, True
        law = f"{name}{text[title:dated]}" if dated > title else None
    short = _SHORT.match(text, dated)
    if short is not None and surface.LOOKS_LIKE_A_LAW.search(short[1]) is not None:
        law = short[1]
        later = end_of_promulgation(text, short.end())
        dated = later if later > short.end() else dated
    return law, dated, False


def _end_of_name(text: str, end: int, noun: surface.LawNoun) -> int:
    further = end_of(_OF_A_STATE, text, end_of(OF_A_LAND, text, end))
    if noun.bare or _TITLE_GOES_ON.search(noun.name) is not None:
        further = titles.end_of_title(text, further)
    elif further == end and _FOR_SOMEBODY.search(noun.name) is not None:
        further = end_of(_FOR_WHOM, text, end)
    return end_of(surface.YEAR, text, further)


def _adjectives(text: str, start: int) -> tuple[list[str], int]:
    """The capitalised adjectives before a name ("Sächsischen", "35."), and where the noun begins."""
    adjectives: list[str] = []
    numbered = _NUMBERED.match(text, start)
    if numbered is not None:
        adjectives.append(numbered[1])
        start = numbered.end()
    while len(adjectives) < 3 and (found := _ADJECTIVE.match(text, start)) is not None:
        if surface.law_noun(found[1]) is not None:
            break
        adjectives.append(found[1])
        start = found.end()
    return adjectives, start
