"""What a review is about: imports that feed it, works taken by hand, what is known before, and every work of the pool."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nahtstelle.plumbing.kit.refusals import Refusal, may, refused
from nahtstelle.register.vocabulary.folding import fold

from ..actions import pool
from ..actions import screening as judging
from ..actions.labels import Told, give_labels
from ..forms.screening import FindForm, LabelsForm, LeaveOutForm, WorksForm
from ..label_tables import MOST_TOLD, read_labels
from ..models import Decision, Import, Item, Review, Stage, Work
from ..presenters import reviews as present
from ..presenters import works_in_review as works
from ..queries.decision_log import visible_numbers
from ..queries.reviews import OUTCOME
from ..rules import reviews as rules
from .reviews import found

PAGE, FOUND = 40, 25
SALT = "library.labels"


def led(request: HttpRequest, slug: str) -> Review:
    review, today = found(request, slug), timezone.localdate()
    rules.check_leads(request.user, review, on=today)
    rules.check_is_not_closed(review)
    return review


def sources(request: HttpRequest, slug: str) -> HttpResponse:
    """Which imports feed the pool; another one can be added any time, the works behind those that are there."""
    review, today = led(request, slug), timezone.localdate()
    if request.method == "POST":
        number = request.POST.get("import", "")
        batch = get_object_or_404(Import, pk=int(number) if number.isdecimal() else 0)
        came = pool.add_from_import(review=review, batch=batch, by=request.user.actor, at=timezone.now())
        words = ngettext("%(n)d work came into the pool.", "%(n)d works came into the pool.", came) % {"n": came}
        messages.success(request, words)
        return redirect("library:review-sources", slug=slug)
    others = Import.objects.exclude(pk__in=review.imports.values("pk")).exclude(
        state__in=(Import.State.REFUSED, Import.State.ABANDONED, Import.State.UNDONE, Import.State.UNDOING)
    )
    page = Paginator(others.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    shown = {
        **present.frame_of(review, request.user, on=today, here="", title=_("Sources of the pool")),
        "imports": review.imports.order_by("pk"), "page": page,
    }  # fmt: skip
    return render(request, "library/reviews/sources.html", shown)


def add_works(request: HttpRequest, slug: str) -> HttpResponse:
    """Take works of the library into the pool by hand."""
    review, today = led(request, slug), timezone.localdate()
    if request.method == "POST":
        ids = [int(pk) for pk in request.POST.getlist("work") if pk.isdecimal()]
        came = pool.add_works(review=review, works=ids, by=request.user.actor, at=timezone.now())
        messages.success(
            request, ngettext("%(n)d work came into the pool.", "%(n)d works came into the pool.", came) % {"n": came}
        )
        return redirect(request.get_full_path())
    form = FindForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    there = Item.objects.filter(review=review, work=OuterRef("pk"))
    rows = _worded(Work.objects.filter(merged_into=None).annotate(there=Exists(there)), words).defer("abstract")
    page = Paginator(rows, FOUND).get_page(request.GET.get("page"))
    shown = {
        **present.frame_of(review, request.user, on=today, here="", title=_("Take works into the pool")), "form": form, "page": page,
        "found": [{"pk": work.pk, "title": work.title, "authors": works.authors_of(work), "year": work.year, "there": work.there} for work in page.object_list],
        "filtered": bool(words),
    }  # fmt: skip
    return render(request, "library/reviews/add_works.html", shown)


def _worded(rows: QuerySet[Any], words: str, prefix: str = "") -> QuerySet[Any]:
    """Those with every word in title, people, key or year."""
    for word in words.split():
        rows = rows.filter(
            Q(**{f"{prefix}folded__contains": fold(word)}) | Q(**{f"{prefix}title__icontains": word})
            | (Q(**{f"{prefix}year": int(word)}) if word.isdecimal() and len(word) == 4 else Q(pk__in=[]))
        )  # fmt: skip
    return rows


def priors(request: HttpRequest, slug: str) -> HttpResponse:
    """Works that are known to belong in or not: the model begins with them."""
    review, today = led(request, slug), timezone.localdate()
    if request.method == "POST":
        place, verdict = request.POST.get("place", ""), request.POST.get("verdict", "")
        if place.isdecimal() and verdict in (Decision.Verdict.INCLUDE, Decision.Verdict.EXCLUDE):
            give_labels(
                review=review, labels=[Told(int(place), verdict)], own=False, by=request.user.actor, at=timezone.now()
            )
        return redirect(request.get_full_path())
    form = FindForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    rows = (
        _worded(review.items.filter(twin=None, left_out=False).select_related("work"), words, "work__")
        if words
        else review.items.none()
    )
    page = Paginator(rows.order_by("place"), FOUND).get_page(request.GET.get("page"))
    known = review.decisions.filter(prior=True, newest=True).select_related("item__work").order_by("-number")
    shown = {
        **present.frame_of(review, request.user, on=today, here="", title=_("Known before")), "form": form, "page": page,
        "found": [{"place": item.place, "title": item.work.title, "authors": works.authors_of(item.work), "year": item.work.year} for item in page.object_list],
        "filtered": bool(words), "known": [works.line_of(line, visible=True) | {"title": line.item.work.title} for line in known[:100]],
        "more": max(known.count() - 100, 0),
    }  # fmt: skip
    return render(request, "library/reviews/priors.html", shown)


def labels(request: HttpRequest, slug: str) -> HttpResponse:
    """A table of answers given elsewhere: looked at first, then taken."""
    review, today = found(request, slug), timezone.localdate()
    if not may(rules.check_leads, request.user, review, on=today):
        rules.check_screens(request.user, review, on=today)
    rules.check_is_not_closed(review)
    frame = present.frame_of(review, request.user, on=today, here="", title=_("Take over answers"))
    if request.method == "POST" and "signed" in request.POST:
        try:
            kept = signing.loads(request.POST["signed"], salt=SALT, max_age=24 * 3600)
        except signing.BadSignature as trouble:
            raise Refusal(_("This preview is too old. Please give the table again.")) from trouble
        if kept["review"] != review.pk:
            raise Refusal(_("This preview is too old. Please give the table again."))
        told = [Told(*row) for row in kept["told"]]
        number = give_labels(review=review, labels=told, own=kept["own"], by=request.user.actor, at=timezone.now())
        messages.success(
            request, ngettext("%(n)d answer was taken over.", "%(n)d answers were taken over.", number) % {"n": number}
        )
        return redirect(present.url_of(review))
    form = LabelsForm(request.POST or None, request.FILES or None)
    preview: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        given = read_labels(review, form.cleaned_data["table"].read())
        own = form.cleaned_data["whose"] == "own"
        if given.refused:
            form.add_error("table", given.refused)
        else:
            not_now = (
                refused(rules.check_screens, request.user, review, on=today)
                if own
                else refused(rules.check_leads, request.user, review, on=today)
            )
            preview = {
                "told": len(given.told), "included": sum(one.verdict == "include" for one in given.told),
                "excluded": sum(one.verdict == "exclude" for one in given.told), "unlabelled": given.unlabelled,
                "troubles": given.troubles[:MOST_TOLD], "more": max(len(given.troubles) - MOST_TOLD, 0), "number": len(given.troubles),
                "own": own, "not_now": not_now, "signed": signing.dumps({"review": review.pk, "own": own, "told": [list(one) for one in given.told]}, salt=SALT, compress=True),
            }  # fmt: skip
    shown = {**frame, "form": form, "preview": preview}
    return render(request, "library/reviews/labels.html", shown, status=422 if form.errors else 200)


def items(request: HttpRequest, slug: str) -> HttpResponse:
    """Every work of the pool, and what became of it."""
    review, today = found(request, slug), timezone.localdate()
    form = WorksForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    words, state, stage = chosen.get("q", ""), chosen.get("state", ""), chosen.get("stage") or Stage.TITLE
    rows = _worded(review.items.filter(twin=None).select_related("work"), words, "work__")
    if state == "left-out":
        rows = rows.filter(left_out=True)
    elif state:
        rows = rows.filter(left_out=False, **{OUTCOME[Stage(stage)]: "" if state == "open" else state})
    page = Paginator(rows.defer("work__abstract").order_by("place"), PAGE).get_page(request.GET.get("page"))
    shown = {
        **present.frame_of(review, request.user, on=today, here="review-works", title=_("Works of the review")), "form": form,
        "page": page, "filtered": bool(words or state), "leads": may(rules.check_leads, request.user, review, on=today),
        "table": works.items_table(review, page.object_list),
    }  # fmt: skip
    return render(request, "library/reviews/works.html", shown)


def item(request: HttpRequest, slug: str, place: int) -> HttpResponse:
    """One work of the pool: what is known of it, what was said of it as far as it may be seen."""
    review, today = found(request, slug), timezone.localdate()
    one = get_object_or_404(review.items.select_related("work", "twin"), place=place)
    if one.twin is not None:
        return redirect(present.url_of(review, "review-work", one.twin.place))
    one.review = review
    leads = may(rules.check_leads, request.user, review, on=today)
    form = LeaveOutForm(request.POST if "why" in request.POST else None)
    how = {"item": one, "by": request.user.actor, "at": timezone.now()}
    if request.method == "POST":
        if "retrieved" in request.POST:
            judging.say_retrieved(review=review, retrieved=True, **how)
            return redirect(present.url_of(review, "review-work", place))
        rules.check_leads(request.user, review, on=today)
        if "back" in request.POST:
            pool.take_back(**how)
            return redirect(present.url_of(review, "review-work", place))
        if form.is_valid():
            pool.leave_out(why=form.cleaned_data["why"], **how)
            return redirect(present.url_of(review, "review-work", place))
    lines = list(
        Decision.objects.filter(Q(item=one) | Q(item__twin=one))
        .select_related("by__person", "reason")
        .order_by("number")
    )
    open_to = visible_numbers(review, request.user, [line.number for line in lines])
    screens = may(rules.check_screens, request.user, review, on=today) and review.state == Review.State.SCREENING
    shown = {
        **present.frame_of(review, request.user, on=today, here="review-works", title=one.work.title), "work": works.work_of(one), "item": one,
        "title_badge": works.outcome_badge(one, Stage.TITLE), "full_badge": works.outcome_badge(one, Stage.FULL),
        "lines": [works.line_of(line, visible=line.number in open_to) for line in lines],
        "leads": leads and review.state != Review.State.CLOSED, "form": form, "cannot_leave": refused(rules.check_can_be_left_out, one),
        "screens": screens, "full_texts": works.full_texts_of(review, one),
        "think_again": [
            {"label": stage.label, "url": present.url_of(review, "screen-work", present.WAYS[stage], place)}
            for stage in Stage
            if screens and any(line.by_id == request.user.pk and line.stage == stage and line.newest and not line.prior for line in lines)
        ],
        "card_url": works.card_url(one) if one.full_outcome == "included" else "",
    }  # fmt: skip
    return render(request, "library/reviews/work.html", shown, status=422 if form.errors else 200)
