"""What can happen while duplicates are sought."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("library.LinkingWentOn", says=_("The search for duplicates went on"))
@dataclass(frozen=True, slots=True)
class LinkingWentOn:
    """``step`` ("keys", "compare", "group", "doubt") is to be taken up again after the record ``after``."""

    batch_id: int
    step: str
    after: int = 0


@fact(
    "library.DuplicatesSought",
    says=_("Duplicates of an import were sought: %(merged)s merged, %(pairs)s pairs in doubt"),
)
@dataclass(frozen=True, slots=True)
class DuplicatesSought:
    batch_id: int
    merged: int
    pairs: int


@fact("library.PairKeptApart", says=_("Two works were kept apart"))
@dataclass(frozen=True, slots=True)
class PairKeptApart:
    """A person said of two that may be one: they are two."""

    pair_id: int
    one_id: int
    two_id: int
