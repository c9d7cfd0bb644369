"""Works of a review as the screening page, the list and the conflicts show them."""

from collections.abc import Iterable
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nahtstelle.plumbing.look.dates import moment

from ..models import Decision, FullText, Item, Review, Stage, Work
from ..queries.reviews import OUTCOME
from ..queries.screening import Next
from .marking import marked
from .reviews import WAYS, url_of

Outcome = Item.Outcome
TONES = {Outcome.INCLUDED: "success", Outcome.EXCLUDED: "neutral", Outcome.MAYBE: "info", Outcome.CONFLICT: "warning"}
VERDICT_TONES = {"include": "success", "exclude": "neutral", "maybe": "info"}
MOST_AUTHORS = 6


def authors_of(work: Work) -> str:
    names = [", ".join(part for part in name if part) for name in work.authors[:MOST_AUTHORS]]
    more = len(work.authors) - len(names)
    return "; ".join(names) + (_(" and %d more") % more if more > 0 else "")


def source_of(work: Work) -> str:
    """Where it appeared, in one line."""
    issue = " ".join(part for part in (work.volume, f"({work.issue})" if work.issue else "") if part)
    parts = [work.container or work.publisher, issue, work.pages, str(work.year or "")]
    return ", ".join(part for part in parts if part)


def work_of(item: Item, *, told: dict[str, float] | None = None) -> dict[str, Any]:
    """A work with its words set off."""
    work, words = item.work, item.review.words
    return {
        "place": item.place,
        "title": marked(work.title, words, told or {}),
        "plain_title": work.title,
        "abstract": marked(work.abstract, words, told or {}) if work.abstract else "",
        "authors": authors_of(work),
        "source": source_of(work),
        "doi": work.doi,
        "url": work.url if work.url.startswith(("http://", "https://")) else "",
        "language": work.language[:2] if work.language[:2].isalpha() else "",
        "standing": {"label": work.get_standing_display(), "tone": "danger"} if work.standing != Work.Standing.SOUND else None,
    }  # fmt: skip


def full_texts_of(review: Review, item: Item) -> list[dict[str, str]]:
    """The files of a work its team may read: open ones, those of the centre, copies for a review."""
    return [
        {"label": text.name, "note": text.get_rights_display(), "url": url_of(review, "review-full-text", text.pk)}
        for text in FullText.objects.filter(work=item.work_id).order_by("pk")
    ]


def why_this(found: Next, review: Review, size: int) -> list[str]:
    """Why just this work comes now, in sentences."""
    if found.look is not None:
        return [
            _("It was drawn by chance: it belongs to sample number %d, all of which is read before it says anything.")
            % found.look.number
        ]
    sentences = []
    if found.second:
        sentences.append(_("Somebody else has judged it, and a second answer is needed; such works come first."))
    if found.ranking is None:
        sentences.append(
            _("It comes by chance (seed %d). The model begins as soon as one work is included and one is excluded.")
            % review.seed
        )
        return sentences
    sentences.append(
        _("It is number %(rank)d of %(size)d in the ranking of %(when)s, learnt from the log up to line %(after)d.")
        % {
            "rank": found.rank + 1,
            "size": size,
            "when": moment(found.ranking.at, "short"),
            "after": found.ranking.after,
        }
    )
    sentences.append(
        _("Model: %(model)s, features: %(features)s, seed %(seed)d.")
        % {"model": found.ranking.model, "features": found.ranking.features, "seed": found.ranking.seed}
    )
    return sentences


def outcome_badge(item: Item, stage: str) -> dict[str, Any] | None:
    outcome = getattr(item, OUTCOME[Stage(stage)])
    if not outcome:
        return None
    return {"label": Outcome(outcome).label, "tone": TONES[Outcome(outcome)]}


def items_table(review: Review, items: Iterable[Item]) -> dict[str, Any]:
    columns = [
        {"label": pgettext("literature", "Work"), "kind": "head"},
        {"label": _("Year"), "kind": "number"},
        {"label": capfirst(Stage.TITLE.label)},
        {"label": capfirst(Stage.FULL.label)},
    ]
    rows = []
    for item in items:
        out = {"label": _("taken out"), "tone": "neutral"} if item.left_out else None
        full = outcome_badge(item, Stage.FULL)
        if full is None and item.not_retrieved:
            full = {"label": _("not retrieved"), "tone": "warning"}
        rows.append([
            {"text": item.work.title, "url": url_of(review, "review-work", item.place), "note": authors_of(item.work)},
            str(item.work.year or ""),
            {"badge": out or outcome_badge(item, Stage.TITLE) or {"label": pgettext("screening", "open"), "tone": "info"}},
            {"badge": full} if full else "",
        ])  # fmt: skip
    return {"columns": columns, "rows": rows}


def line_of(line: Decision, *, visible: bool) -> dict[str, Any]:
    """A line of the log; what is still blind shows that somebody has judged, and not how."""
    what = [str(line.get_stage_display())]
    if line.prior:
        what.append(_("known before"))
    if line.settles:
        what.append(_("settles a conflict"))
    if not line.newest:
        what.append(_("replaced by a later answer"))
    return {
        "number": line.number,
        "who": line.by.person.name,
        "when": line.at,
        "what": ", ".join(what),
        "badge": {"label": line.get_verdict_display(), "tone": VERDICT_TONES[line.verdict]}
        if visible
        else {"label": _("hidden until all have judged"), "tone": "neutral"},
        "reason": line.reason.words if visible and line.reason else "",
        "note": line.note if visible else "",
    }


def log_table(review: Review, lines: Iterable[Decision], visible: set[int]) -> dict[str, Any]:
    columns = [
        {"label": _("Line"), "kind": "number"}, {"label": pgettext("literature", "Work"), "kind": "head"}, _("Who"),
        pgettext("screening", "Answer"), _("Reason and note"), {"label": _("When"), "kind": "date"},
    ]  # fmt: skip
    rows = []
    for line in lines:
        said = line_of(line, visible=line.number in visible)
        rows.append([
            line.number,
            {"text": line.item.work.title, "url": url_of(review, "review-work", line.item.place), "note": said["what"]},
            said["who"],
            {"badge": said["badge"]},
            " – ".join(part for part in (said["reason"], said["note"]) if part),
            said["when"],
        ])  # fmt: skip
    return {"columns": columns, "rows": rows}


def left_words(count: int) -> str:
    return ngettext(
        "%(n)d work waits for somebody else's answer.", "%(n)d works wait for somebody else's answer.", count
    ) % {"n": count}


def verdict_label(verdict: str) -> str:
    return str(dict(Decision.Verdict.choices).get(verdict, ""))


def card_url(item: Item) -> str:
    """Where the assessment card of a work is written, once the library has that page."""
    try:
        return reverse("library:card-new") + f"?work={item.work_id}&review={item.review_id}"
    except NoReverseMatch:
        return ""


def stage_label(stage: str) -> str:
    return str(Stage(stage).label)


def stage_links(review: Review, name: str, stage: str, **counts: int) -> list[dict[str, Any]]:
    return [
        {
            "label": capfirst(one.label),
            "url": url_of(review, name, WAYS[one]),
            "current": one == stage,
            "count": counts.get(one.value),
        }
        for one in Stage
    ]
