"""Who is concerned, and how a dispatch fares."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nahtstelle.register.notices.models import Preference
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Engagement

from .models import Dispatch, Recipient

FEDERAL = "DE"


@dataclass(frozen=True, slots=True)
class Concerned:
    """A person and the engagements for which they are told."""

    person: Person
    because: str


def engagements_concerned(
    *, on: date, programmes: Iterable[int], regions: Iterable[int], roles: Iterable[str], themes: Iterable[int]
) -> QuerySet[Engagement]:
    """The engagements a dispatch is for: each given dimension narrows, an empty one does not.

    A federal or unplaced engagement belongs to every Land. People who chose themes are told of those only; who chose none
    is told of all. Who wants no letters on law, or has no address, is never in it.
    """
    programmes, regions, roles, themes = list(programmes), list(regions), list(roles), list(themes)
    found = Engagement.objects.on(on).filter(~Q(person__mail=""))
    found = found.exclude(Exists(Preference.objects.filter(person=OuterRef("person"), law_letters=False)))
    if programmes:
        found = found.filter(programme__in=programmes)
    if regions:
        found = found.filter(Q(region__in=regions) | Q(region=None) | Q(region__iso_code=FEDERAL))
    if roles:
        found = found.filter(role__in=roles)
    if themes:
        chosen = Preference.objects.filter(person=OuterRef("person"), themes__isnull=False)
        found = found.filter(~Exists(chosen) | Exists(chosen.filter(themes__in=themes)))
    return found.select_related("person", "programme", "region").order_by("person__name", "person_id", "id")


def concerned(dispatch: Dispatch, *, on: date) -> list[Concerned]:
    """The persons a dispatch would go to today, each once, with the reasons."""
    engagements = engagements_concerned(
        on=on,
        programmes=dispatch.programmes.values_list("pk", flat=True),
        regions=dispatch.regions.values_list("pk", flat=True),
        roles=dispatch.roles,
        themes=dispatch.themes.values_list("pk", flat=True),
    )
    reasons: dict[int, tuple[Person, list[str]]] = {}
    for engagement in engagements:
        place = engagement.region.name_de if engagement.region else ""
        reason = " · ".join(filter(None, [engagement.programme.short_name, place, str(engagement.get_role_display())]))
        _person, known = reasons.setdefault(engagement.person_id, (engagement.person, []))
        if reason not in known:
            known.append(reason)
    return [Concerned(person, "; ".join(known)[:300]) for person, known in reasons.values()]


def answers_of(dispatch: Dispatch) -> dict[str, int]:
    """How many gave which answer; "" for none yet. Those nothing was sent to do not count."""
    rows = dispatch.recipients.filter(left_out="").values("answer").annotate(number=Count("id")).order_by()
    counted = {row["answer"]: row["number"] for row in rows}
    return {"": counted.get("", 0)} | {answer: counted.get(answer, 0) for answer in Recipient.Answer.values}


def dispatches() -> QuerySet[Dispatch]:
    return (
        Dispatch.objects.select_related("bulletin", "prepared_by__person", "approved_by__person")
        .annotate(
            listed=Count("recipients"),
            answered=Count("recipients", filter=~Q(recipients__answer="")),
        )
        .order_by("-id")
    )
