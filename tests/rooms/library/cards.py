"""Cards and studies for the tests of the library, as short as they can be said."""

from datetime import UTC, datetime
from typing import Any

from nahtstelle.register.people.models import Account
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.library.actions import cards as actions
from nahtstelle.rooms.library.actions.card_saving import says_of
from nahtstelle.rooms.library.models import Card, CardEdition, Work
from tests.cast import facet
from tests.rooms.library.stock import published_card, work

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WHOLE: dict[str, Any] = {
    "template": "survey", "question": "Was hilft?", "method": "Befragung", "strength": 3, "strength_why": "Zufallsstichprobe",
    "finding_de": "Es hilft.", "finding_en": "It helps.", "meaning_de": "Mehr davon.", "limits": "Nur ein Land.",
}  # fmt: skip


def concept(key: str, of: str = "theme", *, broader: Concept | None = None, **fields: Any) -> Concept:
    """A concept, once."""
    defaults = {"facet": facet(of, of, of), "name_de": key, "name_en": key} | fields
    made, _new = Concept.objects.get_or_create(key=key, defaults=defaults)
    if broader is not None:
        made.broader.add(broader)
    return made


def do(somebody: Account, at: datetime = AT) -> dict[str, Any]:
    return {"by": somebody.actor, "at": at}


def started(somebody: Account, *, of: Work | None = None, **says: Any) -> Card:
    """A card that lacks nothing."""
    card = actions.start_card(work=of or work(), review=None, **do(somebody))
    concepts = says.pop("concepts", [concept("th-sprache").key])
    said = says_of(card) | WHOLE | {"concepts": concepts} | says
    return actions.save_card(card=card, says=said, started_from=card.revision, **do(somebody)).card


def brought_out(first: Account, second: Account, card: Card, *, at: datetime = AT, note: str = "") -> CardEdition:
    """A card through all its steps."""
    card = actions.submit(card=card, second=second.person, **do(first, at))
    actions.second(card=card, revision=card.revision, **do(second, at))
    return actions.publish(card=card, note=note, **do(first, at))


def study(
    first: Account, second: Account, key: str, *concepts: Concept, programmes: Any = (), **fields: Any
) -> CardEdition:
    """What readers have, without the way there."""
    says = {name: fields.pop(name) for name in list(fields) if name in {*WHOLE, "data_from", "data_until"}}
    edition = published_card(work(key, **fields), first, second, at=AT, **{"question": "Was hilft?"} | says).edition
    assert edition is not None
    edition.concepts.set(concepts)
    edition.programmes.set(programmes)
    return edition
