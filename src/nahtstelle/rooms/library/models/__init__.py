"""What the library keeps."""

from .cards import Card, CardEdition, OpenQuestion, Strength, Template
from .citations import WorkCitationBase
from .imports import Columns, Import, SavedSearch, Unread
from .linking import LinkKey, Merge, Pair
from .reviews import Criterion, Decision, Hold, Item, Look, Member, PackedPool, Ranking, Review, Stage
from .works import FullText, Notice, Record, Tag, Work

__all__ = [
    "Card", "CardEdition", "Columns", "Criterion", "Decision", "FullText", "Hold", "Import", "Item", "LinkKey", "Look",
    "Member", "Merge", "Notice", "OpenQuestion", "PackedPool", "Pair", "Ranking", "Record", "Review", "SavedSearch", "Stage",
    "Strength", "Tag", "Template", "Unread", "Work", "WorkCitationBase",
]  # fmt: skip
