"""Acts of amendment: recorded by staff, changed before they take effect, announced to whatever cites what they change."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from nahtstelle.engines.lawtext.citations import Citation, find_citations, parse_citation
from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from . import planning, rules
from .facts import ActAnnounced, ActRecorded
from .models import Act, ActStage, Law, PlannedChange
from .naming import law_called, names_in_stock
from .resolving import resolve

ACT_FIELDS = ("title", "short_title", "stage", "enacted", "promulgated", "gazette", "sources", "note")
CHANGE_FIELDS = (
    "old_citation", "new_citation", "kind", "in_force", "until", "transition", "land_deviation", "summary", "law_id",
    "reverses_id",
)  # fmt: skip


class Stale(NotNow):
    """Somebody else changed it while this form was open."""


def _check_fresh(act: Act, revision: int) -> None:
    if act.revision != revision:
        raise Stale(
            _("Somebody changed this act while your form was open. Please look at the new state and try again.")
        )


def record_act(*, account: Account, stage_on: date | None = None, by: Actor, at: datetime, **values: Any) -> Act:
    """Record an act; ``values`` as in ``ACT_FIELDS``, ``stage_on`` the day it reached its stage."""
    rules.check_may_record_acts(account, on=timezone.localdate(at))
    with transaction.atomic():
        act = Act(created_at=at, created_by=account, slug=_free_slug(values), **values)
        act.full_clean()
        act.save()
        _note_stage(act, on=stage_on, today=timezone.localdate(at))
        record(ActRecorded(act_id=act.pk, revision=act.revision), by=by, at=at, touched=[act])
    return act


def _free_slug(values: dict[str, Any]) -> str:
    day = values.get("enacted") or values.get("promulgated")
    wanted = slugify(f"{values.get('short_title') or values['title']} {day or ''}")[:100] or "act"
    slug, number = wanted, 2
    while Act.objects.filter(slug=slug).exists():
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def change_act(
    act: Act,
    *,
    revision: int,
    account: Account,
    stage_on: date | None = None,
    why: str = "",
    by: Actor,
    at: datetime,
    **values: Any,
) -> Act:
    """Change what is recorded of an act; ``revision`` is the one the form was filled from.

    An act that becomes binding takes back what its lines name; one that is no longer binding gives it free.
    Raises ``Stale`` when somebody was quicker.
    """
    rules.check_may_record_acts(account, on=timezone.localdate(at))
    with transaction.atomic():
        act = Act.objects.select_for_update().get(pk=act.pk)
        _check_fresh(act, revision)
        before = {name: getattr(act, name) for name in ACT_FIELDS}
        for name, value in values.items():
            setattr(act, name, value)
        changes = changes_between(before, {name: getattr(act, name) for name in ACT_FIELDS})
        if not changes:
            return act
        act.revision += 1
        act.full_clean()
        act.save()
        if "stage" in changes:
            _note_stage(act, on=stage_on, today=timezone.localdate(at))
        planning.settle_reversals(act, on=timezone.localdate(at))
        if before["stage"] in planning.BINDING and act.stage not in planning.BINDING:
            planning.release(act.changes.filter(reversed_on=None).select_related("reverses"))
        record(
            ActRecorded(act_id=act.pk, revision=act.revision), by=by, at=at, why=why, touched=[Touched(act, changes)]
        )
    return act


def _note_stage(act: Act, *, on: date | None, today: date) -> None:
    known = act.promulgated if act.stage == Act.Stage.PROMULGATED else None
    ActStage.objects.create(act=act, stage=act.stage, on=on or known or today, source=act.gazette)


def plan_change(
    act: Act,
    *,
    change: PlannedChange | None = None,
    revision: int,
    account: Account,
    why: str = "",
    by: Actor,
    at: datetime,
    status_groups: Any = None,
    **values: Any,
) -> PlannedChange:
    """Add what an act does to one provision, or alter it before it takes effect.

    Without a ``law`` among the values it is the one the citations name, else the only one the act's other lines concern.
    A line of a promulgated act that ``reverses`` another marks that one as taken back, with the reason; the other stays
    readable. Raises ``Stale`` when somebody was quicker, ``NotNow`` when the line was taken back itself.
    """
    rules.check_may_record_acts(account, on=timezone.localdate(at))
    with transaction.atomic():
        act = Act.objects.select_for_update().get(pk=act.pk)
        _check_fresh(act, revision)
        row = PlannedChange.objects.select_related("reverses").get(pk=change.pk) if change else PlannedChange(act=act)
        if change:
            rules.check_plan_stands(row)
        before = {name: getattr(row, name) for name in CHANGE_FIELDS} if change else {}
        reversed_before = row.reverses
        for name, value in values.items():
            setattr(row, name, value)
        if values.get("law") is None and (change is None or "law" in values):
            row.law = _law_meant(act, row)
        point_at_provision(row)
        if row.kind != PlannedChange.Kind.KEPT and act.stage in planning.BINDING:
            planning.look_back(row)
        row.full_clean(exclude=["act"])
        row.save()
        if status_groups is not None:
            row.status_groups.set(status_groups)
        if reversed_before is not None and reversed_before != row.reverses:
            planning.release([PlannedChange(pk=row.pk, act=act, reverses=reversed_before)])
        planning.settle_reversals(act, on=timezone.localdate(at))
        _raise_revision(act)
        changes = changes_between(before, {name: getattr(row, name) for name in CHANGE_FIELDS})
        record(
            ActRecorded(act_id=act.pk, revision=act.revision), by=by, at=at, why=why, touched=[Touched(act, changes)]
        )
    return row


def _raise_revision(act: Act) -> None:
    act.revision += 1
    act.save(update_fields=["revision"])


def point_at_provision(row: PlannedChange) -> None:
    """Find the provision the old citation means; a new provision has none until the official text shows it."""
    row.provision, row.path, row.seen_in = None, "/", None
    if not row.old_citation:
        if not row.new_citation:
            raise Refusal(_("Name the provision: the old citation, the new one, or both."))
        return
    found = _cited(row.old_citation, row.law)
    if not found:
        raise Refusal(_("“%s” is not understood as a citation; write for example “§ 60c Absatz 2”.") % row.old_citation)
    named = law_called(found[0].law) if found[0].law else None
    if named is not None and named.pk != row.law_id:
        raise Refusal(
            _("“%(citation)s” belongs to %(named)s, but this line is about %(law)s; please correct one of the two.")
            % {"citation": row.old_citation, "named": named.citation, "law": row.law.citation}
        )
    target = resolve(found[0], law=row.law)
    row.provision, row.path = target.provision, target.path


def _cited(words: str, law: Law | None) -> list[Citation]:
    """The citations in what somebody typed: "§ 60c Absatz 2", "Art. 5", "60c"; of ``law`` where they name none."""
    names = names_in_stock()
    # Alone on its line "§ 60c" is read as the heading of a norm; within a sentence it is a citation.
    found = find_citations(f"in {words}", names=names, context_law=law.citation if law else None)
    typed = found or parse_citation(words, names=names)
    return list(typed or (parse_citation(f"{words} {law.citation}", names=names) if law else ()))


def _law_meant(act: Act, row: PlannedChange) -> Law:
    """The law of a line that does not say which: the one its citations name, else the only one of the other lines."""
    typed = row.old_citation or row.new_citation
    for words in filter(None, (row.old_citation, row.new_citation)):
        for one in _cited(words, None):
            if one.law and (named := law_called(one.law)) is not None:
                return named
            if one.law:
                raise Refusal(_("%(law)s is not in our stock; import it first.") % {"law": one.law})
    others = list(Law.objects.filter(planned_changes__in=act.changes.exclude(pk=row.pk)).distinct()[:2])
    if len(others) == 1:
        return others[0]
    raise Refusal(
        _("Of which law? Fill in the law, or write it behind the provision: “%(typed)s AufenthG”.")
        % {"typed": typed or "§ 14"}
    )


def drop_change(change: PlannedChange, *, revision: int, account: Account, why: str, by: Actor, at: datetime) -> None:
    """Take a planned change out without another act in its place (recorded wrongly, dropped in parliament).

    Raises ``Refusal`` without a reason, ``NotNow`` when it was taken back before, ``Stale`` when somebody was quicker.
    """
    rules.check_may_record_acts(account, on=timezone.localdate(at))
    rules.check_reason_is_given(why)
    with transaction.atomic():
        act = Act.objects.select_for_update().get(pk=change.act_id)
        row = PlannedChange.objects.select_related("reverses").get(pk=change.pk)
        rules.check_plan_stands(row)
        _check_fresh(act, revision)
        row.reversed_on, row.reversal_reason = timezone.localdate(at), why
        row.save(update_fields=["reversed_on", "reversal_reason"])
        if act.stage in planning.BINDING:
            planning.release([row])
        _raise_revision(act)
        dropped = {str(row): ("", _("dropped"))}
        record(
            ActRecorded(act_id=act.pk, revision=act.revision), by=by, at=at, why=why, touched=[Touched(act, dropped)]
        )


def announce(act: Act, *, revision: int, account: Account, by: Actor, at: datetime) -> None:
    """Set the act's consequences going: every output that cites one of its provisions is to be looked at.

    Raises ``NotNow`` when nothing follows from the act, ``Stale`` when somebody changed it meanwhile.
    """
    rules.check_may_record_acts(account, on=timezone.localdate(at))
    with transaction.atomic():
        act = Act.objects.select_for_update().get(pk=act.pk)
        _check_fresh(act, revision)
        rules.check_act_can_be_announced(act)
        laws = Law.objects.filter(planned_changes__act=act).distinct()
        fact = ActAnnounced(act_id=act.pk, revision=act.revision, law_ids=tuple(sorted(law.pk for law in laws)))
        record(fact, by=by, at=at, touched=[act, *laws])
