"""Asking the library."""
