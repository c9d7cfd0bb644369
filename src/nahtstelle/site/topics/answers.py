"""What a programme's page gets from above: its introduction, and what the graph says of it."""

from datetime import date

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.programmes.questions import Parts
from nahtstelle.rooms.outputs import queries as outputs
from nahtstelle.site.pages.places import programme_place, topic_address
from nahtstelle.site.pages.queries import themes_of
from nahtstelle.site.pages.standing import standing_in

from . import composing, queries

THEMES_SHOWN = 8


def parts_of_programme(programme: Programme, request: HttpRequest, *, on: date) -> Parts:
    """``on`` is the day whose structure the page shows; texts and law are those of today."""
    today = timezone.localdate()
    texts = outputs.published(request.user, on=today, programmes=[programme.key])
    text = standing_in(programme_place(programme), request)
    introduction = {"text": text}
    shown = {
        "composed": composing.composed(texts, on=today, kept={"p": programme.key}),
        "working": composing.working_rows(queries.working_for(programme, on=on), programme=programme),
        "themes": [
            {"label": one.name, "url": topic_address(one), "value": number}
            for one, number in themes_of(texts, shown=THEMES_SHOWN)
        ],
        "of_programme": True,
    }
    return Parts(
        head=mark_safe(render_to_string("topics/_head.html", {}, request)),  # noqa: S308 - drawn by a template
        introduction=mark_safe(render_to_string("topics/_introduction.html", introduction, request)),  # noqa: S308 - as above
        composed=mark_safe(render_to_string("topics/_composed.html", shown, request)),  # noqa: S308 - as above
        has_introduction=text.is_written,
    )  # fmt: skip
