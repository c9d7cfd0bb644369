"""How good proposals are, against what people said of them."""

from collections.abc import Collection, Sequence


def precision_at(number: int, proposed: Sequence[str], accepted: Collection[str]) -> float:
    """Of the first so many that were proposed, the share that people accept; 0 where nothing was proposed."""
    first = proposed[:number]
    return sum(key in accepted for key in first) / len(first) if first else 0.0


def recall_at(number: int, proposed: Sequence[str], accepted: Collection[str]) -> float:
    """Of what people accept, the share among the first so many."""
    return sum(key in accepted for key in proposed[:number]) / len(accepted) if accepted else 0.0
