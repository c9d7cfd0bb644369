"""The places of the site as those see them who keep the pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.rooms.outputs.models import EASY_LANGUAGES, LANGUAGES, Output
from nahtstelle.rooms.outputs.queries import stale_variant

from .models import Placement
from .places import Place, group_words
from .standing import SHOWN_STATES


def places_table(places: Iterable[Place], placed: Mapping[str, Placement]) -> dict[str, Any]:
    """Every place with the state of its text in each language."""
    columns = [{"label": _("Place"), "kind": "head"}, *({"label": name, "kind": "status"} for _code, name in LANGUAGES)]
    words = group_words()
    rows = []
    for place in places:
        texts = texts_of(placed[place.key]) if place.key in placed else {}
        is_read = place.key in placed and _is_read(placed[place.key].output)
        head = {
            "text": place.label,
            "url": reverse("pages:place", args=[place.key]),
            "note": words.get(place.group, ""),
        }
        rows.append([head, *(_cell(place, texts, code, is_read=is_read) for code, _name in LANGUAGES)])
    return {"columns": columns, "rows": rows}


def texts_of(placement: Placement) -> dict[str, Output]:
    """The texts of a place by language, the original first."""
    original = placement.output
    return {original.language: original, **{one.language: one for one in original.variants.all()}}


def _cell(place: Place, texts: Mapping[str, Output], language: str, *, is_read: bool) -> Any:
    """``is_read``: readers find the original, which then stands in also for the languages that have no text."""
    if language in texts:
        return {"badge": state_badge(texts[language])}
    if place.is_built_in and language in ("de", "en") and not is_read:
        return {"badge": {"label": _("built in"), "tone": "neutral"}}
    return "–"


def _is_read(original: Output) -> bool:
    return (
        original.edition_id is not None
        and original.state in SHOWN_STATES
        and original.audience == Output.Audience.PUBLIC
    )


def state_badge(output: Output) -> dict[str, str]:
    """Where the text of a place stands, in one word."""
    if output.state == Output.State.WITHDRAWN:
        return {"label": _("withdrawn"), "tone": "warning"}
    if output.state == Output.State.SUPERSEDED:
        return {"label": _("superseded"), "tone": "warning"}
    if output.edition_id is None:
        return {"label": _("draft, not published"), "tone": "info"}
    if output.base_id and stale_variant(output):
        return {"label": _("behind its original"), "tone": "warning"}
    if output.language in EASY_LANGUAGES and not _is_checked(output):
        return {"label": _("published, not checked by test readers"), "tone": "warning"}
    if output.state == Output.State.UNDER_REVIEW:
        return {"label": _("published, under review"), "tone": "warning"}
    return {"label": _("published"), "tone": "success"}


def _is_checked(output: Output) -> bool:
    """Did test readers check just the words readers have? Reads what was fetched with the text."""
    return output.edition is not None and any(
        check.digest == output.edition.digest for check in output.reader_checks.all()
    )


def texts_table(placement: Placement) -> dict[str, Any]:
    """The texts of one place: language, state, Stand, and the way to the workshop."""
    columns = [
        {"label": _("Text"), "kind": "head"}, _("Language"), {"label": _("State"), "kind": "status"},
        {"label": _("Stand"), "kind": "date"}, {"label": _("Planned publication"), "kind": "date"},
    ]  # fmt: skip
    rows = [
        [
            {"text": output.title, "url": reverse("outputs:work", args=[output.slug]), "lang": output.language},
            str(output.get_language_display()),
            {"badge": state_badge(output)},
            output.edition.stand if output.edition else "–",
            output.publish_at or "–",
        ]
        for output in texts_of(placement).values()
    ]
    return {"columns": columns, "rows": rows}
