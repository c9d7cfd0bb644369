"""When two works may be made one, and when that may be undone."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal

from ..models import Merge, Pair, Work
from ..queries.linking import with_a_card

State = Pair.State
WHICH = _("Please choose which of the two works stays.")
DECIDED = {
    State.MERGED: _("%(who)s has decided this pair meanwhile: the same. Nothing else was changed."),
    State.APART: _("%(who)s has decided this pair meanwhile: two works. Nothing else was changed."),
    State.GONE: _("This pair is no longer a question: one of its works was merged or removed meanwhile."),
}


def check_can_be_decided(pair: Pair) -> None:
    """Whoever comes second learns what the first one said."""
    if pair.state == State.OPEN:
        return
    who = pair.decided_by.person.name if pair.decided_by else _("The machine")
    raise NotNow(DECIDED[State(pair.state)] % {"who": who})


def check_can_merge(kept: Work, absorbed: Work) -> None:
    """Two works of today, of which at most one has an assessment card."""
    if kept.pk == absorbed.pk:
        raise Refusal(_("This is one work already. Please choose another one."))
    for work in (kept, absorbed):
        if work.merged_into_id:
            raise NotNow(_("“%(title)s” was merged into another work meanwhile.") % {"title": work.title})
    if len(with_a_card([kept.pk, absorbed.pk])) > 1:
        raise NotNow(
            _("Both works have an assessment card. Please withdraw one of the cards first; then they can be merged.")
        )


def check_can_part(merge: Merge) -> None:
    """Whatever was merged can be parted for ever, once."""
    if merge.undone_at:
        raise NotNow(_("This merge has been undone already."))
