"""The sweep: when law changes, everything that cites it is found, its owners get a duty, its readers a banner.

All of it happens in the database, in a number of statements that does not depend on how many outputs there are.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import BooleanField, CharField, DateField, Exists, F, JSONField, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import record, touch_all
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.duties.actions import drop_all_for, open_in_bulk
from nahtstelle.register.notices.actions import tell_in_bulk
from nahtstelle.rooms.law.models import Act, Change, Law, PlannedChange, Reading, TouchedPart

from .facts import WaveOpened, WaveReached
from .models import DUTY_KIND, SUBJECT_KIND, Citation, Impact, Output, Wave, cause_of
from .words import NOTICE_KIND, why

Verdict = Impact.Verdict
# Strongest first; of several citations of one provision in one output the strongest counts.
RANK = [
    Verdict.REPEALED, Verdict.TOUCHED, Verdict.REVERSED, Verdict.ANNOUNCED, Verdict.RENUMBERED, Verdict.ELSEWHERE,
]  # fmt: skip
STRONG = (Verdict.REPEALED, Verdict.TOUCHED)
DAYS_TO_ANSWER = 14

# One row for each output and provision; of several citations the strongest verdict. A cited part is concerned when it, a
# part inside it, or what is around it was reworded (``engines.lawtext.changed_parts.ChangedParts.concern``). A citation
# of the old wording ("a.F.") means the law as it was; no later change concerns it.
_CITING = """
  JOIN {citation} c ON c.provision_id = {changed}.provision_id AND c.published AND c.version_note <> 'a.F.'
  JOIN {output} o ON o.id = c.output_id AND o.state IN ('published', 'under_review')
"""
_INTO = """
INSERT INTO {impact} (wave_id, output_id, provision_id, change_id, announced_for, outcome, reason, verdict)
"""
_FROM_READING = (
    _INTO
    + """
