"""Changing programmes, networks, projects and engagements."""

from .loading import StructureReport, load_structure

__all__ = ["StructureReport", "load_structure"]
