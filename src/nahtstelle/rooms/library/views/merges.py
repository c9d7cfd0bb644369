"""Merging two works by hand, every merge there was, and undoing one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import Refusal, may, refused

from ..actions import merging
from ..actions.deciding import join
from ..forms.duplicates import DeskForm, MergesForm, OtherForm
from ..models import Merge, Work
from ..presenters import duplicates as shown_as
from ..queries import linking
from ..rules.linking import WHICH, check_can_merge, check_can_part
from ..rules.people import check_may_keep, check_may_read

PAGE = 50


def merges(request: HttpRequest) -> HttpResponse:
    """Every merge, newest first, and the way to undo it."""
    today = timezone.localdate()
    check_may_read(request.user, on=today)
    form = MergesForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    words, who = wanted.get("q", ""), wanted.get("who", "")
    page = Paginator(linking.merges(words=words, who=who), PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": form,
        "page": page,
        "filtered": bool(words or who),
        "threshold": shown_as.threshold(),
        "breadcrumb": shown_as.way((_("Merged works"), "")),
        **shown_as.merges_table(page.object_list, may_part=may(check_may_keep, request.user, on=today)),
    }
    return render(request, "library/merges.html", shown)


def part(request: HttpRequest, pk: int) -> HttpResponse:
    """What undoing a merge does, and the button."""
    check_may_keep(request.user, on=timezone.localdate())
    merge = get_object_or_404(Merge.objects.select_related("kept", "absorbed", "batch"), pk=pk)
    if request.method == "POST":
        if not refused(check_can_part, merge):  # sent twice: done already
            merging.part(merge=merge, by=request.user.actor, at=timezone.now())
            messages.success(request, _("“%(title)s” is a work of its own again.") % {"title": merge.absorbed.title})
        return redirect("library:merges")
    check_can_part(merge)
    shown = {
        "title": _("Undo a merge"),
        "consequences": shown_as.consequences_of(merge),
        "confirm_label": _("Part the works"),
        "cancel_url": reverse("library:merges"),
        "breadcrumb": shown_as.way((_("Merged works"), reverse("library:merges")), (_("Undo a merge"), "")),
    }
    return render(request, "look/confirm.html", shown)


def other(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for the work that is the same as this one."""
    check_may_keep(request.user, on=timezone.localdate())
    work = get_object_or_404(Work, pk=pk, merged_into=None)
    form = OtherForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    page = Paginator(linking.others_like(work, words), PAGE).get_page(request.GET.get("page"))
    shown = {
        "work": work,
        "form": form,
        "page": page,
        "filtered": bool(words),
        "breadcrumb": shown_as.way((_("Merge by hand"), "")),
        **shown_as.others_table(work, page.object_list),
    }
    return render(request, "library/other.html", shown)


def by_hand(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two works side by side that a person holds to be one."""
    check_may_keep(request.user, on=timezone.localdate())
    works = Work.objects.prefetch_related("records__batch")
    one, two = (get_object_or_404(works, pk=number) for number in (pk, other))
    if request.method == "POST":
        form = DeskForm(request.POST)
        try:
            if not form.is_valid() or form.cleaned_data["kept"] not in (one.pk, two.pk):
                raise Refusal(WHICH)
            kept = form.cleaned_data["kept"]
            join(
                one=one, two=two, kept=kept, choices=form.choices, reasons=[], certainty=None, by=request.user.actor,
                at=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            if two.merged_into_id == one.pk or one.merged_into_id == two.pk:  # sent twice: done already
                return redirect("library:merges")
            messages.error(request, str(refusal))
            return redirect("library:by-hand", pk=one.pk, other=two.pk)
        messages.success(request, _("The works are one now. This can be undone at any time."))
        return redirect("library:merges")
    barred = refused(check_can_merge, one, two)
    shown: dict[str, Any] = {
        "title": _("Merge two works"),
        "barred": barred,
        "back": reverse("library:other", args=[one.pk]) if not one.merged_into_id else reverse("library:merges"),
        "breadcrumb": shown_as.way((_("Merge by hand"), "")),
        "desk": None if one.pk == two.pk else shown_as.desk_of(one, two),
    }
    return render(request, "library/by_hand.html", shown)
