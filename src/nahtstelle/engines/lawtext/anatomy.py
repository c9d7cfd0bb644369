"""Anatomy: Absatz, Satz, Nummer, Buchstabe as spans over the text of a norm."""

from nahtstelle.engines.lawtext.values import Block, Part


def parts(text: str, blocks: tuple[Block, ...]) -> tuple[Part, ...]:
    return ()
