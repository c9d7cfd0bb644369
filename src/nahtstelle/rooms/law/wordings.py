"""Wordings as they are kept, and as the engine's values again."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from nahtstelle.engines.lawtext.anatomy import parts
from nahtstelle.engines.lawtext.values import Block, BlockKind, Norm, NormKind

from .models import Wording

CHUNK = 400
KEY_CHARACTERS = 150


def kept_key(norm: Norm) -> str:
    """A norm's key within its reading, short enough for the database and still unique."""
    if len(norm.key) <= KEY_CHARACTERS:
        return norm.key
    return f"{norm.key[: KEY_CHARACTERS - 17]}~{hashlib.sha256(norm.key.encode()).hexdigest()[:16]}"


def wording_digest(norm: Norm) -> str:
    """Names a wording: the same title, text, lines and notes have the same digest."""
    content = json.dumps(
        [norm.title, norm.text, [_line(block) for block in norm.blocks], norm.notes], ensure_ascii=False
    )
    return hashlib.sha256(content.encode()).hexdigest()


def _line(block: Block) -> list[object]:
    return [str(block.kind), block.start, block.end, block.depth, block.marker]


def keep_wordings(norms: Sequence[Norm]) -> dict[str, int]:
    """The row of each norm's wording by its digest; those not known yet are written."""
    by_digest = {wording_digest(norm): norm for norm in norms}
    known = _ids_of(list(by_digest))
    Wording.objects.bulk_create(
        (
            Wording(
                digest=digest,
                title=norm.title,
                text=norm.text,
                blocks=[_line(block) for block in norm.blocks],
                notes=norm.notes,
            )
            for digest, norm in by_digest.items()
            if digest not in known
        ),
        batch_size=CHUNK,
        ignore_conflicts=True,
    )
    return known | _ids_of([digest for digest in by_digest if digest not in known])


def _ids_of(digests: list[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for start in range(0, len(digests), CHUNK):
        ids.update(Wording.objects.filter(digest__in=digests[start : start + CHUNK]).values_list("digest", "pk"))
    return ids


def blocks_of(wording: Wording) -> tuple[Block, ...]:
    return tuple(
        Block(BlockKind(kind), start, end, depth, marker) for kind, start, end, depth, marker in wording.blocks
    )


def norm_from(wording: Wording, *, designation: str = "", repealed: bool = False) -> Norm:
    """A kept wording as the engine's value, its anatomy read anew."""
    blocks = blocks_of(wording)
    return Norm(
        key=designation,
        kind=NormKind.PROVISION,
        designation=designation,
        title=wording.title,
        text=wording.text,
        blocks=blocks,
        parts=parts(wording.text, blocks),
        notes=wording.notes,
        repealed=repealed,
    )


def as_path(steps: Iterable[str]) -> str:
    """A part's path as the database compares it: "/A2/S1/N3/"; "/" is the whole provision."""
    return "/" + "".join(f"{step}/" for step in steps)


PART_WORDS = {
    "A": "Absatz", "S": "Satz", "N": "Nummer", "B": "Buchstabe", "D": "Doppelbuchstabe", "T": "Spiegelstrich",
}  # fmt: skip


def part_words(path: str) -> str:
    """A part's path as people cite it: "/A2/S1/" is "Absatz 2 Satz 1", "/" is ""."""
    return " ".join(f"{PART_WORDS.get(step[0], '')} {step[1:]}".strip() for step in path.split("/") if step)
