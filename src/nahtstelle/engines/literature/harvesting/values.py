"""A page of an answer: its records, and the token that brings the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..formats.values import Broken
from ..records import Record


class SourceTrouble(Exception):
    """An answer that is none. ``code`` says why, ``passing`` whether it may be well when asked again, in ``wait`` seconds."""

    def __init__(self, code: str, *, passing: bool = False, wait: float = 0.0, **details: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.passing = passing
        self.wait = wait
        self.details: Mapping[str, str | int] = details


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a source, by its own id there; without a ``record`` the source withdrew it."""

    key: str
    record: Record | None


@dataclass(frozen=True, slots=True)
class Page:
    items: tuple[Item, ...] = ()
    broken: tuple[Broken, ...] = ()
    token: str = ""  # empty: this was the last page
    total: int | None = None  # as the source counts; many do not
    said_at: str = ""  # by the source's own clock


@dataclass(frozen=True, slots=True)
class Group:
    """A set of an OAI-PMH repository."""

    spec: str
    name: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What an OAI-PMH repository says of itself."""

    name: str
    earliest: str
    to_the_second: bool
    tells_deleted: bool


@dataclass(frozen=True, slots=True)
class Groups:
    groups: tuple[Group, ...] = field(default=())
    token: str = ""


# Every code of a trouble; a test compares this list with the sentences made of them.
TROUBLES = (
    "answered", "bad_token", "barred", "cut", "html", "loops", "not_json", "not_oai", "not_xml", "oai_error", "silent",
    "told",
)  # fmt: skip
