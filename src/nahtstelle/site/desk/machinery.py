"""The machine room: are facts delivered, do letters go out, does the worker live; and what to do if not."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nahtstelle.plumbing.ledger import delivery as delivering
from nahtstelle.plumbing.ledger.heartbeats import alive
from nahtstelle.plumbing.ledger.models import Chore, Delivery, Heartbeat
from nahtstelle.plumbing.ledger.presenters import entry_line
from nahtstelle.plumbing.ledger.queries import health as queue_health
from nahtstelle.plumbing.ledger.queries import undelivered
from nahtstelle.register.notices import actions as notices
from nahtstelle.register.notices.models import Letter
from nahtstelle.register.notices.queries import barred_addresses, outbox, troubled_letters
from nahtstelle.register.people.models import Account
from nahtstelle.register.people.rules import check_operator

from . import machinery_mail as mail_tables
from . import machinery_tables as tables

SHOWN = 50


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    _operator(request)
    now = timezone.now()
    queue, post, workers = queue_health(at=now), outbox(at=now), alive(at=now)
    failures = undelivered().exclude(error="")
    return render(
        request,
        "desk/machinery.html",
        {
            "title": _("Machine room"),
            "troubles": tables.troubles(queue, post, workers, mail_host=settings.EMAIL_HOST),
            "tiles": tables.tiles(queue, post),
            "failures": tables.failures(failures[:SHOWN]),
            "failures_left": max(failures.count() - SHOWN, 0),
            "letters": mail_tables.letters(troubled_letters()[:SHOWN]),
            "barred": mail_tables.barred(barred_addresses()[:SHOWN]),
            "chores": tables.chores(Chore.objects.all()),
            "workers": tables.workers(Heartbeat.objects.all()[:20], alive=workers),
            "head_actions": [{"label": _("The trail of everything"), "url": reverse("machinery:trail")}],
        },
    )


@require_safe
def delivery(request: HttpRequest, number: int) -> HttpResponse:
    """One delivery with its whole error."""
    _operator(request)
    found = get_object_or_404(Delivery.objects.select_related("entry"), pk=number)
    actions = []
    if found.state != Delivery.State.DONE:
        again = reverse("machinery:retry-delivery", args=[found.pk])
        actions.append({"label": _("Try again now"), "url": again, "post": True, "icon": "autorenew"})
    return render(
        request,
        "desk/delivery.html",
        {
            "title": entry_line(found.entry).sentence,
            "facts": tables.facts_of(found),
            "error": found.error,
            "head_actions": actions,
        },
    )


@require_POST
def retry_delivery(request: HttpRequest, number: int) -> HttpResponse:
    account = _operator(request)
    found = get_object_or_404(Delivery, pk=number)
    if delivering.retry(found, by=account.actor, at=timezone.now()):
        messages.success(request, _("The worker tries it again within a second."))
    else:
        messages.info(request, _("It was delivered meanwhile."))
    return redirect("machinery:health")


@require_POST
def retry_letter(request: HttpRequest, number: int) -> HttpResponse:
    account = _operator(request)
    letter = get_object_or_404(Letter, pk=number)
    notices.retry_letter(letter=letter, by=account.actor, at=timezone.now())
    messages.success(request, _("The letter is back in the outbox."))
    return redirect("machinery:health")


@require_POST
def clear_address(request: HttpRequest) -> HttpResponse:
    account = _operator(request)
    address = request.POST.get("address", "")
    if notices.clear_address(address=address, by=account.actor, at=timezone.now()):
        messages.success(request, _("Mail goes to %(address)s again.") % {"address": address})
    return redirect("machinery:health")


def _operator(request: HttpRequest) -> Account:
    check_operator(request.user, on=timezone.localdate())
    assert isinstance(request.user, Account)
    return request.user
