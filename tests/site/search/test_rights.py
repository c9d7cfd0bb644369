"""Rights are enforced inside the search: nothing behind a closed lock is found, counted, explained or suggested."""

import pytest

from nahtstelle.register.people.models import Account
from nahtstelle.register.people.queries import visible_people
from nahtstelle.rooms.outputs import queries as outputs_queries
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.site.search.index import rebuild, suggest
from nahtstelle.site.search.models import Document, Word
from nahtstelle.site.search.readers import keys_of
from tests.rooms.outputs.making import draft, make_cast, published
from tests.site.search.making import NOW, PUBLIC, TODAY, find, offer, put, titles

pytestmark = pytest.mark.django_db
STAFF = frozenset(("public", "account", "staff"))


@pytest.fixture
def secret(db: None) -> None:
    """A word that stands in a draft of the staff only."""
    put(
        offer("Offen", "Ein öffentlicher Text über Anerkennung."),
        offer("Entwurf", "Ein Text über Zitronenfalter und Anerkennung.", keys="staff", facets=(("source", "drafts"),)),
    )


@pytest.mark.usefixtures("secret")
def test_a_closed_text_is_found_by_who_holds_a_key_and_by_nobody_else() -> None:
    assert titles("Zitronenfalter", keys=STAFF) == ["Entwurf"]
    assert titles("Zitronenfalter") == []


@pytest.mark.usefixtures("secret")
def test_a_closed_text_is_not_counted() -> None:
    assert find("Anerkennung", keys=STAFF).counted.total == 2
    assert find("Anerkennung").counted.total == 1
    assert "drafts" in find("Anerkennung", keys=STAFF).counted.values["source"]
    assert "drafts" not in find("Anerkennung").counted.values["source"]


@pytest.mark.usefixtures("secret")
def test_a_word_of_a_closed_text_is_not_suggested() -> None:
    # It could leak: the word is in the table that suggestions come from, and its holders get it.
    assert Word.objects.filter(folded="zitronenfalter").exists()
    assert suggest("zitron", keys=STAFF) == ["Zitronenfalter"]
    assert suggest("zitron", keys=PUBLIC) == []


@pytest.mark.usefixtures("secret")
def test_a_misspelt_word_is_not_set_right_by_a_closed_text() -> None:
    assert [one.meant for one in find("Zitronenfaltr", keys=STAFF).understood.corrections] == ["Zitronenfalter"]
    assert find("Zitronenfaltr").understood.corrections == ()


@pytest.mark.usefixtures("secret")
def test_browsing_by_facets_keeps_to_the_locks() -> None:
    assert find("", keys=STAFF, chosen={"source": ["drafts"]}).counted.total == 1
    assert find("", chosen={"source": ["drafts"]}).counted.total == 0


def test_who_loses_a_key_loses_the_text() -> None:
    put(offer("Netz", "Nur für das Netz.", keys="network", key="netz"))
    assert titles("Netz", keys=frozenset(("public", "network"))) == ["Netz"]
    put(offer("Netz", "Nur für das Netz.", keys="staff", key="netz"))
    assert titles("Netz", keys=frozenset(("public", "network"))) == []


def _found(source: str, account: Account | None) -> set[int]:
    """What the search shows an account of a room, asked by facet and nothing else."""
    found = find("", keys=keys_of(account, on=TODAY), chosen={"source": [source]}, per_page=200)
    return {int(hit.page.document.key) for hit in found.hits}


def test_each_reader_finds_exactly_the_texts_the_room_shows_them() -> None:
    cast = make_cast()
    for audience in Output.Audience.values:
        for owner in (None, cast.tariq.person):
            made = published(cast, title=f"Für {audience}", owner=owner)
            Output.objects.filter(pk=made.pk).update(audience=audience)
    rebuild(at=NOW)
    for account in (None, *cast.everybody().values()):
        readable = outputs_queries.readable(account, on=TODAY).exclude(state=Output.State.SUPERSEDED)
        assert _found("outputs", account) == set(readable.values_list("pk", flat=True))


def test_each_reader_finds_exactly_the_people_the_room_shows_them() -> None:
    cast = make_cast()
    rebuild(at=NOW)
    assert Document.objects.filter(source="people").count() == len(cast.everybody())
    for account in (None, *cast.everybody().values()):
        visible = visible_people(account, on=TODAY).values_list("pk", flat=True)
        assert _found("people", account) == set(visible)


def test_a_draft_is_found_by_staff_and_its_writers_only() -> None:
    cast = make_cast()
    made = draft(cast.emre, title="Schmetterlingsentwurf", body="Ein Satz.")
    Output.objects.filter(pk=made.pk).update(owner=cast.tariq.person)
    rebuild(at=NOW)
    finders = {
        name
        for name, account in cast.everybody().items()
        if titles("Schmetterlingsentwurf", keys=keys_of(account, on=TODAY))
    }
    assert finders == {"jana", "emre", "ines", "ruth", "rita", "sam", "tariq"}
    assert titles("Schmetterlingsentwurf") == []


def test_a_closed_account_holds_the_public_key_only(stranger: Account) -> None:
    assert len(keys_of(stranger, on=TODAY)) > 1
    stranger.is_active = False
    assert keys_of(stranger, on=TODAY) == PUBLIC
