"""The words and signs a German citation is made of, as compiled patterns.

Every pattern is anchored by ``match`` at a known place and has no nested repetition over the same characters, and
spaces are taken possessively (``\\s*+``), so one pass over a text stays linear whatever the text is.

The ranks follow the order in which German law is divided; the single letters are those of ``lawtext.values.Part``, with
U for Unterabsatz, H for Halbsatz, V for Alternative or Variante, I for Spiegelstrich and T for Teil.
"""

import re

RANKS = {"T": 1, "A": 2, "U": 3, "S": 4, "N": 5, "B": 6, "D": 7, "I": 7, "H": 8, "V": 9}

_LETTER_BEHIND_SPACE = r"\s[a-eg-rtw-z](?![\w.]|\s?\)|\s[A-RT-Za-z]\b)"
_LATIN = r"(?:bis|ter|quater|quinquies|sexies|septies|octies)(?![^\W\d_]|\s*+\d)"
# A number of a section: 60a, 125 b, 6ter, 2.03. Possessive, so that "883/2004" is not read as "88".
_WRITTEN_NUMBER = (
    r"\d{1,5}+(?:\.\d{1,3}(?![\d.]))*+"
    rf"(?:{_LATIN}|(?!ff?\b)[a-z]{{1,2}}(?![^\W_])|f(?![^\W_]|\.)|{_LETTER_BEHIND_SPACE})?+(?!\d|\.\d)"
)
_NUMBER = rf"{_WRITTEN_NUMBER}(?!/\d)"
_ROMAN = r"(?:X{0,2}(?:IX|IV|VI{0,3}|I{1,3})|X{1,2})[a-z]?(?![\w]|\.\s?[A-Za-z]\b)"
# What makes a bare number a quantity or a date and not a member of an enumeration.
_QUANTITY = (
    r"(?!\s*+(?:[%€]|Jahr|Monat|Woche|Tag|Werktag|Kalendertag|Arbeitstag|Stunde|Minute|Sekunde|Euro|EUR|DM\b"
    r"|Deutsche Mark|Cent|Prozent|vom Hundert|v\.\s?H|Uhr|Mio|Million|Mrd|Milliard|Tausend"
    r"|km|m\b|kg|Meter|Kilo|Gramm|Liter|Tonne|Person|Mal\b"
    r"|fach|\.\s*+(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|\d)))"
)

SIGN = re.compile(
    r"(?P<para>§(?:\s?§)?)|(?<![\w])(?P<word>Paragra(?:ph|f)(?:en|s)?)(?=\s*+\d)"
    r"|(?<![\w-])(?P<art>Art(?:ikel[ns]?|t?\.|t)?)(?=\s*+(?:\d|[IVX]+[\s,]))"
)
# Where a sign may stand: plain first letters, which the scanner skips to fast.
TRIGGER = re.compile(r"§|Art|Paragra[fp]")
BEFORE_NEXT_SIGN = re.compile(
    r"(?:(?:auch|jeweils|hier|nunmehr)\s++)?(?P<preposition>(?:nach|in|von|gemäß|aus|zu|mit|im\s++Sinne)\s++)?(?:(?:de[snmr]|die)\s++)?"
)
SECTION = re.compile(rf"\s*+(\d{{1,4}}[A-H](?!\w)|{_WRITTEN_NUMBER}|{_ROMAN})")
BARE = re.compile(rf"\s*+(?:(?P<num>{_NUMBER})|(?P<roman>{_ROMAN})){_QUANTITY}")
BARE_LETTER = re.compile(r"\s*+([a-z]{1,2})(?![\wäöüß.])(?:\s?(\)))?")

_LABELS = {
    "A": rf"Abs(?:ätzen?|atz(?:es)?|ätze|\.)?\s*+(?P<A>{_NUMBER}|{_ROMAN})",
    "U": rf"(?:Unterabs(?:ätzen?|atz(?:es)?|ätze|\.)?|U[Aa]bs\.?|UA)\s*+(?P<U>{_NUMBER})",
    "S": rf"(?:Sätzen?|Satz(?:es)?|S\.?)\s*+(?P<S>{_NUMBER})",
    "N": rf"(?:Nummern?|Nrn?\.?|Ziffern?|Ziff\.?)\s*+(?P<N>{_NUMBER}|{_ROMAN})",
    "B": (
        r"(?:Buchstaben?|Buchst\.?|[Ll]it(?:era|\.)?|Bst\.?)\s*+"
        r"(?P<B>[a-zß]{1,3}|[A-H])(?!\w)(?:\s?(?P<closed>\)))?"
    ),
    "D": (
        r"(?:Doppelbuchst(?:aben?|\.)?|DBuchst\.?|Dreifachbuchst(?:aben?|\.)?)\s*+"
        r"(?P<D>[a-zß]{1,3})(?!\w)(?:\s?(?P<closed2>\)))?"
    ),
    "H": rf"(?:Halbs(?:ätzen?|atz(?:es)?|ätze|\.)?|H[Ss]\.?|Hlbs\.?)\s*+(?P<H>{_NUMBER})",
    "V": rf"(?:Alternativen?|Alt\.?|Varianten?|Var\.?|Fall)\s*+(?P<V>{_NUMBER}|[a-c](?!\w))",
    "T": r"Teil\s*+(?P<T>[A-H](?!\w)|\d{1,2}(?!\w))",
    "I": r"Spiegelstrich\s*+(?P<I>\d{1,2}(?!\w))",
}
LABEL = re.compile(r"\s*+(?:" + "|".join(_LABELS.values()) + ")")
FIRST_OF_LABEL = frozenset("AUSNZBLlDHVFT")
LABEL_AHEAD = re.compile(
    r"\s*+(?:(?P<A>Abs(?:ätze|atz|\.|\s))|(?P<S>Sätze|Satz|S\.?\s\d)|(?P<N>Nummer|Nr)|(?P<B>Buchst|lit)|(?P<H>Halbs|Hs)|(?P<V>Alt))"
)

