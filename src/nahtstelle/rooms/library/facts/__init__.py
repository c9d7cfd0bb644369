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
    "AbstractSupplied",
    "CardPublished",
    "CardWithdrawn",
    "DecisionMade",
    "ImportAbandoned",
    "ImportArrived",
    "ImportConfirmed",
    "LiteratureImported",
    "LiteratureUndone",
    "LookDrawn",
    "NoticeLifted",
    "NoticeNoted",
    "PoolChanged",
    "ReviewBegun",
    "ReviewChanged",
    "ReviewClosed",
    "ReviewOpened",
    "TeamChanged",
    "UndoingConfirmed",
    "WorksMerged",
    "WorksParted",
]  # fmt: skip
