"""What changes in the rooms reaches the index: each reaction writes what it concerns in its own transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.intake import facts as intake_facts
from nahtstelle.register.intake.models import Change
from nahtstelle.register.organisations import facts as organisation_facts
from nahtstelle.register.people import facts as people_facts
from nahtstelle.register.programmes import facts as programme_facts
from nahtstelle.rooms.law import facts as law_facts
from nahtstelle.rooms.library import facts as library_facts
from nahtstelle.rooms.library.models import Record, Work
from nahtstelle.rooms.outputs import facts as output_facts
from nahtstelle.rooms.outputs.models import Impact, Output

from .facts import LiteratureToIndex, LiteratureToSweep
from .models import Document
from .offers import Source
from .rebuilding import bring_in_line, has_outgrown, rebuild
from .sources import acts, laws, organisations, outputs, people, programmes, provisions, studies
from .writing import remove, write

OutputFact = (
    output_facts.OutputStarted
    | output_facts.OutputEdited
    | output_facts.StepTaken
    | output_facts.EditionPublished
    | output_facts.WaveReached
    | output_facts.ImpactSettled
    | output_facts.CitationDeclared
)
LawFact = law_facts.LawArrived | law_facts.ReadingTaken | law_facts.ReadingLeaving | law_facts.NamesChanged
PersonFact = (
    people_facts.PersonAdded
    | people_facts.PersonChanged
    | people_facts.PersonErased
    | people_facts.RoleGranted
    | people_facts.RoleEnded
    | programme_facts.PersonEngaged
    | programme_facts.EngagementEnded
    | organisation_facts.MembershipAdded
    | organisation_facts.MembershipEnded
)
StudyFact = (
    library_facts.CardPublished | library_facts.CardWithdrawn | library_facts.NoticeNoted | library_facts.NoticeLifted
)
# Works that one reaction indexes; a large import takes many turns, and other facts come in between.
WORKS_AT_ONCE = 1000


# What a table may touch, and in which documents that is seen.
SHOWN_OF: dict[Source, frozenset[str]] = {
    people: frozenset(("people.person", "programmes.engagement", "organisations.membership")),
    organisations: frozenset(("organisations.organisation",)),
    programmes: frozenset(("programmes.network", "programmes.project")),
}


def output_changed(fact: OutputFact, *, by: Actor, at: datetime) -> None:
    _renew(outputs, [fact.output_id], at=at)


def outputs_swept(fact: output_facts.WaveOpened, *, by: Actor, at: datetime) -> None:
    """A change of law put texts under review."""
    concerned = Impact.objects.filter(wave=fact.wave_id).values_list("output", flat=True)
    _renew(outputs, set(concerned), at=at)


def wave_let_go(fact: output_facts.WaveLetGo, *, by: Actor, at: datetime) -> None:
    """Which texts were concerned is gone with the wave: those whose standing the index has otherwise."""
    citing = Output.objects.filter(citations__law=fact.law_id).values_list("pk", flat=True)
    _renew(outputs, set(citing), at=at)


def law_changed(fact: LawFact, *, by: Actor, at: datetime) -> None:
    """Everything of the law as it stands now; what is not in its newest reading leaves."""
    _renew(laws, [fact.law_id], at=at)
    _renew(provisions, [fact.law_id], at=at, known=provisions.keys_of_law(fact.law_id))


def act_changed(fact: law_facts.ActRecorded, *, by: Actor, at: datetime) -> None:
    _renew(acts, [fact.act_id], at=at)


def programme_changed(
    fact: programme_facts.NetworkSaved | programme_facts.ProjectSaved, *, by: Actor, at: datetime
) -> None:
    write(programmes.offers([fact.programme_id]), at=at)


def programmes_changed(
    fact: programme_facts.StructureLoaded
    | programme_facts.PeriodChanged
    | programme_facts.StructureRecut
    | programme_facts.RecutUndone,
    *,
    by: Actor,
    at: datetime,
) -> None:
    bring_in_line(programmes, at=at)


def table_changed(fact: intake_facts.TableImported | intake_facts.ImportUndone, *, by: Actor, at: datetime) -> None:
    """Whatever a table brought, changed, or took with it when it was undone."""
    touched = set(Change.objects.filter(batch=fact.batch_id).values_list("kind", flat=True).distinct())
    for source, kinds in SHOWN_OF.items():
        if touched & kinds:
            bring_in_line(source, at=at)


def organisation_changed(
    fact: organisation_facts.OrganisationAdded | organisation_facts.OrganisationChanged, *, by: Actor, at: datetime
) -> None:
    _renew(organisations, [fact.organisation_id], at=at)


def person_changed(fact: PersonFact, *, by: Actor, at: datetime) -> None:
    _renew(people, [fact.person_id], at=at)


def study_changed(fact: StudyFact, *, by: Actor, at: datetime) -> None:
    """A card came to readers or left them, or something befell the publication."""
    _renew(studies, _with_merged([fact.work_id]), at=at)


def works_merged(fact: library_facts.WorksMerged, *, by: Actor, at: datetime) -> None:
    _renew(studies, _with_merged([fact.kept_id, fact.absorbed_id]), at=at)


def works_parted(fact: library_facts.WorksParted, *, by: Actor, at: datetime) -> None:
    _renew(studies, _with_merged([fact.kept_id, fact.restored_id]), at=at)


def _with_merged(ids: list[int]) -> set[int]:
    """Works, and those they were merged with: whose card readers have depends on all of them."""
    into = Work.objects.filter(pk__in=ids, merged_into__isnull=False).values_list("merged_into", flat=True)
    roots = {*ids, *into}
    return {*roots, *Work.objects.filter(merged_into__in=roots).values_list("pk", flat=True)}


def literature_imported(fact: library_facts.LiteratureImported, *, by: Actor, at: datetime) -> None:
    record(LiteratureToIndex(batch_id=fact.batch_id), by=by, at=at)


def literature_to_index(fact: LiteratureToIndex, *, by: Actor, at: datetime) -> None:
    """The next works of a delivery; the rest is left to another turn."""
    records = Record.objects.filter(batch=fact.batch_id, work__gt=fact.after).order_by("work")
    ids = list(records.values_list("work", flat=True).distinct()[:WORKS_AT_ONCE])
    _renew(studies, ids, at=at)
    if len(ids) == WORKS_AT_ONCE:
        record(LiteratureToIndex(batch_id=fact.batch_id, after=ids[-1]), by=by, at=at)


def literature_undone(fact: library_facts.LiteratureUndone, *, by: Actor, at: datetime) -> None:
    record(LiteratureToSweep(), by=by, at=at)


def literature_to_sweep(fact: LiteratureToSweep, *, by: Actor, at: datetime) -> None:
    """Documents whose work is gone leave, some thousand at a time."""
    documents = Document.objects.filter(source=studies.NAME, pk__gt=fact.after).order_by("pk")
    rows = list(documents.values_list("pk", "key")[:WORKS_AT_ONCE])
    ids = [int(key) for _pk, key in rows]
    there = set(Work.objects.filter(pk__in=ids).values_list("pk", flat=True))
    remove(studies.NAME, [str(one) for one in ids if one not in there])
    if len(rows) == WORKS_AT_ONCE:
        record(LiteratureToSweep(after=rows[-1][0]), by=by, at=at)


def _renew(source: Source, ids: Iterable[int], *, at: datetime, known: set[str] | None = None) -> None:
    """Write what is still offered of these, and take out what else is ``known`` of them (their own keys)."""
    wanted = set(ids)
    offers = list(source.offers(wanted))
    write(offers, at=at)
    gone = {str(one) for one in wanted} if known is None else known
    remove(source.NAME, gone - {offer.key for offer in offers})


# --- chores ----------------------------------------------------------------------------------------------------------


def keep_in_line(*, by: Actor, at: datetime) -> None:
    """What no fact tells of: compounds to be learned from a stock that grew, and whatever was missed."""
    rebuild(at=at, learn=has_outgrown(Document.objects.count()))


def follow_the_calendar(*, by: Actor, at: datetime) -> None:
    """Roles begin and end, texts lose their validity by themselves: with the day, who may see and what is current."""
    today = timezone.localdate()
    _renew(people, people.bounded(on=today), at=at)
    _renew(outputs, outputs.bounded(on=today), at=at)
    write(programmes.offers(programmes.bounded(on=today)), at=at)
