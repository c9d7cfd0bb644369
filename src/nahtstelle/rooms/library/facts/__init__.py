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
from .reviews import DecisionMade, PoolChanged, ReviewClosed, ReviewOpened
from .works import NoticeLifted, NoticeNoted, WorksMerged, WorksParted

__all__ = [
    "CardPublished", "CardWithdrawn", "DecisionMade", "ImportAbandoned", "ImportArrived", "ImportConfirmed",
    "LiteratureImported", "LiteratureUndone", "NoticeLifted", "NoticeNoted", "PoolChanged", "ReviewClosed",
    "ReviewOpened", "UndoingConfirmed", "WorksMerged", "WorksParted",
]  # fmt: skip
