"""Screening: one work after the other, by key, by touch, and without script."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from nahtstelle.plumbing.files.actions import content_of
from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal, may

from ..actions import screening as actions
from ..forms.screening import AbstractForm, VerdictForm
from ..models import FullText, Item, Review, Stage
from ..presenters import reviews as present
from ..presenters import works_in_review as works
from ..queries import reviews as queries
from ..queries import screening as asking
from ..queries.teams import last_day_of
from ..rules import reviews as rules
from .reviews import found

STAGES = {way: stage for stage, way in present.WAYS.items()}
MOST_PUT_OFF = 200


def stage_named(name: str) -> Stage:
    if name not in STAGES:
        raise Http404
    return STAGES[name]


def _put_off(request: HttpRequest, review: Review, stage: str) -> list[int]:
    return list(request.session.get("library-put-off", {}).get(f"{review.pk}/{stage}", []))


def _remember_put_off(request: HttpRequest, review: Review, stage: str, places: list[int]) -> None:
    kept = request.session.get("library-put-off", {})
    kept[f"{review.pk}/{stage}"] = places[-MOST_PUT_OFF:]
    request.session["library-put-off"] = kept


def screen(request: HttpRequest, slug: str, stage: str) -> HttpResponse:
    """The next work, at once; and what somebody says of the one they had."""
    at_stage, today = stage_named(stage), timezone.localdate()
    try:
        review = found(request, slug)
    except NotYours as refusal:
        return _left_the_team(request, slug, refusal)
    if request.method == "POST":
        return _answered(request, review, at_stage)
    rules.check_is_screening(review)
    rules.check_screens(request.user, review, on=today)
    if request.GET.get("woerter") in ("an", "aus"):
        request.session["library-model-words"] = request.GET["woerter"] == "an"
    after = actions.take_next(
        review=review, stage=at_stage, by=request.user.actor, at=timezone.now(),
        passed=_put_off(request, review, at_stage),
    )  # fmt: skip
    if after is None:
        return _nothing_left(request, review, at_stage)
    after.item.review = review
    shown = _page(request, review, at_stage, after.item)
    told = _told(review, at_stage, after.item)
    shown |= {
        "why": works.why_this(after, review, asking.pool_size(review)), "has_told": bool(told),
        "work": works.work_of(after.item, told=told if request.session.get("library-model-words") else None),
        "form": _form(review, at_stage, after.item, request),
    }  # fmt: skip
    return render(request, "library/reviews/screen.html", shown)


def screen_work(request: HttpRequest, slug: str, stage: str, place: int) -> HttpResponse:
    """A work one has had, to think again; or one that is to be judged out of turn."""
    review, at_stage, today = found(request, slug), stage_named(stage), timezone.localdate()
    rules.check_is_screening(review)
    rules.check_screens(request.user, review, on=today)
    item = get_object_or_404(Item.objects.select_related("work"), review=review, place=place)
    item.review = review
    own = asking.own_decision(item, at_stage, request.user)
    closed = getattr(item, queries.OUTCOME[at_stage]) and own is None
    if (
        closed
        or item.twin_id
        or item.left_out
        or (at_stage == Stage.FULL and item.title_outcome not in ("included", "maybe"))
    ):
        return redirect(present.url_of(review, "review-work", place))
    shown = _page(request, review, at_stage, item, before=own.number if own else None)
    shown |= {
        "work": works.work_of(item),
        "form": _form(review, at_stage, item, request, own=own),
        "own": works.line_of(own, visible=True) if own else None,
        "why": [],
    }
    return render(request, "library/reviews/screen.html", shown)


def screen_back(request: HttpRequest, slug: str, stage: str) -> HttpResponse:
    """The work one judged last, or the one before a line of the log."""
    review, at_stage = found(request, slug), stage_named(stage)
    rules.check_screens(request.user, review, on=timezone.localdate())
    before = request.GET.get("vor", "")
    line = asking.last_judged(review, at_stage, request.user, before=int(before) if before.isdecimal() else None)
    if line is None:
        messages.info(request, _("There is no work before this one that you have judged."))
        return redirect(present.url_of(review, "screen", stage))
    return redirect(present.url_of(review, "screen-work", stage, line.item.place))


def _told(review: Review, stage: str, item: Item) -> dict[str, float]:
    """The words that weighed for this work in the newest ranking, if it was among those that come next."""
    ranking = review.rankings.filter(stage=stage).only("told").first()
    return dict(ranking.told.get(str(item.place), [])) if ranking else {}


def _form(
    review: Review, stage: str, item: Item, request: HttpRequest, *, own: Any = None, data: Any = None
) -> VerdictForm:
    own = own or asking.own_decision(item, stage, request.user)
    initial = {"place": item.place, "seen": own.number if own else 0}
    if own:
        initial |= {"reason": own.reason_id, "note": own.note}
    return VerdictForm(data, initial=initial, review=review, stage=stage)


def _page(
    request: HttpRequest, review: Review, stage: Stage, item: Item, *, before: int | None = None
) -> dict[str, Any]:
    today = timezone.localdate()
    counts = queries.counts_of(review)
    one = present.stages_of(review, counts)[0 if stage == Stage.TITLE else 1]
    return {
        **present.frame_of(review, request.user, on=today, here="screen", title=stage.label),
        "stage": stage, "stage_way": present.WAYS[stage], "progress": one, "criteria": present.criteria_of(review),
        "question": review.question, "item": item, "post_url": present.url_of(review, "screen", present.WAYS[stage]),
        "back_url": present.url_of(review, "screen-back", present.WAYS[stage]) + (f"?{urlencode({'vor': before})}" if before else ""),
        "model_words": bool(request.session.get("library-model-words")),
        "full_texts": works.full_texts_of(review, item) if stage == Stage.FULL else [],
        "is_full": stage == Stage.FULL, "abstract_form": AbstractForm(),
        "stages": works.stage_links(review, "screen", stage),
    }  # fmt: skip


def _answered(request: HttpRequest, review: Review, stage: Stage) -> HttpResponse:
    place = request.POST.get("place", "")
    item = get_object_or_404(
        Item.objects.select_related("work"), review=review, place=int(place) if place.isdecimal() else -1
    )
    item.review = review
    how = {"review": review, "item": item, "by": request.user.actor, "at": timezone.now()}
    way = present.WAYS[stage]
    try:
        if "put-off" in request.POST:
            actions.put_off(stage=stage, **how)
            _remember_put_off(
                request, review, stage, [*(p for p in _put_off(request, review, stage) if p != item.place), item.place]
            )
        elif "not-retrieved" in request.POST:
            actions.say_retrieved(retrieved=False, **how)
            messages.info(request, _("Noted: the full text could not be had. The work stays in the list."))
        elif "abstract" in request.POST:
            form = AbstractForm(request.POST)
            text = form.cleaned_data["abstract"] if form.is_valid() else ""
            actions.supply_abstract(abstract=text, **how)
        else:
            return _judged(request, review, stage, item, how)
    except (NotYours, NotNow) as refusal:
        return _not_taken(request, review, refusal)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(present.url_of(review, "screen", way))


def _judged(request: HttpRequest, review: Review, stage: Stage, item: Item, how: dict[str, Any]) -> HttpResponse:
    form = _form(review, stage, item, request, data=request.POST)
    status = 422
    if form.is_valid():
        clean = form.cleaned_data
        shared = not _outcome_of(item, stage)
        try:
            actions.judge(
                stage=stage,
                verdict=clean["verdict"],
                reason=clean["reason"],
                note=clean["note"].strip(),
                seen=clean["seen"],
                **how,
            )
        except actions.JudgedMeanwhile as refusal:
            form, status = _again(review, stage, item, request, form), 409
            form.add_error(None, str(refusal))
        except (NotYours, NotNow):
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if not shared and asking.own_decision(item, stage, request.user) and request.POST.get("seen") == "0":
                messages.info(request, _("Somebody else had judged this work meanwhile; both answers are kept."))
            return redirect(present.url_of(review, "screen", present.WAYS[stage]))
    shown = _page(request, review, stage, item)
    own = asking.own_decision(item, stage, request.user)
    shown |= {
        "work": works.work_of(item),
        "form": form,
        "why": [],
        "own": works.line_of(own, visible=True) if own else None,
    }
    return render(request, "library/reviews/screen.html", shown, status=status)


def _outcome_of(item: Item, stage: Stage) -> str:
    return str(getattr(item, queries.OUTCOME[stage]))


def _again(review: Review, stage: Stage, item: Item, request: HttpRequest, form: VerdictForm) -> VerdictForm:
    """The same form with what was typed, made out on the answer that counts now."""
    own = asking.own_decision(item, stage, request.user)
    data = {**form.data.dict(), "seen": str(own.number if own else 0)}
    fresh = VerdictForm(data, review=review, stage=stage)
    fresh.is_valid()
    return fresh


def _left_the_team(request: HttpRequest, slug: str, refusal: NotYours) -> HttpResponse:
    """Who was in the team when the page was opened gets back what they had typed; others learn nothing."""
    review = Review.objects.filter(slug=slug).first()
    known = request.user.is_authenticated and review is not None
    if not known or request.method != "POST" or last_day_of(review, request.user.person) is None:
        raise refusal
    return _not_taken(request, review, refusal)


def _not_taken(request: HttpRequest, review: Review, refusal: Refusal) -> HttpResponse:
    """What was said cannot be taken; the words stay on the page, so that nothing is lost."""
    today = timezone.localdate()
    goes_on = may(rules.check_screens, request.user, review, on=today) and review.state == Review.State.SCREENING
    shown = {
        "title": _("This answer was not taken"), "sentence": str(refusal), "note": request.POST.get("note", ""),
        "verdict": works.verdict_label(request.POST.get("verdict", "")), "review": review,
        "goes_on": present.url_of(review, "screen", "titel") if goes_on else "",
        "breadcrumb": present.way((review.title, present.url_of(review))),
    }  # fmt: skip
    return render(
        request, "library/reviews/not_taken.html", shown, status=403 if isinstance(refusal, NotYours) else 409
    )


def _nothing_left(request: HttpRequest, review: Review, stage: Stage) -> HttpResponse:
    today = timezone.localdate()
    waiting = asking.waits_for_others(review, stage, request.user)
    counts = queries.counts_of(review)
    shown = {
        **present.frame_of(review, request.user, on=today, here="screen", title=stage.label),
        "stages": works.stage_links(review, "screen", stage), "waiting": works.left_words(waiting) if waiting else "",
        "conflicts": counts[f"{stage}_conflict"], "is_full": stage == Stage.FULL, "nothing_wanted": stage == Stage.FULL and not counts["wanted"],
    }  # fmt: skip
    return render(request, "library/reviews/nothing_left.html", shown)


def full_text(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A file of a work of the review, for its team; copies made for a review are for nobody else."""
    review, today = found(request, slug), timezone.localdate()
    text = get_object_or_404(FullText.objects.select_related("file"), pk=pk, work__items__review=review)
    if text.rights == FullText.Rights.REVIEW and not present.is_own(review, request.user, on=today):
        raise NotYours(_("This copy was made for the team of the review."))
    response = HttpResponse(content_of(text.file), content_type=text.file.media_type)
    response["Content-Disposition"] = content_disposition_header(text.file.media_type != "application/pdf", text.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
