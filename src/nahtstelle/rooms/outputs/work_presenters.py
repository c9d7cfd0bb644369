"""What the pages of the workshop and of the waves show, as the look's components take it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import refused

from . import rules
from .asking import Question, open_questions
from .models import Citation, Edition, Impact, Output, Step, Wave
from .presenters import citation_rows, in_order, status_of
from .questions import Offer

PROGRESS_TONES = {
    Output.Progress.DRAFT: "neutral", Output.Progress.IN_REVIEW: "info", Output.Progress.SIGNED_OFF: "accent",
    Output.Progress.RELEASED: "accent",
}  # fmt: skip
VERDICT_TONES = {
    Impact.Verdict.REPEALED: "danger", Impact.Verdict.TOUCHED: "warning", Impact.Verdict.REVERSED: "info",
    Impact.Verdict.ANNOUNCED: "info", Impact.Verdict.RENUMBERED: "neutral", Impact.Verdict.ELSEWHERE: "neutral",
}  # fmt: skip
OUTCOME_TONES = {
    Impact.Outcome.VALID: "success", Impact.Outcome.CORRECTED: "success", Impact.Outcome.WITHDRAWN: "warning",
    Impact.Outcome.DROPPED: "neutral",
}  # fmt: skip


def workshop_table(outputs: Iterable[Output]) -> dict[str, Any]:
    columns = [
        {"label": _("Title"), "kind": "head"}, _("Kind"), _("Owner"), {"label": _("Working text"), "kind": "status"},
        {"label": _("For readers"), "kind": "status"}, {"label": _("Changed"), "kind": "date"},
    ]  # fmt: skip
    return {"columns": columns, "rows": [_workshop_row(output) for output in outputs]}


def _workshop_row(output: Output) -> list[Any]:
    language = "" if output.language == "de" else output.get_language_display()
    fresh = output.edition is None or output.edition.revision != output.revision
    progress = output.get_progress_display() if fresh or output.progress != Output.Progress.DRAFT else _("as published")
    return [
        {"text": output.title, "url": reverse("outputs:work", args=[output.slug]), "note": language},
        output.kind.name,
        output.owner.name,
        {"badge": {"label": progress, "tone": PROGRESS_TONES[Output.Progress(output.progress)]}},
        {"status": status_of(output)} if output.state != Output.State.DRAFT else "–",
        timezone.localdate(output.changed_at),
    ]


def work_actions(
    output: Output, why_not: dict[str, str], offers: Sequence[Offer], *, may_start: bool, writes: bool
) -> tuple[list[Any], list[Any]]:
    """What can be done with a text: the first of it, and the rest."""
    slug = [output.slug]
    writing = why_not["edit"]
    first = [_action(_("Write"), "edit", slug, kind="primary", icon="edit", why_not=writing)] if writes else []
    if output.edition_id and output.state != Output.State.WITHDRAWN:
        first.append(_action(_("As readers see it"), "output", slug, icon="visibility"))
    more = [] if writing else [
        _action(_("Particulars"), "particulars", slug),
        _action(_("Citations"), "citations", slug),
        _action(_("Files and figures"), "attachments", slug),
        _action(_("Bring in a Word file"), "bring-into", slug, icon="drive-folder-upload"),
    ]  # fmt: skip
    more.append(_action(_("Compare"), "compare", slug))
    if may_start:
        more.append(_action(_("Language variant"), "new-variant", slug, icon="language"))
    if not why_not["note_check"]:
        more.append(_action(_("Check by test readers"), "reader-check", slug))
    more += [
        {"label": offer.label, "url": offer.address, "disabled_reason": offer.why_not, "icon": "mail"}
        for offer in offers
    ]
    return first, more


def barred_steps(why_not: dict[str, str]) -> dict[str, dict[str, str]]:
    """The buttons of the steps that a rule forbids now, greyed with its sentence."""
    labels = {"submit": _("Submit for review"), "sign_off": _("Sign this text off")}
    return {
        name: {"label": label, "kind": "primary", "disabled_reason": why_not[name]}
        for name, label in labels.items()
        if why_not[name]
    }


def questions_not_said(output: Output, why_not: dict[str, str]) -> list[Question]:
    """What the text still asks its author, unless the greyed button of its next step says so already."""
    next_step = {Output.Progress.DRAFT: "submit", Output.Progress.IN_REVIEW: "sign_off"}.get(output.progress, "publish")
    said = refused(rules.check_nothing_asked, output)
    return open_questions(output.body) if said and said != why_not[next_step] else []


def _action(
    label: str, name: str, args: list[Any], *, kind: str = "secondary", icon: str = "", why_not: str = ""
) -> Any:
    return {
        "label": label, "url": reverse(f"outputs:{name}", args=args), "kind": kind, "icon": icon,
        "disabled_reason": why_not,
    }  # fmt: skip


def standing_facts(output: Output, authors: Iterable[Any], *, stale: bool) -> list[dict[str, Any]]:
    language = str(output.get_language_display())
    behind = _("behind its original")
    facts = [
        {"term": _("For readers"), "value": output.get_state_display()},
        {"term": _("Working text"), "value": output.get_progress_display()},
        {"term": _("Owner"), "value": output.owner.name},
        {"term": _("Authors"), "value": ", ".join(one.called for one in authors)},
        {"term": _("Audience"), "value": output.get_audience_display()},
        {"term": _("Language"), "value": f"{language} ({behind})" if stale else language},
    ]
    if output.replaced_by:
        url = reverse("outputs:work", args=[output.replaced_by.slug])
        facts.append({"term": _("In its place"), "value": str(output.replaced_by), "url": url})
    return facts


def step_entries(steps: Iterable[Step]) -> list[dict[str, Any]]:
    return [
        {
            "date": step.at,
            "title": str(step.get_kind_display()),
            "text": step.words,
            "note": step.by.person.name if step.by else _("by the clock"),
        }
        for step in steps
    ]


def edition_entries(editions: Iterable[Edition]) -> list[dict[str, Any]]:
    shown = []
    for edition in editions:
        signed = _("signed off by %s") % edition.reviewed_by.person.name if edition.reviewed_by else ""
        shown.append(
            {
                "date": edition.published_at, "title": _("Edition %d") % edition.number, "text": edition.note, "note": signed,
                "url": reverse("outputs:edition", args=[edition.output.slug, edition.number]),
            }
        )  # fmt: skip
    return shown


def duty_rows(impacts: Sequence[Impact], output: Output) -> dict[str, Any]:
    """What is to be answered after changes of law."""
    columns = [
        {"label": _("Provision"), "kind": "head"}, {"label": _("How it is concerned"), "kind": "status"}, _("Answer by"),
    ]  # fmt: skip
    rows = [
        [
            {
                "text": f"{impact.provision.designation} {impact.wave.law.citation}",
                "url": reverse("outputs:settle", args=[impact.wave_id, output.pk]),
            },
            {"badge": verdict_badge(impact)},
            {"due": impact.wave.due},
        ]
        for impact in impacts
    ]
    return {"columns": columns, "rows": rows}


def verdict_badge(impact: Impact) -> dict[str, str]:
    return {"label": str(impact.get_verdict_display()), "tone": VERDICT_TONES[Impact.Verdict(impact.verdict)]}


def outcome_badge(impact: Impact) -> dict[str, str]:
    return {"label": str(impact.get_outcome_display()), "tone": OUTCOME_TONES[Impact.Outcome(impact.outcome)]}


def wave_title(wave: Wave) -> str:
    if wave.act is not None:
        return f"{wave.law.citation}: {wave.act}"
    return wave.law.citation


def concerned_rows(outputs: Iterable[Any], wave: Wave) -> list[dict[str, Any]]:
    """The texts of a wave: how each is concerned, whose it is, what was answered."""
    rows = []
    for output in outputs:
        settled = next((impact for impact in output.here if impact.outcome), None)
        rows.append(
            {
                "title": output.edition.title if output.edition else output.title,
                "url": reverse("outputs:settle", args=[wave.pk, output.pk]),
                "kind": output.kind.name,
                "owner": output.owner.name,
                "impacts": [
                    {"provision": i.provision.designation, "badge": verdict_badge(i), "on": i.announced_for}
                    for i in output.here
                ],
                "open": output.still_open,
                "outcome": outcome_badge(settled) if settled and not output.still_open else None,
                "who": settled.settled_by.person.name if settled and settled.settled_by else "",
                "reason": settled.reason if settled else "",
            }
        )
    return rows


def plan_lines(wave: Wave, impact: Impact) -> list[str]:
    """What the act plans for the provision, one line for each plan."""
    lines = []
    for plan in wave.act.changes.filter(provision=impact.provision_id) if wave.act else ():
        day = _("in force on %s") % _day(plan.in_force) if plan.in_force else _("day still open")
        said = [f"{plan.old_citation or plan.new_citation}: {plan.get_kind_display()}", day, plan.summary]
        if plan.reversed_on:
            said.insert(1, _("taken back on %s") % _day(plan.reversed_on))
        lines.append(", ".join(part for part in said if part))
    return lines


def citation_table(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    """Citations in the order of the law with what people said of them, as a badge."""
    rows = citation_rows(sorted(citations, key=in_order))
    for row in rows:
        if not row["known"]:
            row["badge"] = {"label": _("not in our stock"), "tone": "warning"}
        elif not row["confirmed"]:
            row["badge"] = {"label": _("found in the text"), "tone": "neutral"}
        elif row["role"] == Citation.Role.BASIS:
            row["badge"] = {"label": _("legal basis"), "tone": "success"}
        else:
            row["badge"] = {"label": _("mention"), "tone": "info"}
    return rows


def about_facts(output: Output, *, authors: Iterable[Any], checked_on: date | None) -> list[dict[str, Any]]:
    """Who, for whom and under which conditions: beside a published text."""
    facts: list[dict[str, Any]] = []
    if names := ", ".join(one.called for one in authors):
        facts.append({"term": _("By"), "value": names})
    facts.append({"term": _("Responsible"), "value": output.owner.name})
    if programmes := ", ".join(programme.short_name for programme in output.programmes.all()):
        facts.append({"term": _("Programmes"), "value": programmes})
    if output.valid_from:
        facts.append({"term": _("Valid from"), "value": _day(output.valid_from)})
    if checked_on:
        facts.append({"term": _("Checked after a change of law"), "value": _day(checked_on)})
    if output.licence:
        facts.append({"term": _("Licence"), "value": output.licence})
    return facts


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
