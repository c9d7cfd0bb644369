"""The claims of a text: its sentences, each with the works and the provisions it rests on."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from nahtstelle.engines.lawtext.citations import LawNames
from nahtstelle.engines.lawtext.sentences import split_sentences
from nahtstelle.engines.literature.citing.claims import claims_of
from nahtstelle.engines.literature.citing.keys import Cite
from nahtstelle.rooms.law.naming import names_in_stock

from .asking import open_questions
from .citing import find_in
from .text import SOURCES, parse


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, the heading it stands under, the works it cites and the words by which it cites law."""

    words: str
    below: str
    cites: tuple[Cite, ...]
    law: tuple[str, ...] = ()
    lines: tuple[int, int] = (0, 0)  # of the body, between which its paragraph stands


def claims_in(body: str, *, names: LawNames | None = None, law: bool = False) -> list[Claim]:
    """Every sentence of a body in its order; ``law``: with the provisions it cites.

    Sentences stand in paragraphs, items and cells; a heading says nothing.
    """
    names = (names or names_in_stock()) if law else None
    found: list[Claim] = []
    for below, words, lines in _blocks(body):
        for claim in claims_of(words, split_sentences):
            cites = tuple(cite for group in claim.groups for cite in group.cites)
            provisions = (
                tuple(one.text for one in find_in(claim.words, names=names)) if names and _may_cite(words) else ()
            )
            found.append(Claim(claim.words, below, cites, provisions, lines))
    return found


def _may_cite(words: str) -> bool:
    return "§" in words or "Art" in words


def unsourced(body: str) -> list[Claim]:
    """The sentences of a dossier that rest on nothing: no work, no provision."""
    asked = {question.words for question in open_questions(body)}
    return [claim for claim in claims_in(body, law=True) if lacks_source(claim, asked)]


def lacks_source(claim: Claim, asked: Collection[str] = ()) -> bool:
    """Does a sentence claim something and name nothing it rests on? Questions claim nothing."""
    if claim.cites or claim.law or claim.words.endswith(("?", ":")):
        return False
    return claim.below.strip().casefold() not in SOURCES and claim.words.strip("[]* ") not in asked


def with_citation(body: str, claim: Claim, citation: str) -> str:
    """The body with a citation at the end of one of its sentences; where its end is not found, of its paragraph."""
    lines = body.split("\n")
    start, end = claim.lines
    raw = "\n".join(lines[start:end])
    at = _end_of(claim.words, raw)
    written = f"{raw[:at].rstrip()} {citation}{raw[at:]}"
    return "\n".join([*lines[:start], written, *lines[end:]])


def _end_of(sentence: str, raw: str) -> int:
    bare = sentence.rstrip(".!?")
    for length in (len(bare), 40, 20, 10):
        if (at := raw.find(bare[-length:])) >= 0:
            return at + len(bare[-length:])
    return len(raw.rstrip().rstrip(".!?|"))


def _blocks(body: str) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """The heading above, the plain words and the lines of each paragraph, item and cell."""
    below = ""
    tokens = parse(body)
    for index, token in enumerate(tokens):
        if token.type != "inline":
            continue
        words = _plain(token)
        if tokens[index - 1].type == "heading_open":
            below = words
        elif words.strip():
            start, end = token.map or (0, 0)
            yield below, words, (start, end)


def _plain(inline: Token) -> str:
    """Words without markup; in code nothing is cited."""
    said = []
    for child in inline.children or []:
        if child.type == "text":
            said.append(child.content)
        elif child.type == "code_inline":
            said.append(child.content.replace("@", " "))
        elif child.type in ("softbreak", "hardbreak"):
            said.append(" ")
    return "".join(said)
