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
from .classifying import ConceptDecided, LearningFellDue, ProposingWentOn
from .harvesting import (
    RunAsked,
    RunEnded,
    SearchAskedAnew,
    SearchHanded,
    SearchPaused,
    SearchRemoved,
    SearchResumed,
    SearchSaved,
)
from .imports import (
    ImportAbandoned,
    ImportArrived,
    ImportConfirmed,
    LiteratureImported,
    LiteratureUndone,
    UndoingConfirmed,
)
from .linking import DuplicatesSought, LinkingWentOn, PairKeptApart
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
from .works import (
    FullTextAttached,
    FullTextRemoved,
    NoticeLifted,
    NoticeNoted,
    RecordMoved,
    WorkChanged,
    WorksMerged,
    WorksParted,
)

__all__ = [
    "AbstractSupplied", "CardPublished", "CardSaved", "CardStarted", "CardStepTaken", "CardWithdrawn",
    "ConceptDecided", "DecisionMade", "DuplicatesSought", "FullTextAttached", "FullTextRemoved", "ImportAbandoned",
    "ImportArrived", "ImportConfirmed", "LearningFellDue", "LinkingWentOn", "LiteratureImported", "LiteratureUndone",
    "LookDrawn", "NoticeLifted", "NoticeNoted", "PairKeptApart", "PoolChanged", "ProposingWentOn", "QuestionChanged",
    "QuestionClosed", "QuestionTakenUp", "RecordMoved", "ReviewBegun", "ReviewChanged", "ReviewClosed",
    "ReviewOpened", "RunAsked", "RunEnded", "SearchAskedAnew", "SearchHanded", "SearchPaused", "SearchRemoved",
    "SearchResumed", "SearchSaved", "TeamChanged", "UndoingConfirmed", "WorkChanged", "WorksMerged", "WorksParted",
]  # fmt: skip
