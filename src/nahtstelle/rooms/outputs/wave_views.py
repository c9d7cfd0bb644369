"""Waves: what a change of law or the fate of a study set in motion, how far it has come, and the owner's answer."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import NotYours, may
from nahtstelle.register.people.rules import check_staff
from nahtstelle.rooms.law.models import Act
from nahtstelle.rooms.law.presenters import shown_change, synopsis_rows
from nahtstelle.rooms.law.queries import changes_of

from . import actions, bulletins, drawing, presenters, queries, rules, settling, work_presenters
from .forms import AnswerForm
from .models import Output, Wave
from .workflow_views import words_of

PER_PAGE = 25


def waves(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    check_staff(request.user, on=today)
    page = Paginator(queries.waves(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"wave": wave, "title": work_presenters.wave_title(wave), "standing": queries.standing(wave, on=today)}
        for wave in page
    ]
    return render(request, "outputs/waves.html", {"page": page, "rows": rows})


def wave(request: HttpRequest, pk: int) -> HttpResponse:
    """One wave: its cause, every output concerned, its owner's answer. Owners see it too."""
    today = timezone.localdate()
    shown = get_object_or_404(queries.waves(), pk=pk)
    is_staff = may(check_staff, request.user, on=today)
    concerned = queries.concerned(shown)
    if not is_staff:
        if not request.user.is_authenticated or not concerned.filter(owner=request.user.person).exists():
            raise NotYours(_("Only staff of the centre and the owners of texts concerned see this page."))
        concerned = concerned.filter(owner=request.user.person)
    only_open = "offen" in request.GET
    page = Paginator(concerned.filter(still_open=True) if only_open else concerned, PER_PAGE).get_page(
        request.GET.get("page")
    )
    changes = []
    if shown.reading and shown.law:
        changes = [shown_change(c, shown.law) for c in changes_of(shown.reading) if c.substance]
    bulletins_there = (
        Output.objects.filter(about_act=shown.act) if shown.act else Output.objects.filter(drafted_for=shown)
    ).order_by("-id")
    here = reverse("outputs:wave", args=[pk])
    return render(
        request,
        "outputs/wave.html",
        {
            "wave": shown, "title": work_presenters.wave_title(shown), "page": page,
            "rows": work_presenters.concerned_rows(page, shown), "standing": queries.standing(shown, on=today),
            "changes": changes, "source_url": presenters.wave_source(shown),
            "bulletins": bulletins_there,
            "may_draft": shown.law is not None and may(rules.check_may_start, request.user, on=today),
            "study": work_presenters.study_of(shown) if shown.work else None,
            "tabs": [
                {"label": _("All texts"), "url": here, "current": not only_open},
                {
                    "label": _("Still open"), "url": f"{here}?offen", "current": only_open,
                    "count": concerned.filter(still_open=True).count(),
                },
            ],
        },
    )  # fmt: skip


def settle(request: HttpRequest, pk: int, output: int) -> HttpResponse:
    """The owner answers: still valid with a reason, a corrected text, or withdrawn. What changed stands beside it."""
    today = timezone.localdate()
    shown = get_object_or_404(queries.waves(), pk=pk)
    text = get_object_or_404(
        Output.objects.select_related("edition", "owner", "kind"), pk=output, pk__in=shown.impacts.values("output")
    )
    rules.check_may_settle(request.user, text, on=today)
    if request.method == "POST":
        words = words_of(request)
        common = {"account": request.user, "by": request.user.actor, "at": timezone.now()}
        match request.POST.get("answer"):
            case "valid":
                settling.confirm_valid(shown, text, reason=words, **common)
                messages.success(request, _("Noted: the text is still right. The banner is gone."))
                return redirect("outputs:wave", pk=pk)
            case "withdraw":
                actions.withdraw(text, why=words, **common)
                messages.success(request, _("Withdrawn. Readers see that and why."))
                return redirect("outputs:wave", pk=pk)
            case _correct:
                return redirect("outputs:edit", slug=text.slug)
    impacts = list(
        text.impacts.filter(wave=shown).select_related(
            "provision", "work", "change__old_wording", "change__new_wording", "settled_by__person"
        )
    )
    comparisons = [
        {
            "impact": impact,
            "thing": work_presenters.thing_of(impact),
            "claims": work_presenters.claims_on(text, impact) if impact.work_id else [],
            "badge": work_presenters.verdict_badge(impact),
            "outcome": work_presenters.outcome_badge(impact) if impact.outcome else None,
            "rows": synopsis_rows(impact.change.old_wording, impact.change.new_wording) if impact.change else [],
            "plans": [] if impact.change else work_presenters.plan_lines(shown, impact),
            "citations": presenters.citation_rows(
                list(
                    text.citations.filter(provision=impact.provision, published=True).select_related("law", "provision")
                )
            )
            if impact.provision
            else [],
        }
        for impact in impacts
    ]
    return render(
        request,
        "outputs/settle.html",
        {
            "wave": shown, "title": work_presenters.wave_title(shown), "output": text,
            "study": work_presenters.study_of(shown) if shown.work else None, "form": AnswerForm(), "comparisons": comparisons, "open": any(i.settled_at is None for i in impacts),
            "drawn": drawing.drawn_edition(text.edition, list(text.citations.select_related("law", "provision"))) if text.edition else None,
        },
    )  # fmt: skip


@require_POST
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the law bulletin of a wave."""
    shown = get_object_or_404(Wave.objects.select_related("law", "reading", "act"), pk=pk)
    if shown.act is not None:
        return _bulletin(
            request, Output.objects.filter(about_act=shown.act), partial(bulletins.draft_from_act, shown.act)
        )
    if shown.reading is None:
        raise Http404  # a study's wave has no bulletin
    draft = partial(bulletins.draft_from_reading, shown.reading, wave=shown)
    return _bulletin(request, Output.objects.filter(drafted_for=shown), draft)


@require_POST
def bulletin_of_act(request: HttpRequest, slug: str) -> HttpResponse:
    """Draft the law bulletin of an act."""
    act = get_object_or_404(Act, slug=slug)
    return _bulletin(request, Output.objects.filter(about_act=act), partial(bulletins.draft_from_act, act))


def _bulletin(request: HttpRequest, known: QuerySet[Output], draft: Callable[..., Output]) -> HttpResponse:
    """One draft at a time: whoever asks a second time is led to the one there is."""
    rules.check_may_start(request.user, on=timezone.localdate())
    there = known.filter(state=Output.State.DRAFT, base=None).order_by("-id").first()
    if there is not None:
        messages.info(request, _("There is a draft already."))
        return redirect("outputs:work", slug=there.slug)
    output = draft(language="de", account=request.user, by=request.user.actor, at=timezone.now())
    messages.success(request, _("The bulletin is drafted. What only you can say stands in square brackets."))
    return redirect("outputs:edit", slug=output.slug)
