"""The people of the register's tests.

Alice and Bob are staff, Chloé has an account but no role at the centre, Dilan coordinates, Erik is the head, Fatma has
no account, Georg an account and no address.
"""

from dataclasses import dataclass
from datetime import date

from nahtstelle.register.people.models import Account, CentreRole, Person

Role = CentreRole.Role


def person(name: str, *, mail: str | None = None, account: bool = True, role: str = "", language: str = "de") -> Person:
    slug = name.lower().replace(" ", "-").replace("é", "e")
    address = f"{slug}@example.org" if mail is None else mail
    made = Person.objects.create(slug=slug, name=name, mail=address, language=language)
    if account:
        Account.objects.create(mail=f"{slug}@accounts.example.org", person=made)
    if role:
        CentreRole.objects.create(person=made, role=role, valid_from=date(2020, 1, 1))
    return made


@dataclass(frozen=True, slots=True)
class Cast:
    alice: Person
    bob: Person
    chloe: Person
    dilan: Person
    erik: Person
    fatma: Person
    georg: Person


def cast() -> Cast:
    return Cast(
        alice=person("Alice", role=Role.RESEARCHER),
        bob=person("Bob", role=Role.EDITOR, language="en"),
        chloe=person("Chloé"),
        dilan=person("Dilan", role=Role.COORDINATOR),
        erik=person("Erik", role=Role.LEAD),
        fatma=person("Fatma", account=False),
        georg=person("Georg", mail=""),
    )
