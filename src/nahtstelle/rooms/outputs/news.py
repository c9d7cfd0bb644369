"""New since: the studies that fit a dossier and became public after its Stand, for its owner and, if wanted, its readers."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import get_language

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.notices.actions import tell
from nahtstelle.rooms.library.models import CardEdition

from .models import DOSSIER_KIND, Output
from .references import address_of
from .studies import new_since, published
from .words import NEWS_NOTICE, short_name

SHOWN = 12
NAMED = 3  # studies a notice names
LIVE = (Output.State.PUBLISHED, Output.State.UNDER_REVIEW)


def finding_of(edition: CardEdition, language: str = "") -> str:
    """The finding in one sentence, in the reader's language where there is one."""
    both = [edition.finding_de, edition.finding_en]
    if (language or get_language() or "de").startswith("en"):
        both.reverse()
    return both[0] or both[1]


def of_dossier(output: Output) -> dict[str, Any] | None:
    """What is new since the Stand readers have (or the draft has); None where nothing is."""
    stand = output.edition.stand if output.edition else output.stand
    if output.kind.key != DOSSIER_KIND or stand is None:
        return None
    found = new_since(output, stand)
    number = found.count()
    if not number:
        return None
    rows = [
        {
            "key": one.card.work.citekey, "label": short_name(one.card.work), "url": address_of(one.card.work),
            "finding": finding_of(one), "strength": str(one.get_strength_display()), "on": one.published_at,
        }
        for one in found.order_by("-published_at")[:SHOWN]
    ]  # fmt: skip
    return {"rows": rows, "stand": stand, "number": number, "more": number - len(rows)}


def for_readers(output: Output) -> dict[str, Any] | None:
    """The same for readers, where the owner wants it."""
    return of_dossier(output) if output.shows_news else None


def tell_owners(*, by: Actor, at: datetime) -> int:
    """The chore: owners of published dossiers are told of new studies, of all that came since in one notice."""
    newest = published().aggregate(newest=Max("published_at"))["newest"]
    if newest is None:
        return 0
    unaware = Q(news_told_at=None) | Q(news_told_at__lt=newest)
    waiting = Output.objects.filter(unaware, kind__key=DOSSIER_KIND, state__in=LIVE).order_by("pk")
    return sum(_tell(output, by=by, at=at) for output in waiting.select_related("edition", "kind", "owner"))


def _tell(output: Output, *, by: Actor, at: datetime) -> bool:
    assert output.edition is not None
    found = list(new_since(output, output.edition.stand, after=output.news_told_at).order_by("-published_at"))
    with transaction.atomic():
        Output.objects.filter(pk=output.pk).update(news_told_at=at)
        if not found:
            return False
        names = "; ".join(short_name(one.card.work) for one in found[:NAMED])
        said = names + (f" (+{len(found) - NAMED})" if len(found) > NAMED else "")
        tell(
            person=output.owner, kind=NEWS_NOTICE, words={"title": output.title, "studies": said},
            link=reverse("outputs:work", args=[output.slug]), cause=f"news:{output.pk}:{found[0].pk}", by=by, at=at,
        )  # fmt: skip
    return True
