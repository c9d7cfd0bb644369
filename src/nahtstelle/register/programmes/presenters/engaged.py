"""Who works in a programme, as lists."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.people.presenters.directory import person_url
from nahtstelle.register.people.presenters.person import Dated, standing
from nahtstelle.register.vocabulary.presenters.concepts import validity

from ..models import Engagement
from ..queries import Engaged
from ..rules import check_end_engagement


def engaged_table(people: Iterable[Engaged]) -> dict[str, Any]:
    columns = [{"label": _("Name"), "kind": "head"}, _("Because"), _("E-mail")]
    rows = [[{"text": one.person.name, "url": person_url(one.person)}, one.because, one.person.mail] for one in people]
    return {"columns": columns, "rows": rows}


def engaged_lines(engagements: Iterable[Engagement], *, reader: Any, on: date, today: date) -> list[Dated]:
    """The people of a network or project with role and days as on a day; an end can be set where the reader may today."""
    rights: dict[tuple[int | None, str], bool] = {}
    lines = []
    for one in engagements:
        state = standing(one.valid_from, one.valid_until, on)
        place = (one.network_id, one.role)
        if place not in rights:
            rights[place] = may(check_end_engagement, reader, one, on=today)
        end = rights[place] and state != "past"
        note = str(one.get_role_display()) + (f", {one.project.name}" if one.project else "")
        lines.append(
            Dated(
                title=one.person.name,
                url=person_url(one.person),
                note=note,
                span=validity(one.valid_from, one.valid_until),
                state=state,
                end_url=reverse("programmes:end-engagement", args=[one.pk]) if end else "",
            )
        )
    return lines
