"""How far the title of a law goes in running text.

"des Gesetzes zur Regelung des Vollzuges der Freiheitsstrafe in Nordrhein-Westfalen …": where no table knows the title,
it is followed as a noun phrase: preposition or article, adjectives, noun, and again, until the sentence goes on.
"""

import re

_BEGIN = re.compile(r"\s++(?:über|zur|zum|zu|für|betreffend|gegen|von)(?=\s)")
_WORD = re.compile(r"[^\S\n]*+\n?[^\S\n]*+([^\W_][\w\u00ad./]*(?:[-‐][\w\u00ad]*)*|[,„“\"()])")
_QUOTES = frozenset('„“"')
_JOINTS = frozenset(
    """der des den dem die das und oder sowie über zur zum zu für von im in bei mit an am aus gegen zwischen auf einer eines
    einem""".split()  # noqa: SIM905 - a list of words reads better as words
)
_ARTICLES = frozenset(("des", "der", "den", "dem", "das", "die", "einer", "eines"))
_AFTER_NOUN = _JOINTS - {"die", "das", "dem", "den", "am", "einem", "an", "aus"}
_ENDS_HERE = re.compile(
    r"\s*+(?:in\s++(?:der|ihrer|seiner)\s++(?:Fassung|im|bis|ab|vom|seit|am|zuletzt|jeweils|derzeit|für|zur|durch|damals"
    r"|geltenden|alten|neuen)\b"
    r"|in\s++(?:Verbindung|Kraft|Höhe|Anspruch|Betracht)"
    r"|im\s++(?:Sinne|Falle?|Rahmen|Übrigen|Wege|Land|Hinblick|Zusammenhang|Einvernehmen)\b"
    r"|zur\s++(?:Anwendung|Zeit|Verfügung)|zum\s++(?:\d|Beispiel|Zeitpunkt)"
    r"|(?:und|oder|sowie)\s++(?:§|Art|nach|auf|des\s++(?:§|Gesetz)|der\s++(?:§|Verordnung))"
    r"|mit\s++(?:de[rmn]|die)\b"
    r"|(?:auf|mit|bei|an|von|aus)\s++(?:Grund|Antrag|Wirkung|Ausnahme|Zustimmung|Bezug)|[^.]{0,3}§)"
)
_ADJECTIVE = re.compile(r"[a-zäöüß]+(?:-[a-zäöüß]+)*(?:e|en|er|es|em)")
_NO_ADJECTIVE = frozenset(
    """werden wurden worden haben hatten sollen wollen können müssen dürfen diese dieser eine keine
    ohne""".split()  # noqa: SIM905 - a list of words reads better as words
)
_TAKES_A_NAME = frozenset(("Artikel", "Artikels", "Freistaat", "Land", "Stadt", "Fonds", "Nr.", "Nummer"))
_CAPITAL_ADJECTIVE = re.compile(r"\w*(?:[a-z]sch|[Nn]ational|[Aa]llgemein|[Vv]ereint|[Ss]ozial|[Ff]rei)e[nrs]?")
_MAYBE_ADJECTIVE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+e[nrs]")
_GENITIVE = re.compile(r"(?!später|weiter|früher|wieder|immer|dieser|jeder|welcher|einer|unter|hinter)[a-zäöüß]{4,}er")
_NOUN_BEHIND = re.compile(r"\s++[A-ZÄÖÜ]")
_MOST_WORDS = 45


def end_of_title(text: str, position: int) -> int:
    """Where the title that goes on at ``position`` ends; ``position`` itself when none goes on there."""
    begin = _BEGIN.match(text, position)
    if begin is None or _ENDS_HERE.match(text, position):
        return position
    phrase = _NounPhrase(text, position, begin[0].strip())
    at = begin.end()
    for _ in range(_MOST_WORDS):
        found = _WORD.match(text, at)
        if found is None or not phrase.takes(found[1], found.end()):
            break
        at = found.end()
    return phrase.end


class _NounPhrase:
    """A noun phrase that grows word by word; ``end`` is behind its last noun."""

    __slots__ = ("_adjective", "_after_article", "_last", "_needs_noun", "_preposition", "_quoted", "_text", "end")

    def __init__(self, text: str, end: int, preposition: str) -> None:
        self._text = text
        self.end = end
        self._preposition = preposition
        self._last = preposition
        self._needs_noun = True
        self._quoted = self._adjective = self._after_article = False

    def takes(self, word: str, end: int) -> bool:
        """Whether the phrase goes on with ``word``, which ends at ``end``."""
        if word in _QUOTES:
            self._quoted = not self._quoted
            if not self._quoted:
                self.end, self._needs_noun = end, False
            return True
        if self._quoted:
            return True
        if word == ",":
            return self._takes_comma(end)
        if word[0].isupper() or word[0].isdigit():
            return self._takes_noun(word, end)
        return word not in ("(", ")") and self._takes_small_word(word)

    def _takes_comma(self, end: int) -> bool:
        if self._needs_noun:
            return self._adjective  # "über wirtschaftliche, soziale und kulturelle Rechte"
        # Only "zur …, zur … und zur …" is certain to be the same title.
        ahead = _WORD.match(self._text, end)
        return ahead is not None and ahead[1] == self._preposition

    def _takes_noun(self, word: str, end: int) -> bool:
        if not self._needs_noun and not self._may_have_second_noun():
            return False
        self._after_article = self._last in _ARTICLES
        self.end, self._needs_noun, self._last = end, False, word
        return True

    def _may_have_second_noun(self) -> bool:
        """ "Artikel 131", "Freistaat Sachsen", "Deutschen Demokratischen Republik": a noun right behind another."""
        if self._last in _TAKES_A_NAME or _CAPITAL_ADJECTIVE.fullmatch(self._last) is not None:
            return True
        return self._after_article and _MAYBE_ADJECTIVE.fullmatch(self._last) is not None

    def _takes_small_word(self, word: str) -> bool:
        if not self._needs_noun:
            goes_on = word in _AFTER_NOUN or _is_genitive(word, self._text, self.end)
            if not goes_on or _ENDS_HERE.match(self._text, self.end):
                return False
            self._needs_noun, self._last, self._adjective = True, word, False
            return True
        if word in _JOINTS:
            self._last, self._adjective = word, False
            return True
        self._adjective = _ADJECTIVE.fullmatch(word) is not None and word not in _NO_ADJECTIVE
        return self._adjective


def _is_genitive(word: str, text: str, end: int) -> bool:
    """ "zum Schutz natürlicher Personen": an adjective in the genitive behind ``end``, and its noun."""
    if not _GENITIVE.fullmatch(word):
        return False
    behind = text.find(word, end) + len(word)
    return _NOUN_BEHIND.match(text, behind) is not None
