"""The banner of a study that was retracted, corrected or assessed anew, and where readers learn more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Impact, Wave
from .opening import STRONG
from .references import address_of
from .words import short_name, what_happened


@dataclass(frozen=True, slots=True)
class Banner:
    kind: str
    title: str
    text: str
    since: date | None = None
    url: str = ""
    url_label: str = ""


def work_banner(impacts: Sequence[Impact]) -> Banner:
    """What befell a study, and the sentence of this text that rests on it."""
    impact, wave = impacts[0], impacts[0].wave
    Verdict, study = Impact.Verdict, short_name(wave.work) if wave.work else ""
    kind, said = {
        Verdict.RETRACTED: ("outdated", _("Retracted: “%(study)s”.")),
        Verdict.CONCERN: ("under_review", _("Its journal or its authors have doubts about “%(study)s”.")),
        Verdict.SUPERSEDED: ("under_review", _("Replaced by a newer publication: “%(study)s”.")),
        Verdict.CORRECTED: ("current", _("Corrected: “%(study)s”.")),
        Verdict.CARD_CHANGED: ("current", _("We assess “%(study)s” differently now.")),
    }.get(Verdict(impact.verdict), ("current", _("We no longer stand by our assessment of “%(study)s”.")))  # fmt: skip
    text = said % {"study": study} + " " + rests_on_it(impact)
    if impact.verdict in STRONG:
        text += " " + _("The text is being checked.")
    on = wave.notice.on if wave.notice and wave.notice.on else timezone.localdate(wave.opened_at)
    address = wave_source(wave)
    return Banner(
        kind, str(what_happened(wave)), text, on, url=address, url_label=_("More about it") if address else ""
    )


def rests_on_it(impact: Impact) -> str:
    """The sentence that rests on a study, and how many more do."""
    said = _("This sentence rests on it: “%s”") % impact.claim
    more = impact.claims - 1
    if more > 0:
        said += " " + ngettext("and %d more.", "and %d more.", more) % more
    return said


def wave_source(wave: Wave) -> str:
    """Where readers see what changed."""
    if wave.work is not None:
        notice = wave.notice
        if notice is not None and (notice.doi or notice.url.startswith(("http://", "https://"))):
            return f"https://doi.org/{notice.doi}" if notice.doi else notice.url
        return address_of(wave.work)
    if wave.reading is not None and wave.law is not None:
        return reverse("law:reading", args=[wave.law.slug, wave.reading.pk])
    return reverse("law:act", args=[wave.act.slug]) if wave.act else ""
