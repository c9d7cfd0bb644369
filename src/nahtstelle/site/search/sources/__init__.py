"""One file per room: what it offers to the search, and who may see it."""

from ..offers import Source
from . import acts, laws, organisations, outputs, people, programmes, provisions, studies

SOURCES: tuple[Source, ...] = (outputs, provisions, laws, acts, programmes, organisations, people, studies)

__all__ = ["SOURCES", "acts", "laws", "organisations", "outputs", "people", "programmes", "provisions", "studies"]
