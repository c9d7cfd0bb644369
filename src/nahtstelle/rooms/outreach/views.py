"""Pages of the room outreach: prepare, look at the exact list, approve, follow; and the recipients' answer by link."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal, refused
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.notices.models import Letter
from nahtstelle.rooms.outputs.models import Output

from . import actions, queries, rules
from .forms import AnswerForm, DispatchForm
from .letters import letter_for, recipient_of
from .models import Dispatch, Recipient

PER_PAGE = 30


def dispatches(request: HttpRequest) -> HttpResponse:
    rules.check_may_prepare(request.user, on=timezone.localdate())
    page = Paginator(queries.dispatches(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "outreach/dispatches.html", {"page": page})


def new_dispatch(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the dispatch of a text; its programmes, Länder and themes are suggested from the text's own."""
    rules.check_may_prepare(request.user, on=timezone.localdate())
    bulletin = get_object_or_404(Output, slug=slug)
    concepts = bulletin.concepts.select_related("facet")
    initial = {
        "subject_de": bulletin.title if bulletin.language != "en" else "",
        "subject_en": bulletin.title if bulletin.language == "en" else _english_title(bulletin),
        "programmes": bulletin.programmes.all(),
        "regions": [c for c in concepts if c.facet.key == "region" and c.level == "land"],
        "themes": [c for c in concepts if c.facet.key == "theme"],
    }
    form = DispatchForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        made = actions.prepare(bulletin, account=request.user, by=request.user.actor, at=timezone.now(), **values)
        return redirect("outreach:dispatch", pk=made.pk)
    words = {"form": form, "bulletin": bulletin, "dispatch": None}
    return render(request, "outreach/dispatch_form.html", words, status=422 if form.errors else 200)


def _english_title(bulletin: Output) -> str:
    variant = bulletin.variants.filter(language="en").first()
    return variant.title if variant else ""


def edit_dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    rules.check_may_prepare(request.user, on=timezone.localdate())
    shown = get_object_or_404(Dispatch.objects.select_related("bulletin"), pk=pk)
    rules.check_can_be_changed(shown)
    form = DispatchForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        revision = values.pop("revision") or 0
        try:
            actions.change(
                shown, revision=revision, account=request.user, by=request.user.actor, at=timezone.now(), **values
            )
            return redirect("outreach:dispatch", pk=pk)
        except (Refusal, ValidationError) as trouble:
            form.add_error(None, trouble.messages if isinstance(trouble, ValidationError) else str(trouble))
    words = {"form": form, "bulletin": shown.bulletin, "dispatch": shown}
    return render(request, "outreach/dispatch_form.html", words, status=422 if form.errors else 200)


def dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """A dispatch: while in preparation who it would go to today, afterwards exactly who is on the fixed list."""
    today = timezone.localdate()
    rules.check_may_prepare(request.user, on=today)
    shown = get_object_or_404(
        Dispatch.objects.select_related(
            "bulletin__edition", "prepared_by__person", "submitted_by__person", "approved_by__person"
        ),
        pk=pk,
    )
    draft = shown.state == Dispatch.State.DRAFT
    if draft:
        listed: Any = queries.concerned(shown, on=today)
    else:
        listed = shown.recipients.select_related("person", "letter").order_by("person__name", "id")
        if only := request.GET.get("antwort"):
            listed = listed.filter(answer="" if only == "keine" else only)
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "outreach/dispatch.html",
        {
            "dispatch": shown, "draft": draft, "page": page, "number": page.paginator.count,
            "listed": shown.recipients.count(),
            "letters": {
                state: shown.recipients.filter(letter__state=state).count() for state in Letter.State.values
            } if shown.state in (Dispatch.State.APPROVED, Dispatch.State.SENT) else {},
            "left_out": shown.recipients.exclude(left_out="").count(),
            "total": page.paginator.count if draft else shown.recipients.count(),
            "letters_lost": shown.recipients.filter(letter__state__in=["failed", "bounced"]).count(),
            "answered": shown.recipients.exclude(answer="").count(),
            "answers_shown": _answers(shown) if not draft else [],
            "bulletin_url": reverse("outputs:work", args=[shown.bulletin.slug]),
            "words": shown.recipients.exclude(words="").select_related("person").order_by("-answered_at")[:20],
            "why_not": {
                "submit": refused(rules.check_may_submit, request.user, shown, on=today),
                "approve": refused(rules.check_may_approve, request.user, shown, on=today),
            },
        },
    )  # fmt: skip


