"""The names of laws: how they are looked up, and what the parser of citations recognises."""

from functools import lru_cache

from django.db.models import F

from nahtstelle.engines.lawtext.citations import DEFAULT_NAMES, LawNames
from nahtstelle.engines.lawtext.citations.social_code import with_arabic_number, with_roman_number
from nahtstelle.engines.lawtext.values import LawReading

from .models import Law, LawName


def fold(name: str) -> str:
    """A law's name as it is looked up: lower case, single spaces."""
    return " ".join(name.replace("\u00a0", " ").split()).lower()


def names_of(law: LawReading) -> set[str]:
    """The names a file gives its law, as they are kept."""
    names = {*law.short_names, law.official_abbreviation, law.short_title, law.long_title}
    return {name[:500] for name in names} - {""}


def citation_of(law: LawReading) -> str:
    """What people cite the law as."""
    return (law.official_abbreviation or (law.short_names[0] if law.short_names else law.document_number))[:120]


def names_in_stock() -> LawNames:
    """The built-in names of laws and those of every law we have: what the parser recognises in a text."""
    newest = LawName.objects.order_by("-pk").values_list("pk", flat=True).first()
    return _names(newest or 0, LawName.objects.count())


@lru_cache(maxsize=2)
def _names(_newest: int, _number: int) -> LawNames:
    names: dict[str, list[str]] = {}
    for citation, name in LawName.objects.values_list("law__citation", "name"):
        names.setdefault(citation, []).append(name)
    return DEFAULT_NAMES.extended_with(names.items())


def law_called(name: str) -> Law | None:
    """The law people mean by a name; of several the one that is not missing, then the newest."""
    newest_first = (F("missing_since").asc(nulls_first=True), F("enacted").desc(nulls_last=True), "pk")
    direct = Law.objects.filter(citation__iexact=" ".join(name.split())).order_by(*newest_first).first()
    if direct is not None:
        return direct
    wanted = {fold(name), fold(with_roman_number(name)), fold(with_arabic_number(name))}
    return Law.objects.filter(names__folded__in=wanted).order_by(*newest_first).first()
