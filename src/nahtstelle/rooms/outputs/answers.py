"""What this room answers to questions from below."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.rooms.law.models import Act, Provision
from nahtstelle.rooms.law.questions import Citing, Offer
from nahtstelle.rooms.library.models import Work
from nahtstelle.rooms.library.queries.works import families, root_of
from nahtstelle.rooms.library.questions import Citing as CitingWork

from . import queries, rules
from .models import Citation, Output, WorkCitation

SHOWN = 20


def cited_in(provision: Provision, reader: Any) -> tuple[list[Citing], int]:
    """The published outputs citing a provision, of those the reader may see."""
    today: date = timezone.localdate()
    found = (
        Citation.objects.filter(provision=provision, published=True, output__in=queries.readable(reader, on=today))
        .select_related("output__edition", "output__kind")
        .order_by("-output__published_at", "path")
    )
    shown: dict[int, Citing] = {}
    for citation in found[: SHOWN * 3]:
        output = citation.output
        shown.setdefault(
            output.pk,
            Citing(
                title=output.edition.title if output.edition else output.title,
                address=reverse("outputs:output", args=[output.slug]),
                kind=output.kind.name,
                words=citation.words,
                part=citation.path,
                stand=output.edition.stand if output.edition else output.stand,
                under_review=output.state == Output.State.UNDER_REVIEW,
            ),
        )
    return list(shown.values())[:SHOWN], found.values("output").distinct().order_by().count()


def works_cited_in(work: Work, reader: Any) -> tuple[list[CitingWork], int]:
    """The published outputs citing a work, or what was merged with it, of those the reader may see."""
    today: date = timezone.localdate()
    found = (
        WorkCitation.objects.filter(
            work__in=families([root_of(work).pk]), published=True, output__in=queries.readable(reader, on=today)
        )
        .select_related("output__edition", "output__kind")
        .order_by("-output__published_at", "output", "position")
    )
    shown: dict[int, CitingWork] = {}
    for citation in found[: SHOWN * 3]:
        output = citation.output
        one = CitingWork(
            title=output.edition.title if output.edition else output.title,
            address=reverse("outputs:output", args=[output.slug]),
            kind=output.kind.name,
            locator=citation.locator,
            stand=output.edition.stand if output.edition else output.stand,
        )
        shown.setdefault(output.pk, one)
    return list(shown.values())[:SHOWN], found.values("output").distinct().order_by().count()


def offers_for_act(act: Act, reader: Any) -> Iterable[Offer]:
    """Draft a law bulletin from the act."""
    if may(rules.check_may_start, reader, on=timezone.localdate()):
        yield Offer(_("Draft the law bulletin"), reverse("outputs:act-bulletin", args=[act.slug]))
