"""Where screeners disagree: each conflict side by side, and how far they agree in all."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import Refusal, may, refused

from ..actions.screening import settle
from ..forms.screening import SettleForm
from ..models import Decision, Item, Stage
from ..presenters import agreement as agreeing
from ..presenters import reviews as present
from ..presenters import works_in_review as works
from ..queries.agreement import agreements
from ..queries.reviews import LIVE, OUTCOME
from ..rules import reviews as rules
from .reviews import found
from .screening import stage_named

PAGE = 30


def conflicts(request: HttpRequest, slug: str) -> HttpResponse:
    """Works about which the team disagrees, by stage."""
    review, today = found(request, slug), timezone.localdate()
    stage = Stage.FULL if request.GET.get("stufe") == "volltext" else Stage.TITLE
    rows = {
        one: review.items.filter(LIVE, **{OUTCOME[one]: Item.Outcome.CONFLICT}).select_related("work").order_by("place")
        for one in Stage
    }
    page = Paginator(rows[stage], PAGE).get_page(request.GET.get("page"))
    stages = [
        {"label": one.label, "url": f"?stufe={present.WAYS[one]}", "current": one == stage, "count": rows[one].count()}
        for one in Stage
    ]
    settles = may(rules.check_settles, request.user, review, on=today)
    shown = {
        **present.frame_of(review, request.user, on=today, here="conflicts", title=_("Conflicts")), "stages": stages, "page": page,
        "settles": settles, "rows": [
            {"title": item.work.title, "authors": works.authors_of(item.work), "url": present.url_of(review, "conflict", present.WAYS[stage], item.place)}
            for item in page.object_list
        ],
    }  # fmt: skip
    return render(request, "library/reviews/conflicts.html", shown)


def conflict(request: HttpRequest, slug: str, stage: str, place: int) -> HttpResponse:
    """One conflict: what each said, side by side; whoever settles says why."""
    review, at_stage, today = found(request, slug), stage_named(stage), timezone.localdate()
    item = get_object_or_404(review.items.filter(twin=None).select_related("work"), place=place)
    item.review = review
    lines = list(
        Decision.objects.filter(
            item__in=[item, *Item.objects.filter(twin=item)], stage=at_stage, newest=True, prior=False
        )
        .select_related("by__person", "reason")
        .order_by("number")
    )
    settled = [line for line in lines if line.settles]
    if getattr(item, OUTCOME[at_stage]) != Item.Outcome.CONFLICT and not settled:
        return redirect(present.url_of(review, "review-work", place))
    judges = {line.by_id for line in lines if not line.settles}
    not_now = (
        refused(rules.check_settles, request.user, review, on=today)
        or refused(rules.check_is_screening, review)
        or refused(rules.check_settler, request.user, review, judges, on=today)
    )
    form = SettleForm(request.POST or None, review=review)
    if request.method == "POST" and form.is_valid():
        try:
            settle(
                review=review, item=item, stage=at_stage, **form.cleaned_data, by=request.user.actor, at=timezone.now()
            )
        except Refusal as refusal:
            if type(refusal) is not Refusal:
                raise
            form.add_error(None, str(refusal))
        else:
            following = (
                review.items.filter(LIVE, **{OUTCOME[at_stage]: Item.Outcome.CONFLICT}).order_by("place").first()
            )
            if following is None:
                return redirect(present.url_of(review, "conflicts") + f"?stufe={stage}")
            return redirect(present.url_of(review, "conflict", stage, following.place))
    shown = {
        **present.frame_of(review, request.user, on=today, here="conflicts", title=_("Conflict")), "work": works.work_of(item), "form": form,
        "sides": [works.line_of(line, visible=True) for line in lines if not line.settles], "not_now": not_now,
        "settled": [works.line_of(line, visible=True) for line in settled], "criteria": present.criteria_of(review),
        "stage_label": at_stage.label, "back": present.url_of(review, "conflicts") + f"?stufe={stage}",
        "full_texts": works.full_texts_of(review, item) if at_stage == Stage.FULL else [],
    }  # fmt: skip
    return render(request, "library/reviews/conflict.html", shown, status=422 if form.errors else 200)


def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """How far each pair of screeners agrees, with intervals."""
    review, today = found(request, slug), timezone.localdate()
    pairs = agreements(review)
    shown = {
        **present.frame_of(review, request.user, on=today, here="conflicts", title=_("Agreement")),
        "table": agreeing.table_of(pairs), "bars": agreeing.bars_of(pairs), "pairs": bool(pairs),
    }  # fmt: skip
    return render(request, "library/reviews/agreement.html", shown)
