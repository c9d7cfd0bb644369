"""Notices on a work: noted, lifted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.kit.submissions import once

from ..actions import notices
from ..forms.works import LiftForm, NoticeForm
from ..presenters.names import title_of
from ..presenters.ways import to_works, work_url
from .works import found


def new_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what befell a publication."""
    work = found(request, pk)
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, at = form.cleaned_data, timezone.now()

        def act() -> str:
            said = {name: given[name] for name in ("kind", "on", "words", "doi", "url", "successor")}
            return work_url(notices.note(work=work, by=request.user.actor, at=at, **said).work_id)

        try:
            return redirect(once(given["submission"], act, at=at))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    title = _("Note a correction or retraction")
    shown = {
        "form": form, "title": title, "kicker": title_of(work), "back": work_url(work), "button": _("Note it"),
        "lead": _("Everybody who cites the publication is told, and its page says so."),
        "breadcrumb": to_works((title_of(work)[:80], work_url(work)), (title, "")),
    }  # fmt: skip
    return render(request, "library/form.html", shown, status=422 if form.errors else 200)


def lift(request: HttpRequest, pk: int, notice: int) -> HttpResponse:
    """Take a notice back, with the reason."""
    work = found(request, pk)
    one = get_object_or_404(work.notices, pk=notice)
    if one.lifted_at is not None:
        raise NotNow(_("This notice was lifted already."))
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        notices.lift(notice=one, why=form.cleaned_data["why"], by=request.user.actor, at=timezone.now())
        return redirect(work_url(work))
    title = _("Lift a notice")
    shown = {
        "form": form, "title": title, "kicker": title_of(work), "back": work_url(work), "button": _("Lift the notice"),
        "lead": _("The notice stays to be read, with your reason; the work’s standing is set anew."),
        "breadcrumb": to_works((title_of(work)[:80], work_url(work)), (title, "")),
    }  # fmt: skip
    return render(request, "library/form.html", shown, status=422 if form.errors else 200)
