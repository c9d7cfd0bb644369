"""The sweep: when law changes, everything that cites it is found, its owners get a duty, its readers a banner.

All of it happens in the database, in a number of statements that does not depend on how many outputs there are.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import BooleanField, CharField, DateField, F, JSONField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from nahtstelle.plumbing.ledger.actions import record, touch_all
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.duties.actions import drop_all_for, open_in_bulk
from nahtstelle.register.notices.actions import tell_in_bulk
from nahtstelle.rooms.law.models import Act, Change, Law, PlannedChange, Reading, TouchedPart

from .facts import WaveLetGo, WaveOpened
from .models import DUTY_KIND, SUBJECT_KIND, Citation, Impact, Output, Wave, cause_of
from .words import NOTICE_KIND, why

Verdict = Impact.Verdict
# Strongest first; of several citations of one provision in one output the strongest counts.
RANK = [
    Verdict.REPEALED, Verdict.TOUCHED, Verdict.REVERSED, Verdict.ANNOUNCED, Verdict.RENUMBERED, Verdict.ELSEWHERE,
]  # fmt: skip
STRONG = (Verdict.REPEALED, Verdict.TOUCHED)
DAYS_TO_ANSWER = 14
LIVE = ("published", "under_review")
TITLE_CHARACTERS = 300

# One row for each output and provision; of several citations the strongest verdict. A cited part is concerned when it, a
# part inside it, or what is around it was reworded (``engines.lawtext.changed_parts.ChangedParts.concern``).
_FROM_READING = """
INSERT INTO {impact} (wave_id, output_id, provision_id, change_id, announced_for, outcome, reason, verdict)
SELECT %s, c.output_id, c.provision_id, ch.id, NULL, '', '', CASE MIN(CASE
         WHEN ch.kind IN ('repealed', 'removed', 'merged') THEN 0
         WHEN p.id IS NOT NULL THEN 1
         WHEN ch.kind = 'renumbered' THEN 4
         ELSE 5 END) {verdicts} END
  FROM {change} ch
  JOIN {citation} c ON c.provision_id = ch.provision_id AND c.published
  JOIN {output} o ON o.id = c.output_id AND o.state IN ('published', 'under_review')
  LEFT JOIN {part} p ON p.change_id = ch.id
        AND (substr(p.path, 1, length(c.path)) = c.path
             OR (NOT p.grown AND substr(c.path, 1, length(p.path)) = p.path))
 WHERE ch.reading_id = %s AND ch.substance
 GROUP BY c.output_id, c.provision_id, ch.id
    ON CONFLICT DO NOTHING
"""

_FROM_ACT = """
INSERT INTO {impact} (wave_id, output_id, provision_id, change_id, announced_for, outcome, reason, verdict)
SELECT %s, c.output_id, c.provision_id, NULL, MIN(pc.in_force), '', '', CASE MIN(CASE
         WHEN substr(pc.path, 1, length(c.path)) <> c.path AND substr(c.path, 1, length(pc.path)) <> pc.path THEN 5
         WHEN pc.reverses_id IS NOT NULL THEN 2
         ELSE 3 END) {verdicts} END
  FROM {planned} pc
  JOIN {citation} c ON c.provision_id = pc.provision_id AND c.published
  JOIN {output} o ON o.id = c.output_id AND o.state IN ('published', 'under_review')
 WHERE pc.act_id = %s AND pc.law_id = %s AND pc.reversed_on IS NULL
 GROUP BY c.output_id, c.provision_id
    ON CONFLICT DO NOTHING
