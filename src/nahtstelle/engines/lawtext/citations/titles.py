"""How far the title of a law goes in running text.

"des Gesetzes zur Regelung des Vollzuges der Freiheitsstrafe in Nordrhein-Westfalen …": where no table knows the title,
it is followed as a noun phrase: preposition or article, adjectives, noun, and again, until the sentence goes on.
"""

import re

_BEGIN = re.compile(r"\s++(?:über|zur|zum|zu|für|betreffend|gegen|von)(?=\s)")
_TOKEN = re.compile(r"[^\S\n]*+\n?[^\S\n]*+([^\W_][\w\u00ad./]*(?:[-‐][\w\u00ad]*)*|[,„“\"()])")
_JOINTS = frozenset(
    "der des den dem die das und oder sowie über zur zum zu für von im in bei mit an am aus gegen zwischen auf einer eines einem".split()
)
_AFTER_NOUN = _JOINTS - {"die", "das", "dem", "den", "am", "einem", "an", "aus"}
_ENDS_HERE = re.compile(
    r"\s*+(?:in\s++(?:der|ihrer|seiner)\s++(?:Fassung|im|bis|ab|vom|seit|am|zuletzt|jeweils|derzeit|für|zur|durch|damals|geltenden|alten|neuen)\b"
    r"|in\s++(?:Verbindung|Kraft|Höhe|Anspruch|Betracht)|im\s++(?:Sinne|Falle?|Rahmen|Übrigen|Wege|Land|Hinblick|Zusammenhang|Einvernehmen)\b"
    r"|zur\s++(?:Anwendung|Zeit|Verfügung)|zum\s++(?:\d|Beispiel|Zeitpunkt)|(?:und|oder|sowie)\s++(?:§|Art|nach|auf|des\s++(?:§|Gesetz)|der\s++(?:§|Verordnung))"
    r"|mit\s++(?:de[rmn]|die)\b|(?:auf|mit|bei|an|von|aus)\s++(?:Grund|Antrag|Wirkung|Ausnahme|Zustimmung|Bezug)|[^.]{0,3}§)"
)
_ADJECTIVE = re.compile(r"[a-zäöüß]+(?:-[a-zäöüß]+)*(?:e|en|er|es|em)")
_NO_ADJECTIVE = frozenset("werden wurden worden haben hatten sollen wollen können müssen dürfen diese dieser eine keine ohne".split())
_TAKES_A_NAME = frozenset(("Artikel", "Artikels", "Freistaat", "Land", "Stadt", "Fonds", "Nr.", "Nummer"))
_CAPITAL_ADJECTIVE = re.compile(r"\w*(?:[a-z]sch|[Nn]ational|[Aa]llgemein|[Vv]ereint|[Ss]ozial|[Ff]rei)e[nrs]?")
_MAYBE_ADJECTIVE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+e[nrs]")
_ARTICLES = frozenset(("des", "der", "den", "dem", "das", "die", "einer", "eines"))
_MOST_TOKENS = 45


def end_of_title(text: str, position: int) -> int:
    """Where the title that goes on at ``position`` ends; ``position`` itself when none goes on there."""
    begin = _BEGIN.match(text, position)
    if begin is None or _ENDS_HERE.match(text, position):
        return position
    preposition = begin[0].split()[0]
    end, at, need_noun, quoted = position, begin.end(), True, False
    adjective = after_article = False
    last = preposition
    for _ in range(_MOST_TOKENS):
        found = _TOKEN.match(text, at)
        if found is None:
            break
        token = found[1]
        if token in "„“\"":
            quoted = not quoted
            if not quoted:
                end, need_noun = found.end(), False
        elif quoted:
            pass
        elif token == ",":
            if need_noun and adjective:
                at = found.end()
                continue  # "über wirtschaftliche, soziale und kulturelle Rechte"
            # Only "zur …, zur … und zur …" is certain to be the same title.
            ahead = _TOKEN.match(text, found.end())
            if need_noun or ahead is None or ahead[1] != preposition:
                break
        elif token in "()":
            break
        elif token[0].isupper() or token[0].isdigit():
            if not need_noun and not _apposition(text, end) and not (after_article and _MAYBE_ADJECTIVE.fullmatch(last)):
                break
            end, need_noun, after_article, last = found.end(), False, last in _ARTICLES, token
        elif not need_noun:
            if token not in _AFTER_NOUN or _ENDS_HERE.match(text, end):
                break
            need_noun, last = True, token
        elif token not in _JOINTS:
            adjective = _ADJECTIVE.fullmatch(token) is not None and token not in _NO_ADJECTIVE
            if not adjective:
                break
        else:
            last = token
        at = found.end()
    return end


def _apposition(text: str, end: int) -> bool:
    """Whether a second noun right behind a noun belongs to it: "Artikel 131", "Freistaat Sachsen", "EU-Mobilitäts-Richtlinie"."""
    before = text[max(0, end - 24) : end].split()[-1:]
    if not before:
        return False
    return before[0] in _TAKES_A_NAME or _CAPITAL_ADJECTIVE.fullmatch(before[0]) is not None
