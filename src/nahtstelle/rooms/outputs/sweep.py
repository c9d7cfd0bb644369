"""The sweep: when law changes, everything that cites it is found, its owners get a duty, its readers a banner.

All of it happens in the database, in a number of statements that does not depend on how many outputs there are.
"""

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.rooms.law.models import Act, Change, Law, PlannedChange, Reading, TouchedPart

from .models import Citation, Impact, Output, Wave
from .opening import due_day, make_moot, open_wave, reach

Verdict = Impact.Verdict
# What may become of a provision, strongest first, as the statements number it.
OF_LAW = [
    Verdict.REPEALED, Verdict.TOUCHED, Verdict.REVERSED, Verdict.ANNOUNCED, Verdict.RENUMBERED, Verdict.ELSEWHERE,
]  # fmt: skip

# One row for each output and provision; of several citations the strongest verdict. A cited part is concerned when it, a
# part inside it, or what is around it was reworded (``engines.lawtext.changed_parts.ChangedParts.concern``). A citation
# of the old wording ("a.F.") means the law as it was; no later change concerns it.
_CITING = """
  JOIN {citation} c ON c.provision_id = {changed}.provision_id AND c.published AND c.version_note <> 'a.F.'
  JOIN {output} o ON o.id = c.output_id AND o.state IN ('published', 'under_review')
"""
_INTO = """
INSERT INTO {impact} (wave_id, output_id, provision_id, change_id, announced_for, outcome, reason, claim, claims, verdict)
"""
_FROM_READING = (
    _INTO
    + """
SELECT %(wave)s, c.output_id, c.provision_id, ch.id, NULL, '', '', '', 0, CASE MIN(CASE
         WHEN ch.kind IN ('repealed', 'removed', 'merged') THEN 0
         WHEN p.id IS NOT NULL THEN 1
         WHEN ch.kind = 'renumbered' THEN 4
         ELSE 5 END) {verdicts} END
  FROM {change} ch"""
    + _CITING.replace("{changed}", "ch")
    + """
  LEFT JOIN {part} p ON p.change_id = ch.id
        AND (substr(p.path, 1, length(c.path)) = c.path
             OR (NOT p.grown AND substr(c.path, 1, length(p.path)) = p.path))
 WHERE ch.reading_id = %(reading)s AND ch.substance {only}
 GROUP BY c.output_id, c.provision_id, ch.id
    ON CONFLICT DO NOTHING
"""
)
_FROM_ACT = (
    _INTO
    + """
SELECT %(wave)s, c.output_id, c.provision_id, NULL, MIN(pc.in_force), '', '', '', 0, CASE MIN(CASE
         WHEN substr(pc.path, 1, length(c.path)) <> c.path AND substr(c.path, 1, length(pc.path)) <> pc.path THEN 5
         WHEN pc.reverses_id IS NOT NULL THEN 2
         ELSE 3 END) {verdicts} END
  FROM {planned} pc"""
    + _CITING.replace("{changed}", "pc")
    + """
 WHERE pc.act_id = %(act)s AND pc.law_id = %(law)s AND pc.reversed_on IS NULL {only}
 GROUP BY c.output_id, c.provision_id
    ON CONFLICT DO NOTHING
"""
)


def _statement(wave: Wave, *, only: Output | None) -> tuple[str, dict[str, Any]]:
    """What finds the outputs a wave concerns; of one output only where it is given."""
    quote = connection.ops.quote_name
    tables = {
        "impact": Impact, "change": Change, "citation": Citation, "output": Output, "part": TouchedPart,
        "planned": PlannedChange,
    }  # fmt: skip
    verdicts = " ".join(f"WHEN {number} THEN '{verdict.value}'" for number, verdict in enumerate(OF_LAW))
    template = _FROM_READING if wave.reading_id else _FROM_ACT
    params = {"wave": wave.pk, "reading": wave.reading_id, "act": wave.act_id, "law": wave.law_id}
    if only is not None:
        params["output"] = only.pk
    return template.format(
        verdicts=verdicts,
        only="AND c.output_id = %(output)s" if only is not None else "",
        **{name: quote(model._meta.db_table) for name, model in tables.items()},
    ), params


