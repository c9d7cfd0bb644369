"""The words of one term of a file: names, notes, labels and codes as we can keep them, and what is wrong with them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from ..languages import is_known
from ..models import Label
from ..values import LabelValue
from .reading import Term

LONGEST_NAME, LONGEST_CODE, LONGEST_URI = 200, 40, 500  # characters, as the tables have them
CODES = {"iso": 10, "ags": 8, "": LONGEST_CODE}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know before importing; an error stops the whole import."""

    who: str  # the concept, by its name or address
    sentence: str
    is_error: bool = False


@dataclass(slots=True)
class Words:
    who: str
    names: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    labels: frozenset[LabelValue] = frozenset()
    valid_from: date | None = None
    valid_until: date | None = None
    problems: list[Problem] = field(default_factory=list)

    def error(self, sentence: str) -> None:
        self.problems.append(Problem(self.who, sentence, True))

    def note(self, sentence: str) -> None:
        self.problems.append(Problem(self.who, sentence))


def worded(term: Term) -> Words:
    """The words of a term, judged."""
    words = Words(who=next((text for _language, text in term.names), term.uri)[:LONGEST_NAME])
    labels: dict[tuple[str, str], LabelValue] = {}
    _name(term, words, labels)
    for texts, kind in (
        (term.alternatives, Label.Kind.ALTERNATIVE),
        (term.outdated, Label.Kind.OUTDATED),
        (term.hidden, Label.Kind.HIDDEN),
    ):
        for language, text in texts:
            _label(language, text, kind, words, labels)
    words.labels = frozenset(labels.values())
    words.notes = _notes(term.notes, words)
    _codes(term, words)
    words.valid_from = _day(term.valid_from, words)
    words.valid_until = _day(term.valid_until, words)
    if words.valid_from and words.valid_until and words.valid_until < words.valid_from:
        words.error(_("Its last day lies before its first."))
    if len(term.uri) > LONGEST_URI:
        words.error(_("Its address is longer than %d characters.") % LONGEST_URI)
    if term.uri.startswith("_:") and not term.key:
        words.note(_("It has no address of its own; a second import would not recognise it."))
    return words


def _name(term: Term, words: Words, labels: dict[tuple[str, str], LabelValue]) -> None:
    for language, text in term.names:
        if not text:
            continue
        if language and not is_known(language):
            words.note(_("The language “%(tag)s” of the name “%(text)s” is not known; it is left out.") % {
                "tag": language, "text": text})  # fmt: skip
        elif words.names.setdefault(language, text) != text:
            words.error(_("It has two preferred names in one language: “%(one)s” and “%(other)s”.") % {
                "one": words.names[language], "other": text})  # fmt: skip
    untagged = words.names.pop("", "")
    if untagged and not {"de", "en"} <= set(words.names):
        words.note(_("The name “%s” has no language; it is taken for each of German and English that is missing.")
                   % untagged)  # fmt: skip
        words.names = {"de": untagged, "en": untagged} | words.names
    if not {"de", "en"} & set(words.names):
        words.error(_("It has no preferred name in German or English."))
    for language in list(words.names):
        if len(words.names[language]) > LONGEST_NAME:
            words.error(_("Its name is longer than %d characters.") % LONGEST_NAME)
        elif language not in ("de", "en"):
            text = words.names.pop(language)
            labels[language, text] = LabelValue(language, text, Label.Kind.PREFERRED.value)


def _label(language: str, text: str, kind: Label.Kind, words: Words, labels: dict[tuple[str, str], LabelValue]) -> None:
    if not text or (language, text) in labels:
        return
    if words.names.get(language) == text:
        words.note(_("“%s” is both its name and another label; the name stays.") % text)
    elif not is_known(language):
        words.note(_("The language “%(tag)s” of the label “%(text)s” is not known; it is left out.") % {
            "tag": language, "text": text})  # fmt: skip
    elif len(text) > LONGEST_NAME:
        words.note(_("A label is longer than %d characters; it is left out.") % LONGEST_NAME)
    else:
        labels[language, text] = LabelValue(language, text, kind.value)


def _notes(texts: Iterable[tuple[str, str]], words: Words) -> dict[str, str]:
    notes: dict[str, str] = {}
    for language, text in texts:
        if language not in ("de", "en", ""):
            words.note(_("A note in the language “%s” is left out; notes are kept in German and English.") % language)
        elif text and text not in notes.get(language, ""):
            notes[language] = f"{notes[language]}\n\n{text}" if language in notes else text
    untagged = notes.pop("", "")
    return {"de": untagged, "en": untagged} | notes if untagged else notes


def _codes(term: Term, words: Words) -> None:
    for kind, text in term.codes:
        if not text:
            continue
        if len(text) > CODES[kind]:
            words.note(_("The code “%s” is too long; it is left out.") % text)
        elif words.codes.setdefault(kind, text) != text:
            words.note(_("Of several codes only “%s” is kept.") % words.codes[kind])


def _day(text: str, words: Words) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        words.error(_("“%s” is not a day.") % text)
        return None
