"""Reporting a barrier, and answering those who did."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal, refused
from nahtstelle.plumbing.kit.submissions import once
from nahtstelle.plumbing.ledger.actors import system

from . import actions, rules
from .forms import AnswerForm, FilterForm, ReportForm
from .models import Report
from .referring import our_path, page_before

PER_PAGE = 30


def report(request: HttpRequest) -> HttpResponse:
    """The form. Without account, without CAPTCHA; sent twice it is one report."""
    page = our_path(request.GET.get("seite", "")) or page_before(request)
    form = ReportForm(request.POST or None, initial={"page": page})
    if request.method == "POST" and form.is_valid():
        chosen, at = form.cleaned_data, timezone.now()
        if chosen["website"]:
            return redirect("barriers:thanks")  # a machine filled what people do not see

        def act() -> str:
            by = request.user.actor if request.user.is_authenticated else system("barriers")
            actions.report(
                page=chosen["page"], words=chosen["words"], name=chosen["name"], mail=chosen["mail"],
                language=(get_language() or "de")[:2], connection=request.META.get("REMOTE_ADDR", ""), by=by, at=at,
            )  # fmt: skip
            return reverse("barriers:thanks")

        try:
            return redirect(once(chosen["submission"], act, at=at))
        except NotNow as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "barriers/report.html", {"form": form, "contact": settings.CONTACT_MAIL}, status=status)


def thanks(request: HttpRequest) -> HttpResponse:
    back = {"label": _("To the start page"), "url": reverse("home")}
    words = {
        "title": _("Thank you for telling us"),
        "text": _("Your report is with our editors. If you gave an e-mail address, you get an answer within a month."),
        "action": back, "icon": "success",
    }  # fmt: skip
    return render(request, "look/message_page.html", words)


def reports(request: HttpRequest) -> HttpResponse:
    """Everything that was reported."""
    rules.check_may_read_reports(request.user, on=timezone.localdate())
    form = FilterForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    found = Report.objects.all()
    if state:
        found = found.filter(answered_at__isnull=state == "open")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    columns = [
        {"label": _("Page"), "kind": "head"}, {"label": _("Reported"), "kind": "date"}, _("In short"),
        {"label": _("State"), "kind": "status"},
    ]  # fmt: skip
    rows = [
        [
            {"text": one.page or _("the whole site"), "url": reverse("barriers:one", args=[one.pk])},
            timezone.localdate(one.reported_at),
            _in_short(one),
            {"badge": {"label": _("answered"), "tone": "success"}} if one.answered_at
            else {"badge": {"label": _("not answered yet"), "tone": "warning"}},
        ]
        for one in page
    ]  # fmt: skip
    shown = {"form": form, "page": page, "columns": columns, "rows": rows, "filtered": bool(state)}
    return render(request, "barriers/reports.html", shown)


def _in_short(report: Report) -> str:
    if report.forgotten_at:
        return _("forgotten, as its time had come")
    return report.words if len(report.words) <= 120 else report.words[:119] + "…"


def one_report(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Report.objects.select_related("answered_by__person"), pk=pk)
    today = timezone.localdate()
    rules.check_may_read(request.user, found, on=today)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(
                found, words=form.cleaned_data["words"], account=request.user, by=request.user.actor, at=timezone.now()
            )
            messages.success(request, _("Noted. The duty is settled."))
            return redirect("barriers:one", pk=pk)
        except NotYours:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    shown = {
        "report": found, "form": form, "why_not": refused(rules.check_may_answer, request.user, found, on=today),
        "page_url": our_path(found.page),
    }  # fmt: skip
    return render(request, "barriers/one.html", shown, status=422 if form.errors else 200)