SELECT %(wave)s, c.output_id, c.provision_id, ch.id, NULL, '', '', CASE MIN(CASE
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
SELECT %(wave)s, c.output_id, c.provision_id, NULL, MIN(pc.in_force), '', '', CASE MIN(CASE
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
    verdicts = " ".join(f"WHEN {number} THEN '{verdict.value}'" for number, verdict in enumerate(RANK))
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
    opened = _open(wave, by=by, at=at)
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
    _make_moot(come, f"{reading.law.citation}: {reading.first_seen}", for_reading=reading, by=by, at=at)


def sweep_act(act: Act, law: Law, *, revision: int, by: Actor, at: datetime) -> Wave | None:
    """Open the wave of an act as recorded at ``revision``: changes announced, or taken back before they took effect.

    What earlier announcements said is moot: of the same act, because this one says it anew; of another act, where this
    one takes back everything that one planned for the provision.
    """
    if Wave.objects.filter(act=act, act_revision=revision, law=law).exists():
        return None
    of_impact = PlannedChange.objects.filter(act=OuterRef("wave__act"), provision=OuterRef("provision"))
    waiting = Impact.objects.filter(settled_at=None, wave__law=law)
    _make_moot(waiting.filter(wave__act=act), str(act), by=by, at=at)
    taken_back = Exists(of_impact.filter(reversals__act=act))
    _make_moot(waiting.filter(taken_back, ~Exists(of_impact.filter(reversed_on=None))), str(act), by=by, at=at)
    wave = Wave.objects.create(law=law, act=act, act_revision=revision, opened_at=at, due=_due_before(act, law, at))
    return _open(wave, by=by, at=at)


def _make_moot(
    impacts: QuerySet[Impact], because: str, *, for_reading: Reading | None = None, by: Actor, at: datetime
) -> None:
    """Drop open impacts, and the duties of the outputs for which nothing of their wave is left open."""
    for wave_id in set(impacts.order_by().values_list("wave", flat=True).distinct()):
        here = Impact.objects.filter(wave=wave_id)
        here.filter(pk__in=impacts.filter(wave=wave_id).order_by().values("pk")).update(
            outcome=Impact.Outcome.DROPPED, reason=because[:1000], settled_at=at, dropped_for=for_reading
        )
        open_still = here.filter(settled_at=None).values("output")
        dropped = here.filter(outcome=Impact.Outcome.DROPPED, settled_at=at).exclude(output__in=open_still)
        drop_all_for(
            subject_ids=dropped.order_by().values("output"), kind=DUTY_KIND, cause=f"wave:{wave_id}", why=because, by=by,
            at=at,
        )  # fmt: skip


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
        _reach(wave, output, by=by, at=at)
    newest: dict[tuple[int | None, int], Wave] = {}
    for wave in Wave.objects.filter(act__isnull=False, opened_at__gt=since).order_by("act_revision"):
        newest[wave.act_id, wave.law_id] = wave
    for wave in newest.values():
        _reach(wave, output, by=by, at=at)


def _reach(wave: Wave, output: Output, *, by: Actor, at: datetime) -> None:
    touched = _find(wave, only=output)
    if not touched:
        if not wave.impacts.exists():
            wave.delete()
        return
    fact = WaveReached(wave_id=wave.pk, output_id=output.pk)
    record(fact, by=by, at=at, touched=[wave, output])
    _tell_owners(wave, Output.objects.filter(pk=output.pk), due=max(wave.due, due_day(at)), by=by, at=at)


def due_day(at: datetime) -> date:
    return timezone.localdate(at) + timedelta(days=DAYS_TO_ANSWER)


def _due_before(act: Act, law: Law, at: datetime) -> date:
    """Two weeks, but not after the first change takes effect where that is still ahead."""
    ahead = (
        PlannedChange.objects.filter(act=act, law=law, in_force__gt=timezone.localdate(at), reversed_on=None)
        .order_by("in_force")
        .values_list("in_force", flat=True)
        .first()
    )
    return min(due_day(at), ahead) if ahead else due_day(at)


def _find(wave: Wave, *, only: Output | None = None) -> int:
    """Write the impacts of a wave and put readers' banners up; the number of impacts."""
    with connection.cursor() as cursor:
        cursor.execute(*_statement(wave, only=only))
        touched: int = cursor.rowcount
    strong = Impact.objects.filter(wave=wave, verdict__in=STRONG, settled_at=None)
    reviewed = Output.objects.filter(state=Output.State.PUBLISHED, pk__in=strong.values("output"))
    reviewed.update(state=Output.State.UNDER_REVIEW)
    return touched


def _open(wave: Wave, *, by: Actor, at: datetime) -> Wave | None:
    if not _find(wave):
        if not wave.impacts.exists():
            wave.delete()
        return None
    outputs = Output.objects.filter(pk__in=Impact.objects.filter(wave=wave).values("output"))
    number = outputs.count()
    owners = outputs.order_by().values("owner").distinct().count()
    entry = record(
        WaveOpened(wave_id=wave.pk, outputs=number, owners=owners), by=by, at=at,
        touched=[wave, wave.law, *([wave.act] if wave.act else [])],
    )  # fmt: skip
    touch_all(entry, outputs)
    _tell_owners(wave, outputs, due=wave.due, by=by, at=at)
    return wave


def _tell_owners(wave: Wave, outputs: QuerySet[Output], *, due: date, by: Actor, at: datetime) -> None:
    open_in_bulk(_duty_rows(wave, outputs, due=due), cause=cause_of(wave), by=by, at=at)
    tell_in_bulk(_notice_rows(wave, outputs, due=due), by=by, at=at)


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())


def _duty_rows(wave: Wave, outputs: Any, *, due: date) -> Any:
    german, english = why(wave)
    return outputs.annotate(
        duty_kind=_text(DUTY_KIND),
        about=_text(SUBJECT_KIND),
        address=Concat(_text(settle_address_of(wave)), Cast("pk", CharField()), _text("/")),
        why_de=_text(german),
        why_en=_text(english),
        due_on=Value(due, output_field=DateField()),
    ).values_list("duty_kind", "owner", "about", "pk", "edition__title", "address", "why_de", "why_en", "due_on")


def settle_address_of(wave: Wave) -> str:
    """Where an output's duty is answered, without the output's number and closing stroke."""
    return reverse("outputs:settle", args=[wave.pk, 0]).removesuffix("0/")


def _notice_rows(wave: Wave, outputs: Any, *, due: date) -> Any:
    words = {"law": wave.law.citation, "due_on": due.isoformat()}
    return (
        outputs.order_by()
        .annotate(
            notice_kind=_text(NOTICE_KIND),
            words=Value(words, output_field=JSONField()),
            link=_text(reverse("outputs:wave", args=[wave.pk])),
            why=_text(cause_of(wave)),
            urgent=Value(False, output_field=BooleanField()),
            whom=F("owner"),
        )
        .values_list("whom", "notice_kind", "words", "link", "why", "urgent")
        .distinct()
    )
