"""The claims of a text: its sentences, each with the works and the provisions it rests on."""

from collections.abc import Iterator
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


def claims_in(body: str, *, names: LawNames | None = None, law: bool = False) -> list[Claim]:
    """Every sentence of a body in its order; ``law``: with the provisions it cites.

    Sentences stand in paragraphs, items and cells; a heading says nothing.
    """
    names = (names or names_in_stock()) if law else None
    found: list[Claim] = []
    for below, words in _blocks(body):
        for claim in claims_of(words, split_sentences):
            cites = tuple(cite for group in claim.groups for cite in group.cites)
            provisions = tuple(one.text for one in find_in(claim.words, names=names)) if names and _may_cite(words) else ()
            found.append(Claim(claim.words, below, cites, provisions))
    return found


def _may_cite(words: str) -> bool:
    return "§" in words or "Art" in words


def unsourced(body: str) -> list[Claim]:
    """The sentences of a dossier that rest on nothing: no work, no provision. Questions claim nothing."""
    asked = {question.words for question in open_questions(body)}
    return [
        claim
        for claim in claims_in(body, law=True)
        if not claim.cites
        and not claim.law
        and not claim.words.endswith(("?", ":"))
        and claim.below.strip().casefold() not in SOURCES
        and claim.words.strip("[]* ") not in asked
    ]


def _blocks(body: str) -> Iterator[tuple[str, str]]:
    """The heading above and the plain words of each paragraph, item and cell."""
    below = ""
    tokens = parse(body)
    for index, token in enumerate(tokens):
        if token.type != "inline":
            continue
        words = _plain(token)
        if tokens[index - 1].type == "heading_open":
            below = words
        elif words.strip():
            yield below, words


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
