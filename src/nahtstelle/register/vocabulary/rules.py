"""What may be done to the vocabulary, each rule once and as a sentence."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal

from . import models, questions
from .languages import is_known
from .models import Batch
from .values import ConceptValue, LabelValue, find_cycle

RESERVED = {"facetten", "importe", "alles"}  # addresses of ours
EXPORT_FOR_ALL = 1000  # concepts; what anybody may have made for them while they wait


def check_edit(account: Any, *, on: date) -> None:
    """Editors, coordinators and administrators keep the vocabulary."""
    if not questions.ask(questions.editors, account, on=on):
        raise NotYours(_("Nobody may change the vocabulary here."))


def check_export(account: Any, number: int, *, on: date) -> None:
    """Exports that take seconds to make are for staff."""
    if number > EXPORT_FOR_ALL and not questions.ask(questions.staff, account, on=on):
        raise NotYours(_("The export of a vocabulary this large is for staff of the centre."))


def check_concept(value: ConceptValue) -> None:
    """What every concept must be by itself."""
    if not value.name_de or not value.name_en:
        raise Refusal(_("A concept needs a name in German and one in English."))
    if max(len(value.name_de), len(value.name_en)) > 200:
        raise Refusal(_("The name of a concept has at most 200 characters."))
    if not re.fullmatch(r"[-a-zA-Z0-9_]{1,60}", value.key):
        raise Refusal(_("A key consists of up to 60 letters, digits, hyphens and underscores."))
    if value.key in RESERVED:
        raise Refusal(gettext("The key %s is taken.") % value.key)
    if value.valid_from and value.valid_until and value.valid_until < value.valid_from:
        raise Refusal(_("The last day lies before the first."))


def check_label(value: ConceptValue, label: LabelValue) -> None:
    """A label says something new, in a language that exists."""
    if not label.text.strip():
        raise Refusal(_("A label needs some text."))
    if not is_known(label.language):
        raise Refusal(gettext("The language “%s” is not known; use a tag such as de, en or uk.") % label.language)
    if any((known.language, known.text) == (label.language, label.text) for known in value.labels):
        raise Refusal(gettext("“%s” is already a label of this concept.") % label.text)
    if label.text == {"de": value.name_de, "en": value.name_en}.get(label.language):
        raise Refusal(gettext("“%s” is already the name of this concept.") % label.text)


def check_broader(value: ConceptValue, all_broader: Mapping[str, Iterable[str]], names: Mapping[str, str]) -> None:
    """The broader concepts lie in the same facet and lead to no circle.

    ``all_broader`` and ``names`` hold the facet's concepts: broader keys and name by key.
    """
    strangers = [key for key in sorted(value.broader) if key not in all_broader]
    if strangers:
        raise Refusal(gettext("The broader concept %s is not in the same facet.") % ", ".join(strangers))
    circle = find_cycle([(value.key, value.broader), *((k, b) for k, b in all_broader.items() if k != value.key)])
    if circle:
        raise Refusal(circle_sentence(circle, {**names, value.key: value.name_de}))


def circle_sentence(circle: list[str], names: Mapping[str, str]) -> str:
    way = " → ".join(f"“{names.get(key, key)}”" for key in circle)
    return gettext("The broader concepts go in a circle: %s.") % way


def check_replacement(value: ConceptValue, successors: Mapping[str, str], facets: Mapping[str, str]) -> None:
    """A concept is replaced by another of its facet, and never in the end by itself."""
    if not value.replaced_by:
        return
    if facets.get(value.replaced_by) != value.facet:
        raise Refusal(_("A concept can only be replaced by one of the same facet."))
    step, seen = value.replaced_by, {value.key}
    while step:
        if step in seen:
            raise Refusal(_("A concept cannot be replaced by itself, not even by a detour."))
        seen.add(step)
        step = successors.get(step, "")


def check_carry_out(batch: Batch, errors: int) -> None:
    """A prepared import is carried out once, and only whole."""
    if batch.entry_id:
        raise NotNow(_("This import was already carried out."))
    if errors:
        raise NotNow(_("The file has errors; nothing of it is imported until they are corrected."))


def check_undo(batch: Batch, changed_since: list[str], used: list[str]) -> None:
    """An import can be undone as long as nothing builds on it."""
    if not batch.entry_id:
        raise NotNow(_("This import was not carried out."))
    if batch.undone_id:
        raise NotNow(_("This import was already undone."))
    if changed_since:
        raise NotNow(gettext("Changed since the import: %s. Undoing would lose that.") % _shortened(changed_since))
    if used:
        raise NotNow(gettext("Imported concepts are in use: %s.") % _shortened(used))


def _shortened(names: list[str]) -> str:
    more = len(names) - 5
    return ", ".join(names[:5]) + (gettext(" and %d more") % more if more > 0 else "")


def check_mapping(ours: models.Concept, theirs: models.Concept, relation: str) -> None:
    """Between two vocabularies; within one facet concepts are broader, narrower or related."""
    if ours.facet_id == theirs.facet_id:
        raise Refusal(
            _("Please choose a concept of another vocabulary; within a facet concepts are broader or related.")
        )
    if relation not in models.Mapping.Relation.values:
        raise Refusal(_("Please say how the other concept relates to ours."))
