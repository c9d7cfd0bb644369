"""Asking for a letter with a link, as both doors do that let somebody in without a password."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ..forms import MailForm


def ask_for_letter(
    request: HttpRequest, *, send: Callable[[str], object], title: str, lead: str, sent: str
) -> HttpResponse:
    """Send the link. The answer is the same for an address nobody has, so that nobody can ask who has an account.

    ``sent`` is what is said then, with a gap for the address.
    """
    form = MailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mail = form.cleaned_data["mail"]
        send(mail)
        words = {"title": _("Please look into your mailbox"), "text": sent % mail, "icon": "mail"}
        return render(request, "look/message_page.html", words)
    context = {"form": form, "title": title, "lead": lead}
    return render(request, "door/ask.html", context, status=422 if form.errors else 200)
