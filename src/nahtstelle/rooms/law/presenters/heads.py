"""The heads of the pages of a law, a reading, a provision and a synopsis."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nahtstelle.plumbing.look.dates import day as written

from ..models import Law, Provision, Reading, Sighting
from ..queries import AsAt, Certainty, Span
from ..questions import Citing, Offer
from ..wordings import part_words
from .changes import provision_url, reading_label
from .laws import official_url


def law_head(
    law: Law,
    readings: Sequence[Reading],
    *,
    portal_slug: str,
    watching: bool,
    may_watch: bool,
    may_name: bool,
    follow: Sequence[Offer] = (),
) -> dict[str, Any]:
    actions: list[dict[str, Any]] = [] if may_watch else _to_follow(follow)
    if may_watch:
        actions.append(
            {
                "label": _("Stop watching") if watching else _("Watch this law"),
                "url": reverse("law:watch", args=[law.slug]),
                "post": True,
                "name": "watching",
                "value": "" if watching else "1",
                "icon": "visibility-off" if watching else "visibility",
            }
        )
    if may_name:
        actions.append({"label": _("Names"), "url": reverse("law:names", args=[law.slug]), "kind": "tertiary"})
    if official := official_url(law, portal_slug):
        actions.append({"label": _("Official page"), "url": official, "kind": "tertiary", "icon": "open-in-new"})
    meta = [_("of %(day)s") % {"day": written(law.enacted)}] if law.enacted else []
    if law.gazette:
        meta.append(law.gazette)
    if readings:
        number = len(readings)
        counted = ngettext("%(n)d reading since %(day)s", "%(n)d readings since %(day)s", number)
        meta.append(counted % {"n": number, "day": written(readings[-1].first_seen, "short")})
    return {
        "kicker": law.short_title
        if law.short_title and law.short_title != law.citation
        else pgettext("one law", "Law"),
        "title": law.citation,
        "lead": law.long_title,
        "stand": readings[0].last_seen if readings else None,
        "meta": meta,
        "actions": actions,
        "breadcrumb": _crumbs((law.citation, "")),
    }


def _to_follow(offers: Sequence[Offer]) -> list[dict[str, Any]]:
    return [{"label": one.label, "url": one.address, "kind": "secondary", "icon": "mail"} for one in offers]


def _crumbs(*items: tuple[str, str]) -> list[dict[str, str]]:
    return [{"label": _("Law"), "url": reverse("law:laws")}, *({"label": label, "url": url} for label, url in items)]


def _law_url(law: Law, day: date | None = None) -> str:
    address = reverse("law:law", args=[law.slug])
    return f"{address}?am={day.isoformat()}" if day else address


def names_head(law: Law) -> dict[str, Any]:
    return {"breadcrumb": _crumbs((law.citation, _law_url(law)), (_("Names"), ""))}


def reading_head(reading: Reading, before: Reading | None) -> dict[str, Any]:
    meta = []
    if reading.last_seen != reading.first_seen:
        meta.append(_("seen until %(day)s") % {"day": written(reading.last_seen, "short")})
    if before is not None:
        meta.append(_("the reading before was last seen on %(day)s") % {"day": written(before.last_seen, "short")})
    title = _("Reading of %(day)s") % {"day": written(reading.first_seen)}
    return {
        "kicker": reading.law.citation,
        "title": title,
        "meta": meta,
        "actions": [
            {
                "label": _("The whole law as at this day"),
                "url": _law_url(reading.law, reading.first_seen),
                "kind": "secondary",
            }
        ],
        "breadcrumb": _crumbs((reading.law.citation, _law_url(reading.law)), (title, "")),
        "remarks": [entry["text"] for entry in reading.stand],
        "first": before is None,
    }


def provision_head(
    provision: Provision,
    answer: AsAt,
    spans: Sequence[Span],
    *,
    portal_slug: str,
    day: date | None,
    follow: Sequence[Offer] = (),
) -> dict[str, Any]:
    law, shown = provision.law, answer.sighting
    designation = shown.designation if shown else provision.designation
    title = shown.wording.title if shown else provision.title
    actions: list[dict[str, Any]] = []
    if sum(1 for span in spans if span.sighting) > 1:
        url = reverse("law:synopsis", args=[law.slug, provision.pk])
        actions.append({"label": _("Compare wordings"), "url": url, "kind": "secondary"})
    actions += _to_follow(follow)
    if official := official_url(law, portal_slug):
        actions.append({"label": _("Official page"), "url": official, "kind": "tertiary", "icon": "open-in-new"})
    number = sum(1 for span in spans if span.sighting)
    meta = [ngettext("%(n)d wording known", "%(n)d wordings known", number) % {"n": number}]
    if shown and shown.repealed:
        meta.append(_("repealed"))
    if provision.gone:
        meta.append(_("no longer in the law"))
    return {
        "kicker": f"{law.citation} · {' › '.join(shown.structure)}" if shown and shown.structure else law.citation,
        "title": f"{designation} {title}".strip(),
        "stand": answer.last_seen,
        "meta": meta,
        "actions": actions,
        "breadcrumb": _crumbs((law.citation, _law_url(law, day)), (designation, "")),
    }


def is_doubtful(answer: AsAt) -> bool:
    """Whether the page must warn: the day lies between two readings, or an announced day has passed since the last."""
    return answer.certainty in (Certainty.UNKNOWN, Certainty.BEFORE) or bool(answer.announced)


def neighbour_links(
    law: Law, before: Provision | None, after: Provision | None, *, day: date | None
) -> list[dict[str, str]]:
    both = (("prev", "chevron-left", before), ("next", "chevron-right", after))
    return [
        {
            "rel": rel,
            "icon": icon,
            "label": beside.designation,
            "title": beside.title,
            "url": provision_url(law, beside, day),
        }
        for rel, icon, beside in both
        if beside is not None
    ]


def citing_rows(citing: Sequence[Citing]) -> list[dict[str, Any]]:
    """What cites the provision, as small cards."""
    return [
        {
            "title": one.title,
            "url": one.address,
            "kind": one.kind,
            "part": part_words(one.part) if one.part.startswith("/") else one.part,
            "stand": one.stand,
            "under_review": one.under_review,
        }
        for one in citing
    ]


def synopsis_head(
    provision: Provision, spans: Sequence[Span], old: Sighting | None, new: Sighting | None
) -> dict[str, Any]:
    """The head, and what stands above the two wordings: the days each was seen on."""
    law = provision.law
    return {
        "kicker": _("Synopsis"),
        "title": f"{provision.designation} {law.citation}",
        "lead": provision.title,
        "old_title": _side(old, spans),
        "new_title": _side(new, spans),
        "breadcrumb": _crumbs(
            (law.citation, _law_url(law)),
            (provision.designation, provision_url(law, provision)),
            (_("Synopsis"), ""),
        ),
    }


def _side(sighting: Sighting | None, spans: Sequence[Span]) -> str:
    if sighting is None:
        return _("not there")
    for span in spans:
        seen = span.sighting
        if (
            seen
            and seen.wording_id == sighting.wording_id
            and span.first_seen <= sighting.reading.first_seen <= span.last_seen
        ):
            return f"{sighting.designation}, {_days(span)}"
    return f"{sighting.designation}, {reading_label(sighting.reading)}"


def _days(span: Span) -> str:
    first, last = written(span.first_seen, "short"), written(span.last_seen, "short")
    return first if span.first_seen == span.last_seen else f"{first} – {last}"


def synopsis_choices(spans: Sequence[Span], old: Sighting | None, new: Sighting | None) -> list[dict[str, Any]]:
    """The wordings to choose from, oldest first, each by the reading it was first seen in."""
    choices = []
    for span in spans:
        if span.sighting is None:
            continue
        same_as_old = bool(old and old.wording_id == span.sighting.wording_id)
        same_as_new = bool(new and new.wording_id == span.sighting.wording_id)
        choices.append(
            {
                "value": span.sighting.reading_id,
                "label": f"{span.sighting.designation}, {_days(span)}",
                "old": same_as_old,
                "new": same_as_new,
            }
        )
    return choices


def synopsis_views(query: Mapping[str, str]) -> list[dict[str, Any]]:
    """Columns or one text, everything or the changes only: as tabs that keep the chosen wordings."""
    kept = {name: query[name] for name in ("alt", "neu") if query.get(name)}
    chosen = (query.get("form", ""), query.get("nur", ""))
    named = [
        (_("Side by side"), ("", "")),
        (_("Side by side, changes only"), ("", "aenderungen")),
        (_("As one text"), ("text", "")),
    ]
    return [
        {"label": label, "url": "?" + _query({**kept, "form": form, "nur": only}), "current": (form, only) == chosen}
        for label, (form, only) in named
    ]


def _query(values: dict[str, str]) -> str:
    return urlencode({name: value for name, value in values.items() if value})
