"""Open questions: gaps of the map that somebody took up."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import Refusal, refused
from nahtstelle.plumbing.kit.submissions import once
from nahtstelle.register.people.models import Person
from nahtstelle.register.people.queries import staff
from nahtstelle.register.vocabulary.models import Concept

from ..actions import questions as actions
from ..forms.questions import ChangeQuestionForm, CloseForm, QuestionForm, QuestionsForm
from ..models import OpenQuestion
from ..queries import questions as queries
from ..queries.studies import Choice, chosen
from ..rules import questions as rules

PER_PAGE = 30
MOST_CONCEPTS = 6


def questions(request: HttpRequest) -> HttpResponse:
    """All questions that were taken up."""
    rules.check_may_see(request.user, on=timezone.localdate())
    form = QuestionsForm({"state": "open"} | request.GET.dict())
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.questions(
        state=asked.get("state") or "open", kind=asked.get("kind", ""), words=asked.get("q", ""),
        owner=request.user.person if asked.get("mine") else None,
    )  # fmt: skip
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    columns = [
        {"label": _("Question"), "kind": "head"}, _("Kind"), _("About"), _("Who sees to it"),
        {"label": _("Where it stands"), "kind": "status"},
        {"label": _("Until"), "kind": "status" if asked.get("state", "open") == "open" else "date"},
    ]  # fmt: skip
    return render(
        request,
        "library/questions.html",
        {
            "page": page, "form": form, "table": {"columns": columns, "rows": [_row(one) for one in page]},
            "map": {"label": _("To the evidence map"), "url": reverse("studies:map"), "kind": "primary"},
            "filtered": any(asked.get(name) for name in ("q", "kind", "mine")) or asked.get("state", "open") != "open",
        },
    )  # fmt: skip


TONES = {"open": "info", "answered": "success", "dropped": "neutral"}


def _row(question: OpenQuestion) -> list[Any]:
    about = " × ".join(sorted(concept.name for concept in question.concepts.all()))
    is_open = question.state == OpenQuestion.State.OPEN
    return [
        {"text": question.words, "url": reverse("library:question", args=[question.pk])},
        question.get_kind_display(), about, question.owner.name,
        {"badge": {"label": question.get_state_display(), "tone": TONES[question.state]}},
        {"due": question.due} if is_open else question.due,
    ]  # fmt: skip


def _people() -> Any:
    today = timezone.localdate()
    return Person.objects.filter(pk__in=staff(on=today).values("pk"), account__is_active=True, erased_at=None).order_by(
        "name"
    )


def question_new(request: HttpRequest) -> HttpResponse:
    """Take up a gap."""
    today = timezone.localdate()
    rules.check_may_take_up(request.user, on=today)
    keys = [one for one in request.GET.getlist("f")[:MOST_CONCEPTS] if "\0" not in one]
    concepts = list(Concept.objects.filter(key__in=keys).select_related("facet"))
    if not concepts:
        raise Refusal(_("Please choose a cell of the evidence map; a question is about its two concepts."))
    names = " × ".join(concept.name for concept in concepts)
    initial = {
        "kind": "research",
        "words": _("What is known about %(cell)s?") % {"cell": names},
        "owner": request.user.person_id,
    }
    form = QuestionForm(_people(), request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            done = form.cleaned_data
            try:
                return redirect(once(done["submission"], lambda: _taken(request, done, concepts), at=timezone.now()))
            except Refusal as refusal:
                form.add_error(None, str(refusal))
    known = chosen(Choice(within=tuple((concept.key,) for concept in concepts))).count()
    there = OpenQuestion.objects.filter(state=OpenQuestion.State.OPEN)
    for concept in concepts:
        there = there.filter(concepts=concept)
    shown = {"form": form, "names": names, "known": known, "there": list(there[:5])}
    return render(request, "library/question_new.html", shown, status=status)


def _taken(request: HttpRequest, done: dict[str, Any], concepts: list[Concept]) -> str:
    question = actions.take_up_gap(
        kind=done["kind"], words=done["words"], why=done["why"], concepts=concepts, owner=done["owner"], due=done["due"],
        by=request.user.actor, at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Taken up. Whoever sees to it has a duty."))
    return reverse("library:question", args=[question.pk])


def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: what it is about, who sees to it, how it ended."""
    today = timezone.localdate()
    found = get_object_or_404(OpenQuestion.objects.select_related("owner", "asked_by__person"), pk=pk)
    rules.check_may_see(request.user, on=today)
    why_not = refused(rules.check_may_change, request.user, found, on=today)
    initial = {"words": found.words, "why": found.why, "owner": found.owner_id, "due": found.due}
    people = _people() | Person.objects.filter(pk=found.owner_id)
    change, close = ChangeQuestionForm(people, initial=initial), CloseForm(auto_id="close-%s")
    status = 200
    if request.method == "POST":
        rules.check_may_change(request.user, found, on=today)
        status = 422
        closing = "close" in request.POST
        form: Any = CloseForm(request.POST, auto_id="close-%s") if closing else ChangeQuestionForm(people, request.POST)
        change, close = (change, form) if closing else (form, close)
        if form.is_valid():
            done = form.cleaned_data
            act = _closing if closing else _changing
            try:
                return redirect(once(done["submission"], lambda: act(request, found, done), at=timezone.now()))
            except Refusal as refusal:
                form.add_error(None, str(refusal))
    concepts = list(found.concepts.select_related("facet"))
    narrowing = "&".join(f"z={concept.key}" for concept in concepts[:2])
    shown = {
        "question": found, "concepts": concepts, "why_not": why_not, "change": change, "close": close,
        "tone": TONES[found.state], "cell_url": f"{reverse('studies:studies')}?{narrowing}",
        "open_form": "change" if change.errors else "",
    }  # fmt: skip
    return render(request, "library/question.html", shown, status=status)


def _changing(request: HttpRequest, question: OpenQuestion, done: dict[str, Any]) -> str:
    actions.change_question(
        question=question, words=done["words"], why=done["why"], owner=done["owner"], due=done["due"],
        by=request.user.actor, at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Saved."))
    return reverse("library:question", args=[question.pk])


def _closing(request: HttpRequest, question: OpenQuestion, done: dict[str, Any]) -> str:
    actions.close_question(
        question=question, state=done["state"], answer=done["answer"], by=request.user.actor, at=timezone.now()
    )
    messages.success(request, _("Closed."))
    return reverse("library:question", args=[question.pk])
