"""Screening: which of many records belong into a review, which to read next, and when enough has been read."""
