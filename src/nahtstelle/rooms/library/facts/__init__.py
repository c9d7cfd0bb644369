"""What can happen in the library."""

from .cards import CardPublished, CardWithdrawn
from .classifying import ConceptDecided, LearningFellDue, ProposingWentOn
from .imports import (
    ImportAbandoned,
    ImportArrived,
    ImportConfirmed,
    LiteratureImported,
    LiteratureUndone,
    UndoingConfirmed,
)
from .linking import DuplicatesSought, LinkingWentOn, PairKeptApart
from .reviews import DecisionMade, PoolChanged, ReviewClosed, ReviewOpened
from .works import NoticeLifted, NoticeNoted, WorksMerged, WorksParted

__all__ = [
    "CardPublished", "CardWithdrawn", "ConceptDecided", "DecisionMade", "DuplicatesSought", "ImportAbandoned", "ImportArrived", "ImportConfirmed",
    "LearningFellDue", "LinkingWentOn", "LiteratureImported", "LiteratureUndone", "NoticeLifted", "NoticeNoted", "PairKeptApart", "PoolChanged", "ProposingWentOn", "ReviewClosed",
    "ReviewOpened", "UndoingConfirmed", "WorksMerged", "WorksParted",
]  # fmt: skip
