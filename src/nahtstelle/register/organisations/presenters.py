"""What a template may see of organisations."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.register.people.presenters.directory import person_url
from nahtstelle.register.people.presenters.person import Dated, standing
from nahtstelle.register.vocabulary.presenters.concepts import Link, concept_url, validity

from .models import Membership, Organisation


def organisation_url(organisation: Organisation) -> str:
    return reverse("organisations:organisation", args=[organisation.slug])


def way(*steps: tuple[str, str]) -> list[Link]:
    """The way from the list of organisations to here, as (label, address); the last one is this page."""
    return [Link(_("Organisations"), reverse("organisations:organisations")), *(Link(*step) for step in steps)]


def organisations_table(organisations: Iterable[Organisation]) -> dict[str, Any]:
    columns = [{"label": _("Name"), "kind": "head"}, _("Kind"), _("Region"), _("Exists")]
    rows = [
        [
            {"text": one.name, "url": organisation_url(one)},
            one.kind.name,
            one.region.name if one.region else "",
            validity(one.valid_from, one.valid_until, short=True),
        ]
        for one in organisations
    ]
    return {"columns": columns, "rows": rows}


def facts_of(organisation: Organisation) -> list[dict[str, Any]]:
    region = organisation.region
    rows = [
        {"term": _("Kind"), "value": organisation.kind.name, "url": concept_url(organisation.kind.key)},
        {"term": _("Region"), "value": region.name if region else "", "url": concept_url(region.key) if region else ""},
        {"term": _("Website"), "value": organisation.website, "url": organisation.website},
        {"term": _("Exists"), "value": validity(organisation.valid_from, organisation.valid_until)},
    ]
    return [row for row in rows if row["value"]]


def members_of(memberships: Iterable[Membership], *, on: date, keeps: bool) -> list[Dated]:
    """The people of an organisation, each with function and days; an end can be set where the reader keeps them."""
    return [
        Dated(
            title=membership.person.name,
            url=person_url(membership.person),
            note=membership.function,
            span=validity(membership.valid_from, membership.valid_until),
            state=(state := standing(membership.valid_from, membership.valid_until, on)),
            end_url=reverse("organisations:leave", args=[membership.pk]) if keeps and state != "past" else "",
        )
        for membership in memberships
    ]
