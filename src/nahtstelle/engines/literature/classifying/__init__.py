"""Which terms of a vocabulary a publication is about: found by their labels, and learned from what people accepted."""

from nahtstelle.engines.literature.classifying.learning import MIN_DECISIONS, Learned, learn
from nahtstelle.engines.literature.classifying.matching import Label, Matcher, Term, Text
from nahtstelle.engines.literature.classifying.measuring import precision_at, recall_at
from nahtstelle.engines.literature.classifying.proposing import Proposal, propose

__all__ = [
    "MIN_DECISIONS", "Label", "Learned", "Matcher", "Proposal", "Term", "Text", "learn", "precision_at", "propose",
    "recall_at",
]  # fmt: skip
