"""What the search keeps: the index, and searches that people saved."""

from .index import Document, FacetSet, Lock, LockKey, Memory, Page, Term, Word

__all__ = ["Document", "FacetSet", "Lock", "LockKey", "Memory", "Page", "Term", "Word"]
