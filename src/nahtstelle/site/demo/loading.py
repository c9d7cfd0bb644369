"""Filling the demo centre: register, laws and texts, in the order of time in which they came about.

The past is replayed through the same actions people use, so the demo's duties, waves and trails are real ones: a text
whose Stand lies before a change of law got a review, and its owner answered it or still owes the answer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.register.duties.actions import escalate_overdue, remind_due
from nahtstelle.register.notices.actions import mark_all_read
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.programmes.actions import load_structure
from nahtstelle.register.vocabulary.actions import load_vocabulary
from nahtstelle.rooms.law import importing
from nahtstelle.rooms.outputs.models import Output

from .amending import Amending
from .answering import answer
from .assessing import assessments
from .company import FUNDER, RESEARCHER, Company
from .content_files import law_files, output_files, read_list
from .dispatching import dispatch, take_answer
from .doubling import double
from .facts import DemoLoaded
from .funding import add_marks
from .mailing import arrive
from .moments import ACTS, ANSWERS, BY, EVENING, LAW, LETTERS, MAILS, OPENED, TEXTS, at, not_before
from .populating import populate
from .publishing import bring_out
from .screening import screen
from .searching import save_searches
from .shelving import shelve

# Days on which reminders and escalations are due in the story.
EVENINGS = (date(2026, 9, 15), date(2026, 9, 29), date(2026, 10, 13))
SEARCHED = date(2026, 11, 20)
# The last day whose notices everybody has read; the funder has read all, for he released what they asked for.
CAUGHT_UP = date(2026, 11, 13)
FUNDER_CAUGHT_UP = date(2026, 11, 20)


@dataclass(order=True, slots=True)
class Event:
    moment: datetime
    number: int  # order within the moment
    happen: Callable[[], object] = field(compare=False)


def load_demo() -> None:
    """Load everything. Meant for an empty, migrated database."""
    load_vocabulary(by=BY, at=at(OPENED))
    load_structure(by=BY, at=at(OPENED))
    with transaction.atomic():
        populate()
        add_marks(at=at(OPENED))
        record(DemoLoaded(day=OPENED), by=BY, at=at(OPENED))
        shelve(by=Account.objects.get(person__slug=RESEARCHER), at=at(OPENED))
        double(by=Account.objects.get(person__slug=RESEARCHER), at=at(OPENED))
        save_searches(by=Account.objects.get(person__slug=RESEARCHER), at=at(SEARCHED))
    for event in sorted(_past(Company())):
        event.happen()
        deliver_all(at=event.moment)


def _past(company: Company) -> Iterator[Event]:
    yield from _laws()
    yield from _acts(company)
    yield from _texts(company)
    for row in read_list("story/answers.yaml"):
        moment = at(row["day"], ANSWERS)
        yield Event(moment, 0, partial(answer, row, company, at=moment))
    for row in read_list("story/dispatches.yaml"):
        moment = at(row["day"], LETTERS)
        yield Event(moment, 0, partial(dispatch, row, company, at=moment))
        for number, reply in enumerate(row["answers"], start=1):
            moment = at(reply["day"], LETTERS)
            yield Event(moment, number, partial(take_answer, reply, row["bulletin"], company, at=moment))
    for row in read_list("library/screening.yaml"):
        moment = at(row["day"], TEXTS)
        yield Event(moment, 0, partial(screen, row, at=moment))
    for number, row in enumerate(read_list("story/mails.yaml")):
        moment = at(row["day"], MAILS)
        yield Event(moment, number, partial(arrive, row, company, at=moment))
    for number, (moment, happen) in enumerate(assessments(company)):
        yield Event(moment, number, happen)
    for day in EVENINGS:
        yield Event(at(day, EVENING), 0, partial(_press, at(day, EVENING)))
    everybody = Person.objects.filter(notices__read_at=None, notices__isnull=False).distinct()
    funder = Person.objects.filter(slug=FUNDER)
    for day, people in ((CAUGHT_UP, everybody), (FUNDER_CAUGHT_UP, funder)):
        yield Event(at(day, EVENING), 0, partial(_catch_up, people, at(day, EVENING)))


def _laws() -> Iterator[Event]:
    files: dict[date, list[tuple[str, bytes]]] = {}
    for day, name, content in law_files():
        files.setdefault(day, []).append((name, content))
    for day, of_day in files.items():
        yield Event(at(day, LAW), 0, partial(import_laws, day, of_day))


def import_laws(day: date, files: list[tuple[str, bytes]], *, by: Actor = BY) -> None:
    """Import files seen on ``day`` and let everything follow from it."""
    moment = at(day, LAW)
    batch = importing.give_files(source=f"Demo {day}", files=files, seen_on=day, complete=False, by=by, at=moment)
    deliver_all(at=moment)
    batch.refresh_from_db()
    importing.confirm(batch, by=by, at=moment)
    deliver_all(at=moment)


def _acts(company: Company) -> Iterator[Event]:
    amending = Amending(company)
    for row in read_list("story/acts.yaml"):
        for number, event in enumerate(row["events"]):
            moment = at(event["day"], ACTS)
            yield Event(moment, number, partial(amending.happen, row, event, at=moment))


def _texts(company: Company) -> Iterator[Event]:
    known: dict[str, Output] = {}
    for number, file in enumerate(output_files()):
        moment = at(not_before(file.stand), TEXTS)
        yield Event(moment, number, partial(bring_out, file, known, company, at=moment))


def _press(moment: datetime) -> None:
    remind_due(by=BY, at=moment)
    escalate_overdue(by=BY, at=moment)


def _catch_up(people: QuerySet[Person], moment: datetime) -> None:
    for person in people.all():
        mark_all_read(person=person, at=moment)
