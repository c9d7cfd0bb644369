"""What is held of a person, whole, as they may ask for it (Art. 15 and 20 GDPR)."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from nahtstelle.plumbing.links.signing import without_tokens

from . import questions
from .models import Person
from .naming import holding_words, pattern_of
from .personal import Holding, addresses_of


def everything_about(person: Person, *, at: datetime) -> dict[str, Any]:
    """Each row about the person with its fields, and where words of others name them (where, not what: those words are
    theirs).
    """
    sections = [
        {"title": str(holding.title), "kind": holding.model._meta.label_lower, "rows": _rows(holding, person)}
        for holding in questions.all_holdings()
    ]
    known = {(section["kind"], row["id"]) for section in sections for row in section["rows"]}
    return {
        "person": person.name,
        "as_of": at.isoformat(),
        "held": [section for section in reversed(sections) if section["rows"]],
        "named_in": [one for one in _named_in(person) if (one["kind"], one["id"]) not in known],
    }


def _rows(holding: Holding, person: Person) -> list[dict[str, Any]]:
    rows = holding.rows(person).order_by("pk").values("pk", *holding.shows).distinct()
    return [
        {"id": row.pop("pk"), **{name.replace("__", " "): _told(value) for name, value in row.items()}} for row in rows
    ]


def _told(value: Any) -> Any:
    """Without the links in it: whoever asks in the person's name must not come in by them."""
    if isinstance(value, str):
        return without_tokens(value)
    if isinstance(value, list):
        return [_told(one) for one in value]
    if isinstance(value, dict):
        return {name: _told(one) for name, one in value.items()}
    return value


def _named_in(person: Person) -> list[dict[str, Any]]:
    spellings = [person.name, *addresses_of(person), person.slug]
    pattern = pattern_of(spellings)
    return [
        {"kind": mentions.model._meta.label_lower, "id": row.pk, "field": field, **_when(row)}
        for mentions in questions.all_mentions()
        for field in mentions.fields
        for row in holding_words(mentions.model, field, spellings, pattern)
    ]


def _when(row: Model) -> dict[str, Any]:
    moment = getattr(row, "at", None) or getattr(row, "created_at", None)
    return {"at": moment.isoformat()} if moment else {}
