"""Who watches a law is told; who does not, is not."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.register.notices.kinds import sentence_of
from nahtstelle.register.notices.models import Notice
from nahtstelle.register.people.models import Person
from nahtstelle.rooms.law import watching
from nahtstelle.rooms.law.facts import AmendmentAnnounced, ProvisionsAmended
from nahtstelle.rooms.law.models import Announcement, Law, Reading, Watch

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = date(2026, 11, 16)

pytestmark = pytest.mark.django_db


@pytest.fixture
def law() -> Law:
    return Law.objects.create(slug="bspg", citation="BspG", portal_name="BspG", long_title="Beispielgesetz")


@pytest.fixture
def reading(law: Law) -> Reading:
    kept = KeptFile.objects.create(digest="d", size=1, media_type="application/xml", path="x", kept_at=AT)
    return Reading.objects.create(
        law=law, first_seen=DAY, last_seen=DAY, build="", digest="d", file=kept, imported_at=AT
    )


@pytest.fixture
def watcher(law: Law) -> Person:
    Person.objects.create(slug="other", name="Other", mail="other@example.org")
    person = Person.objects.create(slug="watcher", name="Watcher", mail="watcher@example.org")
    Watch.objects.create(law=law, person=person, since=AT)
    return person


def test_an_amendment_is_told_to_those_who_watch_the_law(law: Law, reading: Reading, watcher: Person) -> None:
    fact = ProvisionsAmended(law_id=law.pk, reading_id=reading.pk, provisions=3)
    watching.tell_of_amendment(fact, by=system("worker"), at=AT)
    notice = Notice.objects.get()
    assert notice.person == watcher
    with override("en"):
        assert sentence_of(notice) == "BspG has changed: 3 provisions, first seen on 16 November 2026."


def test_an_amendment_is_told_once_even_when_the_reaction_runs_again(
    law: Law, reading: Reading, watcher: Person
) -> None:
    fact = ProvisionsAmended(law_id=law.pk, reading_id=reading.pk, provisions=3)
    watching.tell_of_amendment(fact, by=system("worker"), at=AT)
    watching.tell_of_amendment(fact, by=system("worker"), at=AT)
    assert Notice.objects.count() == 1


def test_an_announcement_is_told_with_its_remark(law: Law, watcher: Person) -> None:
    remark = Announcement.objects.create(
        law=law, text="Änderung noch nicht berücksichtigt", digest="x", first_seen=DAY, last_seen=DAY
    )
    watching.tell_of_announcement(
        AmendmentAnnounced(law_id=law.pk, announcement_ids=(remark.pk,)), by=system("worker"), at=AT
    )
    with override("en"):
        said = sentence_of(Notice.objects.get())
    assert said == "An amendment of BspG is announced: Änderung noch nicht berücksichtigt"
