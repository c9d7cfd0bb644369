"""Acts of amendment: recorded, changed, announced."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal, may, refused

from . import acts as actions
from . import rules
from .forms import ActForm, PlanForm
from .models import Act, PlannedChange

PER_PAGE = 30


def acts(request: HttpRequest) -> HttpResponse:
    """All recorded acts; open to readers, since what is planned concerns them."""
    page = Paginator(Act.objects.prefetch_related("changes__law"), PER_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "may_record": may(rules.check_may_record_acts, request.user, on=timezone.localdate())}
    return render(request, "law/acts.html", shown)


def act(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Act, slug=slug)
    today = timezone.localdate()
    lines = (
        shown.changes.select_related("law", "provision", "reverses__act")
        .prefetch_related("status_groups", "reversals__act")
        .order_by("in_force", "id")
    )
    return render(
        request,
        "law/act.html",
        {
            "act": shown,
            "lines": lines,
            "stages": [{"date": s.on, "title": s.get_stage_display(), "text": s.source, "state": "past"} for s in shown.stages.all()],
            "may_record": may(rules.check_may_record_acts, request.user, on=today),
            "not_announceable": refused(rules.check_act_can_be_announced, shown),
            "today": today,
        },
    )  # fmt: skip


def new_act(request: HttpRequest) -> HttpResponse:
    return _act_form(request, None)


def edit_act(request: HttpRequest, slug: str) -> HttpResponse:
    return _act_form(request, get_object_or_404(Act, slug=slug))


def _act_form(request: HttpRequest, shown: Act | None) -> HttpResponse:
    rules.check_may_record_acts(request.user, on=timezone.localdate())
    form = ActForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        revision = values.pop("revision", None)
        common: dict[str, Any] = {"account": request.user, "by": request.user.actor, "at": timezone.now()}
        try:
            if shown is None:
                saved = actions.record_act(**values, **common)
            else:
                saved = actions.change_act(shown, revision=revision or 0, **values, **common)
            return redirect("law:act", slug=saved.slug)
        except (Refusal, ValidationError) as trouble:
            form.add_error(None, trouble.messages if isinstance(trouble, ValidationError) else str(trouble))
    return render(request, "law/act_form.html", {"form": form, "act": shown}, status=422 if form.errors else 200)


def plan(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add what an act does to one provision, or alter it."""
    rules.check_may_record_acts(request.user, on=timezone.localdate())
    shown = get_object_or_404(Act, slug=slug)
    change = get_object_or_404(PlannedChange, pk=pk, act=shown) if pk else None
    form = PlanForm(request.POST or None, instance=change, act=shown)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        revision, why = values.pop("revision", None), values.pop("why", "")
        try:
            actions.plan_change(
                shown, change=change, revision=revision or 0, account=request.user, why=why, by=request.user.actor,
                at=timezone.now(), **values,
            )  # fmt: skip
            return redirect("law:act", slug=slug)
        except (Refusal, ValidationError) as trouble:
            form.add_error(None, trouble.messages if isinstance(trouble, ValidationError) else str(trouble))
    words = {"form": form, "act": shown, "change": change}
    return render(request, "law/plan_form.html", words, status=422 if form.errors else 200)


def drop_plan(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    rules.check_may_record_acts(request.user, on=timezone.localdate())
    change = get_object_or_404(PlannedChange.objects.select_related("act"), pk=pk, act__slug=slug)
    if request.method == "POST":
        actions.drop_change(
            change, revision=int(request.POST.get("revision") or 0), account=request.user,
            why=request.POST.get("why", ""), by=request.user.actor, at=timezone.now(),
        )  # fmt: skip
        return redirect("law:act", slug=slug)
    return render(request, "law/drop_plan.html", {"change": change, "act": change.act})


@require_POST
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Act, slug=slug)
    actions.announce(
        shown, revision=int(request.POST.get("revision") or 0), account=request.user, by=request.user.actor,
        at=timezone.now(),
    )  # fmt: skip
    messages.success(
        request, _("The consequences are on their way: whatever cites these provisions is being looked for.")
    )
    return redirect("law:act", slug=slug)
