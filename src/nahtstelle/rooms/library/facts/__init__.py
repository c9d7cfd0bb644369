"""What can happen in the library."""

from .cards import (
    CardPublished,
    CardSaved,
    CardStarted,
    CardStepTaken,
    CardWithdrawn,
    QuestionChanged,
    QuestionClosed,
    QuestionTakenUp,
)
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
    "CardPublished", "CardSaved", "CardStarted", "CardStepTaken", "CardWithdrawn", "DecisionMade", "ImportAbandoned", "ImportArrived", "ImportConfirmed",
    "LiteratureImported", "LiteratureUndone", "NoticeLifted", "NoticeNoted", "PoolChanged", "QuestionChanged", "QuestionClosed", "QuestionTakenUp", "ReviewClosed",
    "ReviewOpened", "UndoingConfirmed", "WorksMerged", "WorksParted",
]  # fmt: skip
