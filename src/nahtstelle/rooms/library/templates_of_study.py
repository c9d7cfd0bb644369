"""What the card of each kind of study asks for besides: a few particulars of its own.

A particular is a name under which its answer is kept (``CardText.particulars``), a label, perhaps a hint, and a kind of
answer that says what may be entered. Adding one needs no migration; one that is taken out stays in what was published.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Template


@dataclass(frozen=True, slots=True)
class Particular:
    """``kind``: text, number, percent, year, yes (or no), choice. ``choices`` are (kept as, shown as)."""

    name: str
    label: Any
    kind: str = "text"
    hint: Any = ""
    choices: tuple[tuple[str, Any], ...] = field(default=())


_SAMPLING = (
    ("random", _("random sample")), ("quota", _("quota sample")), ("full", _("everybody")),
    ("convenience", _("whoever could be reached")),
)  # fmt: skip
_MODES = (
    ("face", _("face to face")), ("phone", _("by telephone")), ("online", _("online")), ("paper", _("on paper")),
    ("mixed", _("several ways")),
)  # fmt: skip
_DESIGNS = (
    ("descriptive", _("description")), ("regression", _("regression with controls")), ("panel", _("panel, each person with themselves")),
    ("matching", _("matching")), ("did", _("difference in differences")), ("discontinuity", _("regression discontinuity")),
    ("instrument", _("instrumental variable")), ("before-after", _("before and after, without comparison")),
)  # fmt: skip
_MATERIAL = (
    ("interviews", _("single interviews")), ("groups", _("group discussions")), ("observation", _("observation")),
    ("documents", _("documents and files")), ("several", _("several kinds")),
)  # fmt: skip
_UNITS = (("persons", _("persons")), ("groups", _("groups or classes")), ("sites", _("places or offices")))
_REVIEWS = (
    ("systematic", _("systematic review")), ("meta", _("meta-analysis")), ("scoping", _("scoping review")),
    ("narrative", _("narrative review")),
)  # fmt: skip
_LEGAL_METHODS = (
    ("doctrinal", _("doctrinal analysis")), ("comparative", _("comparison of legal systems")), ("practice", _("how the law is applied")),
)  # fmt: skip

_TREATED = Particular("treated", _("Cases with the measure"), "number")
_COMPARED = Particular("compared", _("Cases for comparison"), "number")
_OUTCOME = Particular(
    "outcome", _("What was measured"), hint=_("For example: in work liable to social insurance after 24 months.")
)
_EFFECT = Particular(
    "effect", _("Size of the effect"), hint=_("With its unit and its uncertainty, as the study gives it.")
)
_FOLLOW_UP = Particular("follow_up", _("Observed for how many months"), "number")

PARTICULARS: dict[str, tuple[Particular, ...]] = {
    Template.SURVEY: (
        Particular("population", _("Whom the sample stands for")),
        Particular("sampling", _("How people were chosen"), "choice", choices=_SAMPLING),
        Particular("mode", _("How they were asked"), "choice", choices=_MODES),
        Particular("answers", _("People who answered"), "number"),
        Particular("response", _("Response rate"), "percent"),
        Particular("languages", _("Languages of the questionnaire"), hint=_("Who could not answer in their language is often missing.")),
        Particular("weighted", _("Results are weighted"), "yes"),
    ),
    Template.ADMINISTRATIVE: (
        Particular("source", _("Register or data set"), hint=_("For example: Integrated Employment Biographies, Central Register of Foreigners.")),
        Particular("cases", _("Cases"), "number"),
        Particular("missing", _("Who is not in it")),
        Particular("design", _("Way of comparing"), "choice", choices=_DESIGNS),
        Particular("linked", _("Linked with other data"), "yes"),
    ),
    Template.QUALITATIVE: (
        Particular("material", _("Material"), "choice", choices=_MATERIAL),
        Particular("conversations", _("Number of interviews or groups"), "number"),
        Particular("chosen", _("How cases were chosen")),
        Particular("analysis", _("Way of analysing")),
        Particular("languages", _("Languages spoken, and who interpreted")),
        Particular("involved", _("Those concerned took part in the research"), "yes"),
    ),
    Template.MIXED: (
        Particular("counted", _("What was counted, and in how many cases")),
        Particular("understood", _("What was asked or observed in depth")),
        Particular("joined", _("How both parts are joined")),
        Particular("agree", _("Both parts say the same"), "yes"),
    ),
    Template.EVALUATION: (
        Particular("measure", _("Measure that was evaluated")),
        Particular("design", _("Way of comparing"), "choice", choices=_DESIGNS),
        _TREATED, _COMPARED, _OUTCOME, _EFFECT, _FOLLOW_UP,
        Particular("independent", _("Done by somebody who does not run the measure"), "yes"),
    ),
    Template.EXPERIMENT: (
        Particular("measure", _("Measure that was tried")),
        Particular("unit", _("What was drawn by lot"), "choice", choices=_UNITS),
        _TREATED, _COMPARED, _OUTCOME, _EFFECT, _FOLLOW_UP,
        Particular("dropped_out", _("Dropped out"), "percent"),
        Particular("registered", _("Registered beforehand"), "yes"),
    ),
    Template.REVIEW: (
        Particular("review", _("Kind of review"), "choice", choices=_REVIEWS),
        Particular("searched", _("Where was searched")),
        Particular("searched_until", _("Searched up to the year"), "year"),
        Particular("included", _("Studies included"), "number"),
        Particular("appraised", _("The quality of the studies was appraised"), "yes"),
        Particular("germany", _("Of these from Germany"), "number"),
    ),
    Template.LEGAL: (
        Particular("law", _("Provisions it deals with"), hint=_("As one writes them: section 16d AufenthG.")),
        Particular("approach", _("Approach"), "choice", choices=_LEGAL_METHODS),
        Particular("decisions", _("Court decisions considered"), "number"),
        Particular("state", _("Law as of the year"), "year"),
    ),
    Template.OTHER: (
        Particular("what", _("What kind of study it is")),
    ),
}  # fmt: skip

NAMES = frozenset(one.name for several in PARTICULARS.values() for one in several)
MOST_CHARACTERS = 500
MOST_NUMBER = 1_000_000_000


def particulars_of(template: str) -> tuple[Particular, ...]:
    return PARTICULARS.get(template, ())


def shown(template: str, answers: dict[str, Any]) -> list[tuple[str, Any]]:
    """What was answered, each with its label, in the order of the form; answers nobody asks for any more are left out."""
    rows: list[tuple[str, Any]] = []
    for one in particulars_of(template):
        answer = answers.get(one.name)
        if answer in (None, "", []):
            continue
        if one.kind == "choice":
            answer = str(dict(one.choices).get(answer, answer))
        elif one.kind == "yes":
            answer = _("yes") if answer else _("no")
        elif one.kind == "percent":
            answer = f"{answer} %"
        elif one.kind == "year":
            answer = str(answer)
        rows.append((str(one.label), answer))
    return rows
