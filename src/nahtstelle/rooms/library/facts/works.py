"""What can happen to works."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("library.WorksMerged", says=_("Works were merged"))
@dataclass(frozen=True, slots=True)
class WorksMerged:
    kept_id: int
    absorbed_id: int
    merge_id: int


@fact("library.WorksParted", says=_("A merge of works was undone"))
@dataclass(frozen=True, slots=True)
class WorksParted:
    kept_id: int
    restored_id: int
    merge_id: int


@fact("library.NoticeNoted", says=_("A publication was corrected, retracted or replaced"))
@dataclass(frozen=True, slots=True)
class NoticeNoted:
    """Whoever cites the work has to know."""

    notice_id: int
    work_id: int
    kind: str


@fact("library.NoticeLifted", says=_("A notice on a publication was lifted"))
@dataclass(frozen=True, slots=True)
class NoticeLifted:
    notice_id: int
    work_id: int
    kind: str


@fact("library.WorkChanged", says=_("A work was corrected by hand"))
@dataclass(frozen=True, slots=True)
class WorkChanged:
    work_id: int


@fact("library.RecordMoved", says=_("A record became a work of its own"))
@dataclass(frozen=True, slots=True)
class RecordMoved:
    record_id: int
    from_id: int
    to_id: int


@fact("library.FullTextAttached", says=_("A full text was attached"))
@dataclass(frozen=True, slots=True)
class FullTextAttached:
    """Its words are to be read."""

    full_text_id: int
    work_id: int


@fact("library.FullTextRemoved", says=_("A full text was removed"))
@dataclass(frozen=True, slots=True)
class FullTextRemoved:
    work_id: int
