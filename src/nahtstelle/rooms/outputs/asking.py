"""Questions to the author: what a drafted text asks of a person, and finding what is not answered yet.

A question stands in the text as ``*[Which groups?]*``, where its answer belongs. Whoever answers writes over it; a question
that does not apply is deleted with its heading.
"""

import re
from dataclasses import dataclass

# An emphasised pair of brackets that is no link; never **[bold]**.
_QUESTION = re.compile(r"(?<!\*)\*\[([^\]\n]+)\]\*(?!\*)")
_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*#*$")
_FENCE = re.compile(r"\s*(```|~~~)")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the heading under which it stands, "" where it stands before the first."""

    words: str
    below: str = ""

    def __str__(self) -> str:
        return f"{self.below}: {self.words}" if self.below else self.words


def ask(words: str) -> str:
    """A question as a draft carries it."""
    return f"*[{words}]*"


def open_questions(body: str) -> list[Question]:
    """The questions a text still asks its author, in their order; what stands in a block of code is not meant."""
    found: list[Question] = []
    heading, in_code = "", False
    for line in body.splitlines():
        if _FENCE.match(line):
            in_code = not in_code
        elif not in_code:
            if said := _HEADING.match(line):
                heading = said[1]
            found += [Question(words, heading) for words in _QUESTION.findall(line)]
    return found
