"""Reviews: all of them, a new one, what one asks, who works on it, its beginning and its end."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal, may, refused
from nahtstelle.plumbing.kit.submissions import once
from nahtstelle.register.people.rules import check_signed_in

from ..actions import reviews as actions
from ..forms.reviews import CloseForm, CriterionForm, MemberForm, ReviewForm, ReviewsForm
from ..models import Criterion, Member, Review
from ..presenters import reviews as present
from ..queries import reviews as queries
from ..queries import teams
from ..rules import reviews as rules
from ..rules.people import check_may_keep

PAGE = 30


def found(request: HttpRequest, slug: str) -> Review:
    """The review, for who may see it. Who is not signed in learns nothing, whether there is one or not."""
    check_signed_in(request.user)
    review = get_object_or_404(Review, slug=slug)
    rules.check_may_see(request.user, review, on=timezone.localdate())
    return review


def reviews(request: HttpRequest) -> HttpResponse:
    """My reviews; for staff all of them, too."""
    check_signed_in(request.user)
    today = timezone.localdate()
    every = queries.visible(request.user, on=today)
    mine = queries.of_person(request.user.person, on=today)
    which = "alle" if request.GET.get("welche") == "alle" or not mine.exists() else "meine"
    form = ReviewsForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    words, state = chosen.get("q", ""), chosen.get("state", "")
    rows = queries.listed(every if which == "alle" else mine, words=words, state=state)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    new = {
        "label": _("Begin a review"), "url": reverse("library:review-new"), "kind": "primary", "icon": "add",
        "disabled_reason": refused(check_may_keep, request.user, on=today),
    }  # fmt: skip
    shown = {
        "page": page, "form": form, "filtered": bool(words or state), "hidden": [("welche", which)],
        "new": new, "new_actions": [new] if may(check_may_keep, request.user, on=today) else [],
        "tabs": [
            {"label": _("Mine"), "url": "?welche=meine", "current": which == "meine", "count": mine.count()},
            {"label": _("All"), "url": "?welche=alle", "current": which == "alle", "count": every.count()},
        ],
        "breadcrumb": [{"label": _("Reviews of literature"), "url": ""}],
        **present.table_of(page.object_list),
    }  # fmt: skip
    return render(request, "library/reviews/reviews.html", shown)


def new_review(request: HttpRequest) -> HttpResponse:
    """Begin a review."""
    check_may_keep(request.user, on=timezone.localdate())
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()

        def act() -> str:
            said = form.said()
            words = {name: said.pop(name) for name in ("words", "begins_with_words")}
            review = actions.begin_review(**said, by=request.user.actor, at=at)
            if any(words.values()):
                actions.change_review(review=review, **words, by=request.user.actor, at=at)
            return present.url_of(review)

        return redirect(once(form.cleaned_data["submission"], act, at=at))
    shown = {"form": form, "title": _("Begin a review"), "breadcrumb": present.way((_("Begin a review"), "")), "back": reverse("library:reviews")}  # fmt: skip
    return render(request, "library/reviews/form.html", shown, status=422 if form.errors else 200)


def review(request: HttpRequest, slug: str) -> HttpResponse:
    """One review: how far it is, who works on it, what it asks."""
    one, today = found(request, slug), timezone.localdate()
    counts = queries.counts_of(one)
    shown = {
        **present.frame_of(one, request.user, on=today, here="review"),
        "actions": present.actions_of(one, request.user, on=today),
        "facts": present.facts_of(one),
        "tiles": present.tiles_of(counts),
        "stages": present.stages_of(one, counts),
        "outcomes": present.outcomes_of(counts),
        "criteria": present.criteria_of(one),
        "team": present.team_table(teams.team(one), on=today),
        "judged": queries.judged_by(one),
        "imports": queries.sources(one),
        "by_hand": queries.taken_by_hand(one),
        "leads": may(rules.check_leads, request.user, one, on=today),
    }
    return render(request, "library/reviews/review.html", shown)


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What a review asks, how many judge, which words are set off."""
    one, today = found(request, slug), timezone.localdate()
    rules.check_leads(request.user, one, on=today)
    rules.check_is_not_closed(one)
    form = ReviewForm(request.POST or None, initial=ReviewForm.of(one))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_review(review=one, **form.said(), by=request.user.actor, at=timezone.now())
            return redirect(present.url_of(one))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    frame = present.frame_of(one, request.user, on=today, here="", title=_("Edit"))
    shown = {**frame, "form": form, "title": _("Edit the review"), "back": present.url_of(one)}
    return render(request, "library/reviews/form.html", shown, status=422 if form.errors else 200)


