"""Law through time: laws, what was seen of them, acts that will change them, and how it all came in."""

from .acts import Act, ActStage, PlannedChange
from .citations import CitationBase
from .imports import Import, ImportItem, PortalFile
from .laws import Law, LawName, Watch
from .readings import Announcement, Change, Provision, Reading, Sighting, TouchedPart, Wording

__all__ = [
    "Act",
    "ActStage",
    "Announcement",
    "Change",
    "CitationBase",
    "Import",
    "ImportItem",
    "Law",
    "LawName",
    "PlannedChange",
    "PortalFile",
    "Provision",
    "Reading",
    "Sighting",
    "TouchedPart",
    "Watch",
    "Wording",
]
