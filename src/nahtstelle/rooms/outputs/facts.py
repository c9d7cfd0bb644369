"""What can happen in the room outputs."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("outputs.OutputStarted", says=_("Text started"))
@dataclass(frozen=True, slots=True)
class OutputStarted:
    output_id: int


@fact("outputs.OutputEdited", says=_("Text changed, save %(revision)s"))
@dataclass(frozen=True, slots=True)
class OutputEdited:
    """A text or its particulars were saved by hand. Automatic saves are kept, but tell nobody."""

    output_id: int
    revision: int


@fact("outputs.StepTaken", says=_("Step of the workflow"))
@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step of the workflow, ``step`` as in ``Step.Kind``."""

    output_id: int
    step: str
    revision: int


@fact("outputs.EditionPublished", says=_("Edition %(number)s published"))
@dataclass(frozen=True, slots=True)
class EditionPublished:
    output_id: int
    edition_id: int
    number: int


@fact("outputs.PublicationScheduled", says=_("Moment of publication set or taken back"))
@dataclass(frozen=True, slots=True)
class PublicationScheduled:
    output_id: int
    publish_at: datetime | None


@fact("outputs.CheckedByReaders", says=_("Checked by test readers"))
@dataclass(frozen=True, slots=True)
class CheckedByReaders:
    """Test readers read a text in Leichte or Einfache Sprache on a day."""

    output_id: int
    on: date


@fact("outputs.CitationDeclared", says=_("Citations confirmed or changed by hand"))
@dataclass(frozen=True, slots=True)
class CitationDeclared:
    """A person added, confirmed or removed a citation by hand."""

    output_id: int


@fact("outputs.WaveOpened", says=_("Change of law: %(outputs)s texts of %(owners)s people concerned"))
@dataclass(frozen=True, slots=True)
class WaveOpened:
    """A sweep over everything that cites what changed has ended: so many outputs, so many owners."""

    wave_id: int
    outputs: int
    owners: int


@fact("outputs.WaveReached", says=_("Concerned by a change of law that came before its publication"))
@dataclass(frozen=True, slots=True)
class WaveReached:
    """A text that was published after the wave had opened rests on what changed: it belongs to the wave too."""

    wave_id: int
    output_id: int


@fact("outputs.ImpactSettled", says=_("Change of law answered"))
@dataclass(frozen=True, slots=True)
class ImpactSettled:
    """The owner of an output has answered a wave: ``outcome`` as in ``Impact.Outcome``."""

    wave_id: int
    output_id: int
    outcome: str


@fact("outputs.WaveLetGo", says=_("Change of law taken back: %(outputs)s texts no longer concerned"))
@dataclass(frozen=True, slots=True)
class WaveLetGo:
    """A wave was taken back because its reading was."""

    law_id: int
    outputs: int


@fact("outputs.BulletinDrafted", says=_("Law bulletin drafted"))
@dataclass(frozen=True, slots=True)
class BulletinDrafted:
    output_id: int
    act_id: int


@fact("outputs.StyleAdded", says=_("Style of citation brought in"))
@dataclass(frozen=True, slots=True)
class StyleAdded:
    style_id: int


@fact("outputs.StyleRemoved", says=_("Style of citation %(key)s removed"))
@dataclass(frozen=True, slots=True)
class StyleRemoved:
    key: str


@fact("outputs.ReferencesDrawn", says=_("Sources drawn in their style: %(references)s"))
@dataclass(frozen=True, slots=True)
class ReferencesDrawn:
    """The worker has drawn works a text cites; pages that were drawn before show them plainly."""

    output_id: int
    references: int
