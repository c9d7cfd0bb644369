"""The books of the Sozialgesetzbuch: one law, many ways to number it.

"SGB II", "SGB 2", "SGB-II", "Zweites Buch Sozialgesetzbuch", "Sozialgesetzbuch (SGB) Zweites Buch (II)", "des Zweiten
Buches": the citation name has the Roman number, the federal portal's file name the Arabic one.
"""

import re

ROMAN_NUMBERS = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X",
    "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
)  # fmt: skip
ARABIC_OF_ROMAN = {roman: str(number) for number, roman in enumerate(ROMAN_NUMBERS, 1)}

_ORDINALS = (
    "erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwölft",
    "dreizehnt", "vierzehnt",
)  # fmt: skip
_NUMBER_OF_ORDINAL = {stem: number for number, stem in enumerate(_ORDINALS, 1)} | {"siebent": 7}
_BOOKS = 14

_SPACE = r"[\s\u00ad]++"
_ORDINAL = r"(?P<{}>[A-ZÄÖÜa-zäöü][a-zäöü]{{2,9}}t)e[nsr]?"
_NUMBER = r"(?P<{}>X?(?:IX|IV|V?I{{0,3}})|\d{{1,2}})(?![\w])"
_CODE = r"(?:Sozialgesetzbuch(?:e?s)?|SGB)(?:\s*+[(<\[]\s*+SGB\s*+[)>\]])?"
# The official title behind the book, between dashes. Only words of the titles in force or once in force.
_SUBTITLE = (
    r"(?:\s*+[-–—]\s*+(?:Bürgergeld, |Gesetzliche |Gemeinsame |Soziale |Kinder- und |)"
    r"(?:Allgemeiner Teil|Grundsicherung für Arbeitsuchende|Arbeitsförderung|Vorschriften für die Sozialversicherung"
    r"|Krankenversicherung|Rentenversicherung|Unfallversicherung|Jugendhilfe|Vorschriften"
    r"|Rehabilitation und Teilhabe(?: behinderter Menschen| von Menschen mit Behinderungen)?"
    r"|Sozialverwaltungsverfahren und Sozialdatenschutz|Verwaltungsverfahren|Pflegeversicherung|Sozialhilfe"
    r"|Entschädigung)"
    r"\s*+[-–—])?"
)
_BOOK = re.compile(
    rf"(?:{_ORDINAL.format('before')}{_SPACE}Buch(?:e?s)?(?:{_SPACE}(?:des{_SPACE})?{_CODE})?{_SUBTITLE}"
    rf"|{_CODE}[\s,–-]*(?:{_ORDINAL.format('after')}{_SPACE}Buch(?:e?s)?(?:\s*+\(\s*+[IVX]+\s*+\))?|{_NUMBER.format('plain')}){_SUBTITLE})"
)
_WRITTEN = re.compile(r"\s*+SGB[\s_-]*([IVX]+|\d{1,2})\s*+", re.IGNORECASE)


def book_at(text: str, position: int) -> tuple[str, int] | None:
    """The book of the Sozialgesetzbuch named at ``position`` and where its name ends: ("SGB II", 42). None without one.

    "Vierten Buches" alone is the fourth book of the Sozialgesetzbuch, which is how its books cite each other; "Vierten
    Buches des Bürgerlichen Gesetzbuchs" is for the caller to rule out.
    """
    found = _BOOK.match(text, position)
    if found is None:
        return None
    ordinal = found["before"] or found["after"]
    if ordinal:
        number = _NUMBER_OF_ORDINAL.get(ordinal.lower(), 0)
    else:
        plain = found["plain"]
        number = int(plain) if plain.isdigit() else int(ARABIC_OF_ROMAN.get(plain, "0"))
    if not 1 <= number <= _BOOKS:
        return None
    return f"SGB {ROMAN_NUMBERS[number - 1]}", found.end()


def with_roman_number(name: str) -> str:
    """ "SGB 2" as "SGB II"; any other name unchanged."""
    return _with_number(name, roman=True)


def with_arabic_number(name: str) -> str:
    """ "SGB II" as "SGB 2"; any other name unchanged."""
    return _with_number(name, roman=False)


def _with_number(name: str, *, roman: bool) -> str:
    found = _WRITTEN.fullmatch(name)
    if found is None:
        return name
    written = found[1].upper()
    arabic = written if written.isdigit() else ARABIC_OF_ROMAN.get(written, "")
    if not arabic or not 1 <= int(arabic) <= _BOOKS:
        return name
    return f"SGB {ROMAN_NUMBERS[int(arabic) - 1] if roman else int(arabic)}"
