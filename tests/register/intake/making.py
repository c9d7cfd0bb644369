"""Tables for the tests, made to measure, and what carries an import forward."""

import csv
import io
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import openpyxl
from django.utils.text import slugify

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.register.intake import actions
from nahtstelle.register.intake.models import Batch, Row
from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Engagement, Network, Project

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Cells = Sequence[Any]
STOCK = (
    Person,
    Organisation,
    Membership,
    Engagement,
    Network,
    Project,
    Network.regions.through,
    Network.predecessors.through,
)


def as_csv(rows: Iterable[Cells], *, encoding: str = "utf-8", delimiter: str = ";") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Iterable[Cells]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Kontakte")
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_of(person: Person) -> Actor:
    return person.account.actor


def give(content: bytes, by: Person, *, kind: str = "persons", name: str = "kontakte.csv", at: datetime = NOW) -> Batch:
    """Given and read by the worker."""
    batch = actions.give_table(
        kind=kind, name=name, content=content, purpose="Zusammenarbeit im Programm", by=by_of(by), at=at
    )
    return carried(batch, at=at)


def carried(batch: Batch, *, at: datetime = NOW) -> Batch:
    """The worker did what waits."""
    deliver_all(at=at)
    batch.refresh_from_db()
    return batch


def checked(content: bytes, by: Person, *, kind: str = "persons", name: str = "kontakte.csv", **columns: str) -> Batch:
    """Given, read, assigned as guessed and checked."""
    batch = give(content, by, kind=kind, name=name)
    assert batch.state == Batch.State.MAPPING, batch.trouble
    actions.choose_columns(batch=batch, columns=batch.columns | columns, by=by_of(by), at=NOW)
    return carried(batch)


def carry_out(batch: Batch, by: Person, *, at: datetime = NOW) -> Batch:
    return actions.carry_out(batch=batch, by=by_of(by), at=at)


def undo(batch: Batch, by: Person, *, at: datetime = NOW) -> Batch:
    return actions.undo(batch=batch, by=by_of(by), at=at)


PEOPLE = ["Name", "E-Mail", "Organisation", "Funktion", "Rolle", "Projekt", "von", "bis", "Einwilligung am"]
ADA = ["Ada Lang", "ada@example.org", "Träger e. V.", "Leitung", "Berater*in", "Beratung Hannover", "1.3.2026", "", ""]


def ada(**changes: str) -> list[str]:
    return [changes.get(header, cell) for header, cell in zip(PEOPLE, ADA, strict=True)]


def table(*rows: list[str]) -> bytes:
    return as_csv([PEOPLE, *rows])


def decide(batch: Batch, number: int, decision: str, by: Person, **choices: str) -> Row:
    return actions.decide(row=row(batch, number), decision=decision, choices=choices, by=by_of(by), at=NOW)


def numbers(batch: Batch, state: str) -> list[int]:
    return list(batch.rows.filter(state=state).order_by("number").values_list("number", flat=True))


def row(batch: Batch, number: int) -> Row:
    return batch.rows.get(number=number)


def codes(batch: Batch, number: int) -> list[str]:
    return [problem["code"] for problem in row(batch, number).problems]


def all_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table an import may touch."""
    return {model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in STOCK}


GIVEN = [
    "Adile",
    "Boris",
    "Clara",
    "David",
    "Elif",
    "Farid",
    "Greta",
    "Henrik",
    "Ivo",
    "Jasmin",
    "Kemal",
    "Lena",
    "Mehmet",
    "Nadia",
    "Omar",
    "Paula",
    "Rosa",
    "Samir",
    "Tarek",
    "Ulla",
    "Viktor",
    "Wiebke",
    "Xenia",
    "Yusuf",
    "Zeynep",
    "Quentin",
    "Oksana",
    "Dmytro",
]
ONSETS = [
    "Berg",
    "Krog",
    "Weid",
    "Stolp",
    "Hürm",
    "Fenk",
    "Lamm",
    "Drost",
    "Glas",
    "Kirch",
    "Moor",
    "Nagl",
    "Pött",
    "Quer",
    "Ruhl",
    "Sand",
    "Tann",
    "Ulm",
    "Voss",
    "Wald",
    "Zorn",
    "Eich",
    "Brück",
    "Hag",
    "Ried",
]
MIDDLES = ["en", "er", "el", "in", "an", "ul", "ok", "am"]
ENDINGS = ["bach", "dorf", "mann", "stett", "hoff", "wig", "land", "feld", "baum", "rath"]


@dataclass(slots=True)
class Contacts:
    """5,000 contacts for the project, among them planted ones. Row 1 is the header."""

    rows: list[list[str]]
    stock: list[tuple[str, str]]  # name and address of persons who are in the register before
    at_carrier: list[str] = field(default_factory=list)  # names of those who are at the carrier, without an address
    duplicates: list[int] = field(default_factory=list)  # numbers of rows
    broken: dict[int, str] = field(default_factory=dict)  # number → what is wrong


HEADERS = ["Vorname", "Nachname", "E-Mail", "Organisation", "Rolle", "Projekt", "von", "bis", "Sprache"]


def contacts(*, count: int = 5000, seed: int = 7) -> Contacts:
    """Duplicates: 12 by address with the register, 10 by a slip in the name at one carrier, 12 and 6 within the table."""
    dice = random.Random(seed)
    # One middle for each pair, so that no two families are a slip apart.
    families = [o + MIDDLES[(i + j) % 8] + e for i, o in enumerate(ONSETS) for j, e in enumerate(ENDINGS)]
    people = dice.sample([(given, family) for given in GIVEN for family in families], count + 400)
    stock_people, people = people[:300], people[300:]
    made = Contacts(
        rows=[], stock=[(f"{a} {b}", f"{slugify(a)}.{slugify(b)}@stock.example.org") for a, b in stock_people[:200]]
    )
    made.at_carrier = [f"{a} {b}" for a, b in stock_people[200:]]
    rows = [
        [
            a,
            b,
            f"{slugify(a)}.{slugify(b)}{n}@example.org",
            "Träger e. V.",
            "Beratung",
            "Beratung Hannover",
            "01.02.2026",
            "",
            "de",
        ]
        for n, (a, b) in enumerate(people[:count])
    ]
    places = dice.sample(range(count // 2, count), 65)
    for n, place in enumerate(places[:40]):
        earlier = rows[n * 7]
        if n < 12:
            name, mail = made.stock[n]
            rows[place][:3] = [*name.split(), mail.upper()]
        elif n < 22:
            given, family = made.at_carrier[n].split()
            rows[place][:3] = [given, family[:-1] + family[-1] * 2, ""]
        elif n < 34:
            rows[place][:3] = [earlier[0], earlier[1], earlier[2].title()]
            rows[place][4] = "Öffentlichkeitsarbeit"
        else:
            rows[place][:3] = [earlier[0], earlier[1] + earlier[1][-1], ""]
    faults = ["mail", "mail", "project", "name", "day", "span"]
    for n, place in enumerate(places[40:]):
        fault = faults[n % len(faults)]
        made.broken[place + 2] = fault
        if fault == "mail":
            rows[place][2] = "nicht vorhanden"
        elif fault == "project":
            rows[place][5] = "Beratung Hanover"
        elif fault == "name":
            rows[place][:2] = ["", " "]
        elif fault == "day":
            rows[place][6] = "irgendwann"
        else:
            rows[place][7] = "01.01.2020"
    made.duplicates = sorted(place + 2 for place in places[:40])
    made.rows = [HEADERS, *rows]
    return made
