"""What readers find in a place: the published text in their language, or what comes with the software."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.rooms.outputs import drawing, presenters, queries
from nahtstelle.rooms.outputs.models import Citation, Output
from nahtstelle.rooms.outputs.presenters import Banner
from nahtstelle.rooms.outputs.rules import check_may_see_working_text
from nahtstelle.rooms.outputs.text import draw

from .built_in import built_in
from .models import Placement
from .places import Place
from .rules import check_may_keep_pages

SHOWN_STATES = (Output.State.PUBLISHED, Output.State.UNDER_REVIEW)


@dataclass(frozen=True, slots=True)
class Standing:
    """The text of a place as its page shows it. ``language`` is set where it is not the page's own."""

    title: str = ""
    summary: str = ""
    html: str = ""
    language: str = ""
    stand: date | None = None
    banners: Sequence[Banner] = ()
    check: dict[str, Any] | None = None
    others: Sequence[dict[str, str]] = field(default_factory=list)
    is_written: bool = False
    is_preview: bool = False
    keep_url: str = ""  # for those who keep the pages

    @property
    def is_other_language(self) -> bool:
        return self.language[:2] not in ("", (get_language() or "de")[:2])


def standing_in(place: Place, request: HttpRequest) -> Standing:
    """What stands in a place for this reader. ``?text=`` asks for a variant, ``?arbeitsstand`` for the working text."""
    today, account = timezone.localdate(), request.user
    keep_url = ""
    if account.is_authenticated and may(check_may_keep_pages, account, on=today):
        keep_url = reverse("pages:place", args=[place.key])
    working = "arbeitsstand" in request.GET
    family = _family(place, account, working=working, on=today)
    if working and not family:
        # Asked for by somebody who may not see it, or never written: they find what everybody does.
        working, family = False, _family(place, account, working=False, on=today)
    chosen = _choose(family, request.GET.get("text", ""))
    if chosen is None:
        words = built_in(place.key) if place.is_built_in else None
        if words is None:
            return Standing(keep_url=keep_url)
        return Standing(words.title, words.summary, draw(words.body).html, keep_url=keep_url)
    citations = list(chosen.citations.select_related("law", "provision"))
    return _shown(chosen, family, citations, place, working=working, keep_url=keep_url, today=today)


def _family(place: Place, account: Any, *, working: bool, on: date) -> list[Output]:
    """The text of a place and its variants, as far as this reader may have them; the original first."""
    original = Placement.objects.filter(place=place.key).values("output")
    meant = Q(pk__in=original) | Q(base__in=original)
    rows = (Output.objects if working else queries.readable(account, on=on).filter(state__in=SHOWN_STATES)).filter(
        meant
    )
    rows = queries.with_banners(rows).select_related("kind", "owner")
    found = sorted(rows, key=lambda one: (one.base_id is not None, one.pk))
    return [one for one in found if may(check_may_see_working_text, account, one, on=on)] if working else found


def _choose(family: Sequence[Output], wanted: str) -> Output | None:
    """The variant asked for, that in the reader's language, or the original; a translation stands for nothing else."""
    by_language = {one.language: one for one in family}
    here = (get_language() or "de")[:2]
    original = next((one for one in family if one.base_id is None), None)
    return by_language.get(wanted) or by_language.get(here) or original


def _shown(
    output: Output, family: Sequence[Output], citations: list[Citation], place: Place, *, working: bool, keep_url: str,
    today: date,
) -> Standing:  # fmt: skip
    edition = output.edition
    if working or edition is None:
        drawn = drawing.drawn_working(output, output.body, [one for one in citations if one.working])
    else:
        drawn = drawing.drawn_edition(edition, [one for one in citations if one.published])
    text = output if working or edition is None else edition
    here = (get_language() or "de")[:2]
    preview = "&arbeitsstand" if working else ""
    return Standing(
        title=text.title,
        summary=text.summary,
        html=drawn.html,
        language=output.language if output.language != here else "",
        stand=text.stand,
        banners=presenters.banners(output, queries.open_impacts(output), today=today),
        check=presenters.reader_check(output),
        others=[
            {"label": str(o.get_language_display()), "url": f"{place.address}?text={o.language}{preview}", "lang": o.language}
            for o in family
            if o.pk != output.pk
        ],
        is_written=True,
        is_preview=working,
        keep_url=keep_url,
    )  # fmt: skip
