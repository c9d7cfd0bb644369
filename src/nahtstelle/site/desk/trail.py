"""The audit trail: everything that happened, and what happened to one object."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from nahtstelle.plumbing.ledger import facts
from nahtstelle.plumbing.ledger.models import Entry, Touch
from nahtstelle.plumbing.ledger.presenters import Change, changes_of, entry_line, kind_label, model_called, trail_lines
from nahtstelle.plumbing.ledger.queries import whole_trail
from nahtstelle.register.people.rules import check_operator, check_staff

PER_PAGE = 50
# What happened to people and their mail is for those who answer for the data, not for all staff.
PERSONAL = ("people.", "notices.", "axes.")


class Filter(forms.Form):
    who = forms.CharField(label=gettext_lazy("Who"), required=False, max_length=200)
    fact = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    day = forms.DateField(
        label=gettext_lazy("Day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(
            ((name, facts.label_of(name)) for name in facts.all_names()), key=lambda pair: pair[1].casefold()
        )
        field = self.fields["fact"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Everything")), *named]


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of the whole trail with the first object it touched."""

    line: Any
    about: str = ""
    url: str = ""
    more: int = 0  # further objects touched


@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    """Everything, newest first; by who, what and day."""
    check_operator(request.user, on=timezone.localdate())
    form = Filter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    entries = _narrowed(whole_trail(), **chosen)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {"title": _("The trail of everything"), "form": form, "page": page, "happened": _with_objects(list(page))}
    return render(request, "desk/trail.html", context, status=422 if form.errors else 200)


def _narrowed(entries: QuerySet[Entry], *, who: str = "", fact: str = "", day: date | None = None) -> QuerySet[Entry]:
    if who:
        entries = entries.filter(Q(actor_label__icontains=who) | Q(actor=who))
    if fact:
        entries = entries.filter(fact=fact)
    if day:
        start = timezone.make_aware(datetime.combine(day, time.min))
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        entries = entries.filter(at__gte=start, at__lt=end)
    return entries


def _with_objects(entries: list[Entry]) -> list[Happened]:
    """In a number of queries that does not depend on how many objects an entry touched."""
    firsts = {
        row["entry"]: (row["first"], row["number"])
        for row in Touch.objects.filter(entry__in=entries)
        .order_by()
        .values("entry")
        .annotate(first=Min("id"), number=Count("id"))
    }
    touches = Touch.objects.in_bulk([first for first, _number in firsts.values()])
    titles = _titles(touches.values())
    found = []
    for entry in entries:
        first, number = firsts.get(entry.pk, (None, 0))
        touch = touches.get(first or 0)
        if touch is None:
            found.append(Happened(line=entry_line(entry)))
            continue
        single: list[Change] = changes_of(touch) if number == 1 else []
        found.append(
            Happened(
                line=replace(entry_line(entry), changes=single),
                about=titles[touch.kind, touch.object_id],
                url=reverse("machinery:trail-of", args=[touch.kind, touch.object_id]),
                more=number - 1,
            )
        )
    return found


def _titles(touches: Iterable[Touch]) -> dict[tuple[str, int], str]:
    """What the touched objects are called; those that are gone by their kind and number."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for touch in touches:
        numbers[touch.kind].add(touch.object_id)
    titles = {}
    for kind, some in numbers.items():
        model = model_called(kind)
        objects = model._default_manager.in_bulk(list(some)) if model else {}
        for number in some:
            name = str(objects[number]) if number in objects else f"{number}"
            titles[kind, number] = f"{kind_label(kind)}: {name}"
    return titles


@require_safe
def of_object(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """What happened to one object, also when it is gone; for staff, about people for operators."""
    check = check_operator if kind.startswith(PERSONAL) else check_staff
    check(request.user, on=timezone.localdate())
    touches = Touch.objects.filter(kind=kind, object_id=number).select_related("entry").order_by("-entry_id", "-id")
    if not touches.exists():
        raise Http404
    page = Paginator(touches, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _titles([Touch(kind=kind, object_id=number)])[kind, number],
        "kicker": _("What happened"),
        "page": page,
        "trail": trail_lines(page),
    }
    return render(request, "desk/trail_of.html", context)
