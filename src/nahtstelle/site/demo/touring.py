"""The tour through the main job: which steps there are, whose eyes to look through, what is done already."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nahtstelle.register.people.models import Person
from nahtstelle.rooms.law.models import Import, Reading
from nahtstelle.rooms.outputs.models import Impact, Output, Wave
from nahtstelle.rooms.outreach.models import Dispatch, Recipient

from .company import EDITOR, HEAD, LEGAL
from .moments import TOUR_DAY

ADMINISTRATOR = "sam-okafor"
TOUR_LAW = "bspbpg"


@dataclass(frozen=True, slots=True)
class Persona:
    slug: str
    what: Any


PERSONAS = [
    Persona(LEGAL, gettext_lazy("legal officer: imports law, records acts, signs off texts on law")),
    Persona(EDITOR, gettext_lazy("editor: writes, edits and submits texts, prepares dispatches")),
    Persona(HEAD, gettext_lazy("head of the centre: the second pair of eyes")),
    Persona("konrad-lehmbruck", gettext_lazy("funder: releases what needs a release")),
    Persona(ADMINISTRATOR, gettext_lazy("administrator: looks after queue, mail and accounts")),
    Persona("marlene-petersen", gettext_lazy("network coordinator in IQ, not staff of the centre")),
    Persona("tariq-haddad", gettext_lazy("adviser in an IvAF project in Lower Saxony: reads, and answers by link")),
]


class Standing:
    """How far the tour has come, asked of the rooms; each question once."""

    @cached_property
    def reading(self) -> Reading | None:
        return Reading.objects.filter(first_seen__gte=TOUR_DAY, law__slug=TOUR_LAW).order_by("pk").first()

    @cached_property
    def batch(self) -> Import | None:
        """The import that brought the tour's readings, or waits to be confirmed."""
        given_up = [Import.State.ABANDONED, Import.State.UNDONE]
        return Import.objects.filter(seen_on__gte=TOUR_DAY).exclude(state__in=given_up).order_by("-pk").first()

    @cached_property
    def wave(self) -> Wave | None:
        return Wave.objects.filter(reading=self.reading).first() if self.reading else None

    @cached_property
    def answered(self) -> bool:
        """Whichever duty on the desk the visitor chose: one answered by a person since the tour's wave."""
        return self.wave is not None and (
            Impact.objects.filter(settled_at__gte=self.wave.opened_at).exclude(settled_by=None).exists()
        )

    @cached_property
    def bulletin(self) -> Output | None:
        return Output.objects.filter(drafted_for=self.wave).order_by("-pk").first() if self.wave else None

    @cached_property
    def submitted(self) -> bool:
        bulletin = self.bulletin
        return bulletin is not None and (bulletin.progress != Output.Progress.DRAFT or bulletin.edition_id is not None)

    @cached_property
    def published(self) -> bool:
        return self.bulletin is not None and self.bulletin.edition_id is not None

    @cached_property
    def dispatch(self) -> Dispatch | None:
        return Dispatch.objects.filter(bulletin=self.bulletin).order_by("-pk").first() if self.bulletin else None

    @cached_property
    def sent(self) -> bool:
        return self.dispatch is not None and self.dispatch.state in (Dispatch.State.APPROVED, Dispatch.State.SENT)

    @cached_property
    def came_back(self) -> bool:
        return (
            self.dispatch is not None and Recipient.objects.filter(dispatch=self.dispatch).exclude(answer="").exists()
        )


@dataclass(frozen=True, slots=True)
class TourStep:
    title: str
    text: str
    persona: str
    name: str  # of the persona
    url: str
    label: str
    done: bool
    next: bool
    brings_reading: bool = False


def steps() -> list[TourStep]:
    """The tour with what is already done; the first step that is not is the next one."""
    standing = Standing()
    names = dict(Person.objects.filter(slug__in=[p.slug for p in PERSONAS]).values_list("slug", "name"))
    made: list[TourStep] = []
    for title, text, persona, url, label, done in _steps(standing):
        following = not done and all(step.done for step in made)
        brings = not made and standing.batch is None
        made.append(TourStep(title, text, persona, names.get(persona, persona), url, label, done, following, brings))
    return made


def _steps(standing: Standing) -> list[tuple[str, str, str, str, str, bool]]:
    batch, wave, bulletin, dispatch = standing.batch, standing.wave, standing.bulletin, standing.dispatch
    waves, desk = reverse("outputs:waves"), reverse("desk:start")
    wave_page = _page("outputs:wave", wave, waves)
    return [
        (
            _("A new reading of a law arrives"),
            _("Be Jana, the legal officer. Bring in the new readings of two invented laws and look at the preview: which provisions would change? Then confirm."),
            LEGAL, _page("law:import", batch, reverse("law:imports")), _("To the import"), standing.reading is not None,
        ),
        (
            _("The wave"),
            _("Every published text that cites a changed provision is found. See which cite the very part that changed, and who owes an answer by when."),
            LEGAL, wave_page, _("To the wave"), wave is not None,
        ),
        (
            _("An owner answers"),
            _("Open a duty on the desk. Old and new wording stand beside the text that cites them: still valid, corrected, or withdrawn? Meanwhile readers see a banner."),
            LEGAL, desk, _("To the desk"), standing.answered,
        ),
        (
            _("A law bulletin"),
            _("Draft the bulletin from the wave, as Emre. Provisions and the texts concerned are filled in; what only a person can say is asked for. Answer it, or delete what does not apply; then submit it."),
            EDITOR, _page("outputs:work", bulletin, wave_page, key="slug"),
            _("To the bulletin") if bulletin else _("To the wave"), standing.submitted,
        ),
        (
            _("Four eyes"),
            _("Be Ruth. Read the bulletin, sign it off and publish it. Whoever wrote it cannot."),
            HEAD, _page("outputs:work", bulletin, desk, key="slug"),
            _("To the bulletin") if bulletin else _("To the desk"), standing.published,
        ),
        (
            _("To exactly those concerned"),
            _("As Emre, prepare the dispatch by programme, Land, role and theme, and look at the list of people, each with the reason. As Ruth, approve exactly this list; before that nothing is sent."),
            EDITOR,
            _page("outreach:dispatch", dispatch, _page("outreach:new", bulletin, reverse("outreach:dispatches"), key="slug")),
            _("To the dispatch"), standing.sent,
        ),
        (
            _("What comes back"),
            _("Open a recipient's letter in the outbox and answer by its signed link, without an account. The dispatch shows what people did with it."),
            ADMINISTRATOR, reverse("demo:letters"), _("To the letters"), standing.came_back,
        ),
    ]  # fmt: skip


def _page(name: str, thing: Any, otherwise: str, *, key: str = "pk") -> str:
    return reverse(name, args=[getattr(thing, key)]) if thing is not None else otherwise
