"""The studies readers have, as dossiers ask for them: by facets, and those that became public after a day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept, Facet
from nahtstelle.rooms.library.models import Card, CardEdition, OpenQuestion

from .models import Output
from .queries import Choice, meant_by

FACETS = ("theme", "group", "region")  # what of a dossier a study has to fit


def published() -> QuerySet[CardEdition]:
    """The edition readers have of each card."""
    return CardEdition.objects.filter(card__edition=F("pk")).exclude(card__state=Card.State.WITHDRAWN).order_by()


def chosen(choice: Choice) -> QuerySet[CardEdition]:
    """The studies in a choice: any value within a facet, every facet; strongest evidence first, then the newest."""
    found = _within(published(), meant_by(choice.concepts), choice.programmes)
    if choice.concepts and not meant_by(choice.concepts):
        found = found.none()  # a name nobody knows finds nothing
    for word in choice.words.split():
        found = found.filter(
            Q(card__work__title__icontains=word) | Q(finding_de__icontains=word) | Q(finding_en__icontains=word)
        )  # fmt: skip
    return found.select_related("card__work").order_by("-strength", F("card__work__year").desc(nulls_last=True), "pk")


def _within(
    found: QuerySet[CardEdition], meant: Mapping[int, Iterable[int]], programmes: Iterable[str]
) -> QuerySet[CardEdition]:
    concepts, funded = CardEdition.concepts.through.objects, CardEdition.programmes.through.objects
    for one in meant.values():
        found = found.filter(Exists(concepts.filter(cardedition=OuterRef("pk"), concept__in=list(one))))
    programmes = list(programmes)
    if programmes:
        found = found.filter(Exists(funded.filter(cardedition=OuterRef("pk"), programme__key__in=programmes)))
    return found


def fitting(output: Output) -> QuerySet[CardEdition]:
    """The studies that fit a dossier's themes, groups, regions and programmes; a dossier without any fits none."""
    keys = list(
        Concept.objects.filter(pk__in=[one.pk for one in output.concepts.all()], facet__key__in=FACETS).values_list(
            "key", flat=True
        )
    )
    programmes = list(
        Programme.objects.filter(pk__in=[one.pk for one in output.programmes.all()]).values_list("key", flat=True)
    )
    if not keys and not programmes:
        return CardEdition.objects.none()
    return chosen(Choice(concepts=tuple(keys), programmes=tuple(programmes)))


def new_since(output: Output, stand: date, *, after: datetime | None = None) -> QuerySet[CardEdition]:
    """Fitting studies that became public after a Stand (and a moment), and that the text does not cite."""
    end_of_day = timezone.make_aware(datetime.combine(stand, time.max))
    before = CardEdition.objects.filter(card=OuterRef("card"), published_at__lte=max(end_of_day, after or end_of_day))
    cited = output.work_citations.exclude(work=None).values("work")
    return fitting(output).filter(~Exists(before)).exclude(card__work__in=cited)


def open_questions(choice: Choice) -> QuerySet[OpenQuestion]:
    """What nobody has answered yet and is about what was chosen."""
    found = OpenQuestion.objects.filter(state=OpenQuestion.State.OPEN)
    for meant in meant_by(choice.concepts).values():
        found = found.filter(
            Exists(OpenQuestion.concepts.through.objects.filter(openquestion=OuterRef("pk"), concept__in=meant))
        )
    return found.order_by("-id")


def facets(choice: Choice) -> list[dict[str, Any]]:
    """The facets by which studies are chosen, each value with the number of studies that bear it or something narrower."""
    through = CardEdition.concepts.through.objects.filter(cardedition__in=published().values("pk"))
    bearing: dict[int, set[int]] = {}
    for concept, edition in through.values_list("concept_id", "cardedition_id"):
        bearing.setdefault(concept, set()).add(edition)
    own = dict(bearing)
    for narrow, broad in Concept.broader.through.objects.values_list("from_concept", "to_concept"):
        if narrow in own:
            bearing[broad] = bearing.get(broad, set()) | own[narrow]
    shown = []
    for facet in Facet.objects.filter(key__in=FACETS).prefetch_related("concepts"):
        values = [
            {
                "value": one.key,
                "label": one.name,
                "count": len(bearing.get(one.pk, ())),
                "selected": one.key in choice.concepts,
            }
            for one in facet.concepts.all()
            if one.pk in bearing or one.key in choice.concepts
        ]
        values.sort(key=lambda value: (-value["count"], value["label"]))
        shown.append({"name": "f", "label": facet.name, "values": values})
    numbers = dict(
        CardEdition.programmes.through.objects.filter(cardedition__in=published().values("pk"))
        .values_list("programme__key").annotate(number=Count("pk"))
    )  # fmt: skip
    programmes = [
        {
            "value": one.key,
            "label": one.short_name,
            "count": numbers.get(one.key, 0),
            "selected": one.key in choice.programmes,
        }
        for one in Programme.objects.all()
        if one.key in numbers or one.key in choice.programmes
    ]
    shown.append({"name": "p", "label": str(Programme._meta.verbose_name_plural), "values": programmes})
    return [facet for facet in shown if facet["values"]]
