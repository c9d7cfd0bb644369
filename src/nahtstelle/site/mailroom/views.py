"""The inbox of the centre."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nahtstelle.plumbing.files.actions import content_of
from nahtstelle.plumbing.ledger.presenters import trail_lines
from nahtstelle.plumbing.ledger.queries import trail_of
from nahtstelle.register.notices.senders import sender_badge
from nahtstelle.register.people.queries import person_for

from . import actions, matters, presenters, queries, rules
from .forms import AssignForm, CloseForm, SearchForm
from .models import Mail, MailFile

PAGE = 40


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """What came in, by standing, searched."""
    rules.check_may_read(request.user, on=timezone.localdate())
    views = queries.views_for(request.user.person)
    chosen = request.GET.get("stand", "open")
    chosen = chosen if chosen in views else "open"
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    page = Paginator(queries.mails(views[chosen], words), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "hidden": [("stand", chosen)],
        "page": page,
        "filtered": bool(words),
        "tabs": presenters.tabs(queries.counts(request.user.person), chosen),
        **presenters.table(page.object_list),
    }
    return render(request, "mailroom/mails.html", context)


@require_safe
def mail(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, _found(request, number))


def _page(request: HttpRequest, shown: Mail, *, status: int = 200, **forms: object) -> HttpResponse:
    known = person_for(shown.from_address)
    context = {
        "mail": shown,
        "title": presenters.subject(shown),
        "badge": sender_badge(shown.sender),
        "facts": presenters.facts(shown, known=known.name if known else "", about=matters.shown(shown)),
        "files": presenters.files(shown.files.all()),
        "assign_form": AssignForm(on=timezone.localdate(), initial={"to": shown.assigned_to_id}),
        "close_form": CloseForm(),
        "trail": trail_lines(trail_of(shown)[:20]),
        "breadcrumb": [{"label": _("Mail"), "url": reverse("mailroom:mails")}, {"label": presenters.subject(shown)}],
        **forms,
    }
    return render(request, "mailroom/mail.html", context, status=status)


@require_safe
def file(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """A file that came with a mail: always saved, never opened in the browser as a page of ours."""
    found = get_object_or_404(MailFile.objects.select_related("file"), pk=pk, mail=_found(request, number))
    if found.file is None:
        raise Http404
    answer = HttpResponse(content_of(found.file), content_type=found.file.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, found.name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def assign(request: HttpRequest, number: int) -> HttpResponse:
    shown = _found(request, number)
    form = AssignForm(request.POST, on=timezone.localdate())
    if not form.is_valid():
        return _page(request, shown, status=422, assign_form=form)
    actions.assign(mail=shown, to=form.cleaned_data["to"], account=request.user, at=timezone.now())
    messages.success(request, _("%s looks after it.") % form.cleaned_data["to"].name)
    return redirect("mailroom:mail", number=number)


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    shown = _found(request, number)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, status=422, close_form=form)
    actions.close(mail=shown, why=form.cleaned_data["why"], account=request.user, at=timezone.now())
    messages.success(request, _("The mail is closed."))
    return redirect("mailroom:mails")


@require_POST
def open_again(request: HttpRequest, number: int) -> HttpResponse:
    actions.open_again(mail=_found(request, number), account=request.user, at=timezone.now())
    messages.success(request, _("The mail is open again."))
    return redirect("mailroom:mail", number=number)


def _found(request: HttpRequest, number: int) -> Mail:
    rules.check_may_read(request.user, on=timezone.localdate())
    return get_object_or_404(Mail.objects.select_related("assigned_to"), pk=number)