def criteria(request: HttpRequest, slug: str) -> HttpResponse:
    """What a work must be, and for which reasons it is excluded."""
    one, today = found(request, slug), timezone.localdate()
    rules.check_leads(request.user, one, on=today)
    rules.check_is_not_closed(one)
    form = CriterionForm(request.POST if "words" in request.POST else None)
    by, at = request.user.actor, timezone.now()
    if request.method == "POST" and "retire" in request.POST:
        number = request.POST["retire"]
        gone = get_object_or_404(Criterion, review=one, pk=int(number) if number.isdecimal() else 0)
        actions.retire_criterion(criterion=gone, by=by, at=at)
        return redirect("library:review-criteria", slug=slug)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_criterion(review=one, **form.cleaned_data, by=by, at=at)
            return redirect("library:review-criteria", slug=slug)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    shown = {
        **present.frame_of(one, request.user, on=today, here="", title=_("Criteria")), "form": form,
        "criteria": present.criteria_of(one),
    }  # fmt: skip
    return render(request, "library/reviews/criteria.html", shown, status=422 if form.errors else 200)


def team(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works on the review, from when until when."""
    one, today = found(request, slug), timezone.localdate()
    rules.check_leads(request.user, one, on=today)
    form = MemberForm(request.POST if "person" in request.POST else None, initial={"valid_from": today})
    by, at = request.user.actor, timezone.now()
    if request.method == "POST" and "end" in request.POST:
        number = request.POST["end"]
        member = get_object_or_404(Member, review=one, pk=int(number) if number.isdecimal() else 0)
        actions.end_membership(member=member, last=today, by=by, at=at)
        messages.info(request, _("%s works on this review until today.") % member.person.name)
        return redirect("library:review-team", slug=slug)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_member(review=one, **form.cleaned_data, by=by, at=at)
            return redirect("library:review-team", slug=slug)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    members = list(teams.team(one))
    shown: dict[str, Any] = {
        **present.frame_of(one, request.user, on=today, here="", title=_("Team")), "form": form,
        "team": present.team_table(members, on=today),
        "ending": [member for member in members if member.holds_on(today) and member.valid_until != today],
    }  # fmt: skip
    return render(request, "library/reviews/team.html", shown, status=422 if form.errors else 200)


@require_POST
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the screening, or open a closed review again."""
    one, by, at = found(request, slug), request.user.actor, timezone.now()
    if "open" in request.POST:
        actions.open_screening(review=one, by=by, at=at)
    elif "reopen" in request.POST:
        actions.reopen_review(review=one, by=by, at=at)
    return redirect(present.url_of(one))


def close(request: HttpRequest, slug: str) -> HttpResponse:
    """End the review, with a reason."""
    one, today = found(request, slug), timezone.localdate()
    rules.check_leads(request.user, one, on=today)
    rules.check_can_close(one)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.close_review(review=one, why=form.cleaned_data["why"], by=request.user.actor, at=timezone.now())
        return redirect(present.url_of(one))
    shown = {
        "title": _("Close the review"), "form": form, "confirm_label": _("Close the review"), "cancel_url": present.url_of(one),
        "consequences": [
            _("Nobody can judge works any more; log, flow and results stay."), _("The answers that were blind until now can be seen."),
            _("Whoever leads the review can open it again."),
        ],
        "breadcrumb": present.way((one.title, present.url_of(one)), (_("Close the review"), "")),
    }  # fmt: skip
    return render(request, "look/confirm.html", shown, status=422 if form.errors else 200)
