"""Answers to a dispatch that came by mail: read, confirmed or laid aside."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal

from .. import mailed, rules
from ..forms import MailedForm
from ..models import Dispatch, MailedAnswer
from ..presenters import dispatches as presenters
from ..presenters import mailed as mailed_presenters

PER_PAGE = 20


def mailed_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """What came by mail, undecided first."""
    rules.check_may_prepare(request.user, on=timezone.localdate())
    shown = get_object_or_404(Dispatch, pk=pk)
    page = Paginator(mailed.answers_to(shown), PER_PAGE).get_page(request.GET.get("page"))
    title = presenters.title(shown)
    words = {
        "dispatch": shown,
        "title": title,
        "page": page,
        "items": [{**mailed_presenters.item(one), "form": MailedForm(auto_id=f"mail-{one.pk}-%s")} for one in page],
        "breadcrumb": [
            {"label": _("Dispatches"), "url": reverse("outreach:dispatches")},
            {"label": title, "url": reverse("outreach:dispatch", args=[shown.pk])},
            {"label": _("Answers by mail")},
        ],
    }
    return render(request, "outreach/mailed.html", words)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, as one of the answers, or lay aside."""
    rules.check_may_prepare(request.user, on=timezone.localdate())
    one = get_object_or_404(MailedAnswer.objects.select_related("recipient"), pk=pk)
    form = MailedForm(request.POST)
    if not form.is_valid():
        raise Refusal(form.errors["answer"][0])
    answer, now = form.cleaned_data["answer"], timezone.now()
    if answer == MailedForm.ASIDE:
        mailed.lay_aside(one, account=request.user, at=now)
        messages.success(request, _("The mail was laid aside; it counts as no answer."))
    else:
        mailed.confirm(one, answer=answer, account=request.user, at=now)
        messages.success(request, _("The answer is counted."))
    return redirect("outreach:mailed", pk=one.recipient.dispatch_id)
