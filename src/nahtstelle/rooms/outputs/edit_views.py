"""The workshop: starting and writing texts, with their citations, particulars and attachments."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal, may
from nahtstelle.plumbing.kit.submissions import once
from nahtstelle.register.people.rules import check_signed_in, check_staff

from . import actions, citing, drawing, presenters, queries, rules, sources, work_presenters
from .asking import open_questions
from .claims import claims_in
from .forms import NewOutputForm, TextForm, VariantForm, WorkshopForm
from .models import LANGUAGES, Citation, LeftText, Output
from .skeletons import skeleton
from .source_forms import SourceSearchForm

PER_PAGE = 30


def workshop(request: HttpRequest) -> HttpResponse:
    """All texts for staff; for authors from outside the centre their own."""
    today = timezone.localdate()
    check_signed_in(request.user)
    is_staff = may(check_staff, request.user, on=today)
    form = WorkshopForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    if not is_staff:
        del form.fields["mine"]
    found = queries.workshop(
        words=chosen.get("q", ""), state=chosen.get("state", ""),
        person=request.user.person if not is_staff or chosen.get("mine") else None,
    )  # fmt: skip
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    start = {"label": _("Start a text"), "url": reverse("outputs:new"), "kind": "primary", "icon": "add"}
    may_start = may(rules.check_may_start, request.user, on=today)
    kept = {"label": _("Styles of citation"), "url": reverse("outputs:styles"), "kind": "tertiary"}
    may_keep = may(rules.check_may_keep_styles, request.user, on=today)
    return render(
        request,
        "outputs/workshop.html",
        {
            "page": page, "table": work_presenters.workshop_table(page), "form": form,
            "actions": [*([start] if may_start else []), *([kept] if may_keep else [])], "start": start if may_start else None,
            "filtered": any(chosen.values()),
        },
    )  # fmt: skip


def new_output(request: HttpRequest) -> HttpResponse:
    rules.check_may_start(request.user, on=timezone.localdate())
    form = NewOutputForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen, at = form.cleaned_data, timezone.now()

        def act() -> str:
            output = actions.start(
                title=chosen["title"], kind=chosen["kind"], language=chosen["language"],
                body=skeleton(chosen["kind"].key, chosen["language"]), stand=timezone.localdate(at),
                account=request.user, by=request.user.actor, at=at,
            )  # fmt: skip
            return reverse("outputs:edit", args=[output.slug])

        return redirect(once(chosen["submission"], act, at=at))
    return render(request, "outputs/new.html", {"form": form}, status=422 if form.errors else 200)


def new_variant(request: HttpRequest, slug: str) -> HttpResponse:
    """Start a variant of a text in another language, its text copied as the start."""
    rules.check_may_start(request.user, on=timezone.localdate())
    base = get_object_or_404(Output, slug=slug)
    base = base.base or base
    taken = {base.language, *base.variants.values_list("language", flat=True)}
    choices = [(code, name) for code, name in LANGUAGES if code not in taken]
    form = VariantForm(choices, request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        variant = actions.start(
            title=base.title, summary=base.summary, body=base.body, kind=base.kind,
            language=form.cleaned_data["language"], base=base,
            stand=base.stand, account=request.user, by=request.user.actor, at=at,
        )  # fmt: skip
        return redirect("outputs:edit", slug=variant.slug)
    shown = {"base": base, "form": form, "choices": choices}
    return render(request, "outputs/new_variant.html", shown, status=422 if form.errors else 200)


def for_writing(request: HttpRequest, slug: str) -> Output:
    output = get_object_or_404(Output.objects.select_related("kind", "owner", "edition", "base__edition"), slug=slug)
    rules.check_may_see_working_text(request.user, output, on=timezone.localdate())
    return output


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    output = for_writing(request, slug)
    if request.method != "POST":
        rules.check_may_edit(request.user, output, on=timezone.localdate())
        initial = {
            "started_from": output.revision,
            "title": output.title,
            "summary": output.summary,
            "body": output.body,
        }
        return _editor(request, output, TextForm(initial=initial))
    form = TextForm(request.POST)
    if not form.is_valid():
        return _editor(request, output, form, status=422)
    try:
        saved = actions.save(
            output, started_from=form.cleaned_data["started_from"], text=form.text(), account=request.user,
            by=request.user.actor, at=timezone.now(),
        )  # fmt: skip
    except ValidationError as trouble:
        form.add_error(None, trouble.messages)
        return _editor(request, output, form, status=422)
    if saved.left is not None:
        messages.warning(
            request, _("Somebody else changed the same lines meanwhile. Both texts are kept; please merge them.")
        )
        return redirect("outputs:left-text", slug=slug, pk=saved.left.pk)
    if saved.merged:
        messages.info(request, _("Somebody else had changed other lines meanwhile; both changes are in the text now."))
    else:
        messages.success(request, _("Saved."))
    return redirect("outputs:edit" if "stay" in request.POST else "outputs:work", slug=slug)


def _editor(request: HttpRequest, output: Output, form: TextForm, status: int = 200) -> HttpResponse:
    shown = {
        "output": output,
        "form": form,
        "may_cite": True,
        "law": presenters.law_cited(working_citations(output)),
        "works": works_in(output.body),
        "search": SourceSearchForm(),
        "questions": open_questions(output.body),
        "left_texts": output.left_texts.filter(settled_at=None, by=request.user),
        "base": output.base,
        "stale": queries.stale_variant(output),
        "attachments": output.attachments.filter(working=True),
    }
    return render(request, "outputs/edit.html", shown, status=status)


def works_in(body: str) -> list[dict[str, Any]]:
    """The works a working text cites, for the panel beside it."""
    return sources.cited_works(claims_in(body)) if "@" in body else []


def working_citations(output: Output) -> list[Citation]:
    return list(output.citations.filter(working=True).select_related("law", "provision"))


@require_POST
def autosave(request: HttpRequest, slug: str) -> JsonResponse:
    """Keep what is being typed. Answers with the new revision, and with the merged text where somebody else wrote too."""
    output = for_writing(request, slug)
    form = TextForm(request.POST)
    if not form.is_valid():
        return JsonResponse(
            {"trouble": " ".join(words for field in form.errors.values() for words in field)}, status=422
        )
    try:
        saved = actions.save(
            output, started_from=form.cleaned_data["started_from"], text=form.text(), automatic=True,
            account=request.user, by=request.user.actor, at=timezone.now(),
        )  # fmt: skip
    except (Refusal, ValidationError) as trouble:
        words = " ".join(trouble.messages) if isinstance(trouble, ValidationError) else str(trouble)
        return JsonResponse({"trouble": words}, status=409)
    answer: dict[str, Any] = {
        "revision": saved.revision,
        "sent_as": saved.sent_as,
        "saved_at": timezone.localtime().strftime("%H:%M"),
    }
    if saved.merged:
        fresh = Output.objects.get(pk=output.pk)
        answer["text"] = {"title": fresh.title, "summary": fresh.summary, "body": fresh.body}
        answer["words"] = _("Somebody else writes here too; both changes are in the text.")
    if saved.left is not None:
        answer["left"] = reverse("outputs:left-text", args=[slug, saved.left.pk])
        answer["words"] = _("Somebody else changed the same lines. Both texts are kept; please merge them.")
    return JsonResponse(answer)


@require_POST
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The text as readers would see it, and the citations found in it, while one writes."""
    output = for_writing(request, slug)
    body = request.POST.get("body", "").replace("\r\n", "\n")
    found = citing.preview(output, "\n\n".join((request.POST.get("title", ""), request.POST.get("summary", ""), body)))
    drawn = drawing.drawn_working(output, body, found)
    words = {
        "drawn": drawn,
        "may_cite": True,
        "law": presenters.law_cited(found),
        "works": works_in(body),
        "title": request.POST.get("title", ""),
        "output": output,
    }
    return render(request, "outputs/_preview.html", words)


