"""What a title says that tells works apart or together: its words, its numbers, what it is a piece about."""

import re
from typing import NamedTuple

from nahtstelle.engines.literature.linking.folding import plain, words_of
from nahtstelle.engines.literature.linking.title_words import COUNTED, ROMAN, SERIAL, STOPWORDS, is_generic, tongue_of

_SPELLED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
    "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "erster": 1, "zweiter": 2, "dritter": 3, "a": 1, "b": 2, "c": 3,
}  # fmt: skip
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|e|er|te|ter)$")
# A piece about another piece: (what it is, how its title says so).
_ABOUT = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("correction", r"\b(?:errat(?:um|a)|corrigend(?:um|a)|addend(?:um|a)|correction|corrections|berichtigung)\b"),
        ("retraction", r"\b(?:retract(?:ion|ed)|withdrawn|expression of concern|zuruckgezogen)\b"),
        (
            "reply",
            r"^(?:re\b|reply|in response|antwort auf|erwiderung|replik|rejoinder)"
            r"|\b(?:reply|rejoinder|erwiderung|replik|authors? s? ?response|response to (?:the )?"
            r"(?:comment|commentar|letter|critic|editor|reviewer)\w*)\b",
        ),
        (
            "comment",
            r"^(?:comment|comments|commentary|kommentar|anmerkung|anmerkungen|notes? on|letter to)\b"
            r"|\b(?:comment|comments|commentary|commentaries|kommentar) (?:on|to|about|zu|zum|zur)\b|\bcommentary$|\bcomment$",
        ),
        (
            "review",
            r"^(?:book review|review of|reviews? of the book|rezension|buchbesprechung|besprechung)\b|\bbook review$",
        ),
        ("part", r"\b(?:part|teil|partie|parte) (?:\d+|[ivx]+|one|two|three|four|eins|zwei|drei|a|b|c)\b"),
        ("protocol", r"\b(?:study protocol|protocol for|a protocol|studienprotokoll)\b"),
    )
)
_BRACKETED = re.compile(r"\[([^\[\]]{2,300})\]|\(((?:in )?[A-Z][a-z]+)\)$")
_LANGUAGE = re.compile(
    r"^(?:in |article in )?(?:chinese|german|french|spanish|italian|portuguese|russian|japanese|polish|turkish|korean|dutch|"
    r"danish|swedish|norwegian|czech|hungarian|hebrew|persian|ukrainian|croatian|serbian|english|deutsch|franzosisch)\b"
)
# What databases write behind a title in brackets; it is no part of it.
_NOTE = re.compile(
    r"^(?:published )?(?:errat|corrigend|correct|retract|see comment|comment|update|summary|reprint|reply|author|letter|abstract|"
    r"review|editorial|article|republi|reprinted|original|electronic|poster|conference|careers|in process|ahead of print)\w*"
)
_NOTE_LEFT_OPEN = re.compile(
    r"\[\s*(?:published |see )?(?:errat|corrigend|correct|retract|comment)[^\[\]]*(?:\[[^\]]*\]?[^\]]*)?\]?", re.I
)
SUBTITLE = re.compile(r"\s*(?::|\?|!|\.\s| [-–—]{1,3} |[–—]|--+)\s*")
MIN_PART = 12  # letters a part of a title must have to stand for the whole


class Title(NamedTuple):
    whole: str  # all words, one blank between them
    others: tuple[str, ...]  # the same in another language, as brackets or a "=" give it
    main: str  # before the subtitle; empty where there is none or it says too little
    numbers: tuple[int, ...]
    about: tuple[str, ...]
    generic: bool
    translated: bool
    tongue: str  # by its little words; empty: cannot be told


def title_of(text: str) -> Title:
    text = plain(text).strip('"“” ')
    text = _NOTE_LEFT_OPEN.sub(" ", text) if "[" in text else text
    rest, others, translated = _brackets(text)
    if " = " in rest:
        rest, _, other = rest.partition(" = ")
        others.append(other)
    words = words_of(rest)
    whole = " ".join(words)
    parallel = tuple(joined for joined in (" ".join(words_of(other)) for other in others) if len(joined) >= MIN_PART)
    first = SUBTITLE.split(rest, maxsplit=1)
    main = " ".join(words_of(first[0])) if len(first) > 1 and first[1].strip() else ""
    return Title(
        whole=whole,
        others=parallel,
        main=main if len(main) >= MIN_PART and not is_generic(main.split()) else "",
        numbers=tuple(sorted(numbers_in(words))),
        about=tuple(kind for kind, pattern in _ABOUT if pattern.search(whole)),
        generic=is_generic(words) or bool(SERIAL.search(whole)),
        translated=translated,
        tongue=tongue_of(words),
    )


def _brackets(text: str) -> tuple[str, list[str], bool]:
    if text.startswith("[") and text.rstrip(". ").endswith("]") and text.count("[") == 1:
        return text.strip("[]. "), [], True
    others: list[str] = []
    translated = False
    for found in _BRACKETED.finditer(text):
        inner = found[1] or found[2] or ""
        folded = " ".join(words_of(inner))
        if _LANGUAGE.match(folded) and len(folded) < 40:
            translated = True
            text = text.replace(found[0], " ")
        elif found[1] and _NOTE.match(folded):
            text = text.replace(found[0], " ")
        elif (
            found[1] and found.end() >= len(text.rstrip(". ")) and len(folded) >= MIN_PART and found.start() >= MIN_PART
        ):
            others.append(inner)
            translated = True
            text = text.replace(found[0], " ")
    return text, others, translated


def numbers_in(words: list[str]) -> list[int]:
    """Digits anywhere; Roman and spelled ones where something is counted ("part two", "phase II")."""
    found = []
    before = ""
    for at, word in enumerate(words):
        if word.isdecimal() and len(word) < 9:
            found.append(int(word))
        elif ordinal := _ORDINAL.match(word):
            found.append(int(ordinal[1]))
        elif word in ROMAN and (len(word) > 1 or before in COUNTED or at == len(words) - 1):
            found.append(ROMAN[word])
        elif word in _SPELLED and (before in COUNTED or (at + 1 < len(words) and words[at + 1] in COUNTED)):
            if word != "a":
                found.append(_SPELLED[word])
            elif before in ("part", "teil", "section"):
                found.append(1)
        before = word
    return found


def content_words(whole: str) -> list[str]:
    return [word for word in whole.split() if len(word) > 1 and word not in STOPWORDS]
