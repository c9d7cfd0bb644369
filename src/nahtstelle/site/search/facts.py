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
