"""What the library keeps."""

from .cards import Card, CardEdition, CardLeft, CardSave, CardStep, CardText, OpenQuestion, Strength, Template
from .citations import WorkCitationBase
from .classifying import Classifier
from .imports import Columns, Import, SavedSearch, SearchVisit, Unread
from .linking import Crowd, Link, LinkKey, Merge, Pair
from .reviews import Criterion, Decision, Hold, Item, Look, Member, PackedPool, Ranking, Review, Stage
from .works import FullText, Notice, Record, Tag, Work

__all__ = [
    "Card", "CardEdition", "CardLeft", "CardSave", "CardStep", "CardText", "Classifier", "Columns", "Criterion",
    "Crowd", "Decision", "FullText", "Hold", "Import", "Item", "Link", "LinkKey", "Look", "Member", "Merge", "Notice",
    "OpenQuestion", "PackedPool", "Pair", "Ranking", "Record", "Review", "SavedSearch", "SearchVisit", "Stage",
    "Strength", "Tag", "Template", "Unread", "Work", "WorkCitationBase",
]  # fmt: skip
