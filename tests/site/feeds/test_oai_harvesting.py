"""A client that is not ours (Sickle) harvests from the running server: everything, what is new, what is gone."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.rooms.outputs import actions
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.site.feeds.models import HarvestRecord
from nahtstelle.site.feeds.oai import answering
from nahtstelle.site.feeds.oai.keeping import keep_records, refresh_records
from tests.rooms.outputs.making import NOW, Cast, act_as, kind, make_cast, published, ready, take_in

LATER = NOW + timedelta(days=2)


@pytest.fixture
def repository(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Sickle:
    settings.BASE_URL = live_server.url
    monkeypatch.setattr(answering, "AT_ONCE", 3)
    return Sickle(f"{live_server.url}/oai/")


@pytest.fixture
def eight(transactional_db: None) -> Cast:
    people = make_cast()
    for number in range(8):
        moment = NOW + timedelta(seconds=number // 3)
        published(people, title=f"Text {number}", at=moment)
        deliver_all(at=moment)
    return people


def slugs(records: Any) -> list[str]:
    return [getattr(one, "header", one).identifier.rpartition(":")[2] for one in records]


def from_(moment: datetime) -> dict[str, str]:
    return {"from": answering.written(moment)}


def test_it_gets_everything_once_over_several_pages(eight: Cast, repository: Sickle) -> None:
    records = list(repository.ListRecords(metadataPrefix="oai_dc"))
    assert sorted(slugs(records)) == [f"text-{number}" for number in range(8)]
    assert sorted(record.metadata["title"][0] for record in records) == [f"Text {number}" for number in range(8)]
    assert slugs(repository.ListIdentifiers(metadataPrefix="oai_datacite")) == slugs(records)


def test_it_gets_one_record_in_each_format(eight: Cast, repository: Sickle) -> None:
    prefixes = [one.metadataPrefix for one in repository.ListMetadataFormats()]
    assert prefixes == ["oai_dc", "oai_datacite"]
    identifier = next(iter(repository.ListIdentifiers(metadataPrefix="oai_dc"))).identifier
    for prefix in prefixes:
        assert repository.GetRecord(identifier=identifier, metadataPrefix=prefix).header.identifier == identifier


def test_it_gets_what_is_new_since_its_last_visit(eight: Cast, repository: Sickle) -> None:
    with pytest.raises(NoRecordsMatch):
        repository.ListRecords(metadataPrefix="oai_dc", **from_(LATER))
    published(eight, title="Frisch", at=LATER)
    deliver_all(at=LATER)
    assert slugs(repository.ListRecords(metadataPrefix="oai_dc", **from_(LATER))) == ["frisch"]


def test_it_learns_of_what_was_withdrawn(eight: Cast, repository: Sickle) -> None:
    actions.withdraw(Output.objects.get(slug="text-4"), why="Überholt.", **act_as(eight.ruth, at=LATER))
    deliver_all(at=LATER)
    (record,) = repository.ListRecords(metadataPrefix="oai_dc", **from_(LATER))
    assert (slugs([record]), record.deleted) == (["text-4"], True)
    assert slugs(repository.ListRecords(metadataPrefix="oai_dc", ignore_deleted=True, **from_(LATER))) == []
    assert len(list(repository.ListRecords(metadataPrefix="oai_dc"))) == 8


def test_it_gets_back_what_was_published_again(eight: Cast, repository: Sickle) -> None:
    output = actions.withdraw(Output.objects.get(slug="text-4"), why="Überholt.", **act_as(eight.ruth, at=LATER))
    deliver_all(at=LATER)
    Output.objects.filter(pk=output.pk).update(state=Output.State.PUBLISHED)
    keep_records([output.pk], at=LATER + timedelta(days=1))
    (record,) = repository.ListRecords(metadataPrefix="oai_dc", **from_(LATER))
    assert (slugs([record]), record.deleted) == (["text-4"], False)


def test_nothing_is_passed_over_when_records_change_between_two_pages(eight: Cast, repository: Sickle) -> None:
    walk = iter(repository.ListIdentifiers(metadataPrefix="oai_dc"))
    got = slugs(next(walk) for _ in range(3))
    for output in Output.objects.filter(slug__in=[got[0], "text-5", "text-7"]):
        Output.objects.filter(pk=output.pk).update(licence="CC0 1.0")
        keep_records([output.pk], at=LATER)
    rest = slugs(walk)
    assert {*got, *rest} == {f"text-{number}" for number in range(8)}
    assert rest[-3:] == [got[0], "text-5", "text-7"]  # what changed comes last, also if it was given before


def test_an_editorial_page_is_no_publication(people: Cast) -> None:
    published(people, title="Impressum", of="out-page")
    output = published(people, title="Wird Seite")
    deliver_all(at=NOW)
    kept = dict(HarvestRecord.objects.values_list("slug", "deleted"))
    Output.objects.filter(pk=output.pk).update(kind=kind("out-page"))
    refresh_records(by=system("tests"), at=LATER)
    assert kept == {"wird-seite": False}  # it could have been there
    assert dict(HarvestRecord.objects.values_list("slug", "deleted")) == {"wird-seite": True}


def test_a_banner_makes_the_record_new(transactional_db: None, repository: Sickle) -> None:
    people = make_cast()
    take_in("ProbeG", {"§ 1": ["(1) Drei Monate."]}, on=NOW.date() - timedelta(days=9))
    published(people, title="Fristen", body="Nach § 1 ProbeG.")
    published(people, title="Anderes")
    deliver_all(at=NOW)
    take_in("ProbeG", {"§ 1": ["(1) Zwei Monate."]}, on=LATER.date(), at=LATER)
    (record,) = repository.ListRecords(metadataPrefix="oai_dc", **from_(LATER))
    assert record.metadata["title"] == ["Fristen"]
    assert record.metadata["description"][0].startswith("Das Recht hat sich geändert: Geändert: § 1 ProbeG.")


@pytest.mark.django_db
def test_what_no_fact_tells_the_chore_finds() -> None:
    people = make_cast()
    output = published(people, title="Gilt bis heute")
    deliver_all(at=NOW)
    Output.objects.filter(pk=output.pk).update(valid_until=LATER.date())
    assert refresh_records(by=system("tests"), at=LATER) == 1  # the end of validity is said in the record
    assert refresh_records(by=system("tests"), at=LATER + timedelta(hours=1)) == 0  # nothing changed: nothing moves
    assert refresh_records(by=system("tests"), at=LATER + timedelta(days=1)) == 1  # now a banner says it is over
    assert HarvestRecord.objects.get().stamp == LATER + timedelta(days=1)


@pytest.mark.django_db
def test_questions_do_not_grow_with_the_records(client: Any, django_assert_max_num_queries: Any) -> None:
    people = make_cast()
    for number in range(1, 31):
        ready(number=number, owner=people.jana.person)
    with django_assert_max_num_queries(24):
        refresh_records(by=system("tests"), at=NOW)
    with django_assert_max_num_queries(18):
        answer = client.get("/oai/", {"verb": "ListRecords", "metadataPrefix": "oai_datacite"})
    assert answer.content.count(b"<resource ") == 30
