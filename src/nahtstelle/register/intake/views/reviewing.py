"""One row: as the table has it, beside what it may be the same as, field by field."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import Refusal, refused

from .. import actions, queries, rules
from ..comparing import as_state, states_of
from ..forms import DECISIONS, DecisionForm
from ..models import Batch, Row
from ..presenters import batches, rows
from ..sentences import of_row
from .working import found


def row(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A row, and for a possible duplicate what shall become of it."""
    batch = found(request, pk)
    one = get_object_or_404(batch.rows.select_related("twin"), number=number)
    shown: dict[str, Any] = {
        "batch": batch,
        "row": one,
        "title": _("Row %(number)d: %(label)s") % {"number": one.number, "label": one.label or _("without a name")},
        "badge": {"label": one.get_state_display(), "tone": rows.TONES[Row.State(one.state)]},
        "cells": rows.cells_of(batch, one),
        "problems": of_row(batch.kind, one.problems),
        "breadcrumb": batches.way((batch.file_name, batches.url_of(batch)), (_("Row %d") % number, "")),
        "back": batches.url_of(batch),
    }
    if one.state not in (Row.State.DUPLICATE, Row.State.SAME):
        return render(request, "intake/row.html", shown)
    there = _there(batch, one)
    review = rows.review_of(batch, one, there)
    shown |= {"review": review, "why": rows.why_alike(one), "target": rows.target_link(batch, one)}
    not_now = refused(rules.check_can_be_decided, batch)
    if one.state == Row.State.SAME or not_now:
        return render(request, "intake/row.html", shown)
    form = _form(request, one, review)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(
                row=one, decision=form.cleaned_data["decision"], choices=form.choices, by=request.user.actor,
                at=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            following = queries.next_open(batch, after=number)
            if following is None:
                messages.success(request, _("All possible duplicates are decided."))
                return redirect("intake:import", pk=pk)
            return redirect("intake:row", pk=pk, number=following.number)
    shown["form"] = form
    return render(request, "intake/row.html", shown, status=422 if form.errors else 200)


def _there(batch: Batch, one: Row) -> dict[str, Any]:
    if one.twin is not None:
        return as_state(batch.kind, one.twin.values)
    return states_of(batch.kind, [one.target]).get(one.target or 0, one.seen) if one.target else one.seen


def _form(request: HttpRequest, one: Row, review: dict[str, Any]) -> DecisionForm:
    decisions = [pair for pair in DECISIONS if not (pair[0] == Row.Decision.CREATE and one.reason == "mail")]
    initial = {"decision": one.decision or Row.Decision.MERGE}
    initial |= {f"field-{name}": one.choices.get(name, "ours") for name, *_rest in review["choose"]}
    return DecisionForm(request.POST or None, decisions=decisions, fields=review["choose"], initial=initial)


def next_row(request: HttpRequest, pk: int) -> HttpResponse:
    """The next duplicate that nobody decided."""
    batch = found(request, pk)
    following = queries.next_open(batch)
    if following is None:
        return redirect("intake:import", pk=pk)
    return redirect("intake:row", pk=pk, number=following.number)
