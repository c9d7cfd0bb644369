"""What the pages of the workshop and of the waves show, as the look's components take it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import refused
from nahtstelle.rooms.library.queries.works import families, root_of

from . import rules
from .asking import Question, open_questions
from .models import Citation, Edition, Impact, Output, Step, Wave
from .presenters import citation_rows, in_order, status_of, wave_source
from .questions import Offer
from .references import plainly
from .words import short_name, what_happened

PROGRESS_TONES = {
    Output.Progress.DRAFT: "neutral", Output.Progress.IN_REVIEW: "info", Output.Progress.SIGNED_OFF: "accent",
    Output.Progress.RELEASED: "accent",
}  # fmt: skip
VERDICT_TONES = {
    Impact.Verdict.REPEALED: "danger", Impact.Verdict.TOUCHED: "warning", Impact.Verdict.REVERSED: "info",
    Impact.Verdict.ANNOUNCED: "info", Impact.Verdict.RENUMBERED: "neutral", Impact.Verdict.ELSEWHERE: "neutral",
    Impact.Verdict.RETRACTED: "danger", Impact.Verdict.CONCERN: "warning", Impact.Verdict.SUPERSEDED: "warning",
    Impact.Verdict.CORRECTED: "info", Impact.Verdict.CARD_CHANGED: "info", Impact.Verdict.CARD_WITHDRAWN: "info",
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
        _action(_("Sources"), "sources", slug),
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
    """What is to be answered after changes of what the text rests on."""
    columns = [
        {"label": _("Provision or study"), "kind": "head"}, {"label": _("How it is concerned"), "kind": "status"}, _("Answer by"),
    ]  # fmt: skip
    rows = [
        [
            {
                "text": thing_of(impact),
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


def thing_of(impact: Impact, *, law: bool = True) -> str:
    """What of it is concerned: the provision, with its law or without, or the study."""
    if impact.provision is None:
        return short_name(impact.work) if impact.work else ""
    named = impact.wave.law.citation if law and impact.wave.law else ""
    return f"{impact.provision.designation} {named}".strip()


def wave_title(wave: Wave) -> str:
    if wave.law is None:
        return f"{what_happened(wave)}: {short_name(wave.work)}" if wave.work else ""
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
                    {
                        "provision": i.provision.designation if i.provision else "",
                        "claim": i.claim,
                        "badge": verdict_badge(i),
                        "on": i.announced_for,
                    }
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
        facts.append({"term": _("Checked after a change"), "value": _day(checked_on)})
    if output.licence:
        facts.append({"term": _("Licence"), "value": output.licence})
    return facts


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def study_of(wave: Wave) -> dict[str, Any]:
    """The study of a wave and what befell it, in words."""
    assert wave.work is not None
    notice, edition = wave.notice, wave.card_edition
    facts: list[dict[str, Any]] = [
        {"term": _("Study"), "value": "".join(words for words, _mark in plainly(wave.work)[1])}
    ]
    if notice is not None:
        facts.append({"term": _("What happened"), "value": str(notice.get_kind_display())})
        facts += [{"term": _("On"), "value": _day(notice.on)}] if notice.on else []
        facts += [{"term": _("What it says"), "value": notice.words}] if notice.words else []
        if notice.successor is not None:
            facts.append({"term": _("Newer publication"), "value": short_name(notice.successor)})
        if notice.lifted_at is not None:
            facts.append(
                {"term": _("Lifted"), "value": notice.lifted_why or _day(timezone.localdate(notice.lifted_at))}
            )
    elif edition is not None:
        finding = edition.finding_de or edition.finding_en
        if get_language() == "en":
            finding = edition.finding_en or finding
        facts.append({"term": _("Finding it had") if wave.card_withdrawn else _("Finding now"), "value": finding})
        facts.append({"term": _("Strength of evidence"), "value": str(edition.get_strength_display())})
        facts += [{"term": _("What is new"), "value": edition.note}] if edition.note else []
    return {"facts": facts, "source": wave_source(wave)}


def claims_on(output: Output, impact: Impact) -> list[dict[str, str]]:
    """The sentences of readers' text that rest on the study of an impact."""
    assert impact.work is not None
    family = families([root_of(impact.work).pk])
    rows = output.work_citations.filter(work__in=family, published=True)
    return [{"claim": row.claim, "locator": row.locator} for row in rows]
