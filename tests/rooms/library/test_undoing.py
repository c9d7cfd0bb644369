"""Undoing an import: what only it made goes, what others built on stays and is named, for ever."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nahtstelle.rooms.library.actions import undoing
from nahtstelle.rooms.library.actions import works as acting
from nahtstelle.rooms.library.models import Decision, Import, Item, Merge, Record, Work
from nahtstelle.rooms.library.queries.undoing import plan_of
from tests.register.cast import Cast
from tests.register.world import SignIn
from tests.rooms.library import stock
from tests.rooms.library.delivering import BY, delivered, reference, ris, taken, undone

pytestmark = pytest.mark.django_db


def work_of(title: str) -> Work:
    return Work.objects.get(title=title)


def merged(kept: Work, absorbed: Work, batch: Import) -> Merge:
    """As linking leaves it."""
    moved = list(absorbed.records.values_list("pk", flat=True))
    Record.objects.filter(pk__in=moved).update(work=kept)
    Work.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    made = Merge.objects.create(kept=kept, absorbed=absorbed, moved=moved, batch=batch, at=timezone.now())
    acting.put_together([kept], at=timezone.now())
    return made


def test_an_import_is_undone_years_later() -> None:
    batch = taken(ris(reference("Eins"), reference("Zwei")))
    later = timezone.now() + timedelta(days=4000)
    undoing.confirm_undoing(batch=batch, by=BY, at=later)
    assert (delivered(batch, at=later).state, Work.objects.count()) == (Import.State.UNDONE, 0)


def test_cards_judged_reviews_and_handiwork_keep_their_works(people: Cast, as_: SignIn) -> None:
    batch = taken(ris(*(reference(title) for title in ("Frei", "Karte", "Gesichtet", "Ungesichtet", "Berichtigt"))))
    stock.card(work_of("Karte"), people.alice.account)
    review = stock.review()
    now = timezone.now()
    judged = Item.objects.create(review=review, work=work_of("Gesichtet"), place=0, added_at=now)
    waiting = Item.objects.create(review=review, work=work_of("Ungesichtet"), place=1, added_at=now)
    Decision.objects.create(review=review, number=1, item=judged, stage="title", by=people.alice.account, verdict="include", at=now)  # fmt: skip
    acting.set_fields(work=work_of("Berichtigt"), values={"volume": "9"}, by=BY, at=now)
    shown = as_(people.alice).get(reverse("library:import-undo", args=[batch.pk])).content.decode()
    assert "4 Werke bleiben" in shown and "es hat eine Bewertungskarte" in shown
    undone(batch)
    assert set(Work.objects.values_list("title", flat=True)) == {"Karte", "Gesichtet", "Ungesichtet", "Berichtigt"}
    assert (batch.figures["removed"], batch.figures["stayed"]) == (1, 4)
    waiting.refresh_from_db()
    judged.refresh_from_db()
    assert (waiting.left_out, judged.left_out) == (True, False)
    assert work_of("Karte").records.count() == 1  # its fields still come from somewhere


def test_the_pool_of_a_review_nobody_began_lets_go() -> None:
    batch = taken(ris(reference("Frei")))
    Item.objects.create(review=stock.review(), work=work_of("Frei"), place=0, added_at=timezone.now())
    undone(batch)
    assert (Work.objects.count(), Item.objects.count()) == (0, 0)


def test_a_work_merged_by_linking_goes_with_its_import_and_the_other_stays() -> None:
    first = taken(ris(reference("Arbeit", key="a")), source="Scopus")
    second = taken(ris(reference("Arbeit.", key="b", more="VL  - 3")), source="EconBiz")
    kept, absorbed = work_of("Arbeit"), work_of("Arbeit.")
    merged(kept, absorbed, second)
    kept.refresh_from_db()
    assert kept.volume == "3"
    undone(second)
    kept.refresh_from_db()
    assert (list(Work.objects.all()), kept.volume, Merge.objects.count()) == ([kept], "", 0)
    undone(first)
    assert Work.objects.count() == 0


def test_a_kept_work_stays_for_the_records_that_were_merged_into_it() -> None:
    first = taken(ris(reference("Arbeit", key="a")), source="Scopus")
    second = taken(ris(reference("Arbeit.", key="b")), source="EconBiz")
    kept, absorbed = work_of("Arbeit"), work_of("Arbeit.")
    merged(kept, absorbed, second)
    undone(first)
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (kept.title, absorbed.merged_into) == ("Arbeit.", kept)
    undone(second)
    assert (Work.objects.count(), Merge.objects.count()) == (0, 0)


def test_merges_of_merges_within_one_import_go_with_it() -> None:
    batch = taken(ris(reference("Eins"), reference("Zwei"), reference("Drei")))
    one, two, three = work_of("Eins"), work_of("Zwei"), work_of("Drei")
    merged(two, three, batch)
    merged(one, two, batch)
    assert plan_of(batch).removed == {one.pk, two.pk, three.pk}
    undone(batch)
    assert (Work.objects.count(), Merge.objects.count(), Record.objects.count()) == (0, 0, 0)


def test_what_refers_to_a_signpost_keeps_the_work_it_leads_to(people: Cast) -> None:
    batch = taken(ris(reference("Eins"), reference("Zwei")))
    one, two = work_of("Eins"), work_of("Zwei")
    stock.card(two, people.alice.account)
    merged(one, two, batch)
    undone(batch)
    assert set(Work.objects.all()) == {one, two}
    assert list(plan_of(batch).removed) == []
