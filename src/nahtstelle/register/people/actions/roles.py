"""Dated roles at the centre. They begin and end by themselves; giving and ending one is recorded."""

from datetime import date, datetime

from django.db import transaction

from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import RoleEnded, RoleGranted
from ..models import CentreRole, Person
from ..rules import check_end, check_grant, check_not_oneself


@transaction.atomic
def grant_role(
    *, person: Person, role: str, by: Actor, at: datetime, valid_from: date | None, valid_until: date | None = None
) -> CentreRole:
    """Give a person a role from a day, perhaps until a day (both included).

    Raises ``NotYours`` where somebody gives themselves a role, ``NotNow`` where it is held in that time already,
    ``ValueError`` for a role that does not exist.
    """
    role = CentreRole.Role(role).value
    check_not_oneself(by, person)
    # Two who give the same role at once follow each other.
    Person.objects.select_for_update().get(pk=person.pk)
    check_grant(person, role, valid_from, valid_until)
    held = CentreRole.objects.create(person=person, role=role, valid_from=valid_from, valid_until=valid_until)
    said = {"role": (None, role), "valid_from": (None, valid_from), "valid_until": (None, valid_until)}
    record(
        RoleGranted(held.pk, person.pk, role, valid_from, valid_until),
        by=by,
        at=at,
        touched=[Touched(held, said), Touched(person, {"roles": (None, role)})],
    )
    return held


@transaction.atomic
def end_role(*, role: CentreRole, last_day: date, by: Actor, at: datetime) -> CentreRole:
    """Set the last day of a role. Raises ``NotYours`` for one's own, ``NotNow`` where nobody could give roles then."""
    check_not_oneself(by, role.person)
    check_end(role, last_day)
    before, role.valid_until = role.valid_until, last_day
    if before == last_day:
        return role
    role.save(update_fields=["valid_until"])
    record(
        RoleEnded(role.pk, role.person_id, role.role, last_day),
        by=by,
        at=at,
        touched=[
            Touched(role, {"valid_until": (before, last_day)}),
            Touched(role.person, {"roles": (role.role, f"{role.role} – {last_day.isoformat()}")}),
        ],
    )
    return role
