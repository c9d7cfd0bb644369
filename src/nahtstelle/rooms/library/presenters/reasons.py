"""Why two works may be one, and why the machine is in doubt: the engine's words as sentences."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nahtstelle.engines.literature.linking import GROUP_WOULD_HOLD

from ..actions.comparing import NOT_CERTAIN
from ..actions.grouping import A_PERSON_SAID, TWO_CARDS

REASONS = {
    "same DOI": gettext_lazy("the same DOI"),
    "same title": gettext_lazy("the same title"),
    "similar title": gettext_lazy("a similar title"),
    "same title in another language": gettext_lazy("the same title in another language"),
    "same title without subtitle": gettext_lazy("the same title, one of them without its subtitle"),
    "no title": gettext_lazy("a record without a title"),
    "same authors": gettext_lazy("the same authors"),
    "authors of the one among those of the other": gettext_lazy("the authors of one are among those of the other"),
    "some of the same authors": gettext_lazy("some of the same authors"),
    "same year": gettext_lazy("the same year"),
    "same journal or book": gettext_lazy("the same journal or book"),
    "similar journal or book": gettext_lazy("a similar journal or book"),
    "same volume": gettext_lazy("the same volume"),
    "same pages": gettext_lazy("the same pages"),
    "same issue": gettext_lazy("the same issue"),
    "same abstract": gettext_lazy("the same abstract"),
    "nothing contradicts": gettext_lazy("nothing that contradicts"),
}
DOUBTS = {
    NOT_CERTAIN: gettext_lazy("What agrees is not enough to be certain."),
    "a record has no title": gettext_lazy("One of the records has no title."),
    "a title that many works share": gettext_lazy("Many works have this title, such as “Editorial” or “Preface”."),
    "a word differs": gettext_lazy("The titles differ in a word that may change what they say."),
    "one is a part": gettext_lazy("One of them calls itself a part."),
    "titles differ": gettext_lazy("The titles differ although other things agree."),
    "the authors are written in two scripts": gettext_lazy("The authors are written in two scripts."),
}
HELD = {
    "two DOIs": gettext_lazy("two different DOIs"),
    "a title that comes in every issue, and two issues": gettext_lazy(
        "a title that comes in every issue, from two issues"
    ),
    "one is about the other": gettext_lazy("a work and a correction, reply or review of it"),
    "numbers in the titles differ": gettext_lazy("titles with different numbers"),
    "a book and a chapter": gettext_lazy("a book and a chapter"),
    "two editions": gettext_lazy("two editions"),
    "different pages": gettext_lazy("records with different pages"),
    "two journals and volumes": gettext_lazy("two journals and volumes"),
    "too little in common": gettext_lazy("records that have too little in common"),
    A_PERSON_SAID: gettext_lazy("two works a person told apart"),
    TWO_CARDS: gettext_lazy("two works with an assessment card each"),
}


def what_agrees(reasons: Iterable[str]) -> str:
    """One sentence; empty where nothing was compared."""
    known = [str(REASONS.get(reason, reason)) for reason in reasons]
    return _("What agrees: %s.") % ", ".join(known) if known else ""


def why_in_doubt(doubt: str) -> str:
    if doubt.startswith(GROUP_WOULD_HOLD):
        held = doubt.removeprefix(GROUP_WOULD_HOLD)
        return _("With what belongs to them already, one work would hold %s.") % HELD.get(held, held)
    return str(DOUBTS.get(doubt, doubt))
