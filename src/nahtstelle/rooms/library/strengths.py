"""What each level of the strength of evidence means: the scale of docs/reference/evidence.md, as pages say it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Strength, Template

WEAK = frozenset({Strength.NOT_ASSESSABLE, Strength.INDICATION, Strength.LIMITED})
MEANINGS: dict[int, Any] = {
    Strength.STRONG: _("Other explanations are largely ruled out; a further study would hardly say otherwise."),
    Strength.MODERATE: _("A sound method with known limits; the direction is certain, the size of it may change."),
    Strength.LIMITED: _("Other explanations stay open, or the sample is small or special; the direction is likely."),
    Strength.INDICATION: _("Single cases or first experience: a reason to look closer, not yet one to act."),
    Strength.NOT_ASSESSABLE: _("Too little is reported of how it was done."),
}
# What usually decides the level, by kind of study.
BY_KIND: dict[str, Any] = {
    Template.SURVEY: _("Surveys: how people were chosen and how many answered. Differences between groups alone are at most moderate."),
    Template.ADMINISTRATIVE: _("Administrative data: complete cases weigh much; a causal claim is strong only with a design that compares like with like."),
    Template.QUALITATIVE: _("Qualitative studies: for how and why they can be strong, where cases were chosen with reasons and saturation is shown; for how often they are an indication at most."),
    Template.MIXED: _("Mixed methods: the level of the part that the finding rests on; one more where both parts agree."),
    Template.EVALUATION: _("Evaluations: strong with a comparison that holds before and after; limited where groups chose themselves."),
    Template.EXPERIMENT: _("Experiments: strong where few dropped out and the place is like ours; moderate from another country or labour market."),
    Template.REVIEW: _("Reviews of research: as strong as the studies they found, if the search was systematic and the studies were appraised; else limited."),
    Template.LEGAL: _("Legal studies: strong where the highest courts have decided; moderate where commentaries agree; limited where opinions differ."),
    Template.OTHER: _("Other kinds: choose the level by the meaning of each, and say why."),
}  # fmt: skip
FILLED, EMPTY = "▮", "▯"


@dataclass(frozen=True, slots=True)
class Sign:
    """A level as it is drawn: never by colour alone. ``bars`` is for the eye, ``word`` for everybody."""

    level: int
    word: str
    bars: str
    meaning: str


def sign_of(level: int) -> Sign:
    return Sign(level, str(Strength(level).label), FILLED * level + EMPTY * (4 - level), str(MEANINGS[level]))


def scale() -> list[Sign]:
    """All levels, the strongest first."""
    return [sign_of(level) for level in sorted(Strength.values, reverse=True)]
