"""The working page of an output: where it stands, who may do what, its steps, editions and differences."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal, refused

from . import actions, presenters, queries, questions, rules
from .models import Edition, Output, Save

TRAIL_SHOWN = 15


def _seen(request: HttpRequest, slug: str) -> Output:
    output = get_object_or_404(
        Output.objects.select_related("kind", "owner", "edition", "base__edition", "replaced_by", "submitted_by__person"),
        slug=slug,
    )
    rules.check_may_see_working_text(request.user, output, on=timezone.localdate())
    return output


def work(request: HttpRequest, slug: str) -> HttpResponse:
    output = _seen(request, slug)
    today = timezone.localdate()
    account = request.user
    why_not = {
        "edit": refused(rules.check_may_edit, account, output, on=today),
        "submit": refused(rules.check_may_submit, account, output, on=today),
        "review": refused(rules.check_may_review, account, output, on=today),
        "release": refused(rules.check_may_release, account, output, on=today),
        "publish": refused(rules.check_may_publish, account, output, on=today),
        "withdraw": refused(rules.check_may_withdraw, account, output, on=today),
    }
    impacts = queries.open_impacts(output)
    return render(
        request,
        "outputs/work.html",
        {
            "output": output,
            "why_not": why_not,
            "stepper": presenters.stepper(output),
            "steps": output.steps.select_related("by__person")[:TRAIL_SHOWN],
            "editions": output.editions.select_related("published_by__person", "reviewed_by__person"),
            "impacts": impacts,
            "banners": presenters.banners(output, impacts, today=today),
            "citations": presenters.citation_rows(
                list(output.citations.filter(working=True).select_related("law", "provision"))
            ),
            "left_texts": output.left_texts.filter(settled_at=None).select_related("by__person"),
            "variants": (output.base or output).variants.select_related("edition", "base"),
            "stale": queries.stale_variant(output),
            "authors": output.authorships.select_related("person"),
            "offers": questions.offers_for(output, account),
            "fresh": output.edition is None or output.edition.revision != output.revision,
            "drawn": presenters.draw(output.body, find=presenters.law_links(list(output.citations.select_related("law", "provision")))),
        },
    )  # fmt: skip


@require_POST
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """One step of the workflow; which one is the name of the button."""
    output = _seen(request, slug)
    words = request.POST.get("words", "").strip()
    common: dict[str, Any] = {"account": request.user, "by": request.user.actor, "at": timezone.now()}
    match request.POST.get("step"):
        case "submit":
            actions.submit(output, words=words, **common)
            messages.success(request, _("Submitted. A second person reads it now."))
        case "send-back":
            actions.send_back(output, words=words, **common)
            messages.success(request, _("Sent back to its authors."))
        case "sign-off":
            revision = int(request.POST.get("revision") or 0)
            actions.sign_off(output, revision=revision, words=words, **common)
            messages.success(request, _("Signed off."))
        case "release":
            actions.release(output, words=words, **common)
            messages.success(request, _("Released."))
        case "publish":
            actions.publish(output, note=words, **common)
            messages.success(request, _("Published. Readers see the new edition."))
        case "schedule":
            actions.schedule(output, publish_at=_moment(request.POST.get("publish_at", "")), **common)
            messages.success(request, _("The moment of publication was noted."))
        case "withdraw":
            actions.withdraw(output, why=words, **common)
            messages.success(request, _("Withdrawn. Readers see that and why."))
        case "take-up":
            actions.take_up_again(output, words=words, **common)
        case "supersede":
            successor = Output.objects.filter(slug=request.POST.get("successor", "").strip()).first()
            if successor is None:
                raise Refusal(_("The successor is not known; please give its address."))
            actions.supersede(output, successor=successor, **common)
        case _unknown:
            raise Refusal(_("This step is not known."))
    return redirect("outputs:work", slug=slug)


def _moment(words: str) -> datetime | None:
    if not words:
        return None
    try:
        moment = parse_datetime(words)
    except ValueError:
        moment = None
    if moment is None:
        raise Refusal(_("That is no moment; please choose a day and a time."))
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two states of a text: editions ("e2") or saves ("r14"); without a choice the edition against the working text."""
    output = _seen(request, slug)
    old = _state(output, request.GET.get("alt", "")) or output.edition
    new = _state(output, request.GET.get("neu", "")) or output
    choices = [(f"e{edition.number}", _("Edition %d") % edition.number) for edition in output.editions.all()]
    saves = output.saves.filter(automatic=False).select_related("by__person")[:40]
    choices += [(f"r{save.revision}", f"{timezone.localtime(save.at):%d.%m.%Y %H:%M} {save.by.person if save.by else ''}") for save in saves]
    return render(
        request,
        "outputs/compare.html",
        {
            "output": output,
            "choices": choices,
            "old": request.GET.get("alt", ""),
            "new": request.GET.get("neu", ""),
            "title_rows": presenters.text_difference(old.title if old else "", new.title),
            "rows": presenters.text_difference(old.body if old else "", new.body),
        },
    )


def _state(output: Output, name: str) -> Edition | Save | None:
    if name[:1] == "e" and name[1:].isdigit():
        return output.editions.filter(number=int(name[1:])).first()
    if name[:1] == "r" and name[1:].isdigit():
        return output.saves.filter(revision=int(name[1:])).first()
    return None
