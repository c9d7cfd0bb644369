"""What befell a publication: noted by somebody or found in a record, lifted with a reason; the standing of its work."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nahtstelle.engines.literature.notices import Mark, marks_of
from nahtstelle.engines.literature.plain import record_from
from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import Touched
from nahtstelle.plumbing.ledger.actions import record as write_down
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import NoticeLifted, NoticeNoted
from ..models import Import, Notice, Record, Work
from ..queries.works import current, root_of

Kind, Standing = Notice.Kind, Work.Standing
# The gravest first.
STANDINGS = [
    (Kind.RETRACTION, Standing.RETRACTED), (Kind.SUPERSEDED, Standing.SUPERSEDED), (Kind.CONCERN, Standing.CONCERN),
    (Kind.CORRECTION, Standing.CORRECTED),
]  # fmt: skip


@transaction.atomic
def note(
    *,
    work: Work,
    kind: str,
    on: date | None = None,
    words: str = "",
    doi: str = "",
    url: str = "",
    record: Record | None = None,
    successor: Work | None = None,
    by: Actor,
    at: datetime,
) -> Notice:
    """Note what befell a publication; what stands already is not noted twice. Whoever cites the work is told by the fact.

    Raises ``Refusal`` for a kind there is not, or a work that would replace itself.
    """
    if kind not in Kind.values:
        raise Refusal(_("Please say what happened to the publication."))
    work = Work.objects.select_for_update(of=("self",)).get(pk=root_of(work).pk)
    if successor is not None and root_of(successor).pk == work.pk:
        raise Refusal(_("A publication cannot replace itself."))
    standing = work.notices.filter(kind=kind, lifted_at__isnull=True)
    # What several sources report is one event; a person may add one of the same kind with words of its own.
    known = (
        standing.filter(doi=doi) if doi else standing if record is not None else standing.filter(doi="", words=words)
    )
    if (there := known.first()) is not None:
        return there
    made = Notice.objects.create(
        work=work, kind=kind, on=on, words=words.strip(), doi=doi, url=url.strip(), record=record,
        successor=successor and root_of(successor), noted_at=at, noted_by_id=by.account_id,
    )  # fmt: skip
    changes = _settle(work, at=at)
    write_down(NoticeNoted(made.pk, work.pk, kind), by=by, at=at, touched=[Touched(work, changes)])
    return made


@transaction.atomic
def lift(*, notice: Notice, why: str, by: Actor, at: datetime) -> Notice:
    """Take a notice back with its reason; it stays to be read. Raises ``Refusal`` without one, ``NotNow`` a second time."""
    work = Work.objects.select_for_update(of=("self",)).get(pk=notice.work_id)
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.lifted_at is not None:
        raise NotNow(_("This notice was lifted already."))
    if not why.strip():
        raise Refusal(_("Please say why the notice is lifted."))
    notice.lifted_at, notice.lifted_why = at, why.strip()
    notice.save(update_fields=["lifted_at", "lifted_why"])
    changes = _settle(work, at=at)
    fact = NoticeLifted(notice.pk, work.pk, notice.kind)
    write_down(fact, by=by, at=at, why=notice.lifted_why, touched=[Touched(work, changes)])
    return notice


def settle(works: Iterable[Work], *, at: datetime) -> None:
    """Set the standing of works anew from their notices, for example after these moved to another work."""
    for work in works:
        _settle(work, at=at)


def _settle(work: Work, *, at: datetime) -> dict[str, tuple[str, str]]:
    kinds = set(work.notices.filter(lifted_at__isnull=True).values_list("kind", flat=True))
    before = work.standing
    work.standing = next((standing for kind, standing in STANDINGS if kind in kinds), Standing.SOUND)
    if before == work.standing:
        return {}
    work.changed_at = at
    work.save(update_fields=["standing", "changed_at"])
    return {"standing": (str(before), str(work.standing))}


def find_notices(records: Sequence[Record], *, by: Actor, at: datetime) -> int:
    """Note what incoming records (with their works) say of their own or of other publications; the number noted."""
    found = [(one, mark) for one in records for mark in _marks(one)]
    elsewhere = {mark.of for _one, mark in found if mark.of}
    by_doi = {work.doi: work for work in current().filter(doi__in=elsewhere)} if elsewhere else {}
    noted = 0
    for one, mark in found:
        work = by_doi.get(mark.of) if mark.of else one.work
        if work is not None:
            note(work=work, kind=mark.kind, words=mark.words, doi=mark.doi, record=one, by=by, at=at)
            noted += 1
    return noted


def _marks(one: Record) -> list[Mark]:
    return marks_of(record_from({name: one.values[name] for name in ("title", "doi", "extras") if name in one.values}))


def lift_with_import(
    *, batch: Import, staying: Collection[int], removed: Collection[int], by: Actor, at: datetime
) -> None:
    """Lift what only an import said that is undone, on works that are not removed; what somebody noted by hand stays.

    ``staying`` are works that keep their records of this import, and with them what these say.
    """
    said = Notice.objects.filter(record__batch=batch, noted_by__isnull=True, lifted_at__isnull=True)
    for notice in said.select_related("record"):
        if notice.work_id not in removed and notice.record.work_id not in staying:
            lift(notice=notice, why=_("The import it came with was undone."), by=by, at=at)
