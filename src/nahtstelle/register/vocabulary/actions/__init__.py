"""Changing the vocabulary."""

from .loading import LoadReport, load_vocabulary

__all__ = ["LoadReport", "load_vocabulary"]
