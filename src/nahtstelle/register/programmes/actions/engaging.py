"""Who works where in a programme, from when until when."""

from datetime import date, datetime

from django.db import transaction

from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.actions import add_person
from nahtstelle.register.people.models import Person
from nahtstelle.register.people.queries import person_for
from nahtstelle.register.people.rules import check_not_oneself
from nahtstelle.register.vocabulary.models import Concept

from ..facts import EngagementEnded, PersonEngaged
from ..models import Engagement, Network, Programme, Project
from ..rules import check_engagement, check_span


@transaction.atomic
def engage(
    *,
    person: Person,
    role: str,
    by: Actor,
    at: datetime,
    programme: Programme | None = None,
    network: Network | None = None,
    project: Project | None = None,
    region: Concept | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Engagement:
    """A person takes a role in a project, a network or a programme, both days included.

    What is left out follows from what is given: network and region from the project, the programme from the network;
    a network of one region gives that region. Raises ``NotYours`` where somebody engages themselves, ``NotNow`` where
    the role is held in that time, ``Refusal`` where places do not belong together.
    """
    check_not_oneself(by, person)
    if project is not None:
        network = network or project.network
        region = region or project.region
    if network is not None and region is None:
        regions = list(network.regions.all()[:2])
        region = regions[0] if len(regions) == 1 else None
    place = project or network
    if programme is None:
        if place is None:
            raise TypeError("An engagement is in a programme, a network or a project.")
        programme = place.level.period.programme
    Person.objects.select_for_update().get(pk=person.pk)
    engagement = Engagement(
        person=person,
        role=Engagement.Role(role).value,
        programme=programme,
        network=network,
        project=project,
        region=region,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    check_engagement(engagement)
    engagement.save(force_insert=True)
    said = {
        "role": (None, engagement.role),
        "where": (None, str(place or programme)),
        "from": (None, valid_from),
        "until": (None, valid_until),
    }
    record(
        PersonEngaged(engagement.pk, person.pk, programme.pk),
        by=by,
        at=at,
        touched=[Touched(engagement, said), Touched(person, said), *([place] if place else [])],
    )
    return engagement


@transaction.atomic
def engage_colleague(
    *,
    network: Network,
    name: str,
    mail: str,
    role: str,
    by: Actor,
    at: datetime,
    project: Project | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Engagement:
    """Engage somebody in a network by their e-mail address; who is not known yet is added under ``name``."""
    person = person_for(mail)
    if person is None:
        person = add_person(name=name, mail=mail, by=by, at=at)
    return engage(
        person=person,
        role=role,
        network=network,
        project=project,
        by=by,
        at=at,
        valid_from=valid_from,
        valid_until=valid_until,
    )


@transaction.atomic
def end_engagement(*, engagement: Engagement, last_day: date, by: Actor, at: datetime) -> Engagement:
    """Set the last day of an engagement. Raises ``Refusal`` where it lies before the first."""
    check_not_oneself(by, engagement.person)
    check_span(engagement.valid_from, last_day)
    before, engagement.valid_until = engagement.valid_until, last_day
    if before != last_day:
        engagement.save(update_fields=["valid_until"])
        change = {"valid_until": (before, last_day)}
        record(
            EngagementEnded(engagement.pk, engagement.person_id, engagement.programme_id),
            by=by,
            at=at,
            touched=[Touched(engagement, change), Touched(engagement.person, change)],
        )
    return engagement
