"""Opening a wave: what a sweep found gets its banners, each output one duty, each owner one notice.

What a wave is about, a law or a work, is the matter of ``sweep`` and ``work_sweep``; they give the statement that finds the
outputs. Everything here happens in a number of statements that does not depend on how many outputs there are.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import BooleanField, CharField, DateField, F, JSONField, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import record, touch_all
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.duties.actions import drop_all_for, open_in_bulk
from nahtstelle.register.notices.actions import tell_in_bulk
from nahtstelle.rooms.law.models import Reading

from .facts import WaveOpened, WaveReached
from .models import DUTY_KIND, SUBJECT_KIND, Impact, Output, Wave, cause_of
from .words import notice_of, why

Verdict = Impact.Verdict
# Strongest first; of several citations of one thing in one output the strongest counts.
RANK = [
    Verdict.REPEALED, Verdict.RETRACTED, Verdict.TOUCHED, Verdict.CONCERN, Verdict.SUPERSEDED, Verdict.CARD_WITHDRAWN,
    Verdict.CORRECTED, Verdict.CARD_CHANGED, Verdict.REVERSED, Verdict.ANNOUNCED, Verdict.RENUMBERED, Verdict.ELSEWHERE,
]  # fmt: skip
STRONG = (Verdict.REPEALED, Verdict.TOUCHED, Verdict.RETRACTED, Verdict.CONCERN, Verdict.SUPERSEDED)
DAYS_TO_ANSWER = 14

# SQL that inserts the impacts of a wave, with its parameters
Statement = tuple[str, dict[str, Any]]


def due_day(at: datetime) -> date:
    return timezone.localdate(at) + timedelta(days=DAYS_TO_ANSWER)


def open_wave(wave: Wave, statement: Statement, *, by: Actor, at: datetime) -> Wave | None:
    """Find what a wave concerns and tell the owners; None where nothing is, and then there is no wave."""
    if not _find(wave, statement):
        if not wave.impacts.exists():
            wave.delete()
        return None
    outputs = Output.objects.filter(pk__in=Impact.objects.filter(wave=wave).values("output"))
    number = outputs.count()
    owners = outputs.order_by().values("owner").distinct().count()
    about = [one for one in (wave.law, wave.act, wave.work) if one is not None]
    fact = WaveOpened(wave_id=wave.pk, outputs=number, owners=owners)
    entry = record(fact, by=by, at=at, touched=[wave, *about])
    touch_all(entry, outputs)
    _tell_owners(wave, outputs, due=wave.due, by=by, at=at)
    return wave


def reach(wave: Wave, output: Output, statement: Statement, *, by: Actor, at: datetime) -> None:
    """Bring one output into a wave that was opened before; ``statement`` finds only this one."""
    if not _find(wave, statement):
        if not wave.impacts.exists():
            wave.delete()
        return
    fact = WaveReached(wave_id=wave.pk, output_id=output.pk)
    record(fact, by=by, at=at, touched=[wave, output])
    _tell_owners(wave, Output.objects.filter(pk=output.pk), due=max(wave.due, due_day(at)), by=by, at=at)


def _find(wave: Wave, statement: Statement) -> int:
    """Write the impacts of a wave and put readers' banners up; the number of impacts."""
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        touched: int = cursor.rowcount
    strong = Impact.objects.filter(wave=wave, verdict__in=STRONG, settled_at=None)
    reviewed = Output.objects.filter(state=Output.State.PUBLISHED, pk__in=strong.values("output"))
    reviewed.update(state=Output.State.UNDER_REVIEW)
    return touched


def tables(*models: Any) -> list[str]:
    """The names of tables, ready to stand in a statement."""
    return [connection.ops.quote_name(model._meta.db_table) for model in models]


def make_moot(
    impacts: QuerySet[Impact], because: str, *, for_reading: Reading | None = None, by: Actor, at: datetime
) -> None:
    """Drop open impacts, the reviews that only they had caused, and the duties of the outputs for which nothing of their wave is left open."""
    for wave_id in set(impacts.order_by().values_list("wave", flat=True).distinct()):
        here = Impact.objects.filter(wave=wave_id)
        here.filter(pk__in=impacts.filter(wave=wave_id).order_by().values("pk")).update(
            outcome=Impact.Outcome.DROPPED, reason=because[:1000], settled_at=at, dropped_for=for_reading
        )
        open_still = here.filter(settled_at=None).values("output")
        strong_still = Impact.objects.filter(settled_at=None, verdict__in=STRONG).values("output")
        Output.objects.filter(
            state=Output.State.UNDER_REVIEW, pk__in=here.filter(settled_at=at, verdict__in=STRONG).values("output")
        ).exclude(pk__in=strong_still).update(state=Output.State.PUBLISHED)
        dropped = here.filter(outcome=Impact.Outcome.DROPPED, settled_at=at).exclude(output__in=open_still)
        drop_all_for(
            subject_ids=dropped.order_by().values("output"), kind=DUTY_KIND, cause=f"wave:{wave_id}", why=because, by=by,
            at=at,
        )  # fmt: skip


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
    kind, words = notice_of(wave, due=due)
    return (
        outputs.order_by()
        .annotate(
            notice_kind=_text(kind),
            words=Value(words, output_field=JSONField()),
            link=_text(reverse("outputs:wave", args=[wave.pk])),
            why=_text(cause_of(wave)),
            urgent=Value(False, output_field=BooleanField()),
            whom=F("owner"),
        )
        .values_list("whom", "notice_kind", "words", "link", "why", "urgent")
        .distinct()
    )
