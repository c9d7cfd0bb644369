"""Word files (DOCX) to Markdown: what a text says, and a list of what could not be carried over.

Public names: ``read_word``, ``WordText``, ``Loss``, ``Picture``, ``WordTrouble``.
"""

from .reading import read_word
from .values import Loss, Picture, WordText, WordTrouble

__all__ = ["Loss", "Picture", "WordText", "WordTrouble", "read_word"]
