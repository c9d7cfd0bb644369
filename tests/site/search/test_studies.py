"""Literature in the search: what was published for everybody, the rest for the house; large imports take turns."""

import pytest

from nahtstelle.plumbing.files.actions import keep
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.delivery import deliver_all, deliver_next
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions import cards as actions
from nahtstelle.rooms.library.facts import LiteratureImported, LiteratureUndone
from nahtstelle.rooms.library.models import FullText, Work
from nahtstelle.site.search import reactions
from nahtstelle.site.search.models import Document
from nahtstelle.site.search.readers import STAFF
from tests.rooms.library.cards import brought_out, do, started
from tests.rooms.library.stock import delivery, work
from tests.rooms.library.stock import record as said_by
from tests.site.search.making import BY, NOW, titles

pytestmark = pytest.mark.django_db
HOUSE = frozenset(("public", STAFF))


def imported(*works: Work) -> int:
    batch = delivery()
    for number, one in enumerate(works, start=1):
        said_by(batch, number, one, title=one.title)
    record(LiteratureImported(batch_id=batch.pk, records=len(works), works=len(works)), by=BY, at=NOW)
    deliver_all(at=NOW)
    return batch.pk


def test_a_published_study_is_found_by_its_finding(rita: Account, ruth: Account) -> None:
    brought_out(rita, ruth, started(rita, of=work(title="Zitronen"), finding_de="Limetten helfen."), at=NOW)
    deliver_all(at=NOW)
    assert titles("Limetten") == ["Zitronen"]


def test_what_was_only_imported_is_found_by_the_house_only() -> None:
    imported(work(title="Zitronen", abstract="Über Limetten."))
    assert titles("Limetten", keys=HOUSE) == ["Zitronen"]
    assert titles("Limetten") == []


def test_a_withdrawn_card_leaves_readers_and_stays_for_the_house(rita: Account, ruth: Account) -> None:
    card = started(rita, of=work(title="Zitronen"))
    brought_out(rita, ruth, card, at=NOW)
    actions.withdraw(card=card, words="Verwechselt", **do(rita, NOW))
    deliver_all(at=NOW)
    assert (titles("Zitronen"), titles("Zitronen", keys=HOUSE)) == ([], ["Zitronen"])


@pytest.mark.parametrize(("rights", "found"), [("open", ["Zitronen"]), ("licensed", []), ("review", [])])
def test_words_that_only_some_may_read_find_nothing_for_readers(
    rights: str, found: list[str], rita: Account, ruth: Account
) -> None:
    of = work(title="Zitronen")
    file = keep(b"%PDF", media_type="application/pdf", at=NOW)
    FullText.objects.create(work=of, file=file, name="x", rights=rights, text="Kumquats", added_at=NOW)
    brought_out(rita, ruth, started(rita, of=of), at=NOW)
    deliver_all(at=NOW)
    assert titles("Kumquats") == found


def test_a_copy_for_a_review_is_found_by_nobody() -> None:
    of = work(title="Zitronen")
    file = keep(b"%PDF", media_type="application/pdf", at=NOW)
    FullText.objects.create(work=of, file=file, name="x", rights="review", text="Kumquats", added_at=NOW)
    imported(of)
    assert titles("Kumquats", keys=HOUSE) == []


def test_a_large_import_is_indexed_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactions, "WORKS_AT_ONCE", 2)
    works = [work(f"w{number}", title=f"Zitrone {number}") for number in range(5)]
    batch = delivery()
    for number, one in enumerate(works, start=1):
        said_by(batch, number, one)
    record(LiteratureImported(batch_id=batch.pk, records=5, works=5), by=BY, at=NOW)
    numbers = []
    while deliver_next(at=NOW):
        numbers.append(Document.objects.filter(source="studies").count())
    assert numbers[-1] == 5
    assert {2, 4} <= set(numbers)  # others could have their turn in between


def test_works_that_are_gone_leave_the_index() -> None:
    gone, stays = work("gone2020", title="Zitronen"), work("stays2020", title="Limetten")
    imported(gone, stays)
    gone.records.all().delete()
    gone.delete()
    record(LiteratureUndone(batch_id=1, works=1), by=BY, at=NOW)
    deliver_all(at=NOW)
    assert (titles("Zitronen", keys=HOUSE), titles("Limetten", keys=HOUSE)) == ([], ["Limetten"])
