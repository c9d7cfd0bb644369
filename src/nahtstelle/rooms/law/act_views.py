"""Acts of amendment: recorded, changed, announced."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal, may, refused
from nahtstelle.plumbing.kit.submissions import once

from . import acts as actions
from . import presenters, queries, questions, rules
from .forms import ActForm, DropForm, PlanForm
from .models import Act, PlannedChange
from .presenters import lists

PER_PAGE = 30


def acts(request: HttpRequest) -> HttpResponse:
    """All recorded acts; open to readers, since what is planned concerns them."""
    page = Paginator(queries.acts(), PER_PAGE).get_page(request.GET.get("page"))
    may_record = may(rules.check_may_record_acts, request.user, on=timezone.localdate())
    shown = {
        "tabs": lists.tabs(request.path, signed_in=request.user.is_authenticated),
        "page": page,
        "cards": presenters.act_cards(page),
        "may_record": may_record,
        "head_actions": presenters.acts_actions() if may_record else [],
    }
    return render(request, "law/acts.html", shown)


def act(request: HttpRequest, slug: str) -> HttpResponse:
    """One act: its way, what it does to which provision, and the button that sets its consequences going."""
    shown = get_object_or_404(Act, slug=slug)
    today = timezone.localdate()
    may_record = may(rules.check_may_record_acts, request.user, on=today)
    words = {
        "act": shown,
        "head": presenters.act_head(shown, may_record=may_record),
        "lines": presenters.plan_rows(shown, queries.lines_of(shown), today=today, may_record=may_record),
        "steps": presenters.stage_steps(shown, shown.stages.all()),
        "sources": presenters.source_links(shown.sources),
        "may_record": may_record,
        "not_announceable": refused(rules.check_act_can_be_announced, shown),
        "offers": presenters.offer_actions(questions.offers_for(shown, request.user)),
    }
    return render(request, "law/act.html", words)


def new_act(request: HttpRequest) -> HttpResponse:
    return _act_form(request, None)


def edit_act(request: HttpRequest, slug: str) -> HttpResponse:
    return _act_form(request, get_object_or_404(Act, slug=slug))


def _act_form(request: HttpRequest, shown: Act | None) -> HttpResponse:
    rules.check_may_record_acts(request.user, on=timezone.localdate())
    form = ActForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        revision, submission = values.pop("revision", None), values.pop("submission", None)
        common: dict[str, Any] = {"account": request.user, "by": request.user.actor, "at": timezone.now()}

        def save() -> str:
            if shown is None:
                saved = actions.record_act(**values, **common)
            else:
                saved = actions.change_act(shown, revision=revision or 0, **values, **common)
            return reverse("law:act", args=[saved.slug])

        try:
            return redirect(once(submission if shown is None else None, save, at=common["at"]))
        except (Refusal, ValidationError) as trouble:
            form.add_error(None, trouble.messages if isinstance(trouble, ValidationError) else str(trouble))
    words = {"form": form, "act": shown, "head": presenters.act_form_head(shown)}
    return render(request, "law/act_form.html", words, status=422 if form.errors else 200)


def plan(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add what an act does to one provision, or alter it."""
    rules.check_may_record_acts(request.user, on=timezone.localdate())
    shown = get_object_or_404(Act, slug=slug)
    change = get_object_or_404(PlannedChange.objects.select_related("law"), pk=pk, act=shown) if pk else None
    if change is not None:
        rules.check_plan_stands(change)
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
    words = {"form": form, "act": shown, "change": change, "head": presenters.plan_form_head(shown, change)}
    return render(request, "law/plan_form.html", words, status=422 if form.errors else 200)


def drop_plan(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take one line of an act out, with the reason."""
    rules.check_may_record_acts(request.user, on=timezone.localdate())
    lines = PlannedChange.objects.select_related("act", "law")
    change = get_object_or_404(lines, pk=pk, act__slug=slug)
    rules.check_plan_stands(change)
    form = DropForm(request.POST or None, initial={"revision": change.act.revision})
    if request.method == "POST" and form.is_valid():
        try:
            actions.drop_change(
                change, revision=form.cleaned_data["revision"] or 0, account=request.user,
                why=form.cleaned_data["why"], by=request.user.actor, at=timezone.now(),
            )  # fmt: skip
            return redirect("law:act", slug=slug)
        except Refusal as trouble:
            form.add_error(None, str(trouble))
    words = {**presenters.drop_page(change), "form": form}
    return render(request, "law/drop_plan.html", words, status=422 if form.errors else 200)


@require_POST
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """Have everything looked for that cites the provisions of an act."""
    rules.check_may_record_acts(request.user, on=timezone.localdate())
    shown = get_object_or_404(Act, slug=slug)
    revision = request.POST.get("revision", "")
    actions.announce(
        shown, revision=int(revision) if revision.isascii() and revision.isdigit() else 0, account=request.user,
        by=request.user.actor, at=timezone.now(),
    )  # fmt: skip
    messages.success(
        request, _("The consequences are on their way: whatever cites these provisions is being looked for.")
    )
    return redirect("law:act", slug=slug)