def _answers(shown: Dispatch) -> list[tuple[str, int, str]]:
    names = {"": _("no answer yet")} | {value: str(label) for value, label in Recipient.Answer.choices}
    return [(names[value], number, value) for value, number in queries.answers_of(shown).items()]


def letter_preview(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The letter as its readers get it, in one language."""
    rules.check_may_prepare(request.user, on=timezone.localdate())
    shown = get_object_or_404(Dispatch.objects.select_related("bulletin__edition"), pk=pk)
    language = "en" if language == "en" else "de"
    sample = Recipient(
        pk=0, dispatch=shown, person=request.user.person, language=language, because="IvAF · Niedersachsen · …"
    )
    with override(language):
        words = letter_for(sample, at=timezone.now())
    return render(request, "outreach/letter_preview.html", {"dispatch": shown, "letter": words, "language": language})


@require_POST
def act_on_dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    rules.check_may_prepare(request.user, on=timezone.localdate())
    shown = get_object_or_404(Dispatch, pk=pk)
    common: dict[str, Any] = {"account": request.user, "by": request.user.actor, "at": timezone.now()}
    match request.POST.get("step"):
        case "submit":
            done = actions.submit(shown, **common)
            messages.success(
                request, _("The list of %d people is fixed; a second person decides.") % done.recipients.count()
            )
        case "approve":
            actions.approve(
                shown, revision=_number(request, "revision"), recipients=_number(request, "recipients"), **common
            )
            messages.success(request, _("Approved. The letters are on their way."))
        case "send-back":
            actions.send_back(shown, words=request.POST.get("words", ""), **common)
            messages.success(request, _("Sent back."))
        case "cancel":
            actions.cancel(shown, why=request.POST.get("words", ""), **common)
            messages.info(request, _("The dispatch was given up."))
        case _unknown:
            raise Refusal(_("This step is not known."))
    return redirect("outreach:dispatch", pk=pk)


def _number(request: HttpRequest, name: str) -> int:
    """A number out of a hidden field; 0 for anything else."""
    words = request.POST.get(name, "")
    return int(words) if words.isdecimal() and len(words) < 10 else 0


def answer(request: HttpRequest, token: str) -> HttpResponse:
    """A recipient's answer by the signed link in their letter: no account needed, good for this one purpose."""
    recipient = recipient_of(token)
    if recipient is None:
        words = {
            "title": _("This link is not valid"),
            "text": _("It is damaged or too old. Please use the link in the letter as it is."),
            "icon": "info",
        }
        return render(request, "look/message_page.html", words, status=404)
    form = AnswerForm(request.POST or None, initial={"answer": recipient.answer, "words": recipient.words})
    if request.method == "POST" and form.is_valid():
        by = Actor(ref=f"person:{recipient.person_id}", label=recipient.person.name)
        actions.answer(recipient, by=by, at=timezone.now(), **form.cleaned_data)
        words = {
            "title": _("Thank you"),
            "text": _("Your answer reached us. You can change it with the same link."),
            "icon": "success",
        }
        return render(request, "look/message_page.html", words)
    shown = {"form": form, "recipient": recipient, "bulletin": recipient.dispatch.bulletin}
    return render(request, "outreach/answer.html", shown, status=422 if form.errors else 200)
