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
from .reviews import (
    AbstractSupplied,
    DecisionMade,
    LookDrawn,
    PoolChanged,
    ReviewBegun,
    ReviewChanged,
    ReviewClosed,
    ReviewOpened,
    TeamChanged,
)
from .works import NoticeLifted, NoticeNoted, WorksMerged, WorksParted

__all__ = [
    "AbstractSupplied", "LookDrawn", "ReviewBegun", "ReviewChanged", "TeamChanged",
    "CardPublished", "CardWithdrawn", "DecisionMade", "ImportAbandoned", "ImportArrived", "ImportConfirmed",
    "LiteratureImported", "LiteratureUndone", "NoticeLifted", "NoticeNoted", "PoolChanged", "ReviewClosed",
    "ReviewOpened", "UndoingConfirmed", "WorksMerged", "WorksParted",
]  # fmt: skip