def left_text(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A text that met somebody else's: both beside each other, to be merged by its author."""
    output = for_writing(request, slug)
    left = get_object_or_404(LeftText.objects.select_related("by__person", "output"), pk=pk, output=output)
    rules.check_may_settle_left(request.user, left, on=timezone.localdate())
    if request.method == "POST":
        if "take" in request.POST:
            form = TextForm(request.POST)
            if not form.is_valid():
                return _merge_page(request, output, left, form, status=422)
            saved = actions.save(
                output, started_from=form.cleaned_data["started_from"], text=form.text(), account=request.user,
                by=request.user.actor, at=timezone.now(),
            )  # fmt: skip
            if saved.left is not None:
                return redirect("outputs:left-text", slug=slug, pk=saved.left.pk)
        actions.settle_left(left, account=request.user, at=timezone.now())
        return redirect("outputs:edit", slug=slug)
    initial = {"started_from": output.revision, "title": left.title, "summary": left.summary, "body": left.body}
    return _merge_page(request, output, left, TextForm(initial=initial))


def _merge_page(
    request: HttpRequest, output: Output, left: LeftText, form: TextForm, status: int = 200
) -> HttpResponse:
    rows = presenters.text_difference(output.body, left.body)
    mine = left.by_id == request.user.pk
    shown = {"output": output, "left": left, "form": form, "rows": rows, "mine": mine}
    return render(request, "outputs/left_text.html", shown, status=status)
