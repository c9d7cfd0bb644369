"""Changing the library."""
