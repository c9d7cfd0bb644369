"""Designations: "§ 60c", "Art 1", "Anlage 2", "(XXXX) §§ 12 bis 14": what they name, what a range covers, their
order.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nahtstelle.engines.lawtext.values import NormKind

PLACEHOLDER = "(XXXX)"  # the portal writes it where a norm has no designation of its own
MAX_COVERED = 3000  # "§§ 1 bis 9999" is a slip, not a range of norms
_LONGEST = 300  # characters; the longest real designation has 52

_REPEALED = re.compile(r"\((?:weggefallen|wegefallen|aufgehoben|gegenstandslos)\)|- ?weggefallen ?-", re.IGNORECASE)
_APPENDIX = re.compile(r"(?:Anl(?:age|agen)?|Anhang|Anhänge|Appendix|Beilage)\b")
_CONTENTS = re.compile(r"Inhalt(?:s|$)|Gliederung$|Übersicht$")
_FORMULA = re.compile(r"Eingangs|Schlu(?:ss|ß)formel|Präambel")
_PROVISION = re.compile(r"§|Art\b|Artikel\b|Einziger Paragraph")

# What ranges are counted in; left the form of the plain designation, right how a range may write it.
_WORDS = {
    "§": r"§§?",
    "Art": r"Art(?:ikeln?)?\.?",
    "Anlage": r"Anl(?:age[n]?)?\.?",
    "Anhang": r"Anh(?:ang|änge)\.?",
    "Muster": r"Muster",
    "Formblatt": r"Formbl(?:att|ätter)",
    "Nr": r"N(?:r|ummern?)\.?",
}
_WORD = re.compile("|".join(f"(?P<w{i}>{pattern})" for i, pattern in enumerate(_WORDS.values())))
_NUMBER = re.compile(r"(?P<number>\d{1,4}(?:\.\d{1,3})?|[IVXLC]{1,10}(?![A-Za-z]))(?P<letters>[a-z]{0,2})(?![\wäöü])")
_TOKEN = re.compile(r"\s*(?P<joint>,|;|und|u\.?|oder|bis|-|–|\.)\s*|\s+")
_LOOSE = re.compile(r"\s*(\d{1,4}(?:\.\d{1,3})?|[IVXLC]{1,10})(?:\s?([a-z]{1,2}))?(?![\wäöüß.])")
_TO = ("bis", "-", "–")
_ROMAN = (("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))

Key = tuple[tuple[int, ...], int, str]


class Number(NamedTuple):
    """A number as laws count: 12 < 12a < 12b < 12z < 12aa < 13, 2.9 < 2.10; ``digits`` is how it is written."""

    values: tuple[int, ...]
    letters: str
    digits: str

    @property
    def key(self) -> Key:
        return self.values, len(self.letters), self.letters

    def __str__(self) -> str:
        return self.digits + self.letters


def kind_of(designation: str) -> NormKind:
    """What sort of norm a designation names."""
    plain = designation.removeprefix(PLACEHOLDER).strip()
    if _PROVISION.match(plain):
        return NormKind.PROVISION
    if _APPENDIX.match(plain):
        return NormKind.APPENDIX
    if _CONTENTS.match(plain):
        return NormKind.CONTENTS
    if _FORMULA.match(plain):
        return NormKind.FORMULA
    return NormKind.OTHER


def says_repealed(title: str, text: str) -> bool:
    """Whether title or text say that nothing is left of the norm."""
    return bool(_REPEALED.fullmatch(text) or (_REPEALED.search(title) and len(text) < 30))


def normalised(designation: str) -> str:
    """The plain form in which equal designations are equal: "§60 c" and "§ 60c", "Artikel 1" and "Art 1"."""
    text = " ".join(designation.split())
    word = _WORD.match(text)
    number = _LOOSE.match(text, word.end()) if word else None
    if word is None or number is None:
        return text
    return f"{_plain_word(word)} {number.group(1)}{number.group(2) or ''}{text[number.end() :]}"


def covered(designation: str) -> tuple[str, ...]:
    """The plain designations a collapsed range stands for; () for a single designation and for what cannot be counted.

    Of lettered norms only those are listed that the ends allow: "§§ 12b bis 14a" covers § 12b, § 13, § 14, § 14a;
    whether there was a § 12c the range does not say (``covers`` answers for it).
    """
    names = [name for part in _ranges(designation) for name in _names(*part)]
    plural = designation.startswith(PLACEHOLDER) or len(names) > 1
    return tuple(dict.fromkeys(names)) if plural and len(names) <= MAX_COVERED else ()


def covers(designation: str, plain: str) -> bool:
    """Whether the range ``designation`` stands for the norm ``plain``: "§§ 12b bis 14a" for "§ 12c", not for "§
    12a".
    """
    wanted = list(_ranges(plain))
    if len(wanted) != 1:
        return False
    word, number, _ = wanted[0]
    ranges = [part for part in _ranges(designation) if part[0] == word]
    return any(first.key <= number.key <= last.key for _, first, last in ranges)


def order(designation: str) -> tuple[int, str, Key, str]:
    """A key that sorts designations as a law prints them: formula, contents, provisions by number, appendices, end."""
    kind = kind_of(designation)
    group = {NormKind.CONTENTS: 1, NormKind.PROVISION: 2, NormKind.OTHER: 3, NormKind.APPENDIX: 4}.get(kind, 0)
    if designation.startswith("Schlu"):
        group = 5
    first = next(_ranges(designation), None)
    if first is None:
        return group, "", ((), 0, ""), designation
    return group, first[0], first[1].key, designation


def expand(first: str, last: str) -> list[str]:
    """From one number to another: "3" to "5", "1a" to "1c", "2" to "3b"; only the ends if they do not count upwards."""
    low, high = _NUMBER.fullmatch(first), _NUMBER.fullmatch(last)
    if low is None or high is None:
        return [first, last]
    steps = list(_between(_number(low), _number(high)))
    return [str(step) for step in steps] if steps else [first, last]


def _ranges(designation: str) -> Iterator[tuple[str, Number, Number]]:
    """The stretches a designation names: counted word, first and last number (the same for a single one)."""
    text = designation.removeprefix(PLACEHOLDER).strip()[:_LONGEST]
    word, pending, joint = "", None, ""
    at = 0
    while at < len(text):
        if match := _WORD.match(text, at):
            word = _plain_word(match)
        elif match := _NUMBER.match(text, at):
            number = _number(match)
            if pending is not None and joint in _TO:
                yield word, pending, number
                pending = None
            else:
                if pending is not None:
                    yield word, pending, pending
                pending = number
            joint = ""
        elif match := _TOKEN.match(text, at):
            joint = match.group("joint") or joint
        else:
            break
        at = match.end()
    if pending is not None:
        yield word, pending, pending


def _names(word: str, first: Number, last: Number) -> Iterator[str]:
    for number in [first] if first == last else _between(first, last):
        yield f"{word} {number}" if word else f"{number}."


def _between(first: Number, last: Number) -> Iterator[Number]:
    """The numbers from first to last that the two ends make certain."""
    dotted = len(first.values) > 1 or len(last.values) > 1
    if last.key < first.key or dotted or len(first.letters) > 1 or len(last.letters) > 1:
        return
    low, high = first.values[0], last.values[0]
    if high - low > MAX_COVERED:
        return
    if low == high:
        yield from _lettered(first, first.letters, last.letters)
        return
    yield first
    write = _roman if first.digits[0].isalpha() else str
    yield from (Number((value,), "", write(value)) for value in range(low + 1, high + 1))
    yield from _lettered(last, "a", last.letters)


def _lettered(number: Number, first: str, last: str) -> Iterator[Number]:
    if not first:
        yield number._replace(letters="")
        first = "a"
    for code in range(ord(first), ord(last) + 1 if last else 0):
        yield number._replace(letters=chr(code))


def _plain_word(match: re.Match[str]) -> str:
    return list(_WORDS)[int((match.lastgroup or "w0")[1:])]


def _number(match: re.Match[str]) -> Number:
    digits = match.group("number")
    values = tuple(map(int, digits.split("."))) if digits[0].isdigit() else (_roman_value(digits),)
    return Number(values, match.group("letters"), digits)


def _roman_value(digits: str) -> int:
    single = dict(_ROMAN)
    values = [single[digit] for digit in digits]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values))


def _roman(value: int) -> str:
    written = ""
    for sign, worth in _ROMAN:
        written += sign * (value // worth)
        value %= worth
    return written
