"""Changing what the library keeps."""
