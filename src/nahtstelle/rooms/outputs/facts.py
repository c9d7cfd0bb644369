"""What can happen in the room outputs."""

from dataclasses import dataclass
from datetime import datetime

from nahtstelle.plumbing.ledger.facts import fact


@fact("outputs.OutputStarted")
@dataclass(frozen=True, slots=True)
class OutputStarted:
    output_id: int


@fact("outputs.OutputEdited")
@dataclass(frozen=True, slots=True)
class OutputEdited:
    """A text or its particulars were saved by hand. Automatic saves are kept, but tell nobody."""

    output_id: int
    revision: int


@fact("outputs.StepTaken")
@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step of the workflow, ``step`` as in ``Step.Kind``."""

    output_id: int
    step: str
    revision: int


@fact("outputs.EditionPublished")
@dataclass(frozen=True, slots=True)
class EditionPublished:
    output_id: int
    edition_id: int
    number: int


@fact("outputs.PublicationScheduled")
@dataclass(frozen=True, slots=True)
class PublicationScheduled:
    output_id: int
    publish_at: datetime | None


@fact("outputs.CitationDeclared")
@dataclass(frozen=True, slots=True)
class CitationDeclared:
    """A person added, confirmed or removed a citation by hand."""

    output_id: int


@fact("outputs.WaveOpened")
@dataclass(frozen=True, slots=True)
class WaveOpened:
    """A sweep over everything that cites what changed has ended: so many outputs, so many owners."""

    wave_id: int
    outputs: int
    owners: int


@fact("outputs.WaveReached")
@dataclass(frozen=True, slots=True)
class WaveReached:
    """A text that was published after the wave had opened rests on what changed: it belongs to the wave too."""

    wave_id: int
    output_id: int


@fact("outputs.ImpactSettled")
@dataclass(frozen=True, slots=True)
class ImpactSettled:
    """The owner of an output has answered a wave: ``outcome`` as in ``Impact.Outcome``."""

    wave_id: int
    output_id: int
    outcome: str


@fact("outputs.WaveLetGo")
@dataclass(frozen=True, slots=True)
class WaveLetGo:
    """A wave was taken back because its reading was."""

    law_id: int
    outputs: int


@fact("outputs.BulletinDrafted")
@dataclass(frozen=True, slots=True)
class BulletinDrafted:
    output_id: int
    act_id: int
