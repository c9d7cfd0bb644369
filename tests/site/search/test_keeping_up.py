"""What was missed once: readings taken back, imports undone, people erased, news that fell between two looks."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone

from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.register.people.models import Person
from nahtstelle.rooms.law import undoing
from nahtstelle.rooms.law.models import Import, Law
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.site.search import rebuilding
from nahtstelle.site.search.following import ways_to_follow
from nahtstelle.site.search.index import rebuild, write
from nahtstelle.site.search.models import Document, LockKey
from nahtstelle.site.search.offers import Offer
from nahtstelle.site.search.reactions import keep_in_line
from nahtstelle.site.search.sources import outputs, people
from tests.register.intake.making import as_csv, carry_out, checked
from tests.register.intake.making import undo as undo_import
from tests.register.world import World, world
from tests.rooms.outputs.making import make_cast, published, take_in
from tests.site.search.making import BY, NOW, find, offer, put, titles

pytestmark = pytest.mark.django_db
STAFF = frozenset(("public", "account", "staff"))
HOUR = timedelta(hours=1)


@pytest.fixture
def there(db: None) -> World:
    """A small world of programmes, in the index."""
    made = world()
    rebuild(at=NOW)
    return made


def test_a_reading_taken_back_leaves_the_index_with_its_provisions() -> None:
    take_in("BspG", {"§ 1": ["Die Zitrone ist gelb."]}, on=date(2026, 9, 1))
    take_in("BspG", {"§ 1": ["Die Limette."], "§ 2": ["Die Orange."]}, on=date(2026, 10, 1))
    assert titles("Orange") == ["§ 2 BspG: Titel § 2"]
    undoing.undo(Import.objects.latest("pk"), why="Falsches Datum.", by=BY, at=NOW + HOUR)
    deliver_all(at=NOW + HOUR)
    assert (titles("Orange"), titles("Limette"), titles("Zitrone")) == ([], [], ["§ 1 BspG: Titel § 1"])


def test_a_law_that_leaves_altogether_leaves_the_index() -> None:
    take_in("BspG", {"§ 1": ["Die Zitrone ist gelb."]}, on=date(2026, 9, 1))
    assert Document.objects.filter(source__in=["laws", "provisions"]).count() == 2
    undoing.undo(Import.objects.latest("pk"), why="Falsches Datum.", by=BY, at=NOW + HOUR)
    deliver_all(at=NOW + HOUR)
    assert not Law.objects.exists()
    assert not Document.objects.filter(source__in=["laws", "provisions"]).exists()


def test_what_is_written_while_the_index_is_made_anew_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    first, later = offer("Birne", "Birne", key="1"), offer("Quitte", "Quitte", key="2")
    _while_offering(monkeypatch, [first], lambda: write([later], at=NOW))
    rebuild(at=NOW)
    assert (titles("Birne"), titles("Quitte")) == (["Birne"], ["Quitte"])


def test_what_changed_while_the_index_is_made_anew_is_not_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    put(offer("Birne", "Birne", key="1"))
    old, new = offer("Birne", "Birne und Apfel", key="1"), offer("Quitte", "Quitte", key="1")
    _while_offering(monkeypatch, [old], lambda: write([new], at=NOW))
    rebuild(at=NOW)
    assert (titles("Birne"), titles("Quitte")) == ([], ["Quitte"])


def _while_offering(monkeypatch: pytest.MonkeyPatch, offers: Iterable[Offer], act: Callable[[], object]) -> None:
    """A source that has read its rows when somebody else writes to the index."""

    class Slow:
        NAME = "outputs"

        @staticmethod
        def offers(only: Iterable[int] | None = None) -> Iterator[Offer]:
            yield from offers
            act()

    monkeypatch.setattr(rebuilding, "SOURCES", (Slow,))


def test_roles_that_a_table_brought_and_took_away_open_and_close(there: World) -> None:
    dilan = there.people.dilan
    head = ["Name", "E-Mail", "Organisation", "Funktion", "Rolle", "Projekt", "von"]
    row = ["Olga Neu", "olga@example.org", "Träger e. V.", "Leitung", "Berater*in", "Beratung Hannover", "1.3.2026"]
    Person.objects.create(name="Olga Neu", slug="olga-neu", mail="olga@example.org")
    rebuild(at=NOW)
    engaged = frozenset(("public", "account", f"programme:{there.iq.pk}"))
    assert titles("Olga", keys=engaged) == []
    batch = checked(as_csv([head, row]), dilan)
    for one in batch.rows.all():
        assert one.state in ("ready", "duplicate"), one.problems
    batch.rows.update(decision="merge", target=Person.objects.get(name="Olga Neu").pk)
    batch = carry_out(batch, dilan)
    deliver_all(at=NOW)
    assert titles("Olga", keys=engaged) == ["Olga Neu"]
    undo_import(batch, dilan)
    deliver_all(at=NOW)
    assert titles("Olga", keys=engaged) == []
    assert titles("Olga", keys=STAFF) == ["Olga Neu"]


def test_who_was_erased_is_not_offered() -> None:
    cast = make_cast()
    assert str(cast.tariq.person.pk) in {one.key for one in people.offers()}
    erased = Person.objects.filter(pk=cast.tariq.person.pk)
    erased.update(name="gelöscht", mail="", ends_on=None, erased_at=NOW)
    assert list(people.offers([cast.tariq.person.pk])) == []


def test_what_was_published_just_before_a_look_and_indexed_after_it_is_news() -> None:
    write([offer("Zitrone", "Zitrone", moment=NOW - timedelta(minutes=1))], at=NOW + timedelta(minutes=1))
    assert find("Zitrone", changed_after=NOW).counted.total == 1


def test_what_is_old_and_comes_into_the_index_late_is_no_news() -> None:
    write([offer("Zitrone", "Zitrone", moment=NOW - timedelta(days=30))], at=NOW + timedelta(minutes=1))
    assert find("Zitrone", changed_after=NOW).counted.total == 0


def test_what_is_opened_to_more_readers_is_news_to_them() -> None:
    write([offer("Zitrone", "Zitrone", keys="staff", key="z")], at=NOW - timedelta(days=9))
    write([offer("Zitrone", "Zitrone", keys="staff public", key="z")], at=NOW + HOUR)
    assert find("Zitrone", changed_after=NOW).counted.total == 1


def test_only_what_turned_lately_is_looked_at_with_a_new_day() -> None:
    cast = make_cast()
    made = published(cast, title="Zitronenbaum", body="Ein Satz.")
    long_ago = timezone.localdate() - timedelta(days=400)
    Output.objects.filter(pk=made.pk).update(valid_until=long_ago)
    assert outputs.bounded(on=timezone.localdate()) == []
    Output.objects.filter(pk=made.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert outputs.bounded(on=timezone.localdate()) == [made.pk]


def test_an_index_in_line_is_not_tidied(monkeypatch: pytest.MonkeyPatch) -> None:
    made = published(make_cast(), title="Zitronenbaum", body="Ein Satz.")
    keep_in_line(by=BY, at=NOW)
    tidied = []
    monkeypatch.setattr(type(rebuilding.store()), "tidy", lambda _self: tidied.append(True))
    keep_in_line(by=BY, at=NOW)
    assert tidied == []
    Document.objects.filter(source="outputs", key=str(made.pk)).update(digest="")
    keep_in_line(by=BY, at=NOW)
    assert tidied == [True]


def test_a_provision_that_was_only_seen_again_is_no_news() -> None:
    take_in("BspG", {"§ 1": ["Die Zitrone."], "§ 2": ["Die Orange."]}, on=date(2026, 9, 1), at=NOW - timedelta(days=9))
    take_in("BspG", {"§ 1": ["Die Zitrone."], "§ 2": ["Die Quitte."]}, on=NOW.date())
    keep_in_line(by=BY, at=NOW + HOUR)
    assert [hit.page.title for hit in find("BspG", changed_after=NOW - HOUR).hits if "§" in hit.page.title] == [
        "§ 2 BspG: Titel § 2"
    ]
    assert "2026-11-23" in str(Document.objects.get(page__title="§ 1 BspG: Titel § 1").page.stand)


def test_who_might_read_something_once_is_forgotten_though_nothing_else_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put(offer("Birne", keys="person:12 staff", key="b"))
    put(now := offer("Birne", keys="staff", key="b"))
    assert set(LockKey.objects.values_list("key", flat=True)) == {"person:12", "staff"}
    _while_offering(monkeypatch, [now], lambda: None)
    assert rebuild(at=NOW).written == 0
    assert set(LockKey.objects.values_list("key", flat=True)) == {"staff"}


def test_a_provision_whose_name_is_no_citation_is_followed_with_its_law() -> None:
    law = take_in("BspG", {"§ 1": ["Die Zitrone."], "Anlage 2": ["Die Liste."]}, on=date(2026, 9, 1)).law
    offered = {one.designation: len(list(ways_to_follow(law, one))) for one in law.provisions.all()}
    assert offered == {"§ 1": 1, "Anlage 2": 0}
    assert len(list(ways_to_follow(law, None))) == 1
