"""Calendars to subscribe to, and the page on which a person gets the private address of theirs."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from nahtstelle.register.duties.queries import of_person
from nahtstelle.register.duties.rules import check_signed_in

from . import calendar_keys, calendars
from .models import CalendarKey
from .views import watched_in

MOST_DUTIES = 500


def _answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


def law(request: HttpRequest) -> HttpResponse:
    """The days on which law changes; ``?gesetz=…`` narrows it to one law."""
    watched, today = watched_in(request).law, timezone.localdate()
    name = _("Dates of law") if watched is None else _("Dates of %s") % watched
    days = calendars.days_of_law(watched, today=today)
    return _answer(calendars.as_calendar(name, days, today=today), watched.slug if watched else "recht")


def programmes(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    days = calendars.days_of_programmes(today=today)
    return _answer(calendars.as_calendar(_("Funding periods"), days, today=today), "programme")


def duties(request: HttpRequest, token: str) -> HttpResponse:
    """What one person owes, for who holds the private address; in the person's own language."""
    person = calendar_keys.owner_of(token)
    if person is None:
        raise Http404
    today = timezone.localdate()
    with override(person.language):
        days = list(calendars.days_of_duties(of_person(person)[:MOST_DUTIES]))
        response = _answer(calendars.as_calendar(_("My duties"), days, today=today), "pflichten")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def my_calendar(request: HttpRequest) -> HttpResponse:
    """One's own private address: made, replaced, taken back."""
    account = check_signed_in(request.user)
    if request.method == "POST":
        now = timezone.now()
        if "take-back" in request.POST:
            calendar_keys.take_address_back(account, by=account.actor, at=now)
            messages.success(request, _("The address was taken back; whoever has it sees nothing any more."))
        else:
            calendar_keys.make_address(account, by=account.actor, at=now)
            messages.success(request, _("Your calendar has a new address."))
        return redirect("feeds:my-calendar")
    key = CalendarKey.objects.filter(person=account.person).first()
    shown = {"address": calendar_keys.address_of(key) if key else "", "key": key}
    return render(request, "feeds/my_calendar.html", shown)
