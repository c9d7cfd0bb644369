"""What can happen to saved searches. Facts carry no words of a search: what somebody looks for is their own business."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("search.SearchSaved", says=_("Search saved"))
@dataclass(frozen=True, slots=True)
class SearchSaved:
    saved_id: int


@fact("search.SearchConfirmed", says=_("Saved search confirmed by e-mail"))
@dataclass(frozen=True, slots=True)
class SearchConfirmed:
    saved_id: int


@fact("search.SearchEnded", says=_("Saved search ended"))
@dataclass(frozen=True, slots=True)
class SearchEnded:
    saved_id: int


@fact("search.NewsTold", says=_("News on a saved search: %(documents)s"))
@dataclass(frozen=True, slots=True)
class NewsTold:
    saved_id: int
    documents: int


@fact("search.LiteratureToIndex", says=_("Imported literature is being indexed"))
@dataclass(frozen=True, slots=True)
class LiteratureToIndex:
    """The works of a delivery after the one with the id ``after`` are to be indexed."""

    batch_id: int
    after: int = 0


@fact("search.LiteratureToSweep", says=_("Literature that is gone leaves the index"))
@dataclass(frozen=True, slots=True)
class LiteratureToSweep:
    """Documents after the one with the id ``after`` are to be compared with the works there are."""

    after: int = 0
