"""5,000 contacts with 40 planted duplicates and 25 broken rows: found, imported, undone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.models import Touch
from nahtstelle.register.intake import actions
from nahtstelle.register.intake.models import Batch, Row
from nahtstelle.register.intake.rules import check_can_be_confirmed
from nahtstelle.register.organisations.models import Membership
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Engagement
from tests.register.intake.making import (
    NOW,
    Contacts,
    all_rows,
    as_xlsx,
    by_of,
    carry_out,
    checked,
    contacts,
    numbers,
    undo,
)
from tests.register.world import World

pytestmark = pytest.mark.django_db
State = Row.State


def in_stock(made: Contacts, there: World) -> None:
    people = [Person(slug=f"s-{n}", name=name, mail=mail) for n, (name, mail) in enumerate(made.stock)]
    people += [Person(slug=f"t-{n}", name=name) for n, name in enumerate(made.at_carrier)]
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(
        Membership(person=person, organisation=there.carrier) for person in people if not person.mail
    )


def test_exactly_the_planted_are_found_and_all_is_as_before_after_undoing(there: World) -> None:
    made = contacts()
    in_stock(made, there)
    before = all_rows()
    dilan = there.people.dilan
    batch = checked(as_xlsx(made.rows), dilan, name="kontakte.xlsx")
    assert numbers(batch, State.DUPLICATE) == made.duplicates
    assert numbers(batch, State.PROBLEM) == sorted(made.broken)
    assert len(numbers(batch, State.READY)) == 5000 - 40 - 25
    with pytest.raises(NotNow, match="40"):
        check_can_be_confirmed(batch, person=dilan.pk)
    assert actions.decide_all(batch=batch, decision="merge", by=by_of(dilan), at=NOW) == 40
    with CaptureQueriesContext(connection) as asked:
        done = carry_out(batch, dilan)
    assert len(asked) < 700  # for 20,000 rows: SQLite takes some hundred at once
    assert done.figures["made"]["people.person"] == 5000 - 40 - 25
    assert Person.objects.count() == len(before["people.Person"]) + 5000 - 40 - 25
    # Who was merged has got the role of the table beside what they had.
    assert Engagement.objects.count() == len(before["programmes.Engagement"]) + 5000 - 25 - 6
    assert Touch.objects.filter(entry__fact="intake.TableImported").count() > 10_000
    undone = undo(batch, dilan)
    assert (undone.state, undone.figures["stayed"]) == (Batch.State.UNDONE, 0)
    assert all_rows() == before
