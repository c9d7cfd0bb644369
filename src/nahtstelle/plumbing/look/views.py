"""The living style page: every component with example data, in the language of the visitor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from .style_data import style_context

_TEMPLATES = {
    "editor": "look/style_editor.html",
    "confirm": "look/confirm.html",
    "message": "look/message_page.html",
    "compact": "look/style_compact.html",
}


def style_page(request: HttpRequest) -> HttpResponse:
    """All components; ``?page=editor``, ``confirm``, ``message`` and ``compact`` show the other base templates."""
    context = style_context(language=get_language() or "de", now=timezone.now(), query=request.GET)
    wanted = request.GET.get("page", "")
    parts = context["pages"].get(wanted, {})
    return render(request, _TEMPLATES.get(wanted, "look/style_page.html"), {**context, **parts})
