"""How far screeners agree: on what each said before the other's answer was known."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from nahtstelle.engines.literature.screening.agreement import Agreement, agreement

from ..models import Decision, Review

GOES_ON, STOPS = "goes-on", "stops"


@dataclass(frozen=True, slots=True)
class Pair:
    stage: str
    one: str
    two: str
    measured: Agreement


def agreements(review: Review) -> list[Pair]:
    """Each pair of people at each stage, over the works both had judged when judging became complete."""
    answers: dict[str, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    names: dict[int, str] = {}
    rows = Decision.objects.filter(review=review, prior=False, settles=False).order_by("number")
    fields = ("stage", "item", "item__judges", "by", "by__person__name", "verdict")
    for stage, item, judges, by, name, verdict in rows.values_list(*fields):
        said = answers[stage][item]
        names[by] = name
        if len(said) < max(judges, 2):  # what is said later may know the other's answer
            said[by] = STOPS if verdict == Decision.Verdict.EXCLUDE else GOES_ON
    found = []
    for stage, items in sorted(answers.items(), reverse=True):
        both: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
        for said in items.values():
            for one, two in combinations(sorted(said), 2):
                both[one, two].append((said[one], said[two]))
        for (one, two), pairs in sorted(both.items()):
            first, second = zip(*pairs, strict=True)
            found.append(Pair(stage, names[one], names[two], agreement(first, second, seed=review.seed % 2**31)))
    return found
