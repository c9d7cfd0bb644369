"""The trail as a reader sees it: sentences, names of fields, before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from . import facts
from .models import Entry, Touch


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, to one object where the trail is that object's."""

    number: int
    at: datetime
    who: str
    sentence: str
    why: str
    changes: list[Change]


def trail_lines(touches: Iterable[Touch]) -> list[Line]:
    """The trail of one object."""
    return [entry_line(touch.entry, changes=changes_of(touch)) for touch in touches]


def entry_line(entry: Entry, *, changes: list[Change] | None = None) -> Line:
    return Line(
        number=entry.pk,
        at=entry.at,
        who=entry.actor_label,
        sentence=facts.sentence_for(entry.fact, entry.payload),
        why=entry.why,
        changes=changes or [],
    )


def changes_of(touch: Touch) -> list[Change]:
    """What changed at the touched object, with the names its fields have for people."""
    model = model_called(touch.kind)
    return [
        Change(field=field_label(model, name), before=shown(model, name, before), after=shown(model, name, after))
        for name, (before, after) in touch.changes.items()
    ]


def model_called(kind: str) -> type[models.Model] | None:
    """The model behind "outputs.output"; None where it is gone."""
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def kind_label(kind: str) -> str:
    """What such objects are called."""
    model = model_called(kind)
    return capfirst(str(model._meta.verbose_name)) if model else kind


def field_label(model: type[models.Model] | None, name: str) -> str:
    """What a field is called; one that is gone by its name in words."""
    label = getattr(_field(model, name), "verbose_name", name.replace("_", " "))
    return capfirst(str(label))


def shown(model: type[models.Model] | None, name: str, value: Any) -> str:
    """A recorded value in words: a code by its choice, a day and a moment written out, nothing as a dash."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(shown(model, name, item) for item in value)
    field = _field(model, name)
    if isinstance(field, models.DateField):
        return _written(str(value))
    return str(dict(getattr(field, "flatchoices", ())).get(value, value))


def _field(model: type[models.Model] | None, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _written(value: str) -> str:
    """A day or moment that the ledger kept in ISO form."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    if len(value) == len("2026-11-23"):
        return date_format(moment, "DATE_FORMAT")
    return date_format(localtime(moment) if moment.tzinfo else moment, "DATETIME_FORMAT")
