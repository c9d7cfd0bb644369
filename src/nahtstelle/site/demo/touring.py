"""The guided "try this": who to be, where to go, what to look at; each step knows whether it is done."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nahtstelle.rooms.law.models import Import, Reading
from nahtstelle.rooms.outputs.models import Impact, Output, Wave
from nahtstelle.rooms.outreach.models import Dispatch, Recipient

from .moments import TOUR_DAY


@dataclass(frozen=True, slots=True)
class Persona:
    slug: str
    what: Any


PERSONAS = [
    Persona("jana-wolters", gettext_lazy("legal officer: imports law, records acts, signs off texts on law")),
    Persona("emre-aydin", gettext_lazy("editor: writes, edits and submits texts, prepares dispatches")),
    Persona("ruth-sommerfeld", gettext_lazy("head of the centre: the second pair of eyes")),
    Persona("konrad-lehmbruck", gettext_lazy("funder: releases what needs a release")),
    Persona("sam-okafor", gettext_lazy("administrator: looks after queue, mail and accounts")),
    Persona("marlene-petersen", gettext_lazy("network coordinator in IQ, not staff of the centre")),
    Persona("tariq-haddad", gettext_lazy("adviser in an IvAF project in Lower Saxony: reads, and answers by link")),
]


@dataclass(frozen=True, slots=True)
class TourStep:
    title: str
    text: str
    persona: str
    url: str
    label: str
    done: bool
    brings_reading: bool = False


def steps() -> list[TourStep]:
    """The tour with what is already done, newest state of the demo."""
    reading = Reading.objects.filter(first_seen__gte=TOUR_DAY, law__slug="bspbpg").first()
    wave = Wave.objects.filter(reading=reading).first() if reading else None
    batch = Import.objects.filter(seen_on__gte=TOUR_DAY).order_by("-pk").first()
    settled = bool(wave) and Impact.objects.filter(wave=wave).exclude(outcome="").exists()
    bulletin = Output.objects.filter(drafted_for=wave).order_by("-pk").first() if wave else None
    dispatch = Dispatch.objects.filter(bulletin=bulletin).order_by("-pk").first() if bulletin else None
    answered = Recipient.objects.filter(dispatch=OuterRef("pk")).exclude(answer="")
    return [
        TourStep(
            _("A new reading of a law arrives"),
            _("Be Jana, the legal officer. Bring in the new readings of two invented laws and look at the preview: which provisions would change? Then confirm."),
            "jana-wolters", reverse("law:import", args=[batch.pk]) if batch else reverse("law:imports"), _("To the imports"),
            reading is not None, brings_reading=reading is None,
        ),
        TourStep(
            _("The wave"),
            _("Every published text that cites a changed provision is found. See which cite the very part that changed, and who owes an answer by when."),
            "jana-wolters", reverse("outputs:wave", args=[wave.pk]) if wave else reverse("outputs:waves"), _("To the wave"), wave is not None,
        ),
        TourStep(
            _("An owner answers"),
            _("Open a duty on the desk. Old and new wording stand beside the text that cites them: still valid, corrected, or withdrawn? Meanwhile readers see a banner."),
            "jana-wolters", reverse("desk:start"), _("To the desk"), settled,
        ),
        TourStep(
            _("A law bulletin"),
            _("Draft the bulletin from the wave, as Emre. Provisions and the texts concerned are filled in; what only a person can say is asked for. Submit it."),
            "emre-aydin", reverse("outputs:wave", args=[wave.pk]) if wave else reverse("outputs:waves"), _("To the wave"),
            bulletin is not None and bulletin.progress != Output.Progress.DRAFT or bool(bulletin and bulletin.edition_id),
        ),
        TourStep(
            _("Four eyes"),
            _("Be Ruth. Read the bulletin, sign it off and publish it. Whoever wrote it cannot."),
            "ruth-sommerfeld", reverse("outputs:work", args=[bulletin.slug]) if bulletin else reverse("desk:start"), _("To the bulletin"),
            bool(bulletin and bulletin.edition_id),
        ),
        TourStep(
            _("To exactly those concerned"),
            _("As Emre, prepare the dispatch by programme, Land, role and theme, and look at the list of people, each with the reason. As Ruth, approve exactly this list; before that nothing is sent."),
            "emre-aydin", reverse("outreach:new", args=[bulletin.slug]) if bulletin else reverse("outreach:dispatches"), _("To the dispatch"),
            bool(dispatch and dispatch.state in (Dispatch.State.APPROVED, Dispatch.State.SENT)),
        ),
        TourStep(
            _("What comes back"),
            _("Open a recipient's letter in the outbox and answer by its signed link, without an account. The dispatch shows what people did with it."),
            "sam-okafor", reverse("outreach:dispatch", args=[dispatch.pk]) if dispatch else reverse("outreach:dispatches"), _("To the answers"),
            Dispatch.objects.filter(Exists(answered)).exists(),
        ),
    ]  # fmt: skip
