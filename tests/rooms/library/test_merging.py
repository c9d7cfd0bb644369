"""Works become one and two again; whose word counts; what a card, a notice and a killed worker do to it."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from nahtstelle.engines.literature.records import Name
from nahtstelle.engines.literature.records import Record as Said
from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions.linking import link_some
from nahtstelle.rooms.library.actions.merging import merge, part
from nahtstelle.rooms.library.actions.pairs import keep_apart
from nahtstelle.rooms.library.models import Card, Import, Link, LinkKey, Merge, Notice, Pair, Record, Work
from nahtstelle.rooms.library.queries.linking import merges_of, next_open, open_pairs
from nahtstelle.rooms.library.queries.works import root_of
from tests.rooms.library import stock
from tests.rooms.library.pools import BY, NOW, deliver, in_stock, link

pytestmark = pytest.mark.django_db
TITLE = "Regional mobility of recognised refugees after the end of the residence rule"


def said(**values: Any) -> Said:
    given = {"title": TITLE, "authors": (Name("Kaya", "Derya"), Name("Schmidt", "Lutz")), "year": 2021,
             "container": "Journal of Work", "volume": "3", "pages": "4-19", "kind": "article-journal"}  # fmt: skip
    return Said(**given | values)


def doubtful() -> Said:
    """Another word in the title: for a person to look at."""
    return said(title=TITLE.replace("refugees", "workers"), pages="", volume="")


def by_hand(kept: Work, absorbed: Work, who: Account, **choices: str) -> Merge:
    return merge(kept=kept, absorbed=absorbed, choices=choices, by=who.actor, at=NOW)


def two_works(**second: Any) -> tuple[Work, Work]:
    one, two = deliver([said(), said(**second)], whole=True)
    return Work.objects.get(pk=one.work_id), Work.objects.get(pk=two.work_id)


def test_what_is_certain_is_merged_with_its_reasons_and_told() -> None:
    old = in_stock([said()])
    batch = link(deliver([said(doi="10.1/x")], "OpenAlex", whole=True))
    done = Merge.objects.get()
    assert (done.kept_id, done.batch, done.by) == (old[0].work_id, batch, None)
    assert done.certainty is not None and done.certainty >= 0.9
    assert "same title" in done.reasons
    assert done.kept.doi == "10.1/x"
    assert Entry.objects.filter(fact="library.WorksMerged").count() == 1
    assert batch.figures == {} and Import.objects.get(pk=batch.pk).figures["linked"] == {"merged": 1, "pairs": 0}


def test_what_is_in_doubt_waits_for_a_person_with_the_doubt() -> None:
    in_stock([said()])
    batch = link(deliver([doubtful()]))
    pair = Pair.objects.get()
    assert (pair.state, pair.batch, pair.doubt) == ("open", batch, "a word differs")
    assert not Merge.objects.exists()


def test_linking_again_changes_nothing() -> None:
    link(deliver([said(), doubtful()]))
    last = deliver([said(), doubtful()])
    link(last)
    before = list(Merge.objects.values()), list(Pair.objects.values()), LinkKey.objects.count()
    link(last)
    assert (list(Merge.objects.values()), list(Pair.objects.values()), LinkKey.objects.count()) == before
    assert not Link.objects.exists()


def test_a_worker_killed_in_a_step_takes_it_up_again() -> None:
    records = deliver([said(), doubtful(), said(doi="10.1/x")], whole=True)
    batch = records[0].batch
    for step in ("keys", "compare", "group", "doubt"):
        for _twice in range(2):  # the first one is killed before its transaction ends
            with pytest.raises(RuntimeError), transaction.atomic():
                link_some(batch=batch, step=step, after=0, by=BY, at=NOW)
                raise RuntimeError
            link_some(batch=batch, step=step, after=0, by=BY, at=NOW)
    assert (Merge.objects.count(), Pair.objects.count()) == (1, 1)


def test_steps_follow_each_other_by_the_worker() -> None:
    records = deliver([said(), said()], whole=True)
    link_some(batch=records[0].batch, step="keys", after=0, by=BY, at=NOW)
    assert Entry.objects.get(fact="library.LinkingWentOn").payload == {
        "batch_id": records[0].batch_id, "step": "keys", "after": 2,
    }  # fmt: skip


def test_an_import_that_is_being_undone_is_linked_no_further() -> None:
    records = deliver([said(), said()], whole=True)
    Import.objects.filter(pk=records[0].batch_id).update(state="undoing")
    link(records)
    assert not Merge.objects.exists()


def test_two_works_a_person_told_apart_are_neither_merged_nor_asked_about_again(emre: Account) -> None:
    in_stock([said()])
    link(deliver([doubtful()]))
    keep_apart(pair=Pair.objects.get(), by=emre.actor, at=NOW)
    link(deliver([said(), doubtful()], whole=True))  # each joins its own
    assert Merge.objects.count() == 2
    assert not open_pairs().exists()


def test_what_is_known_of_one_is_known_of_what_it_was_merged_into(emre: Account) -> None:
    one, two = two_works(title=TITLE + " in Bremen")
    third = Work.objects.get(pk=deliver([said()], whole=True)[0].work_id)
    pair = Pair.objects.create(one=one, two=two, certainty=0.6)
    keep_apart(pair=pair, by=emre.actor, at=NOW)
    by_hand(third, two, emre)
    link(list(Record.objects.filter(work__in=[one, third])))
    assert Work.objects.get(pk=one.pk).merged_into is None
    assert Work.objects.get(pk=third.pk).merged_into is None
    assert not open_pairs().exists()


def test_a_merge_a_person_undid_is_not_done_again(emre: Account) -> None:
    in_stock([said()])
    again = deliver([said()], whole=True)
    link(again)
    part(merge=Merge.objects.get(), by=emre.actor, at=NOW)
    link(again)
    link(deliver([said()], whole=True))  # says the same as both: joins neither by itself
    assert Merge.objects.filter(undone_at=None).count() == 0
    assert Pair.objects.filter(state="apart").count() == 1
    assert open_pairs().count() == 2


def test_undoing_gives_the_records_and_the_fields_back(emre: Account) -> None:
    one, two = two_works(title="Mobility of refugees", pages="4-20", publisher="Verlag")
    before = {work.pk: (work.title, work.pages, work.publisher, work.provenance) for work in (one, two)}
    done = by_hand(one, two, emre, title="absorbed", pages="kept")
    one.refresh_from_db()
    assert (one.title, one.pages, one.publisher) == ("Mobility of refugees", "4-19", "Verlag")
    assert one.provenance["title"] == one.provenance["pages"] == "person"
    assert root_of(Work.objects.get(pk=two.pk)) == one
    part(merge=done, by=emre.actor, at=NOW)
    for work in Work.objects.all():
        assert (work.title, work.pages, work.publisher, work.provenance) == before[work.pk] or work == one
        assert work.records.count() == 1 and work.merged_into is None
    one.refresh_from_db()
    assert (one.title, one.pages) == (TITLE, "4-19")
    assert Entry.objects.filter(fact="library.WorksParted").count() == 1


def test_what_a_person_set_after_the_merge_stays_when_it_is_undone(emre: Account) -> None:
    one, two = two_works(title="Mobility of refugees")
    done = by_hand(one, two, emre, title="absorbed")
    Work.objects.filter(pk=one.pk).update(title="Set by hand")
    part(merge=done, by=emre.actor, at=NOW)
    assert Work.objects.get(pk=one.pk).title == "Set by hand"


def test_a_merge_below_another_one_can_be_undone_first(emre: Account) -> None:
    one, two = two_works()
    third = Work.objects.get(pk=deliver([said()], whole=True)[0].work_id)
    lower = by_hand(two, third, emre)
    by_hand(one, two, emre)
    part(merge=lower, by=emre.actor, at=NOW)
    assert Work.objects.get(pk=third.pk).records.count() == 1
    assert Work.objects.get(pk=one.pk).records.count() == 2
    assert [done.undone_at is None for done in merges_of(one)] == [True, False]


def test_what_a_source_said_since_goes_back_with_its_record(emre: Account) -> None:
    one, two = two_works()
    done = by_hand(one, two, emre)
    old = Record.objects.get(pk=done.moved[0])
    new = Record.objects.create(
        batch=stock.delivery(), number=1, work=one, state="changed", values=old.values, digest="2", replaces=old
    )
    Record.objects.filter(pk=old.pk).update(replaced=True)
    part(merge=done, by=emre.actor, at=NOW)
    new.refresh_from_db()
    assert new.work_id == two.pk


def test_a_merge_is_undone_once(emre: Account) -> None:
    done = by_hand(*two_works(), emre)
    part(merge=done, by=emre.actor, at=NOW)
    with pytest.raises(NotNow):
        part(merge=done, by=emre.actor, at=NOW)


def test_the_other_questions_about_a_merged_work_are_asked_of_the_kept_one(emre: Account) -> None:
    one, two = two_works()
    third = stock.work("other")
    Pair.objects.create(one=two, two=third, certainty=0.7, doubt="titles differ")
    done = by_hand(one, two, emre)
    assert [(pair.one, pair.two, pair.doubt) for pair in open_pairs()] == [(one, third, "titles differ")]
    part(merge=done, by=emre.actor, at=NOW)
    assert [(pair.one, pair.two) for pair in open_pairs()] == [(two, third)]


def test_a_person_who_merges_what_was_kept_apart_is_obeyed(emre: Account) -> None:
    one, two = two_works()
    keep_apart(pair=Pair.objects.create(one=one, two=two, certainty=0.7), by=emre.actor, at=NOW)
    by_hand(one, two, emre)
    assert Pair.objects.get().state == "merged"


def test_whoever_decides_second_is_told_who_was_first(emre: Account, jana: Account) -> None:
    one, two = two_works()
    pair = Pair.objects.create(one=one, two=two, certainty=0.7)
    keep_apart(pair=pair, by=emre.actor, at=NOW)
    with pytest.raises(NotNow, match="Emre"):
        keep_apart(pair=pair, by=jana.actor, at=NOW)
    assert Pair.objects.get().decided_by == emre


def test_two_works_with_cards_are_not_merged_by_anybody(emre: Account, jana: Account) -> None:
    one, two = two_works()
    for work in (one, two):
        stock.card(work, jana)
    link(list(Record.objects.all()))
    assert Pair.objects.get().doubt == "the group would hold: two assessment cards"
    with pytest.raises(NotNow, match="Bewertungskarte"):
        by_hand(one, two, emre)
    Card.objects.filter(work=two).update(state="withdrawn")
    by_hand(one, two, emre)
    assert Card.objects.get(work=two).work == two  # keeps its target, found through its root


def test_the_machine_keeps_the_work_that_has_a_card(jana: Account) -> None:
    _one, two = two_works()
    stock.card(two, jana)
    link(list(Record.objects.all()))
    assert Merge.objects.get().kept == two


def test_a_work_is_as_retracted_as_what_was_merged_into_it(emre: Account) -> None:
    one, two = two_works()
    Notice.objects.create(work=two, kind="retraction", noted_at=NOW)
    done = by_hand(one, two, emre)
    assert Work.objects.get(pk=one.pk).standing == "retracted"
    part(merge=done, by=emre.actor, at=NOW)
    assert list(Work.objects.order_by("pk").values_list("standing", flat=True)) == ["sound", "retracted"]


def test_a_work_is_not_merged_with_itself_or_twice(emre: Account) -> None:
    one, two = two_works()
    with pytest.raises(Refusal):
        by_hand(one, one, emre)
    by_hand(one, two, emre)
    with pytest.raises(NotNow):
        by_hand(one, two, emre)


def test_undoing_an_import_judges_nothing(emre: Account) -> None:
    in_stock([said()])
    records = deliver([said()], whole=True)
    batch = link(records)
    Import.objects.filter(pk=batch.pk).update(state="undoing")
    part(merge=Merge.objects.get(), by=emre.actor, at=NOW)
    assert not Pair.objects.exists()


def test_the_next_pair_is_the_one_behind_and_then_the_first_again() -> None:
    works = [stock.work(f"w{n}") for n in range(6)]
    for n, certainty in enumerate((0.8, 0.7, 0.7)):
        Pair.objects.create(one=works[2 * n], two=works[2 * n + 1], certainty=certainty)
    first, second, third = open_pairs()
    assert (next_open(first), next_open(second), next_open(third)) == (second, third, first)


def test_what_linking_costs_does_not_grow_with_the_stock() -> None:
    counted = []
    for title, name in (
        ("Ankommen in der Schule: Wege der Beratung", "Ott"),
        ("Wohnen auf dem Land: Gemeinden", "Ruiz"),
    ):
        fresh = deliver([Said(title=title, authors=(Name(name, "A."),), year=2003, volume="9", pages=name, issue="1")])
        with CaptureQueriesContext(connection) as caught:
            link(fresh)
        counted.append(len(caught))
        in_stock([said(title=f"{TITLE} {n} {n % 7} Stadt", doi=f"10.1/{n}") for n in range(60)])
    assert counted[0] == counted[1]
