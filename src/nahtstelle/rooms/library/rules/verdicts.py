"""What becomes of a work when everybody who is to judge it has judged.

Doubt goes on: at title and abstract "maybe" counts as "include" wherever nobody says "exclude", for the full text will
tell. At the full text there is nothing after it, so that doubt is a conflict, as are two different reasons.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ..models import Decision, Item, Stage

Verdict = Decision.Verdict
Outcome = Item.Outcome
GOES_ON = (Outcome.INCLUDED, Outcome.MAYBE)  # outcomes of the first stage with which a full text is wanted


class Judgement(NamedTuple):
    """What somebody says of a work, and, at the full text, why it is excluded."""

    verdict: str
    reason: int | None = None


class Result(NamedTuple):
    outcome: str
    reason: int | None = None


NOT_YET = Result(Outcome.OPEN)


def result_of(judgements: Sequence[Judgement], *, needed: int, stage: str, settled: Judgement | None = None) -> Result:
    """The outcome; open as long as fewer than ``needed`` people have judged. What settles a conflict stands above all."""
    if settled is not None:
        return _alone(settled)
    if not judgements or len(judgements) < needed:
        return NOT_YET
    verdicts = {judgement.verdict for judgement in judgements}
    if verdicts == {Verdict.EXCLUDE}:
        reasons = {judgement.reason for judgement in judgements}
        if stage == Stage.FULL and len(reasons) > 1:
            return Result(Outcome.CONFLICT)
        return Result(Outcome.EXCLUDED, reasons.pop() if len(reasons) == 1 else None)
    if Verdict.EXCLUDE in verdicts or (stage == Stage.FULL and Verdict.MAYBE in verdicts):
        return Result(Outcome.CONFLICT)
    return Result(Outcome.MAYBE if verdicts == {Verdict.MAYBE} else Outcome.INCLUDED)


def _alone(judgement: Judgement) -> Result:
    if judgement.verdict == Verdict.EXCLUDE:
        return Result(Outcome.EXCLUDED, judgement.reason)
    return Result(Outcome.MAYBE if judgement.verdict == Verdict.MAYBE else Outcome.INCLUDED)
