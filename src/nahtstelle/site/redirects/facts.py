"""What can happen to redirects."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("redirects.RedirectSet", says=_("Redirect set"))
@dataclass(frozen=True, slots=True)
class RedirectSet:
    redirect_id: int


@fact("redirects.RedirectDropped", says=_("Redirect dropped"))
@dataclass(frozen=True, slots=True)
class RedirectDropped:
    redirect_id: int


@fact("redirects.RedirectsImported", says=_("%(count)s redirects taken in from a file"))
@dataclass(frozen=True, slots=True)
class RedirectsImported:
    count: int
