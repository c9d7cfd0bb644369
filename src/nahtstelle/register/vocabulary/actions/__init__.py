"""Changing the vocabulary."""

from .editing import add_concept, add_label, change_concept, end_concept, remove_label
from .importing import carry_out_import, prepare_import, undo_import
from .loading import LoadReport, load_vocabulary
from .mapping import map_concept, remove_mapping

__all__ = [
    "LoadReport",
    "add_concept",
    "add_label",
    "carry_out_import",
    "change_concept",
    "end_concept",
    "load_vocabulary",
    "map_concept",
    "prepare_import",
    "remove_label",
    "remove_mapping",
    "undo_import",
]
