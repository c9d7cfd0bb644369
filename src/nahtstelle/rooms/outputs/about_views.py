"""What is said about a text and belongs to it: particulars, citations, files."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.files.actions import StorageTrouble
from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.kit.submissions import once

from . import actions, attaching, checking, citing, rules, work_presenters
from .edit_views import for_writing, working_citations
from .forms import AttachmentForm, CiteForm, ParticularsForm, ReaderCheckForm
from .models import Attachment, Citation, Edition, Output
from .workflow_views import whole_number


def particulars(request: HttpRequest, slug: str) -> HttpResponse:
    output = for_writing(request, slug)
    rules.check_may_edit(request.user, output, on=timezone.localdate())
    form = ParticularsForm(request.POST or None, instance=output)
    if request.method == "POST" and form.is_valid():
        by, at, chosen = request.user.actor, timezone.now(), form.cleaned_data
        if chosen["revision"] != Output.objects.values_list("revision", flat=True).get(pk=output.pk):
            form.add_error(
                None,
                _(
                    "Somebody changed this text while your form was open. Please check your entries and send them again."
                ),
            )
            form.data = form.data.copy()
            form.data["revision"] = str(Output.objects.values_list("revision", flat=True).get(pk=output.pk))
            return render(request, "outputs/particulars.html", {"form": form, "output": output}, status=409)
        fields = {
            "kind_id": chosen["kind"].pk, "owner_id": chosen["owner"].pk,
            **{n: chosen[n] for n in ("stand", "valid_from", "valid_until", "audience", "needs_release", "licence", "style", "shows_news")},
        }  # fmt: skip
        fresh = Output.objects.get(pk=output.pk)
        try:
            actions.save(
                fresh, started_from=fresh.revision, text=actions.text_of(fresh),
                particulars=fields, account=request.user, by=by, at=at,
            )  # fmt: skip
            actions.set_relations(
                fresh, authors=list(chosen["authors"]), programmes=chosen["programmes"], concepts=form.concepts(),
                account=request.user, by=by, at=at,
            )  # fmt: skip
            return redirect("outputs:work", slug=slug)
        except ValidationError as trouble:
            form.add_error(None, trouble.messages)
    words = {"form": form, "output": output}
    return render(request, "outputs/particulars.html", words, status=422 if form.errors else 200)


def citations(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm what was found in the text, add what is not in it."""
    output = for_writing(request, slug)
    rules.check_may_edit(request.user, output, on=timezone.localdate())
    form = CiteForm()
    if request.method == "POST":
        try:
            form = _judge_citations(request, output)
            if not form.errors:
                return redirect("outputs:citations", slug=slug)
        except NotYours:
            raise
        except Refusal as refusal:
            form = CiteForm(request.POST)
            form.add_error("words" if "words" in request.POST else None, str(refusal))
    shown = {"output": output, "citations": work_presenters.citation_table(working_citations(output)), "form": form}
    return render(request, "outputs/citations.html", shown, status=422 if form.errors else 200)


def _judge_citations(request: HttpRequest, output: Output) -> CiteForm:
    """Carry out what one of the buttons says; the form that was sent, where one was."""
    common: dict[str, Any] = {"account": request.user, "by": request.user.actor, "at": timezone.now()}
    for role in Citation.Role.values:
        if number := request.POST.get(f"as-{role}"):
            citing.judge(_citation(output, number), role=role, **common)
            return CiteForm()
    if number := request.POST.get("remove"):
        citing.remove(_citation(output, number), **common)
        return CiteForm()
    form = CiteForm(request.POST)
    if form.is_valid():
        citing.declare(output, form.cleaned_data["words"], role=form.cleaned_data["role"], **common)
    return form


def _citation(output: Output, number: str) -> Citation:
    return get_object_or_404(Citation, pk=whole_number(number), output=output, working=True)


def reader_check(request: HttpRequest, slug: str) -> HttpResponse:
    """Note that test readers read a text in Leichte or Einfache Sprache."""
    output = for_writing(request, slug)
    rules.check_may_note_check(request.user, output, on=timezone.localdate())
    choices = [
        (digest, _("what readers have, edition %d") % text.number if isinstance(text, Edition) else _("the working text, save %d") % text.revision)
        for digest, text in checking.words_to_check(output).items()
    ]  # fmt: skip
    form = ReaderCheckForm(choices, request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen, at = form.cleaned_data, timezone.now()

        def act() -> str:
            checking.note_check(
                output, digest=chosen["of"], who=chosen["who"], on=chosen["on"], account=request.user, by=request.user.actor,
                at=at,
            )  # fmt: skip
            return reverse("outputs:work", args=[output.slug])

        try:
            return redirect(once(chosen["submission"], act, at=at))
        except NotYours:
            raise
        except Refusal as refusal:
            form.add_error("of" if isinstance(refusal, NotNow) else "on", str(refusal))
    shown = {"output": output, "form": form, "checks": output.reader_checks.select_related("recorded_by__person")}
    return render(request, "outputs/reader_check.html", shown, status=422 if form.errors else 200)


def attachments(request: HttpRequest, slug: str) -> HttpResponse:
    output = for_writing(request, slug)
    rules.check_may_edit(request.user, output, on=timezone.localdate())
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and "remove" in request.POST:
        row = get_object_or_404(Attachment, pk=whole_number(request.POST["remove"]), output=output, working=True)
        attaching.remove(row, account=request.user, by=request.user.actor, at=timezone.now())
        return redirect("outputs:attachments", slug=slug)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            attaching.attach(
                output, name=given.name, content=given.read(), media_type=form.media_type,
                title=form.cleaned_data["title"], alternative=form.cleaned_data["alternative"], account=request.user,
                by=request.user.actor, at=timezone.now(),
            )  # fmt: skip
            return redirect("outputs:attachments", slug=slug)
        except (Refusal, StorageTrouble) as trouble:
            form.add_error(None, str(trouble))
    shown = {
        "output": output,
        "form": form,
        "attachments": output.attachments.filter(working=True).select_related("file"),
    }
    return render(request, "outputs/attachments.html", shown, status=422 if form.is_bound and form.errors else 200)
