"""The names of laws: how they are looked up, and what the parser of citations recognises."""

from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Count, F, Max

from nahtstelle.engines.lawtext.citations import DEFAULT_NAMES, LawNames
from nahtstelle.engines.lawtext.citations.social_code import with_arabic_number, with_roman_number
from nahtstelle.engines.lawtext.values import LawReading

from .models import Law, LawName


def fold(name: str) -> str:
    """A law's name as it is looked up: lower case, single spaces."""
    return " ".join(name.replace("\u00a0", " ").split()).lower()


def names_of(law: LawReading) -> set[str]:
    """The names a file gives its law, as they are kept."""
    names = {*law.short_names, law.official_abbreviation, law.short_title, law.long_title, citation_of(law)}
    return {name[:500] for name in names} - {""}


def citation_of(law: LawReading) -> str:
    """What people cite the law as; the books of the Sozialgesetzbuch by their Roman number."""
    name = law.official_abbreviation or (law.short_names[0] if law.short_names else law.document_number)
    return with_roman_number(name)[:120]


def names_in_stock() -> LawNames:
    """The built-in names of laws and those of every law we have: what the parser recognises in a text."""
    stock = LawName.objects.aggregate(newest=Max("pk"), number=Count("pk"))
    return _names(stock["newest"] or 0, stock["number"])


@lru_cache(maxsize=2)
def _names(_newest: int, _number: int) -> LawNames:
    names: dict[str, list[str]] = {}
    for citation, name in LawName.objects.values_list("law__citation", "name"):
        names.setdefault(citation, []).append(name)
    return DEFAULT_NAMES.extended_with(names.items())


def law_called(name: str) -> Law | None:
    """The law people mean by a name; of several the one that is not missing, then the newest."""
    return laws_called({name})[name]


def laws_called(names: Iterable[str]) -> dict[str, Law | None]:
    """As ``law_called`` for many names with one query. What a law is cited as goes before what else it is called."""
    spellings = {name: [fold(name), fold(with_roman_number(name)), fold(with_arabic_number(name))] for name in names}
    wanted = {spelling for several in spellings.values() for spelling in several}
    found = LawName.objects.filter(folded__in=wanted).select_related("law")
    cited: dict[str, Law] = {}
    called: dict[str, Law] = {}
    for row in found.order_by(
        F("law__missing_since").asc(nulls_first=True), F("law__enacted").desc(nulls_last=True), "law_id"
    ):
        called.setdefault(row.folded, row.law)
        if row.folded == fold(row.law.citation):
            cited.setdefault(row.folded, row.law)
    return {name: _first(several, cited) or _first(several, called) for name, several in spellings.items()}


def _first(spellings: list[str], laws: dict[str, Law]) -> Law | None:
    return next((laws[spelling] for spelling in spellings if spelling in laws), None)
