"""Acts of amendment: what is planned, and which provisions it will change."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import timezone

from nahtstelle.rooms.law.models import Act

from ..offers import Offer, law_term, section_alone_term, section_term
from ..readers import PUBLIC
from .provisions import section_of

NAME = "acts"
FAILED = 0.5


def offers(only: Iterable[int] | None = None) -> Iterator[Offer]:
    acts = Act.objects.order_by("pk").prefetch_related("changes__law", "changes__provision")
    if only is not None:
        acts = acts.filter(pk__in=list(only))
    for act in acts:
        yield _offer(act)


def _offer(act: Act) -> Offer:
    lines = list(act.changes.all())
    terms: dict[str, None] = {}
    for line in lines:
        terms[law_term(line.law.citation)] = None
        section = section_of(line.provision.designation) if line.provision else ""
        if section:
            terms[section_term(line.law.citation, section)] = None
            terms[section_alone_term(section)] = None
    body = [act.note, *(f"{line.old_citation} {line.new_citation} {line.summary} {line.transition}" for line in lines)]
    return Offer(
        source=NAME,
        key=str(act.pk),
        title=act.short_title or act.title,
        address=reverse("law:act", args=[act.slug]),
        keys=frozenset((PUBLIC,)),
        lead=act.title if act.short_title else "",
        body="\n".join(filter(None, body)),
        mentions=tuple(terms),
        facets=(
            ("source", NAME),
            ("language", "de"),
            *(("law", law) for law in sorted({line.law.citation for line in lines})),
        ),
        day=act.promulgated or timezone.localdate(act.created_at),
        quality=FAILED if act.stage == Act.Stage.FAILED else 1.0,
        moment=act.created_at,
    )
