"""Finding a norm of a reading by what a person types: "60c", "§60c", "Artikel 1", "Anl. 2"."""

import re

from nahtstelle.engines.lawtext.values import LawReading, Norm, NormKind

_WORDS = (
    (re.compile(r"^(?:artikel|art\.?)(?=\d)"), "art"),
    (re.compile(r"^(?:paragraph|paragraf|par\.|§+)"), "§"),
    (re.compile(r"^(?:anlage|anl\.)"), "anlage"),
    (re.compile(r"^(?:anhang|anh\.)"), "anhang"),
)


def find_provisions(reading: LawReading, asked: str) -> tuple[Norm, ...]:
    """The norms a person means by ``asked``, in file order; several when a law counts its §§ anew in every article.

    A bare number means a §, or an article where the law has no such §. A number inside a collapsed range
    "(XXXX) §§ 12 bis 14" finds the range. Empty when there is no such norm.
    """
    wanted = _folded(asked)
    if not wanted:
        return ()
    names = (f"§{wanted}", f"art{wanted}") if wanted[0].isdigit() else (wanted,)
    for name in names:
        found = tuple(norm for norm in reading.norms if name in _names(norm))
        if found:
            return found
    return ()


def _names(norm: Norm) -> set[str]:
    if norm.kind in (NormKind.HEAD, NormKind.STRUCTURE):
        return set()
    return {_folded(name) for name in (norm.designation, norm.key, *norm.covers)}


def _folded(name: str) -> str:
    plain = "".join(name.casefold().split())
    for pattern, word in _WORDS:
        plain = pattern.sub(word, plain)
    return plain
