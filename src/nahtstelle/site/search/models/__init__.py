"""What the search keeps: the index, and searches that people saved."""

from .index import Document, FacetSet, Lock, LockKey, Memory, Page, Term, Word
from .saved import SavedSearch

__all__ = ["Document", "FacetSet", "Lock", "LockKey", "Memory", "Page", "SavedSearch", "Term", "Word"]
