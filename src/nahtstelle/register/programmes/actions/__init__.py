"""Changing programmes, networks, projects and engagements."""

from .engaging import end_engagement, engage, engage_colleague
from .loading import StructureReport, load_structure
from .places import add_network, add_project, change_network, change_period, change_project

__all__ = [
    "StructureReport",
    "add_network",
    "add_project",
    "change_network",
    "change_period",
    "change_project",
    "end_engagement",
    "engage",
    "engage_colleague",
    "load_structure",
]
