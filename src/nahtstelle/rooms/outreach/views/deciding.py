"""The page of one dispatch: its list and letters before approval, its fate afterwards, and what can be done now."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal, refused
from nahtstelle.plumbing.ledger.presenters import trail_lines
from nahtstelle.plumbing.ledger.queries import trail_of

from .. import actions, counting, queries, rules
from ..facts import AnswerGiven
from ..forms import ApproveForm, CancelForm, SendBackForm
from ..letters import Writer
from ..models import Dispatch, MailedAnswer
from ..presenters import dispatches as presenters
from ..presenters import lists

PER_PAGE = 30
WORDS_SHOWN = 50
LANGUAGES = ("de", "en")
State = Dispatch.State


def dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """A dispatch: while in preparation who it would go to today, afterwards exactly who is on the fixed list."""
    rules.check_may_prepare(request.user, on=timezone.localdate())
    return _page(request, _found(pk), {})


def _found(pk: int) -> Dispatch:
    found = Dispatch.objects.select_related(
        "bulletin__edition", "prepared_by__person", "submitted_by__person", "approved_by__person"
    )
    return get_object_or_404(found, pk=pk)


def _page(request: HttpRequest, shown: Dispatch, forms: dict[str, Any], *, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    only = lists.only_of(request.GET)
    part = _to_be(request, shown, only) if shown.state == State.DRAFT else _fixed(request, shown, only)
    counts = part["counts"]
    approve = ApproveForm(initial={"revision": shown.revision, "recipients": counts.total})
    words = {
        **part,
        "dispatch": shown,
        "title": presenters.title(shown),
        "state": presenters.state_badge(shown),
        "facts": presenters.facts(shown),
        "steps": presenters.steps(shown),
        "left_out_lines": lists.left_out_lines(counts),
        "left_out_url": lists.address(queries.Only(fate="left-out")),
        "clear_url": lists.address(queries.Only()),
        "why_not_submit": refused(rules.check_may_submit, request.user, shown, on=today),
        "why_not_approve": refused(rules.check_may_approve, request.user, shown, on=today),
        "stopped": rules.is_stopped(shown),
        "act_url": reverse("outreach:act", args=[shown.pk]),
        "approve_form": approve,
        "back_form": SendBackForm(auto_id="back_%s"),
        "cancel_form": CancelForm(auto_id="cancel_%s"),
        "mailed_waiting": MailedAnswer.objects.filter(recipient__dispatch=shown, decided_at__isnull=True).count(),
        "trail": trail_lines(trail_of(shown).exclude(entry__fact=AnswerGiven.fact_name)[:30]),
        "breadcrumb": [
            {"label": _("Dispatches"), "url": reverse("outreach:dispatches")},
            {"label": presenters.title(shown)},
        ],
        **forms,
    }
    return render(request, "outreach/dispatch.html", words, status=status)


def _to_be(request: HttpRequest, shown: Dispatch, only: queries.Only) -> dict[str, Any]:
    """What the page shows of a list that is not fixed yet."""
    people = queries.concerned(shown, on=timezone.localdate())
    counts = counting.counts_of(people)
    names = lists.names_for(counts, only)
    page = Paginator([one for one in people if queries.fits(one, only)], PER_PAGE).get_page(request.GET.get("page"))
    ids = [one.person.pk for one in people if not one.left_out]
    samples = {one.person.language: one for one in reversed(people) if not one.left_out}
    return {
        "counts": counts,
        "page": page,
        "table": lists.rows_to_be(page),
        "bars": lists.bars(counts, names, only),
        "chips": lists.chips(only, names),
        "warnings": lists.warnings(
            shown, before=counting.written_before(shown, ids), strangers=counting.shut_out(shown, ids)
        ),
        "letters": [
            _letter(shown, language, samples[language].person.name, samples[language].reasons)
            if language in samples
            else _letter(shown, language, request.user.person.name, ())
            for language in LANGUAGES
        ],
    }


def _fixed(request: HttpRequest, shown: Dispatch, only: queries.Only) -> dict[str, Any]:
    """What the page shows of a fixed list."""
    counts = counting.counts_on_list(shown)
    names = lists.names_for(counts, only)
    page = Paginator(queries.listed(shown, only), PER_PAGE).get_page(request.GET.get("page"))
    ids = shown.recipients.filter(left_out="").values("person")
    words: dict[str, Any] = {
        "counts": counts,
        "page": page,
        "table": lists.rows_fixed(shown, page, _letter_address(shown)),
        "bars": lists.bars(counts, names, only),
        "chips": lists.chips(only, names),
    }
    if shown.state == State.SUBMITTED:
        words["warnings"] = lists.warnings(
            shown, before=counting.written_before(shown, ids), strangers=counting.shut_out(shown, ids)
        )
    if shown.state != State.CANCELLED:
        words["letters"] = [_sample(request, shown, language) for language in LANGUAGES]
    if shown.state == State.SENT:
        fate = counting.fate_of(shown)
        words["tiles"] = presenters.tiles(fate, sum(counts.left_out.values()))
        words["answer_bars"] = lists.answer_bars(fate.answers, names, only)
        words["lost_url"] = lists.address(queries.Only(fate="lost")) if fate.lost else ""
        words["said"] = presenters.said(queries.said(shown)[:WORDS_SHOWN])
    return words


def _letter_address(shown: Dispatch) -> str:
    return reverse("outreach:letter", args=[shown.pk, "de"]).removesuffix("de/") + "{language}/"


def _sample(request: HttpRequest, shown: Dispatch, language: str) -> dict[str, Any]:
    """The letter as the first on the list who reads this language gets it."""
    first = queries.listed(shown, queries.Only(language=language)).filter(left_out="").first()
    if first is None:
        return _letter(shown, language, request.user.person.name, ())
    return _letter(shown, language, first.person.name, first.reasons.all())


def _letter(shown: Dispatch, language: str, name: str, reasons: Any) -> dict[str, Any]:
    words = Writer(shown, language).preview(name, reasons)
    return {"language": language, "to": name, "subject": words.subject, "text": words.text, "real": bool(reasons)}


def letter_preview(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The letter as somebody on the list gets it, or without ``an`` as its first reader in this language does."""
    rules.check_may_prepare(request.user, on=timezone.localdate())
    shown = _found(pk)
    if language not in LANGUAGES:
        raise Http404
    number = request.GET.get("an", "")
    if number:
        one = (
            get_object_or_404(queries.listed(shown).filter(left_out=""), pk=number)
            if number.isdecimal() and len(number) < 16
            else None
        )
        if one is None or one.language != language:
            raise Http404
        letter = _letter(shown, language, one.person.name, one.reasons.all())
    else:
        letter = _sample(request, shown, language)
    words = {
        "letter": letter,
        "breadcrumb": [
            {"label": _("Dispatches"), "url": reverse("outreach:dispatches")},
            {"label": presenters.title(shown), "url": reverse("outreach:dispatch", args=[pk])},
            {"label": _("The letter")},
        ],
    }
    return render(request, "outreach/letter_preview.html", words)


