"""People, laws and texts for the tests of the rooms outputs and outreach.

Jana is the legal officer, Emre and Ines are editors, Ruth is the head, Rita a researcher, Sam the administrator. Konrad
funds the programme IvAF, Tariq advises in it in Lower Saxony; a stranger has an account and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from nahtstelle.plumbing.files.actions import keep
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.models import Delivery
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.programmes.models import Engagement, Programme
from nahtstelle.register.vocabulary.models import Concept, Facet
from nahtstelle.rooms.law import importing
from nahtstelle.rooms.law.models import Change, Law, LawName, Provision, Reading, TouchedPart
from nahtstelle.rooms.outputs import actions, citing
from nahtstelle.rooms.outputs.models import Citation, Edition, Output

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
BY = system("tests")
Role = CentreRole.Role
_numbers = count(1)


def person(name: str, *, role: str = "", account: bool = True, mail: str | None = None, language: str = "de") -> Person:
    slug = name.lower().replace(" ", "-")
    made = Person.objects.create(
        slug=slug, name=name, mail=f"{slug}@example.org" if mail is None else mail, language=language
    )
    if account:
        Account.objects.create(mail=f"{slug}@accounts.example.org", person=made)
    if role:
        CentreRole.objects.create(person=made, role=role, valid_from=date(2020, 1, 1))
    return made


def engage(someone: Person, role: str, programme: Programme, *, region: Concept | None = None) -> Engagement:
    return Engagement.objects.create(
        person=someone, role=role, programme=programme, region=region, valid_from=date(2022, 1, 1)
    )


@dataclass(frozen=True, slots=True)
class Cast:
    jana: Account
    emre: Account
    ines: Account
    ruth: Account
    rita: Account
    sam: Account
    konrad: Account
    tariq: Account
    stranger: Account
    ivaf: Programme

    def everybody(self) -> dict[str, Account]:
        return {name: getattr(self, name) for name in self.__slots__ if name != "ivaf"}


def make_cast() -> Cast:
    roles = {
        "jana": Role.LEGAL, "emre": Role.EDITOR, "ines": Role.EDITOR, "ruth": Role.LEAD, "rita": Role.RESEARCHER,
        "sam": Role.ADMINISTRATOR, "konrad": "", "tariq": "", "stranger": "",
    }  # fmt: skip
    people = {name: person(name.capitalize(), role=role) for name, role in roles.items()}
    ivaf = Programme.objects.create(key="ivaf", name_de="IvAF", short_name="IvAF")
    engage(people["konrad"], Engagement.Role.FUNDER, ivaf)
    engage(people["tariq"], Engagement.Role.ADVISER, ivaf)
    return Cast(ivaf=ivaf, **{name: one.account for name, one in people.items()})


def concept(key: str, facet: str, *, broader: Sequence[Concept] = (), level: str = "", iso: str = "") -> Concept:
    of = Facet.objects.get_or_create(key=facet, defaults={"name_de": facet, "name_en": facet})[0]
    made, new = Concept.objects.get_or_create(
        key=key, defaults={"facet": of, "name_de": key, "name_en": key, "level": level, "iso_code": iso}
    )
    if new:
        made.broader.set(broader)
    return made


def kind(key: str = "out-guidance") -> Concept:
    return concept(key, "output")


# --- texts -----------------------------------------------------------------------------------------------------------


def act_as(account: Account, *, at: datetime = NOW) -> dict[str, Any]:
    """The arguments every action wants from whoever does it."""
    return {"account": account, "by": account.actor, "at": at}


def draft(
    account: Account, *, title: str = "", body: str = "Ein Satz.", of: str = "out-guidance", **more: Any
) -> Output:
    title = title or f"Text {next(_numbers)}"
    more = {"language": "de", "stand": TODAY} | more
    at = more.pop("at", NOW)
    return actions.start(title=title, kind=kind(of), body=body, **more, **act_as(account, at=at))


def write(output: Output, account: Account, *, body: str, at: datetime = NOW, **more: Any) -> Any:
    """Save a body as somebody who has the newest text before them."""
    output.refresh_from_db()
    text = {"title": output.title, "summary": output.summary, "body": body}
    return actions.save(output, started_from=output.revision, text=text, **more, **act_as(account, at=at))


def bring_out(output: Output, cast: Cast, *, at: datetime = NOW, note: str = "") -> Edition:
    """Submit (Emre), sign off and publish (Ruth)."""
    output = actions.submit(output, **act_as(cast.emre, at=at))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth, at=at))
    edition = actions.publish(output, note=note, **act_as(cast.ruth, at=at))
    output.refresh_from_db()
    return edition


def published(cast: Cast, *, owner: Person | None = None, at: datetime = NOW, **more: Any) -> Output:
    """A published text, written by Emre and signed off by Ruth; somebody else may own it."""
    output = draft(cast.emre, at=at, **more)
    if owner is not None:
        Output.objects.filter(pk=output.pk).update(owner=owner)
    bring_out(output, cast, at=at)
    output.refresh_from_db()
    return output


# --- law -------------------------------------------------------------------------------------------------------------


def law_file(
    citation: str,
    norms: Mapping[str, Sequence[str] | None],
    *,
    build: str = "20260101000000",
    remarks: Sequence[str] = (),
    title: str = "",
) -> bytes:
    """An official file with these norms; each is a list of paragraphs ("(1) …"), None for one that was repealed.

    ``remarks`` are the editors' on amendments to come; ``title`` is what the law is called in full.
    """
    number = f"BJNR{abs(sum(citation.encode())):09d}"
    head = (
        f'<norm builddate="{build}" doknr="{number}"><metadaten><jurabk>{citation}</jurabk><amtabk>{citation}</amtabk>'
        f"<ausfertigung-datum>2019-05-23</ausfertigung-datum><langue>{title or f'Gesetz {citation}'}</langue>"
        + "".join(
            f"<standangabe><standtyp>Hinweis</standtyp><standkommentar>{words}</standkommentar></standangabe>"
            for words in remarks
        )
        + "</metadaten>"
        "<textdaten/></norm>"
    )
    bodies = []
    for index, (designation, paragraphs) in enumerate(norms.items(), start=1):
        title = "(weggefallen)" if paragraphs is None else f"Titel {designation}"
        content = "".join(f"<P>{words}</P>" for words in paragraphs or [])
        bodies.append(
            f'<norm builddate="{build}" doknr="{number}BJNE{index:09d}"><metadaten><jurabk>{citation}</jurabk>'
            f'<enbez>{designation}</enbez><titel format="XML">{title}</titel></metadaten>'
            f'<textdaten><text format="XML"><Content>{content}</Content></text></textdaten></norm>'
        )
    return (
        '<?xml version="1.0" encoding="UTF-8" ?><!DOCTYPE dokumente SYSTEM '
        '"http://www.gesetze-im-internet.de/dtd/1.01/gii-norm.dtd">'
        f'<dokumente builddate="{build}" doknr="{number}">{head}{"".join(bodies)}</dokumente>'
    ).encode()


def take_in(
    citation: str, norms: Mapping[str, Sequence[str] | None], *, on: date, at: datetime = NOW, **more: Any
) -> Reading:
    """Bring a reading of a law into the stock as an import does, and let everything follow from it."""
    content = law_file(citation, norms, build=f"{on:%Y%m%d}000000", **more)
    slug = citation.lower().replace(" ", "")
    batch = importing.give_files(
        source=slug, files=[(f"{slug}.xml", content)], seen_on=on, complete=False, by=BY, at=at
    )
    deliver_all(at=at)
    batch.refresh_from_db()
    importing.confirm(batch, by=BY, at=at)
    deliver_all(at=at)
    stuck = Delivery.objects.exclude(state=Delivery.State.DONE)
    assert [(one.reaction, one.error) for one in stuck] == []
    return Reading.objects.get(law__citation=citation, first_seen=on)


@dataclass(slots=True)
class Shelf:
    """A law made of bare rows, for tests that need many provisions or changes of every kind and no text."""

    law: Law
    provisions: list[Provision]
    readings: list[Reading]

    def change(
        self, provision: int, kind: str = "amended", *, parts: Sequence[tuple[str, bool]] = (), substance: bool = True
    ) -> Change:
        """A change seen in the newest reading; ``parts`` are (path, only grown)."""
        made = Change.objects.create(
            reading=self.readings[-1], before=self.readings[-2], provision=self.provisions[provision], kind=kind,
            classes=["text"], substance=substance, old_designation=self.provisions[provision].designation,
            new_designation=self.provisions[provision].designation,
        )  # fmt: skip
        TouchedPart.objects.bulk_create(TouchedPart(change=made, path=path, grown=grown) for path, grown in parts)
        return made

    def next_reading(self, *, at: datetime = NOW) -> Reading:
        self.readings.append(_reading(self.law, self.readings[-1].first_seen + timedelta(days=30), at=at))
        return self.readings[-1]


def shelf(citation: str = "BspG", *, provisions: int = 4, at: datetime = NOW - timedelta(days=200)) -> Shelf:
    law = Law.objects.create(slug=citation.lower(), citation=citation, portal_name=citation, long_title=citation)
    LawName.objects.create(law=law, name=citation, folded=citation.lower())
    rows = [
        Provision.objects.create(law=law, key=f"§ {n}", designation=f"§ {n}", kind="provision", position=n)
        for n in range(1, provisions + 1)
    ]
    first = date(2026, 1, 1)
    return Shelf(law, rows, [_reading(law, first, at=at), _reading(law, first + timedelta(days=30), at=at)])


def _reading(law: Law, day: date, *, at: datetime) -> Reading:
    file = keep(f"{law.slug} {day}".encode(), media_type="application/xml", at=at)
    return Reading.objects.create(
        law=law, first_seen=day, last_seen=day, build="", digest=file.digest, file=file, imported_at=at
    )


def cite(
    output: Output, provision: Provision, *, path: str = "/", is_published: bool = True, note: str = ""
) -> Citation:
    """A citation as a row, without words in the text."""
    return Citation.objects.create(
        output=output, law=provision.law, provision=provision, reading=provision.law.readings.first(),
        law_name=provision.law.citation, section=provision.designation.removeprefix("§ "), path=path,
        words=f"{provision.designation} {provision.law.citation}", version_note=note, published=is_published,
        origin=Citation.Origin.DECLARED,
    )  # fmt: skip


def ready(*, number: int = 1, owner: Person | None = None, state: str = Output.State.PUBLISHED, **more: Any) -> Output:
    """A published text as a row, for tests that need very many."""
    serial = next(_numbers)
    output = Output.objects.create(
        slug=f"fertig-{serial}", title=f"Fertig {serial}", body="Satz.", kind=kind(),
        owner=owner or Person.objects.first() or person("Eva"), created_at=NOW, changed_at=NOW, published_at=NOW, **more,
    )  # fmt: skip
    edition = Edition.objects.create(
        output=output, number=number, revision=1, stand=TODAY, published_at=NOW, title=output.title, body="Satz."
    )
    Output.objects.filter(pk=output.pk).update(edition=edition, state=state)
    output.refresh_from_db()
    return output


__all__ = ["BY", "NOW", "TODAY", "Cast", "citing", "make_cast"]
