"""The letters of the demo as anybody may read them: there is no mail server, so a page shows the outbox."""

import re
from html import escape

from django.db.models import Q, QuerySet
from django.urls import Resolver404, resolve
from django.utils.safestring import SafeString

from nahtstelle.register.notices.models import Letter

_ADDRESS = re.compile(r"https?://[^\s/<>\"]+(/[^\s<>\"]*)")


def letters(words: str = "") -> QuerySet[Letter]:
    """All letters, newest first; with words only those whose recipient or subject holds every one of them."""
    found = Letter.objects.select_related("person").order_by("-not_before", "-id")
    for word in words.split():
        found = found.filter(Q(to__icontains=word) | Q(subject__icontains=word) | Q(person__name__icontains=word))
    return found


def with_links(text: str) -> SafeString:
    """The text of a letter as HTML in which the addresses of this house can be followed.

    A letter names the address the centre had when it was written; the demo may run at another one by now, so links lead
    to the path at this one. Addresses of others stay text.
    """
    parts: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        parts.append(escape(text[end : found.start()]))
        shown, path = escape(found[0]), found[1]
        parts.append(f'<a href="{escape(path)}">{shown}</a>' if _is_ours(path) else shown)
        end = found.end()
    parts.append(escape(text[end:]))
    return SafeString("".join(parts))


def _is_ours(path: str) -> bool:
    try:
        resolve(path.split("?")[0].split("#")[0])
    except Resolver404:
        return False
    return True
