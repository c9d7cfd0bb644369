"""Acts of amendment: their stages, and what they do to which provision."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nahtstelle.plumbing.look.dates import day as written

from ..models import Act, ActStage, PlannedChange
from ..planning import BINDING
from ..questions import Offer
from ..wordings import part_words
from .changes import DASH, provision_url, synopsis_url

STAGE_TONES = {
    Act.Stage.PROMULGATED: "accent",
    Act.Stage.IN_FORCE: "success",
    Act.Stage.FAILED: "danger",
}
KIND_TONES = {
    PlannedChange.Kind.NEW: "accent",
    PlannedChange.Kind.REPEALED: "danger",
    PlannedChange.Kind.KEPT: "accent",
}


def stage_badge(act: Act) -> dict[str, str]:
    return {"label": act.get_stage_display(), "tone": STAGE_TONES.get(Act.Stage(act.stage), "neutral")}


def stage_steps(act: Act, reached: Sequence[ActStage]) -> list[dict[str, Any]]:
    """The way of an act for the look's stepper: what it has passed and where it stands; a stage skipped is skipped."""
    days = {stage.stage: stage.on for stage in reached}
    way = [stage for stage in Act.Stage if stage is not Act.Stage.FAILED]
    if act.stage == Act.Stage.FAILED:
        way = [stage for stage in way if stage in days] + [Act.Stage.FAILED]
    at = way.index(Act.Stage(act.stage))
    steps = []
    for number, stage in enumerate(way):
        if number == at:
            state = "current"
        elif number > at:
            state = "open"
        else:
            state = "done" if stage in days else "skipped"
        steps.append({"label": str(stage.label), "state": state, "date": days.get(stage)})
    return steps


def plan_place(plan: PlannedChange) -> str:
    """Which provision becomes which: "§ 60c → § 16g", or the one it is."""
    if plan.old_citation and plan.new_citation and plan.old_citation != plan.new_citation:
        return f"{plan.old_citation} → {plan.new_citation}"
    return plan.new_citation or plan.old_citation


def plan_title(plan: PlannedChange) -> str:
    """What is done to which provision: "§ 60c → § 16g: ersetzt"."""
    return f"{plan_place(plan)}: {plan.get_kind_display()}"


def plan_entries(plans: Iterable[PlannedChange], *, today: date, with_law: bool = False) -> list[dict[str, Any]]:
    """What acts plan for a provision or a law, for the timeline: ahead, past, or taken back."""
    entries = []
    for plan in plans:
        title = f"{plan.law.citation}, {plan_title(plan)}" if with_law else plan_title(plan)
        entries.append(
            {
                "date": plan.in_force,
                "title": title,
                "text": taken_back(plan) or plan.summary,
                "url": reverse("law:act", args=[plan.act.slug]),
                "state": plan_state(plan, today=today),
                "note": f"{plan.act} ({plan.act.get_stage_display()})",
            }
        )
    return entries


def plan_state(plan: PlannedChange, *, today: date) -> str:
    if plan.reversed_on:
        return "reversed"
    return "future" if plan.in_force is None or plan.in_force > today else "past"


def taken_back(plan: PlannedChange) -> str:
    """That, when and why a planned change was taken back; "" while it stands."""
    if not plan.reversed_on:
        return ""
    return _("Taken back on %(day)s: %(why)s") % {"day": written(plan.reversed_on), "why": plan.reversal_reason}


def plan_rows(act: Act, plans: Iterable[PlannedChange], *, today: date, may_record: bool) -> list[dict[str, Any]]:
    """Every line of an act as its page shows it. Needs groups, reversals with their acts and what was seen at hand."""
    rows = []
    for plan in plans:
        actions = []
        if may_record and not plan.reversed_on:
            actions = [
                {
                    "label": _("Change"),
                    "url": reverse("law:edit-plan", args=[act.slug, plan.pk]),
                    "kind": "tertiary",
                    "icon": "edit",
                },
                {"label": _("Drop"), "url": reverse("law:drop-plan", args=[act.slug, plan.pk]), "kind": "tertiary"},
            ]
        rows.append(
            {
                "plan": plan,
                "title": plan_place(plan),
                "state": plan_state(plan, today=today),
                "tone": KIND_TONES.get(PlannedChange.Kind(plan.kind), "neutral"),
                "url": provision_url(plan.law, plan.provision) if plan.provision else "",
                "unknown": bool(plan.old_citation) and plan.provision_id is None,
                "part": part_words(plan.path),
                "groups": [str(group) for group in plan.status_groups.all()],
                "taken_back": taken_back(plan),
                "takes_back": _takes_back(plan),
                "taken_back_by": _taken_back_by(plan),
                "threats": _threats(plan),
                "seen": _seen(plan),
                "actions": actions,
            }
        )
    return rows


def _takes_back(plan: PlannedChange) -> dict[str, str]:
    earlier = plan.reverses
    if earlier is None:
        return {}
    day = written(earlier.in_force) if earlier.in_force else DASH
    words = _("%(what)s, planned for %(day)s by %(act)s") % {
        "what": plan_title(earlier),
        "day": day,
        "act": earlier.act,
    }
    return {"label": words, "url": reverse("law:act", args=[earlier.act.slug])}


def _taken_back_by(plan: PlannedChange) -> list[dict[str, str]]:
    return [_link(r) for r in plan.reversals.all() if plan.reversed_on and r.act.stage in BINDING]


