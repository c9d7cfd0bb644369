"""What can happen in the library."""

from .cards import CardPublished, CardWithdrawn
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
    "CardPublished", "CardWithdrawn", "DecisionMade", "DuplicatesSought", "ImportAbandoned", "ImportArrived", "ImportConfirmed",
    "LinkingWentOn", "LiteratureImported", "LiteratureUndone", "NoticeLifted", "NoticeNoted", "PairKeptApart", "PoolChanged", "ReviewClosed",
    "ReviewOpened", "UndoingConfirmed", "WorksMerged", "WorksParted",
]  # fmt: skip
