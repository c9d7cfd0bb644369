"""The permanent cast of the tests: the same few people in every room, made when a test asks for them.

Jana is the legal officer, Ruth the head of the centre, Emre an editor, Rita a researcher, Sam the administrator. Tariq advises in IvAF in
Lower Saxony and has no role at the centre; Marlene coordinates a network of IQ; Konrad is the funder's officer for IQ.
The stranger has an account and nothing else. Each is an ``Account``; ``jana.person`` is the person.
"""

from datetime import date, timedelta

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.programmes.models import Engagement, Programme
from nahtstelle.register.vocabulary.models import Concept, Facet
from nahtstelle.site.door.models import Factor
from nahtstelle.site.door.proof import note
from nahtstelle.site.door.sealing import seal

SINCE = date(2020, 1, 1)
Role = CentreRole.Role


def account(name: str, *, role: str = "", language: str = "de") -> Account:
    """An account for a new person, with a role at the centre where one is given."""
    slug = name.lower().replace(" ", "-")
    person = Person.objects.create(slug=slug, name=name, mail=f"{slug}@example.org", language=language)
    if role:
        CentreRole.objects.create(person=person, role=role, valid_from=SINCE)
    return Account.objects.create(mail=f"{slug}@accounts.example.org", person=person)


def come_in(client: Client, somebody: Account) -> Client:
    """Somebody signed in, with the second factor that roles at the centre demand."""
    client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    note(session, second="app", at=timezone.now())
    session.save()
    return client


APP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # the secret of every app in the tests


def with_app(somebody: Account) -> Account:
    """Give an account an authenticator app; ``app_code`` says what it shows."""
    Factor.objects.create(
        account=somebody, kind="app", name="Telefon", sealed_secret=seal(APP), added_at=timezone.now()
    )
    return somebody


def app_code(*, later: int = 0) -> str:
    """What the app shows now, or ``later`` seconds from now."""
    return pyotp.TOTP(APP).at(timezone.now() + timedelta(seconds=later))


def programme(key: str, name: str) -> Programme:
    """A programme, once."""
    made, _new = Programme.objects.get_or_create(
        key=key, defaults={"short_name": name, "name_de": name, "name_en": name, "valid_from": SINCE}
    )
    return made


def land(key: str, name_de: str, name_en: str) -> Concept:
    """A Land of the region facet, once."""
    regions = facet("region", "Region", "Region")
    defaults = {"facet": regions, "name_de": name_de, "name_en": name_en, "level": "land"}
    made, _new = Concept.objects.get_or_create(key=key, defaults=defaults)
    return made


def facet(key: str, name_de: str, name_en: str) -> Facet:
    made, _new = Facet.objects.get_or_create(key=key, defaults={"name_de": name_de, "name_en": name_en})
    return made


def status(key: str, name_de: str, name_en: str) -> Concept:
    """A legal status of the status facet, once."""
    defaults = {"facet": facet("status", "Aufenthaltsstatus", "Legal status"), "name_de": name_de, "name_en": name_en}
    made, _new = Concept.objects.get_or_create(key=key, defaults=defaults)
    return made


def engage(somebody: Account, role: str, to: Programme, *, region: Concept | None = None) -> Engagement:
    return Engagement.objects.create(person=somebody.person, role=role, programme=to, region=region, valid_from=SINCE)


@pytest.fixture
def jana(db: None) -> Account:
    return account("Jana", role=Role.LEGAL)


@pytest.fixture
def ruth(db: None) -> Account:
    return account("Ruth", role=Role.LEAD)


@pytest.fixture
def emre(db: None) -> Account:
    return account("Emre", role=Role.EDITOR)


@pytest.fixture
def rita(db: None) -> Account:
    return account("Rita", role=Role.RESEARCHER)


@pytest.fixture
def sam(db: None) -> Account:
    return account("Sam", role=Role.ADMINISTRATOR)


@pytest.fixture
def tariq(db: None) -> Account:
    made = account("Tariq")
    engage(
        made, Engagement.Role.ADVISER, programme("ivaf", "IvAF"), region=land("DE-NI", "Niedersachsen", "Lower Saxony")
    )
    return made


@pytest.fixture
def marlene(db: None) -> Account:
    made = account("Marlene")
    engage(made, Engagement.Role.NETWORK_COORDINATOR, programme("iq", "IQ"))
    return made


@pytest.fixture
def konrad(db: None) -> Account:
    made = account("Konrad")
    engage(made, Engagement.Role.FUNDER, programme("iq", "IQ"))
    return made


@pytest.fixture
def stranger(db: None) -> Account:
    return account("Stranger")
