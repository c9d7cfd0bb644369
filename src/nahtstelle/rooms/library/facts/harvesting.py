"""What can happen to a saved search in a source."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("library.SearchSaved", says=_("A saved search in a source was written"))
@dataclass(frozen=True, slots=True)
class SearchSaved:
    """``anew``: it asks something else than before, so that the source is tried again."""

    search_id: int
    anew: bool


@fact("library.SearchHanded", says=_("A saved search has another owner"))
@dataclass(frozen=True, slots=True)
class SearchHanded:
    search_id: int
    from_id: int
    to_id: int


@fact("library.SearchPaused", says=_("A saved search in a source was paused"))
@dataclass(frozen=True, slots=True)
class SearchPaused:
    """``code``: why it paused by itself; empty: somebody paused it."""

    search_id: int
    code: str = ""


@fact("library.SearchResumed", says=_("A saved search in a source goes on"))
@dataclass(frozen=True, slots=True)
class SearchResumed:
    search_id: int


@fact("library.SearchAskedAnew", says=_("A saved search asks for everything again"))
@dataclass(frozen=True, slots=True)
class SearchAskedAnew:
    search_id: int


@fact("library.SearchRemoved", says=_("A saved search that never ran was removed: %(name)s"))
@dataclass(frozen=True, slots=True)
class SearchRemoved:
    search_id: int
    name: str


@fact("library.RunAsked", says=_("A source is being asked"))
@dataclass(frozen=True, slots=True)
class RunAsked:
    search_id: int
    batch_id: int


@fact("library.RunEnded", says=_("A source was asked: %(new)s new, %(changed)s changed, %(deleted)s withdrawn"))
@dataclass(frozen=True, slots=True)
class RunEnded:
    """``code``: why it did not come to its end."""

    search_id: int
    batch_id: int
    new: int
    changed: int
    deleted: int
    code: str = ""
