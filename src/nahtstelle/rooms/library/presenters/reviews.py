"""Reviews in lists, and the frame all pages of one share."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nahtstelle.plumbing.kit.refusals import may, refused
from nahtstelle.plumbing.look.dates import day
from nahtstelle.register.people.models import Account

from ..models import Criterion, Member, Review, Stage
from ..queries import reviews as queries
from ..queries import teams
from ..rules import reviews as rules

State = Review.State
TONES = {State.PREPARING: "warning", State.SCREENING: "info", State.CLOSED: "success"}
WAYS = {Stage.TITLE: "titel", Stage.FULL: "volltext"}  # how a stage is called in addresses


def url_of(review: Review, name: str = "review", *args: Any) -> str:
    return reverse(f"library:{name}", args=[review.slug, *args])


def way(*steps: tuple[str, str]) -> list[dict[str, str]]:
    whole = [(_("Reviews of literature"), reverse("library:reviews")), *steps]
    return [{"label": label, "url": url} for label, url in whole]


def badge_of(review: Review) -> dict[str, Any]:
    return {"label": review.get_state_display(), "tone": TONES[State(review.state)]}


def table_of(reviews: Iterable[Review]) -> dict[str, Any]:
    found = list(reviews)
    progress = queries.progress_of(found)
    columns = [
        {"label": _("Review"), "kind": "head"},
        pgettext("review", "State"),
        {"label": _("Works"), "kind": "number"},
        {"label": _("Judged"), "kind": "number"},
        {"label": _("Full texts"), "kind": "number"},
        {"label": pgettext("screening", "included"), "kind": "number"},
    ]
    rows = []
    for review in found:
        counts = progress.get(review.pk, {})
        rows.append([
            {"text": review.title, "url": url_of(review), "note": _short(review.question)},
            {"badge": badge_of(review)},
            counts.get("pool", 0),
            _done(counts, Stage.TITLE),
            counts.get("wanted", 0),
            counts.get("full_included", 0),
        ])  # fmt: skip
    return {"columns": columns, "rows": rows}


def _short(text: str) -> str:
    return text if len(text) <= 140 else text[:138].rsplit(" ", 1)[0] + " …"


def _done(counts: dict[str, int], stage: str) -> int:
    return sum(counts.get(f"{stage}_{name}", 0) for name in ("included", "excluded", "maybe", "conflict"))


def frame_of(review: Review, account: Account, *, on: date, here: str, title: str = "") -> dict[str, Any]:
    """Head, way and tabs of a page of a review."""
    steps = [(review.title, url_of(review))] if title else [(review.title, "")]
    return {
        "review": review,
        "page_title": title or review.title,
        "kicker": review.title if title else _("Review of literature"),
        "badge": badge_of(review),
        "tabs": tabs_of(review, account, on=on, here=here),
        "breadcrumb": way(*steps, *([(title, "")] if title else [])),
    }


def tabs_of(review: Review, account: Account, *, on: date, here: str) -> list[dict[str, Any]]:
    pages = [("review", _("Overview"))]
    if may(rules.check_screens, account, review, on=on) and review.state == State.SCREENING:
        pages.append(("screen", _("Screen")))
    pages += [
        ("review-works", _("Works")), ("conflicts", _("Conflicts")), ("review-stopping", _("Enough?")),
        ("review-flow", _("Flow")), ("review-log", _("Log")), ("review-results", _("Results")),
    ]  # fmt: skip
    return [
        {"label": label, "url": url_of(review, name, *(["titel"] if name == "screen" else [])), "current": name == here}
        for name, label in pages
    ]


def actions_of(review: Review, account: Account, *, on: date) -> list[dict[str, Any]]:
    """What whoever leads the review can do with it now; for the others the way to the works."""
    found: list[dict[str, Any]] = []
    if may(rules.check_screens, account, review, on=on) and review.state == State.SCREENING:
        found.append(
            {
                "label": _("Screen works"),
                "url": url_of(review, "screen", "titel"),
                "kind": "primary",
                "icon": "checklist",
            }
        )
        found.append({"label": _("Read full texts"), "url": url_of(review, "screen", "volltext"), "kind": "secondary"})
    if not may(rules.check_leads, account, review, on=on):
        return found
    step = url_of(review, "review-step")
    if review.state == State.PREPARING:
        reason = refused(rules.check_can_open, review, on=on)
        found.append(
            {
                "label": _("Open the screening"),
                "url": step,
                "post": True,
                "name": "open",
                "value": "1",
                "kind": "primary",
                "disabled_reason": reason,
            }
        )
    if review.state != State.CLOSED:
        found.append({"label": _("Edit"), "url": url_of(review, "review-edit"), "kind": "secondary", "icon": "edit"})
    if review.state == State.SCREENING:
        found.append({"label": _("Close the review"), "url": url_of(review, "review-close"), "kind": "tertiary"})
    if review.state == State.CLOSED:
        found.append(
            {
                "label": _("Open it again"),
                "url": step,
                "post": True,
                "name": "reopen",
                "value": "1",
                "kind": "secondary",
            }
        )
    return found


def stages_of(review: Review, counts: dict[str, int]) -> list[dict[str, Any]]:
    """How far each stage has come: a bar and its words."""
    found = []
    for stage, whole in ((Stage.TITLE, counts["pool"]), (Stage.FULL, counts["wanted"] - counts["not_retrieved"])):
        done = _done(counts, stage)
        found.append({
            "label": capfirst(stage.label), "value": min(done, whole), "maximum": max(whole, 1),
            "text": ngettext("%(done)d of %(n)d work judged", "%(done)d of %(n)d works judged", whole) % {"done": done, "n": whole},
            "id": f"stage-{stage}",
        })  # fmt: skip
    return found


def outcomes_of(counts: dict[str, int]) -> dict[str, Any]:
    """What became of the works, by stage, as bars."""
    names = (
        ("included", pgettext("screening", "included")), ("maybe", pgettext("screening", "doubtful")),
        ("conflict", pgettext("screening", "conflict")), ("excluded", pgettext("screening", "excluded")),
    )  # fmt: skip
    rows = []
    for stage in Stage:
        for name, label in names:
            if stage == Stage.FULL and name == "maybe":
                continue
            rows.append({"label": f"{capfirst(stage.label)}: {label}", "value": counts[f"{stage}_{name}"]})
    return {"rows": rows}


def tiles_of(counts: dict[str, int]) -> list[dict[str, Any]]:
    open_title = counts["pool"] - _done(counts, Stage.TITLE)
    open_full = counts["wanted"] - counts["not_retrieved"] - _done(counts, Stage.FULL)
    return [
        {"label": _("Works in the pool"), "value": counts["pool"], "note": _("%d still to be judged") % open_title},
        {"label": _("Go on to the full text"), "value": counts["wanted"], "note": _("%d still to be read") % open_full},
        {"label": _("Conflicts"), "value": counts["title_conflict"] + counts["full_conflict"], "note": _("to be settled")},
        {"label": _("Included in the end"), "value": counts["full_included"], "note": ""},
    ]  # fmt: skip


def team_table(members: Iterable[Member], *, on: date) -> dict[str, Any]:
    columns = [
        {"label": _("Person"), "kind": "head"}, _("Part in the review"), _("From"), _("Until"), pgettext("review", "State"),
    ]  # fmt: skip
    rows = [
        [
            member.person.name, member.get_role_display(), member.valid_from, member.valid_until or _("open"),
            _("in the team") if member.holds_on(on) else _("ended") if member.valid_until and member.valid_until < on else _("to come"),
        ]
        for member in members
    ]  # fmt: skip
    return {"columns": columns, "rows": rows}


def criteria_of(review: Review) -> dict[str, list[Criterion]]:
    """Both lists of criteria that are offered."""
    offered = list(review.criteria.filter(retired_at=None).order_by("position", "pk"))
    return {
        "wanted": [one for one in offered if not one.excludes],
        "unwanted": [one for one in offered if one.excludes],
    }


def facts_of(review: Review) -> list[dict[str, Any]]:
    lines = [
        {"term": _("Question"), "value": review.question},
        {"term": _("Who judges"), "value": review.get_judges_display()},
    ]
    if review.judges == Review.Blindness.SINGLE and review.second_share:
        lines.append(
            {
                "term": _("Judged by a second person, too"),
                "value": _("%d per cent of the works, drawn by chance") % review.second_share,
            }
        )
    lines.append({
        "term": _("To be reached"),
        "value": _("%(target)d per cent of what is relevant, with %(sure)d per cent confidence")
        % {"target": round(review.target_recall * 100), "sure": round(review.confidence * 100)},
    })  # fmt: skip
    if review.state == State.CLOSED and review.closed_at:
        lines.append({"term": _("Closed on %s") % day(review.closed_at), "value": review.closed_why})
    return lines


def is_own(review: Review, account: Account, *, on: date) -> bool:
    return bool(teams.roles_in(review, account.person, on=on))
