"""What can happen in the room law."""

from dataclasses import dataclass
from datetime import date

from nahtstelle.plumbing.ledger.facts import fact


@fact("law.LawArrived")
@dataclass(frozen=True, slots=True)
class LawArrived:
    """A law came into our stock with its first reading."""

    law_id: int
    reading_id: int


@fact("law.ReadingTaken")
@dataclass(frozen=True, slots=True)
class ReadingTaken:
    """A reading of a known law was taken in; ``changed`` provisions differ from the reading before."""

    law_id: int
    reading_id: int
    seen_on: date
    changed: int
    late: bool


@fact("law.ProvisionsAmended")
@dataclass(frozen=True, slots=True)
class ProvisionsAmended:
    """The newest reading of a law changes what the law says in ``provisions`` provisions (one fact for all of them)."""

    law_id: int
    reading_id: int
    provisions: int


@fact("law.AmendmentAnnounced")
@dataclass(frozen=True, slots=True)
class AmendmentAnnounced:
    """The official file announces an amendment that its text does not show yet."""

    law_id: int
    announcement_ids: tuple[int, ...]


@fact("law.ImportArrived")
@dataclass(frozen=True, slots=True)
class ImportArrived:
    """A delivery of law files was given; its files are to be listed and checked, from the one numbered ``offset``."""

    import_id: int
    file_id: int
    offset: int = 0


@fact("law.LawFileArrived")
@dataclass(frozen=True, slots=True)
class LawFileArrived:
    """One file of a delivery is to be checked for its preview."""

    item_id: int


@fact("law.LawFileLeftOut")
@dataclass(frozen=True, slots=True)
class LawFileLeftOut:
    """A person left one file out of an import, or took it back in (``left_out`` is False)."""

    item_id: int
    left_out: bool


@fact("law.ImportConfirmed")
@dataclass(frozen=True, slots=True)
class ImportConfirmed:
    """A person has seen the preview and wants the delivery taken in."""

    import_id: int


@fact("law.LawFileConfirmed")
@dataclass(frozen=True, slots=True)
class LawFileConfirmed:
    item_id: int


@fact("law.ImportEnded")
@dataclass(frozen=True, slots=True)
class ImportEnded:
    """A delivery was abandoned before, or taken back after it was carried out (``state``)."""

    import_id: int
    state: str


@fact("law.ReadingLeaving")
@dataclass(frozen=True, slots=True)
class ReadingLeaving:
    """A reading was imported by mistake: it and what it changed leave the stock, the file is kept."""

    law_id: int
    reading_id: int
    seen_on: date
    digest: str


@fact("law.ActRecorded")
@dataclass(frozen=True, slots=True)
class ActRecorded:
    act_id: int
    revision: int


@fact("law.ActAnnounced")
@dataclass(frozen=True, slots=True)
class ActAnnounced:
    """Staff set the consequences of an act going: whatever cites its provisions is to be looked at."""

    act_id: int
    revision: int
    law_ids: tuple[int, ...]


@fact("law.NamesChanged")
@dataclass(frozen=True, slots=True)
class NamesChanged:
    """People's names for a law were added or removed: citations may now be understood that were not."""

    law_id: int


@fact("law.WatchChanged")
@dataclass(frozen=True, slots=True)
class WatchChanged:
    law_id: int
    person_id: int
    watching: bool
