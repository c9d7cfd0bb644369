"""Changing the vocabulary."""

from .editing import add_concept, add_label, change_concept, end_concept, remove_label
from .importing import carry_out_import, prepare_import, undo_import
from .loading import LoadReport, load_vocabulary

__all__ = [
    "LoadReport",
    "add_concept",
    "add_label",
    "carry_out_import",
    "change_concept",
    "end_concept",
    "load_vocabulary",
    "prepare_import",
    "remove_label",
    "undo_import",
]