def _threats(plan: PlannedChange) -> list[dict[str, str]]:
    """Bills that would take this change back and are not promulgated."""
    open_ones = (r for r in plan.reversals.all() if not r.reversed_on and r.act.stage not in BINDING)
    return [_link(r) for r in open_ones if r.act.stage != Act.Stage.FAILED]


def _link(plan: PlannedChange) -> dict[str, str]:
    return {"label": str(plan.act), "url": reverse("law:act", args=[plan.act.slug])}


def _seen(plan: PlannedChange) -> dict[str, Any]:
    seen = plan.seen_in
    if seen is None:
        return {}
    url = synopsis_url(plan.law, seen.provision_id, seen.before_id, seen.reading_id)
    return {"day": seen.reading.first_seen, "url": url}


def act_cards(acts: Iterable[Any]) -> list[dict[str, Any]]:
    """Acts of ``queries.acts`` for a list."""
    cards = []
    for act in acts:
        lines = act.changes.all()
        laws = list(dict.fromkeys(line.law.citation for line in lines))
        meta = [", ".join(laws[:6])] if laws else []
        meta.append(ngettext("%(n)d provision", "%(n)d provisions", act.lines) % {"n": act.lines})
        if act.gazette:
            meta.append(act.gazette)
        badges = [stage_badge(act)]
        if act.taken_back:
            words = ngettext("%(n)d taken back", "%(n)d taken back", act.taken_back) % {"n": act.taken_back}
            badges.append({"label": words, "tone": "neutral"})
        cards.append(
            {
                "title": str(act),
                "text": act.title if act.short_title else "",
                "url": reverse("law:act", args=[act.slug]),
                "kicker": _promulgated(act),
                "meta": meta,
                "badges": badges,
            }
        )
    return cards


def _promulgated(act: Act) -> str:
    return _("promulgated on %(day)s") % {"day": written(act.promulgated)} if act.promulgated else ""


def acts_actions() -> list[dict[str, Any]]:
    return [{"label": _("Record an act"), "url": reverse("law:new-act"), "icon": "add"}]


def offer_actions(offers: Iterable[Offer]) -> list[dict[str, Any]]:
    """What rooms above offer to do with an act."""
    return [{"label": one.label, "url": one.address, "post": True, "kind": "secondary"} for one in offers]


def _crumbs(*items: tuple[str, str]) -> list[dict[str, str]]:
    first = {"label": _("Law"), "url": reverse("law:laws")}
    second = {"label": _("Acts of amendment"), "url": reverse("law:acts")}
    return [first, second, *({"label": label, "url": url} for label, url in items)]


def act_head(act: Act, *, may_record: bool) -> dict[str, Any]:
    meta = [_("of %(day)s") % {"day": written(act.enacted)}] if act.enacted else []
    if act.promulgated:
        meta.append(_promulgated(act))
    if act.gazette:
        meta.append(act.gazette)
    actions = []
    if may_record:
        actions = [
            {
                "label": _("Add a provision"),
                "url": reverse("law:plan", args=[act.slug]),
                "kind": "secondary",
                "icon": "add",
            },
            {
                "label": _("Edit the act"),
                "url": reverse("law:edit-act", args=[act.slug]),
                "kind": "tertiary",
                "icon": "edit",
            },
        ]
    return {
        "kicker": _("Act of amendment"),
        "title": str(act),
        "lead": act.title if act.short_title else "",
        "meta": meta,
        "actions": actions,
        "badge": stage_badge(act),
        "breadcrumb": _crumbs((str(act), "")),
    }


def act_form_head(act: Act | None) -> dict[str, Any]:
    title = _("Edit the act") if act else _("Record an act of amendment")
    crumbs = [(str(act), reverse("law:act", args=[act.slug]))] if act else []
    return {"kicker": str(act or ""), "title": title, "breadcrumb": _crumbs(*crumbs, (title, ""))}


def plan_form_head(act: Act, change: PlannedChange | None) -> dict[str, Any]:
    title = _("Change what the act does") if change else _("What the act does to one provision")
    crumbs = _crumbs((str(act), reverse("law:act", args=[act.slug])), (title, ""))
    return {"kicker": str(act), "title": title, "breadcrumb": crumbs}


def drop_page(change: PlannedChange) -> dict[str, Any]:
    """What the look's confirmation page wants to know."""
    act = change.act
    title = _("Drop this change?")
    consequences = [
        _("The line stays readable, struck out, with your reason."),
        _("Nothing follows from it any more; whoever was told of it is told anew when you announce the act again."),
    ]
    if change.reverses_id:
        consequences.append(_("The earlier change that it took back stands again."))
    return {
        "title": title,
        "text": f"{change.law.citation}, {plan_title(change)}",
        "consequences": consequences,
        "confirm_label": _("Drop the change"),
        "dangerous": True,
        "cancel_url": reverse("law:act", args=[act.slug]),
        "breadcrumb": _crumbs((str(act), reverse("law:act", args=[act.slug])), (title, "")),
        "act": act,
        "change": change,
    }


def source_links(sources: str) -> list[dict[str, str]]:
    """The sources of an act, one per line: its words, and the address in them if there is one."""
    links = []
    for line in filter(None, (line.strip() for line in sources.splitlines())):
        address = next((word for word in line.split() if word.startswith(("https://", "http://"))), "")
        label = " ".join(line.replace(address, "").split()) if address else line
        links.append({"label": label.strip(" :,") or address, "url": address})
    return links
