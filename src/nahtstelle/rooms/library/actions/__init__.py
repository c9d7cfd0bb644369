"""Changing the library; a file for each of its subjects."""
