"""Two pages: from a choice of facets for whoever has to answer at once, or from a dossier; and a dossier begun from them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.files.media_types import DOCX
from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.plumbing.kit.submissions import once
from nahtstelle.register.vocabulary.models import Concept

from . import actions, brief_printing, briefs, rules, studies
from .forms import choice_in
from .models import DOSSIER_KIND, Output
from .queries import Choice
from .reader_views import readable_text
from .references import finder_in
from .source_forms import BeginForm, BriefForm
from .text import draw


def brief(request: HttpRequest) -> HttpResponse:
    """What two pages would say, the choice they rest on, and the ways to have them."""
    rules.check_may_brief(request.user, on=timezone.localdate())
    choice = choice_in(request.GET)
    shown = _brief(request) if choice != Choice() else None
    drawn = None
    if shown is not None:
        drawn = draw(shown.body(len(shown.findings)), cited=finder_in(shown.style, shown.language, draw=True))
    here = reverse("outputs:brief")
    kept = [(name, request.GET.get(name, "")) for name in ("frage", "q")]
    return render(
        request,
        "outputs/brief.html",
        {
            "form": BriefForm(request.GET or None), "brief": shown, "query": request.GET.urlencode(), "begin": BeginForm(),
            "facets": studies.facets(choice), "here": here, "drawn": drawn, "hidden": [(name, value) for name, value in kept if value],
            "kept": [(name, value) for name in ("f", "p") for value in request.GET.getlist(name)],
            "may_begin": may(rules.check_may_start, request.user, on=timezone.localdate()),
        },
    )  # fmt: skip


def _brief(request: HttpRequest) -> briefs.Brief:
    form = BriefForm(request.GET)
    question = form.cleaned_data["frage"] if form.is_valid() else ""
    language = "en" if (get_language() or "de").startswith("en") else "de"
    return briefs.of_choice(choice_in(request.GET), question=question, language=language, stand=timezone.localdate())


def brief_pdf(request: HttpRequest) -> HttpResponse:
    rules.check_may_brief(request.user, on=timezone.localdate())
    return _file(brief_printing.as_pdf(_brief(request), draw=True, at=timezone.now()), "kurzbericht.pdf")


def brief_docx(request: HttpRequest) -> HttpResponse:
    rules.check_may_brief(request.user, on=timezone.localdate())
    return _file(brief_printing.as_docx(_brief(request), draw=True, at=timezone.now()), "kurzbericht.docx")


def _file(content: bytes, name: str) -> HttpResponse:
    is_pdf = name.endswith(".pdf")
    response = HttpResponse(content, content_type="application/pdf" if is_pdf else DOCX)
    response["Content-Disposition"] = f'{"inline" if is_pdf else "attachment"}; filename="{name}"'
    return response


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A draft of a dossier whose claims cite their studies already."""
    today = timezone.localdate()
    rules.check_may_start(request.user, on=today)
    form = BeginForm(request.POST)
    if not form.is_valid():
        return redirect(f"{reverse('outputs:brief')}?{request.GET.urlencode()}")
    made, at = _brief(request), timezone.now()
    choice = choice_in(request.GET)

    def act() -> str:
        by = request.user.actor
        output = actions.start(
            title=made.question[:300], kind=Concept.objects.get(key=DOSSIER_KIND), language=made.language, body=briefs.as_draft(made),
            stand=today, account=request.user, by=by, at=at,
        )  # fmt: skip
        concepts, programmes = briefs.facets_of(choice)
        actions.set_relations(
            output, authors=None, programmes=programmes, concepts=concepts, account=request.user, by=by, at=at
        )  # fmt: skip
        return reverse("outputs:edit", args=[output.slug])

    address = once(form.cleaned_data["submission"], act, at=at)
    messages.success(request, _("The dossier is begun. What only you can say stands in square brackets."))
    return redirect(address)


def _dossier(request: HttpRequest, slug: str) -> Output:
    output = readable_text(request, slug)
    if output.kind.key != DOSSIER_KIND:
        raise Http404
    return output


def short_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """A published dossier on two pages."""
    output = _dossier(request, slug)
    return _file(brief_printing.as_pdf(briefs.of_dossier(output), at=timezone.now()), f"{output.slug}-kurz.pdf")


def short_docx(request: HttpRequest, slug: str) -> HttpResponse:
    output = _dossier(request, slug)
    return _file(brief_printing.as_docx(briefs.of_dossier(output), at=timezone.now()), f"{output.slug}-kurz.docx")
