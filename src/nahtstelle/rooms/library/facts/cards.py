"""What can happen to assessment cards."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("library.CardPublished", says=_("An assessment card was published"))
@dataclass(frozen=True, slots=True)
class CardPublished:
    """``changed``: readers had an edition before whose finding or strength was another."""

    card_id: int
    edition_id: int
    work_id: int
    changed: bool


@fact("library.CardWithdrawn", says=_("An assessment card was withdrawn"))
@dataclass(frozen=True, slots=True)
class CardWithdrawn:
    card_id: int
    work_id: int
