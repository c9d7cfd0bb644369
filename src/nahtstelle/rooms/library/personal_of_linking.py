"""What deciding on duplicates and concepts leaves of a person: that they decided it."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.personal import Holding, by_account, kept

from .models import Merge, Pair, Tag

DECIDED = "that it was decided, without the name"


def holdings() -> list[Holding]:
    return [
        Holding(
            _("Pairs of works you decided"),
            Pair,
            by_account(Pair, "decided_by"),
            ("state", "decided_at"),
            kept,
            DECIDED,
        ),
        Holding(_("Works you merged"), Merge, by_account(Merge, "by"), ("reasons", "at"), kept, DECIDED),
        Holding(_("Merges you undid"), Merge, by_account(Merge, "undone_by"), ("reasons", "undone_at"), kept, DECIDED),
        Holding(
            _("Concepts of works you decided"),
            Tag,
            by_account(Tag, "decided_by"),
            ("state", "decided_at"),
            kept,
            DECIDED,
        ),
    ]