"""


def _statement(template: str) -> str:
    quote = connection.ops.quote_name
    tables = {
        "impact": Impact, "change": Change, "citation": Citation, "output": Output, "part": TouchedPart,
        "planned": PlannedChange,
    }  # fmt: skip
    verdicts = " ".join(f"WHEN {number} THEN '{verdict.value}'" for number, verdict in enumerate(RANK))
    return template.format(verdicts=verdicts, **{name: quote(m._meta.db_table) for name, m in tables.items()})


def sweep_reading(reading: Reading, *, by: Actor, at: datetime) -> Wave | None:
    """Open the wave of a new reading; None when nothing published cites what it changed. Done twice it does nothing."""
    if Wave.objects.filter(reading=reading).exists():
        return None
    wave = Wave.objects.create(law=reading.law, reading=reading, opened_at=at, due=due_day(at))
    return _carry_out(wave, _FROM_READING, [wave.pk, reading.pk], by=by, at=at)


def sweep_act(act: Act, law: Law, *, revision: int, by: Actor, at: datetime) -> Wave | None:
    """Open the wave of an act as recorded at ``revision``: changes announced, or taken back before they took effect."""
    if Wave.objects.filter(act=act, act_revision=revision, law=law).exists():
        return None
    # A newer state of the same act, or a later act that takes a change back, makes the earlier announcement moot.
    taken_back = PlannedChange.objects.filter(act=act, law=law, reverses__isnull=False).values("reverses__provision")
    moot = Impact.objects.filter(settled_at=None, verdict=Verdict.ANNOUNCED, wave__law=law)
    for old in {*moot.filter(wave__act=act), *moot.filter(provision__in=taken_back)}:
        _make_moot(old, str(act), by=by, at=at)
    wave = Wave.objects.create(law=law, act=act, act_revision=revision, opened_at=at, due=_due_before(act, law, at))
    return _carry_out(wave, _FROM_ACT, [wave.pk, act.pk, law.pk], by=by, at=at)


def _make_moot(impact: Impact, because: str, *, by: Actor, at: datetime) -> None:
    Impact.objects.filter(pk=impact.pk).update(outcome=Impact.Outcome.DROPPED, reason=because[:1000], settled_at=at)
    if not Impact.objects.filter(wave=impact.wave_id, output=impact.output_id, settled_at=None).exists():
        drop_all_for(
            subject=(SUBJECT_KIND, impact.output_id), kind=DUTY_KIND, cause=f"wave:{impact.wave_id}", why=because,
            by=by, at=at,
        )  # fmt: skip


def due_day(at: datetime) -> date:
    return at.date() + timedelta(days=DAYS_TO_ANSWER)


def _due_before(act: Act, law: Law, at: datetime) -> date:
    """Two weeks, but not after the first change takes effect where that is still ahead."""
    ahead = (
        PlannedChange.objects.filter(act=act, law=law, in_force__gt=at.date(), reversed_on=None)
        .order_by("in_force")
        .values_list("in_force", flat=True)
        .first()
    )
    return min(due_day(at), ahead) if ahead else due_day(at)


def _carry_out(wave: Wave, template: str, params: list[Any], *, by: Actor, at: datetime) -> Wave | None:
    with connection.cursor() as cursor:
        cursor.execute(_statement(template), params)
        touched = cursor.rowcount
    if not touched:
        wave.delete()
        return None
    outputs = Output.objects.filter(pk__in=Impact.objects.filter(wave=wave).values("output"))
    strong = Impact.objects.filter(wave=wave, verdict__in=STRONG)
    outputs.filter(state=Output.State.PUBLISHED, pk__in=strong.values("output")).update(
        state=Output.State.UNDER_REVIEW
    )
    number = outputs.count()
    owners = outputs.values("owner").distinct().count()
    entry = record(
        WaveOpened(wave_id=wave.pk, outputs=number, owners=owners), by=by, at=at,
        touched=[wave, wave.law, *([wave.act] if wave.act else [])],
    )  # fmt: skip
    touch_all(entry, outputs)
    open_in_bulk(_duty_rows(wave, outputs), cause=cause_of(wave), by=by, at=at)
    tell_in_bulk(_notice_rows(wave, outputs), by=by, at=at)
    return wave


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())


def _duty_rows(wave: Wave, outputs: Any) -> Any:
    german, english = why(wave)
    return outputs.annotate(
        duty_kind=_text(DUTY_KIND),
        about=_text(SUBJECT_KIND),
        address=Concat(_text(settle_address_of(wave)), Cast("pk", CharField()), _text("/")),
        why_de=_text(german),
        why_en=_text(english),
        due_on=Value(wave.due, output_field=DateField()),
    ).values_list(
        "duty_kind", "owner", "about", "pk", "title", "address", "why_de", "why_en", "due_on"
    )


def settle_address_of(wave: Wave) -> str:
    """Where an output's duty is answered, without the output's number and closing stroke."""
    return reverse("outputs:settle", args=[wave.pk, 0]).removesuffix("0/")


def _notice_rows(wave: Wave, outputs: Any) -> Any:
    words = {"law": wave.law.citation, "due_on": wave.due.isoformat()}
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


def let_go(reading: Reading, *, by: Actor, at: datetime) -> None:
    """The reading is taken back: its wave goes with it, as if it had never been."""
    wave = Wave.objects.filter(reading=reading).first()
    if wave is not None:
        outputs = Output.objects.filter(pk__in=wave.impacts.values("output"))
        number = outputs.count()
        entry = record(WaveLetGo(law_id=wave.law_id, outputs=number), by=by, at=at, touched=[wave.law])
        touch_all(entry, outputs)
        still = Impact.objects.filter(settled_at=None, verdict__in=STRONG).exclude(wave=wave).values("output")
        outputs.filter(state=Output.State.UNDER_REVIEW).exclude(pk__in=still).update(state=Output.State.PUBLISHED)
        drop_all_for(kind=DUTY_KIND, cause=cause_of(wave), why=f"{wave.law.citation}: {reading.first_seen}", by=by, at=at)
        wave.delete()
    Citation.objects.filter(reading=reading).update(
        reading=Reading.objects.filter(law=reading.law).exclude(pk=reading.pk).order_by("-first_seen").first()
    )
    leaving = reading.law.provisions.exclude(sightings__reading__in=reading.law.readings.exclude(pk=reading.pk))
    Citation.objects.filter(provision__in=leaving).update(provision=None, reading=None)
