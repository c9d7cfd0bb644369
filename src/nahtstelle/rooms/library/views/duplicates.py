"""Pairs in doubt: their list, and one on the desk."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import Refusal, refused

from ..actions.deciding import decide_same
from ..actions.pairs import keep_apart
from ..forms.duplicates import DeskForm, PairsForm
from ..models import Pair
from ..presenters import duplicates as shown_as
from ..queries import linking
from ..rules.linking import check_can_be_decided
from ..rules.people import check_may_keep, check_may_read

PAGE = 50


def pairs(request: HttpRequest) -> HttpResponse:
    """What a person should look at, the likeliest first."""
    today = timezone.localdate()
    check_may_read(request.user, on=today)
    imports = linking.imports_with_pairs()
    form = PairsForm(request.GET, imports=imports)
    batch = _import(request)
    found = linking.open_pairs(batch=batch).select_related("one", "two", "batch")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    figures = linking.figures(batch=batch)
    first = page.object_list[0] if page.object_list else None
    shown: dict[str, Any] = {
        "form": form if imports else None,
        "page": page,
        "progress": shown_as.progress_of(figures),
        "begun": bool(figures["open"] or figures["decided"]),
        "filtered": batch is not None,
        "threshold": shown_as.threshold(),
        "begin": shown_as.begin(first, batch, refused(check_may_keep, request.user, on=today)),
        "breadcrumb": shown_as.way(),
        **shown_as.pairs_table(page.object_list, batch),
    }
    return render(request, "library/pairs.html", shown)


def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Two works side by side; what is said of them leads to the next pair."""
    check_may_keep(request.user, on=timezone.localdate())
    one = get_object_or_404(
        Pair.objects.select_related("one", "two", "batch", "decided_by__person").prefetch_related(
            "one__records__batch", "two__records__batch"
        ),
        pk=pk,
    )
    batch = _import(request)
    following = linking.next_open(one, batch=batch)
    onwards = shown_as.pair_url(following, batch) if following else shown_as.list_url(batch)
    if one.state != Pair.State.OPEN:
        if not (request.method == "POST" and one.decided_by_id == request.user.pk):  # who sent twice knows already
            messages.info(request, refused(check_can_be_decided, one))
        return redirect(onwards)
    if request.method == "POST":
        try:
            _decide(request, one)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(shown_as.pair_url(one, batch))
        if following is None or (following.pk == one.pk and request.POST.get("decision") != "later"):
            messages.success(request, _("All pairs are decided."))
        return redirect(onwards)
    shown = {
        "pair": one,
        "said": shown_as.said_of(one),
        "progress": shown_as.progress_of(linking.figures(batch=batch)),
        "back": shown_as.list_url(batch),
        "breadcrumb": shown_as.way((_("Pair %d") % one.pk, "")),
        "desk": shown_as.desk_of(one.one, one.two),
        "alone": following is None,
    }
    return render(request, "library/pair.html", shown)


def _decide(request: HttpRequest, one: Pair) -> None:
    by, at = request.user.actor, timezone.now()
    decision = request.POST.get("decision")
    if decision == "apart":
        keep_apart(pair=one, by=by, at=at)
    elif decision == "same":
        form = DeskForm(request.POST)
        kept = form.cleaned_data["kept"] if form.is_valid() else 0
        decide_same(pair=one, kept=kept, choices=form.choices, by=by, at=at)
    elif decision != "later":
        raise Refusal(_("Please say whether they are the same, two works, or to be decided later."))


def _import(request: HttpRequest) -> int | None:
    number = request.GET.get("import", "")
    return int(number) if number.isdecimal() and len(number) < 10 else None
