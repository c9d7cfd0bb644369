"""A recipient's answer by the signed link in their letter: no account needed, good for this one purpose."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from nahtstelle.plumbing.ledger.actors import Actor

from .. import actions, rules
from ..answer_links import recipient_of
from ..forms import AnswerForm
from ..letters import bulletin_in
from ..models import Recipient


@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, because mail scanners open every link; only sending the form does."""
    recipient = recipient_of(token, on=timezone.localdate())
    if recipient is None:
        words = {
            "title": _("This link is not valid"),
            "text": _("It is damaged or too old. Please use the link in the letter as it is."),
            "icon": "info",
        }
        return render(request, "look/message_page.html", words, status=404)
    rules.check_was_written_to(recipient)
    form = AnswerForm(request.POST or None, initial=_known(request, recipient))
    bulletin = bulletin_in(recipient.dispatch.bulletin, recipient.language)
    address = reverse("outputs:output", args=[bulletin.slug])
    if request.method == "POST" and form.is_valid():
        by = Actor(ref=f"person:{recipient.person_id}", label=recipient.person.name)
        actions.answer(recipient, by=by, at=timezone.now(), **form.cleaned_data)
        words = {
            "title": _("Thank you"),
            "text": _("Your answer reached us. You can change it with the same link."),
            "icon": "success",
            "action": {"label": _("To the text"), "url": address},
        }
        return render(request, "look/message_page.html", words)
    words = {"form": form, "recipient": recipient, "text": bulletin.edition or bulletin, "text_url": address}
    return render(request, "outreach/answer.html", words, status=422 if form.errors else 200)


def _known(request: HttpRequest, recipient: Recipient) -> dict[str, str]:
    """What they answered before, or what they chose in the letter."""
    chosen = request.GET.get("a", "")
    chosen = chosen if chosen in Recipient.Answer.values else ""
    return {"answer": chosen or recipient.answer, "words": recipient.words}