def sweep_reading(reading: Reading, *, by: Actor, at: datetime) -> Wave | None:
    """Open the wave of a new reading; None when nothing published cites what it changed. Done twice it does nothing.

    A text published between the reading and its sweep has begun the wave already; the others join it.
    """
    wave, _made = Wave.objects.get_or_create(
        reading=reading, defaults={"law": reading.law, "opened_at": at, "due": due_day(at)}
    )
    opened = open_wave(wave, _statement(wave, only=None), by=by, at=at)
    _drop_what_has_come(reading, by=by, at=at)
    return opened


def _drop_what_has_come(reading: Reading, *, by: Actor, at: datetime) -> None:
    """What was announced and now stands in the official text is judged by the reading's own wave."""
    of_impact = PlannedChange.objects.filter(act=OuterRef("wave__act"), provision=OuterRef("provision"))
    come = Impact.objects.filter(
        Exists(of_impact.filter(seen_in__reading=reading)),
        ~Exists(of_impact.filter(seen_in=None, reversed_on=None)),
        settled_at=None, wave__law=reading.law_id,
    )  # fmt: skip
    make_moot(come, f"{reading.law.citation}: {reading.first_seen}", for_reading=reading, by=by, at=at)


def sweep_act(act: Act, law: Law, *, revision: int, by: Actor, at: datetime) -> Wave | None:
    """Open the wave of an act as recorded at ``revision``: changes announced, or taken back before they took effect.

    What earlier announcements said is moot: of the same act, because this one says it anew; of another act, where this
    one takes back everything that one planned for the provision.
    """
    if Wave.objects.filter(act=act, act_revision=revision, law=law).exists():
        return None
    of_impact = PlannedChange.objects.filter(act=OuterRef("wave__act"), provision=OuterRef("provision"))
    waiting = Impact.objects.filter(settled_at=None, wave__law=law)
    make_moot(waiting.filter(wave__act=act), str(act), by=by, at=at)
    taken_back = Exists(of_impact.filter(reversals__act=act))
    make_moot(waiting.filter(taken_back, ~Exists(of_impact.filter(reversed_on=None))), str(act), by=by, at=at)
    wave = Wave.objects.create(law=law, act=act, act_revision=revision, opened_at=at, due=_due_before(act, law, at))
    return open_wave(wave, _statement(wave, only=None), by=by, at=at)


def catch_up(output: Output, *, since: datetime, by: Actor, at: datetime) -> None:
    """Bring an output that was just published into the waves of what changed after its text was submitted."""
    cited = output.citations.filter(published=True, provision__isnull=False).values("provision")
    newer = Reading.objects.filter(
        Exists(Change.objects.filter(reading=OuterRef("pk"), substance=True, provision__in=cited)),
        imported_at__gt=since, filed_late=False,
    )  # fmt: skip
    for reading in newer.select_related("law"):
        wave, _made = Wave.objects.get_or_create(
            reading=reading, defaults={"law": reading.law, "opened_at": at, "due": due_day(at)}
        )
        reach(wave, output, _statement(wave, only=output), by=by, at=at)
    newest: dict[tuple[int | None, int], Wave] = {}
    for wave in Wave.objects.filter(act__isnull=False, opened_at__gt=since).order_by("act_revision"):
        newest[wave.act_id, wave.law_id] = wave
    for wave in newest.values():
        reach(wave, output, _statement(wave, only=output), by=by, at=at)


def _due_before(act: Act, law: Law, at: datetime) -> date:
    """Two weeks, but not after the first change takes effect where that is still ahead."""
    ahead = (
        PlannedChange.objects.filter(act=act, law=law, in_force__gt=timezone.localdate(at), reversed_on=None)
        .order_by("in_force")
        .values_list("in_force", flat=True)
        .first()
    )
    return min(due_day(at), ahead) if ahead else due_day(at)
