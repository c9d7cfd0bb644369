"""What becomes of the index while it is worked at: by workers that are killed, and while it is made anew."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from django.db import connections
from django.utils import timezone

from nahtstelle.plumbing.ledger.models import Delivery
from nahtstelle.site.search import rebuilding, writing
from nahtstelle.site.search.index import rebuild
from nahtstelle.site.search.models import Document, Page, Term
from nahtstelle.site.search.offers import Offer
from nahtstelle.site.search.preparing import bare_terms
from nahtstelle.site.search.rebuilding import Rebuilt
from nahtstelle.site.search.sources import outputs
from nahtstelle.site.search.writing import digests_of, remove
from tests.plumbing.ledger.workers import eventually, is_running, nursery
from tests.rooms.outputs.making import Cast, make_cast, published
from tests.site.search.making import NOW, find, offer, put

pytestmark = pytest.mark.django_db(transaction=True)
TEXTS = 8
KILLS = 3


@pytest.fixture(autouse=True)
def an_empty_index() -> Iterator[None]:
    """What is emptied after such a test does not reach the full-text part of SQLite."""
    yield
    for source in set(Document.objects.values_list("source", flat=True)):
        remove(source, digests_of(source))


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def waiting() -> int:
    return Delivery.objects.exclude(state="done").count()


def _found_by_http(address: str, word: str) -> bool:
    asked = Request(f"{address}/suche/?q={quote(word)}", headers={"Accept-Language": "de"})
    with urlopen(asked, timeout=20) as answer:
        return 'class="n-result__title"' in answer.read().decode()


def test_what_is_published_is_found_by_who_asks_the_site(cast: Cast, live_centre: str) -> None:
    with nursery(of="house") as workers:
        workers.start()
        published(cast, title="Zitronenbaum", body="Ein Satz.", at=timezone.now())
        assert eventually(lambda: _found_by_http(live_centre, "Zitronenbaum"))


def test_the_index_comes_right_though_workers_are_killed_in_the_midst_of_it(cast: Cast) -> None:
    moments = random.Random(20261128)
    for number in range(TEXTS):
        body = f"Zitrone{number} " + " ".join(f"wort{moments.randrange(9999)}" for _word in range(3000))
        published(cast, title=f"Zitronenbaum {number}", body=body, at=timezone.now())
    with nursery(of="house") as workers:
        before = waiting()
        for _kill in range(KILLS):
            worker = workers.start()
            assert eventually(lambda before=before: waiting() < before)
            time.sleep(moments.uniform(0, 0.1))
            os.kill(worker, signal.SIGKILL)
            assert eventually(lambda worker=worker: not is_running(worker))
            before = waiting()
        assert before > 0, "every fact was delivered before the last kill; make TEXTS larger"
        workers.start()
        assert eventually(lambda: waiting() == 0)
    assert find("Zitronenbaum").counted.total == TEXTS
    assert all(find(f"Zitrone{number}").counted.total == 1 for number in range(TEXTS))
    counted = Counter(term for page in Page.objects.all() for term in bare_terms(page.terms))
    assert dict(Term.objects.values_list("term", "documents")) == {"": Document.objects.count(), **counted}


class _Shelf:
    """A source of many texts, of which a rebuild finds every one changed."""

    NAME = outputs.NAME

    def __init__(self, words: str) -> None:
        self._words = words

    def offers(self, only: Iterable[int] | None = None) -> Iterator[Offer]:
        for number in range(120):
            yield offer(f"Birne {number}", f"Birne und {self._words}.", key=str(number))


@contextmanager
def _asking(word: str) -> Iterator[list[int]]:
    """A reader who asks again and again meanwhile; how many were found each time."""
    numbers: list[int] = []
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                found = find(word)
                numbers.append(found.counted.total if found.hits else -1)
        finally:
            connections.close_all()

    reader = threading.Thread(target=ask)
    reader.start()
    try:
        yield numbers
    finally:
        done.set()
        reader.join()


def test_nothing_is_missed_while_the_index_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    put(*_Shelf("Apfel").offers())
    monkeypatch.setattr(rebuilding, "SOURCES", (_Shelf("Quitte"),))
    monkeypatch.setattr(writing, "BATCH", 15)
    with _asking("Birne") as numbers:
        write_some = writing._write_batch

        def write_and_wait(*args: Any, **more: Any) -> int:
            """After each batch somebody asks once more."""
            written, asked = write_some(*args, **more), len(numbers)
            assert eventually(lambda: len(numbers) > asked + 1)
            return written

        monkeypatch.setattr(writing, "_write_batch", write_and_wait)
        assert rebuild(at=NOW) == Rebuilt(120, 120, 0)
    assert len(numbers) > 8
    assert set(numbers) == {120}
    assert (find("Apfel").counted.total, find("Quitte").counted.total) == (0, 120)


def test_a_rebuild_broken_off_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    put(*_Shelf("Apfel").offers())
    monkeypatch.setattr(rebuilding, "SOURCES", (_Shelf("Quitte"),))
    monkeypatch.setattr(writing, "BATCH", 15)
    write_some, batches = writing._write_batch, iter(range(4))

    def killed(*args: Any, **more: Any) -> int:
        if next(batches, None) is None:
            raise KeyboardInterrupt
        return write_some(*args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(writing, "_write_batch", killed)
        with pytest.raises(KeyboardInterrupt):
            rebuild(at=NOW, learn=False)
    assert find("Birne").counted.total == 120
    assert rebuild(at=NOW, learn=False) == Rebuilt(120, 60, 0)
