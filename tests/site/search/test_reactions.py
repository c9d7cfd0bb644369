"""What changes in the rooms reaches the index through the ledger, and survives a kill."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from nahtstelle.plumbing.ledger.delivery import deliver_all, deliver_next
from nahtstelle.register.programmes.models import Engagement
from nahtstelle.rooms.outputs import actions
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.site.search import reactions
from nahtstelle.site.search.models import Document
from nahtstelle.site.search.readers import keys_of
from tests.rooms.outputs.making import act_as, make_cast, published, take_in, write
from tests.site.search.making import BY, NOW, TODAY, find, titles

pytestmark = pytest.mark.django_db


def test_a_published_text_is_found() -> None:
    cast = make_cast()
    published(cast, title="Zitronenbaum", body="Ein Satz.")
    deliver_all(at=NOW)
    assert titles("Zitronenbaum") == ["Zitronenbaum"]


def test_a_withdrawn_text_is_found_no_more() -> None:
    cast = make_cast()
    made = published(cast, title="Zitronenbaum", body="Ein Satz.")
    deliver_all(at=NOW)
    actions.withdraw(made, why="Überholt.", **act_as(cast.ruth))
    deliver_all(at=NOW)
    assert titles("Zitronenbaum") == []


def test_readers_find_the_edition_and_not_the_text_in_work() -> None:
    cast = make_cast()
    made = published(cast, title="Zitronenbaum", body="Ein Satz.")
    write(made, cast.emre, body="Ein Satz über Orangen.")
    deliver_all(at=NOW)
    assert titles("Orangen") == []


def test_a_law_is_found_in_its_newest_reading() -> None:
    take_in("BspG", {"§ 1": ["Die Zitrone ist gelb."], "§ 2": ["Die Orange."]}, on=date(2026, 9, 1))
    assert titles("Zitrone") == ["§ 1 BspG: Titel § 1"]
    take_in("BspG", {"§ 1": ["Die Limette ist grün."], "§ 2": ["Die Orange."]}, on=date(2026, 10, 1))
    assert (titles("Zitrone"), titles("Limette")) == ([], ["§ 1 BspG: Titel § 1"])
    assert titles("1 bspg")[0] == "§ 1 BspG: Titel § 1"


def test_a_text_that_cites_a_provision_is_found_by_it() -> None:
    cast = make_cast()
    take_in("BspG", {"§ 1": ["Die Zitrone ist gelb."]}, on=date(2026, 9, 1))
    published(cast, title="Handreichung", body="Nach § 1 BspG ist sie gelb.")
    deliver_all(at=NOW)
    assert titles("§ 1 BspG") == ["§ 1 BspG: Titel § 1", "Handreichung"]


def test_a_text_under_review_says_so_once_its_law_has_changed() -> None:
    cast = make_cast()
    take_in("BspG", {"§ 1": ["Die Zitrone ist gelb."]}, on=date(2026, 9, 1))
    published(cast, title="Handreichung", body="Nach § 1 BspG ist sie gelb.")
    take_in("BspG", {"§ 1": ["Die Zitrone ist grün und sauer."]}, on=date(2026, 10, 1))
    deliver_all(at=NOW)
    assert [hit.page.status for hit in find("Handreichung").hits] == ["under_review"]


def test_colleagues_find_each_other_while_both_are_engaged() -> None:
    cast = make_cast()
    reactions.keep_in_line(by=BY, at=NOW)
    assert titles("Konrad", keys=keys_of(cast.tariq, on=TODAY)) == ["Konrad"]
    Engagement.objects.filter(person=cast.konrad.person).update(valid_until=timezone.localdate() - timedelta(days=1))
    reactions.follow_the_calendar(by=BY, at=NOW)
    assert titles("Konrad", keys=keys_of(cast.tariq, on=TODAY)) == []


def test_a_text_whose_validity_has_ended_is_marked_on_that_day() -> None:
    cast = make_cast()
    made = published(cast, title="Zitronenbaum", body="Ein Satz.")
    deliver_all(at=NOW)
    Output.objects.filter(pk=made.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    reactions.follow_the_calendar(by=BY, at=NOW)
    assert [hit.page.status for hit in find("Zitronenbaum").hits] == ["outdated"]


def test_a_reaction_that_is_killed_is_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    published(cast, title="Zitronenbaum", body="Ein Satz.")

    def killed(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("nahtstelle.site.search.writing.Counts.write", killed)
        with pytest.raises(KeyboardInterrupt):
            while deliver_next(at=NOW):
                pass
    assert titles("Zitronenbaum") == []
    deliver_all(at=NOW)
    assert titles("Zitronenbaum") == ["Zitronenbaum"]


def test_making_the_index_anew_brings_back_what_was_lost_and_removes_what_is_gone() -> None:
    cast = make_cast()
    made = published(cast, title="Zitronenbaum", body="Ein Satz.")
    deliver_all(at=NOW)
    Document.objects.filter(source="outputs").update(key="9999999")
    reactions.keep_in_line(by=BY, at=NOW)
    assert titles("Zitronenbaum") == ["Zitronenbaum"]
    assert list(Document.objects.filter(source="outputs").values_list("key", flat=True)) == [str(made.pk)]
