"""The centre, two programmes, three regions and a published bulletin for tests of dispatches.

Emre (editor) prepares, Ruth (head) approves; Jana (legal officer) and Dilan (coordinator) are there too. Vera has a role
that gives no right here, and Nora an account without any.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.register.notices.models import Bounce, Preference
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.programmes.models import Engagement, Programme
from nahtstelle.register.vocabulary.models import Concept, Facet
from nahtstelle.rooms.outputs.models import Edition, Output
from nahtstelle.rooms.outreach import actions
from nahtstelle.rooms.outreach.models import Dispatch, Recipient
from tests.cast import come_in

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
Role = Engagement.Role
WORDS = {
    "subject_de": "Die Duldung bleibt",
    "subject_en": "The suspension stays",
    "intro_de": "Bitte prüfen Sie Ihre Merkblätter.",
    "intro_en": "Please check your leaflets.",
}


@dataclass(frozen=True, slots=True)
class Room:
    emre: Account
    ruth: Account
    jana: Account
    dilan: Account
    vera: Account
    nora: Account
    iq: Programme
    ivaf: Programme
    germany: Concept
    saxony: Concept
    hanover: Concept  # a district within Lower Saxony
    bavaria: Concept
    training: Concept
    dropout: Concept  # narrower than training
    housing: Concept
    bulletin: Output


def person(name: str, *, mail: str | None = None, language: str = "de", **more: Any) -> Person:
    slug = name.lower().replace(" ", "-")
    address = f"{slug}@example.org" if mail is None else mail
    return Person.objects.create(slug=slug, name=name, mail=address, language=language, **more)


def account(name: str, role: str = "") -> Account:
    one = person(name)
    if role:
        CentreRole.objects.create(person=one, role=role)
    return Account.objects.create(mail=f"{one.slug}@centre.example", person=one)


def engage(
    who: Person, programme: Programme, region: Concept | None = None, role: str = Role.ADVISER, **days: Any
) -> Engagement:
    return Engagement.objects.create(person=who, programme=programme, region=region, role=role, **days)


def _concept(facet: Facet, key: str, de: str, en: str, broader: Concept | None = None, level: str = "") -> Concept:
    made = Concept.objects.create(key=key, facet=facet, name_de=de, name_en=en, level=level)
    if broader:
        made.broader.add(broader)
    return made


def room() -> Room:
    regions = Facet.objects.create(key="region", name_de="Region", name_en="Region")
    themes = Facet.objects.create(key="theme", name_de="Thema", name_en="Theme")
    germany = _concept(regions, "DE", "Deutschland", "Germany", level="bund")
    saxony = _concept(regions, "DE-NI", "Niedersachsen", "Lower Saxony", germany, "land")
    training = _concept(themes, "th-ausbildung", "Ausbildung", "Training")
    roles = CentreRole.Role
    made = {
        "emre": account("Emre", roles.EDITOR),
        "ruth": account("Ruth", roles.LEAD),
        "jana": account("Jana", roles.LEGAL),
        "dilan": account("Dilan", roles.COORDINATOR),
        "vera": account("Vera", roles.RESEARCHER),
        "nora": account("Nora"),
    }
    return Room(
        **made,
        iq=Programme.objects.create(key="iq", short_name="IQ", name_de="IQ", name_en="IQ"),
        ivaf=Programme.objects.create(key="ivaf", short_name="IvAF", name_de="IvAF", name_en="IvAF"),
        germany=germany,
        saxony=saxony,
        hanover=_concept(regions, "03241", "Region Hannover", "Hanover Region", saxony, "kreis"),
        bavaria=_concept(regions, "DE-BY", "Bayern", "Bavaria", germany, "land"),
        training=training,
        dropout=_concept(themes, "th-abbruch", "Abbruch", "Drop-out", training),
        housing=_concept(themes, "th-wohnen", "Wohnen", "Housing"),
        bulletin=publish("Rechtsinfo zur Duldung", made["emre"].person),
    )


def publish(title: str, owner: Person, **more: Any) -> Output:
    """A text with an edition; what the workshop holds of it reads otherwise."""
    facet, _made = Facet.objects.get_or_create(key="output", name_de="Art", name_en="Kind")
    kind, _made = Concept.objects.get_or_create(
        key="out-law-bulletin", facet=facet, defaults={"name_de": "Rechtsinfo", "name_en": "Law bulletin"}
    )
    given = {"slug": title.lower().replace(" ", "-"), "language": "de", "kind": kind, "owner": owner, **more}
    output = Output.objects.create(
        title=f"{title} (Arbeitsstand)", summary="Nur im Arbeitsstand.", body="x", created_at=AT, changed_at=AT, **given
    )
    edition = Edition.objects.create(
        output=output,
        number=1,
        revision=1,
        stand=TODAY,
        published_at=AT,
        title=title,
        summary=f"Kurz: {title}.",
        body="x",
    )
    Output.objects.filter(pk=output.pk).update(edition=edition, state=Output.State.PUBLISHED)
    output.refresh_from_db()
    return output


def acting(who: Account) -> dict[str, Any]:
    return {"account": who, "by": who.actor, "at": AT}


def prepare(place: Room, **values: Any) -> Dispatch:
    """A dispatch by Emre; ``values`` replace or add to the usual words."""
    bulletin = values.pop("bulletin", place.bulletin)
    return actions.prepare(bulletin, **acting(place.emre), **{**WORDS, **values})


def submit(place: Room, **values: Any) -> Dispatch:
    return actions.submit(prepare(place, **values), **acting(place.emre))


def approve(place: Room, dispatch: Dispatch) -> Dispatch:
    number = dispatch.recipients.filter(left_out="").count()
    return actions.approve(dispatch, revision=dispatch.revision, recipients=number, **acting(place.ruth))


def send(place: Room, **values: Any) -> Dispatch:
    """A dispatch whose letters lie in the outbox."""
    dispatch = approve(place, submit(place, **values))
    deliver_all(at=AT)
    dispatch.refresh_from_db()
    return dispatch


def answer(recipient: Recipient, value: str = "used", words: str = "", *, at: datetime = AT) -> Recipient:
    by = Actor(ref=f"person:{recipient.person_id}", label=recipient.person.name)
    return actions.answer(recipient, answer=value, words=words, by=by, at=at)


def say_no(who: Person) -> Preference:
    return Preference.objects.create(person=who, law_letters=False)


def choose(who: Person, *themes: Concept) -> Preference:
    made = Preference.objects.create(person=who)
    made.themes.set(themes)
    return made


def bar(who: Person, **more: Any) -> Bounce:
    return Bounce.objects.create(to=who.mail.upper(), hard=True, status="5.1.1", at=AT, **more)


def crowd(place: Room, number: int) -> None:
    """Very many advisers of both programmes, every seventh reading English, each third in two roles."""
    people = Person.objects.bulk_create(
        Person(slug=f"p{n}", name=f"Person {n:05}", mail=f"p{n}@example.org", language="en" if n % 7 == 0 else "de")
        for n in range(number)
    )
    Engagement.objects.bulk_create(
        Engagement(person=one, role=role, programme=programme, region=region)
        for n, one in enumerate(people)
        for role, programme, region in [
            (Role.ADVISER, place.iq if n % 2 else place.ivaf, place.saxony if n % 5 else None),
            *([(Role.PR, place.iq, place.bavaria)] if n % 3 == 0 else []),
        ]
    )


def signed_in(who: Account | None) -> Client:
    client = Client(headers={"accept-language": "de"})
    if who:
        come_in(client, who)
    return client


def names(dispatch: Dispatch, **only: Any) -> list[str]:
    """Who is on the list, by name."""
    return list(dispatch.recipients.filter(**only).order_by("person__name").values_list("person__name", flat=True))
