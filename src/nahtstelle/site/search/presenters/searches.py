"""The page of the search around its hits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..asking import Asked, asked_by
from ..index import Found
from ..models import SavedSearch
from .labels import names_in, spoken


def chips(facets: Sequence[Mapping[str, Any]], asked: Asked) -> list[dict[str, str]]:
    """What narrows the search, each with the address of the search without it."""
    shown = []
    for facet in facets:
        for value in facet["values"]:
            if value["selected"]:
                kept = [one for one in asked.chosen[facet["name"]] if one != value["value"]]
                chosen = {**asked.chosen, facet["name"]: kept}
                shown.append({
                    "label": value["label"], "facet": facet["label"], "url": address(replace(asked, chosen=chosen)),
                })  # fmt: skip
    return shown


def address(asked: Asked) -> str:
    query = asked.address()
    return reverse("search:search") + (f"?{query}" if query else "")


def corrections(found: Found, asked: Asked) -> list[dict[str, str]]:
    """What was read otherwise than typed."""
    return [
        {"typed": one.typed, "meant": one.meant, "url": address(replace(asked, typed=asked.typed.replace(one.typed, one.meant, 1)))}
        for one in found.understood.corrections
    ]  # fmt: skip


def number_of(found: Found) -> str:
    n = found.counted.total
    return ngettext("%(n)s hit", "%(n)s hits", n) % {"n": n}


def note_of(found: Found) -> str:
    """What a reader should know of how the words were taken."""
    if found.understood.parsed.cut:
        return _("This was long: only the first words were searched.")
    if found.hits and not found.exact:
        return _("Few texts have all of your words; these have the most important of them or come near.")
    return ""


def lessons() -> list[dict[str, str]]:
    """What the box understands, by examples one can try."""
    typed = [
        ("Anerkennungsberatung", _("Compounds and inflected words are found by their parts and stems.")),
        ("14 bspbpg" if settings.DEMO else "60c aufenthg", _("A provision of law may be typed any way.")),
        ("Hartz IV", _("Outdated and English words lead to today's German ones.")),
        ("Anerkenung", _("Misspelt words are set right.")),
        ('"drei Monate" -Gebühr', _("Quotation marks keep words together; a minus leaves a word out.")),
    ]
    return [{"q": q, "says": says, "url": address(Asked(typed=q))} for q, says in typed]


def saved_rows(kept: Iterable[SavedSearch]) -> list[dict[str, Any]]:
    """The reader's own saved searches."""
    asked = {one: asked_by(one.query) for one in kept}
    names = names_in(asked.values())
    return [
        {
            "title": spoken(wanted, names),
            "url": address(wanted),
            "rhythm": one.get_rhythm_display(),
            "since": one.created_at,
            "actions": [{"label": _("No more news"), "url": reverse("search:forget", args=[one.pk]), "post": True}],
        }
        for one, wanted in asked.items()
    ]