@require_POST
def act_on_dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    rules.check_may_prepare(request.user, on=timezone.localdate())
    shown = _found(pk)
    match request.POST.get("step"):
        case "submit":
            done = actions.submit(shown, **_by(request))
            number = done.recipients.filter(left_out="").count()
            said = ngettext(
                "The list of %(n)d person is fixed; a second person decides.",
                "The list of %(n)d people is fixed; a second person decides.",
                number,
            )
            messages.success(request, said % {"n": number})
        case "approve":
            return _approve(request, shown)
        case "send-back":
            return _send_back(request, shown)
        case "cancel":
            actions.cancel(shown, why=request.POST.get("words", "")[:2000].replace("\x00", ""), **_by(request))
            messages.info(request, _("The dispatch was given up."))
        case _unknown:
            raise Refusal(_("This step is not known."))
    return redirect("outreach:dispatch", pk=pk)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"account": request.user, "by": request.user.actor, "at": timezone.now()}


def _approve(request: HttpRequest, shown: Dispatch) -> HttpResponse:
    form = ApproveForm(request.POST)
    if not form.is_valid():
        # Whoever may not approve is told so, rather than asked for the tick.
        rules.check_may_approve(request.user, shown, on=timezone.localdate())
        return _page(request, shown, {"approve_form": form}, status=422)
    numbers = {name: form.cleaned_data[name] for name in ("revision", "recipients")}
    actions.approve(shown, **numbers, **_by(request))
    messages.success(request, _("Approved. The letters are on their way."))
    return redirect("outreach:dispatch", pk=shown.pk)


def _send_back(request: HttpRequest, shown: Dispatch) -> HttpResponse:
    form = SendBackForm(request.POST, auto_id="back_%s")
    if not form.is_valid():
        rules.check_may_send_back(request.user, shown, on=timezone.localdate())
        return _page(request, shown, {"back_form": form}, status=422)
    actions.send_back(shown, words=form.cleaned_data["words"], **_by(request))
    messages.success(request, _("Sent back."))
    return redirect("outreach:dispatch", pk=shown.pk)