# "2. Halbsatz", "erste Alternative", "letzter Halbs."
_ORDINAL_WORDS = ("erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "letzt")
ORDINAL = re.compile(
    r"\s*+(?:(?P<digit>\d{1,2})\.|(?P<word>" + "|".join(_ORDINAL_WORDS) + r")e[rsnm]?)\s*+"
    r"(?:(?P<H>Halbs(?:atz(?:es)?|\.)?|H[Ss]\.?|Teilsatz(?:es)?)|(?P<V>Alternative|Alt\.?|Variante|Var\.?|Fall)|(?P<I>Spiegelstrich(?:e?s)?|Gedankenstrich)"
    r"|(?P<U>Unterabs(?:atz(?:es)?|\.))|(?P<S>Satz(?:es)?))(?![^\W_])"
)
FIRST_OF_ORDINAL = frozenset("0123456789" + "".join(word[0] for word in _ORDINAL_WORDS))
NUMBER_OF_ORDINAL = {word: str(number) for number, word in enumerate(_ORDINAL_WORDS[:-1], 1)} | {"letzt": "letzter"}

# § 25 II 1: Roman for the Absatz, then a bare Arabic number for the Satz.
SHORT_ABSATZ = re.compile(rf"(?P<roman>{_ROMAN})")
SHORT_SATZ = re.compile(rf"(\d{{1,2}})(?![\w.,]\d|\w|/|\s?\.\s?(?:\d|[A-Z]|Alt|Hs|Halbs)){_QUANTITY}")
# § 26 (2), Art. 3 (a), § 132e (Abs 1), and the letter with only a closing bracket.
IN_BRACKETS = re.compile(r"\s*+\(\s*+(?:Abs(?:atz|\.)?\s*+)?(?:(?P<A>\d{1,2}[a-z]?)|(?P<B>[a-z]))\s*+\)")
LETTER_CLOSED = re.compile(
    r"\s*+(?P<letter>[a-z]{1,2})\s?\)(?=\s*+(?:[A-ZÄÖÜ]\w*[A-ZÄÖÜ]|[a-z]{2}\s?\)\s*+[A-ZÄÖÜ]\w*[A-ZÄÖÜ]|(?:und|oder)\s++[a-z]\s?\)|[,;.)]|\Z))"
)
# "…, 2. die": the number of a list item that follows the citation.
LIST_ITEM = re.compile(r"\s*+\d{1,3}[a-z]?\.(?:\s++[a-zäöüß]|\s*+\n)")
LIST_ITEM_AFTER_COMMA = re.compile(r"\s*+\d{1,3}[a-z]?\.\s")

PARAGRAPH_OF_ARTICLE = re.compile(rf"\s*+§\s*+({_WRITTEN_NUMBER})")

FOLLOWING = re.compile(
    r"\s?\b(ff?)(?:\b\.?)(?![^\W_])|(?<=\d)(ff?)(?:\b\.?)(?![^\W_])|\s?\b(?:und\s++)?(fortfolgende|folgende)\b"
)
OLD_OR_NEW = re.compile(r"\s*+(?P<bracket>[(<]\s*+)?\b(?:(?P<old>a\.?\s?F)|(?P<new>n\.?\s?F))\b\.?(?(bracket)\s*+[)>])")

SEPARATOR = re.compile(
    r"\s*+(?:(?P<range>bis(?:\s++(?:einschließlich|zu[rm]?))?\b|[-–—‐‑−])"
    r"|(?P<via>(?:,\s*+)?(?:(?:jeweils|hier|auch|dieser|diese|dieses)\s++){0,2}(?:i\.?\s?V\.?\s?m(?:\.|\b)|i\.?\s?V\.?\s?mit\b|in\s++Verb(?:indung|\.)\s++mit\b))"
    r"|(?P<list>(?:,\s*+)?(?:und/oder\b|und\b|oder\b|sowie\b|bzw(?:\.|\b)|beziehungsweise\b|u\.|&|wie\s++auch\b)(?:\s++(?:auch|nunmehr)\b)?"
    r"|,(?:\s*+auch)?|/))\s*+"
)

NEVER_IN_SEPARATOR = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ.;:)(]")

# A reference longer than this is cut: an enumeration of that length is a list, not a sentence.
LONGEST_REFERENCE = 3_000
