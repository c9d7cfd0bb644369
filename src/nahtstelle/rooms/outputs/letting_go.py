"""When a reading is taken back: what rests on it, and how this room lets go of it as if it had never been."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import record, touch_all
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.duties.actions import drop_all_for, reopen_all_for
from nahtstelle.rooms.law.models import Provision, Reading, Sighting

from . import drawing
from .facts import WaveLetGo
from .models import DUTY_KIND, Citation, Impact, Output, Wave, cause_of
from .opening import STRONG

State = Output.State
DROPPED = Impact.Outcome.DROPPED


def objections_to_leaving(readings: QuerySet[Reading]) -> Iterable[str]:
    """Work of people that would be lost with these readings."""
    settled = Impact.objects.filter(wave__reading__in=readings).exclude(outcome="").count()
    if settled:
        yield (
            ngettext(
                "%d text was already checked because of this reading; that work would be lost.",
                "%d texts were already checked because of this reading; that work would be lost.",
                settled,
            )
            % settled
        )
    # The few impacts of acts in these laws first; whether their provisions vanish is asked of each of them only.
    laws, known = readings.order_by().values("law"), OuterRef("provision")
    of_acts = Impact.objects.filter(wave__act__isnull=False, provision__law__in=laws).exclude(outcome=DROPPED)
    vanishing = of_acts.filter(~Exists(_seen_elsewhere(known, readings)))
    resting = vanishing.select_related("provision__law", "wave__act").order_by("pk").first()
    if resting is not None:
        yield _(
            "%(provision)s %(law)s is known only from this import, and texts are checked because “%(act)s” changes it. "
            "Take that line out of the act and announce the act again; then the import can be taken back."
        ) % {
            "provision": resting.provision.designation,
            "law": resting.provision.law.citation,
            "act": resting.wave.act,
        }


def _known_only_from(readings: QuerySet[Reading]) -> QuerySet[Provision]:
    """The provisions of their laws that were seen in no other reading: they vanish with these."""
    laws = readings.order_by().values("law")
    return Provision.objects.filter(~Exists(_seen_elsewhere(OuterRef("pk"), readings)), law__in=laws).order_by()


def _seen_elsewhere(provision: OuterRef, readings: QuerySet[Reading]) -> QuerySet[Sighting]:
    return Sighting.objects.filter(provision=provision).exclude(reading__in=readings.order_by().values("pk"))


def let_go(reading: Reading, *, by: Actor, at: datetime) -> None:
    """The reading is taken back: its wave goes with it, and what it had made needless is needed again.

    Raises ``Refusal`` when somebody's work came to rest on it since its import was taken back.
    """
    leaving = Reading.objects.filter(pk=reading.pk)
    if objections := list(objections_to_leaving(leaving)):
        raise Refusal(" ".join(str(sentence) for sentence in objections))
    because = f"{reading.law.citation}: {reading.first_seen}"
    _open_again(reading, because, by=by, at=at)
    _let_go_of_wave(reading, because, by=by, at=at)
    vanishing = _known_only_from(leaving)
    Impact.objects.filter(provision__in=vanishing, outcome=DROPPED).delete()
    _keep_in_words(reading, vanishing)


def _let_go_of_wave(reading: Reading, because: str, *, by: Actor, at: datetime) -> None:
    wave = Wave.objects.select_related("law").filter(reading=reading).first()
    if wave is None:
        return
    outputs = Output.objects.filter(pk__in=wave.impacts.values("output"))
    entry = record(WaveLetGo(law_id=wave.law_id, outputs=outputs.count()), by=by, at=at, touched=[wave.law])
    touch_all(entry, outputs)
    still = Impact.objects.filter(settled_at=None, verdict__in=STRONG).exclude(wave=wave).values("output")
    outputs.filter(state=State.UNDER_REVIEW).exclude(pk__in=still).update(state=State.PUBLISHED)
    drop_all_for(kind=DUTY_KIND, cause=cause_of(wave), why=because, by=by, at=at)
    wave.delete()


def _open_again(reading: Reading, because: str, *, by: Actor, at: datetime) -> None:
    """What was announced and had come with this reading is to come again, for texts that readers still have."""
    dropped = Impact.objects.filter(
        dropped_for=reading, outcome=DROPPED, output__state__in=[State.PUBLISHED, State.UNDER_REVIEW]
    )
    moments = dropped.order_by().values_list("wave", "settled_at").distinct()
    for wave_id, moment in list(moments):
        again = dropped.filter(wave=wave_id, settled_at=moment)
        reopen_all_for(
            subject_ids=again.order_by().values("output"), kind=DUTY_KIND, cause=f"wave:{wave_id}", dropped_at=moment,
            why=because, by=by, at=at,
        )  # fmt: skip
        again.update(outcome="", reason="", settled_at=None, dropped_for=None)


def _keep_in_words(reading: Reading, vanishing: QuerySet[Provision]) -> None:
    """Citations that rest on the reading rest on the one before it; where nothing is left they are words again."""
    before = Reading.objects.filter(law=reading.law_id).exclude(pk=reading.pk).order_by("-first_seen").first()
    Citation.objects.filter(reading=reading).update(reading=before)
    drawing.forget(Citation.objects.filter(provision__in=vanishing).order_by().values("output"))
    Citation.objects.filter(provision__in=vanishing).update(provision=None, reading=None)
    if before is None:
        Citation.objects.filter(law=reading.law_id).update(law=None)
