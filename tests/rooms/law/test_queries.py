"""Law through time: answers with honest bounds, checked against a slow, obvious reckoning over made-up histories."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.rooms.law import queries
from nahtstelle.rooms.law.models import Announcement, Change, Law, Provision, Reading, Sighting, Wording
from nahtstelle.rooms.law.queries import AsAt, Certainty
from tests.rooms.law.making import NOW, OTHER, SENTENCE, Section, bring, law_xml, probe, section, the_law

pytestmark = pytest.mark.django_db
START = date(2024, 1, 1)
MARCH, JUNE, JULY = date(2024, 3, 6), date(2024, 6, 5), date(2024, 7, 3)
LATER = "20240601000000"


def at(day: int) -> date:
    return START + timedelta(days=day)


# --- Made-up histories ---


@dataclass(frozen=True)
class Seen:
    """A reading seen from one day to another, in which the provision had this text (None: it was not there)."""

    first: int
    last: int
    text: str | None


@st.composite
def histories(draw: st.DrawFn) -> list[Seen]:
    """Readings one after the other, with gaps between them or none."""
    seen: list[Seen] = []
    day = draw(st.integers(0, 5))
    for _ in range(draw(st.integers(0, 6))):
        last = day + draw(st.integers(0, 4))
        seen.append(Seen(day, last, draw(st.sampled_from(["a", "b", None]))))
        day = last + draw(st.integers(1, 5))
    return seen


def keep(history: list[Seen]) -> Provision:
    """The history as rows, one reading each."""
    law = Law.objects.create(slug=f"g{Law.objects.count()}", citation="G", portal_name="G", long_title="G")
    provision = Provision.objects.create(law=law, key="§ 1", designation="§ 1", kind="provision")
    file = KeptFile.objects.get_or_create(
        digest="d", defaults={"size": 1, "media_type": "x", "path": "x", "kept_at": NOW}
    )[0]
    for number, seen in enumerate(history):
        reading = Reading.objects.create(
            law=law, first_seen=at(seen.first), last_seen=at(seen.last), build="", digest=f"d{number}", file=file,
            imported_at=NOW,
        )  # fmt: skip
        if seen.text is not None:
            wording, _new = Wording.objects.get_or_create(digest=seen.text, defaults={"text": seen.text})
            Sighting.objects.create(
                reading=reading, provision=provision, wording=wording, key="§ 1", designation="§ 1", position=1
            )
    return provision


def slow_answer(history: list[Seen], day: int) -> tuple[Certainty, str | None]:
    """What can be said of a day, read off the whole history day by day."""
    before = [seen for seen in history if seen.first <= day]
    after = [seen for seen in history if seen.first > day]
    if not before:
        return Certainty.BEFORE, None
    newest = before[-1]
    if any(seen.first <= day <= seen.last for seen in history):
        return Certainty.SEEN, newest.text
    if not after:
        return Certainty.LATEST, newest.text
    if after[0].text == newest.text:
        return Certainty.SEEN, newest.text
    return Certainty.UNKNOWN, newest.text


def text_of(answer: AsAt) -> str | None:
    return answer.sighting.wording.text if answer.sighting else None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), day=st.integers(-2, 45))
def test_as_at_agrees_with_the_slow_reckoning(history: list[Seen], day: int) -> None:
    answer = queries.as_at(keep(history), at(day))
    assert (answer.certainty, text_of(answer)) == slow_answer(history, day)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), day=st.integers(-2, 45))
def test_an_uncertain_day_lies_strictly_between_its_bounds(history: list[Seen], day: int) -> None:
    answer = queries.as_at(keep(history), at(day))
    if answer.certainty is Certainty.UNKNOWN:
        assert answer.last_seen is not None
        assert answer.next_seen is not None
        assert answer.last_seen < at(day) < answer.next_seen


def slow_timeline(history: list[Seen]) -> list[tuple[str | None, int, int, int | None]]:
    """Runs of one text: what it was, the first and last day it was seen, the last day of whatever came before."""
    runs: list[tuple[str | None, int, int, int | None]] = []
    previous: Seen | None = None
    for seen in history:
        if runs and runs[-1][0] == seen.text:
            text, first, _last, before = runs[-1]
            runs[-1] = (text, first, seen.last, before)
        elif runs or seen.text is not None:
            runs.append((seen.text, seen.first, seen.last, previous.last if previous else None))
        previous = seen
    return runs


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories())
def test_a_timeline_agrees_with_the_slow_reckoning(history: list[Seen]) -> None:
    spans = queries.timeline(keep(history))
    found = [(s.sighting.wording.text if s.sighting else None, s.first_seen, s.last_seen, s.before) for s in spans]
    expected = [(t, at(a), at(b), at(c) if c is not None else None) for t, a, b, c in slow_timeline(history)]
    assert found == expected


# --- Announcements within the bounds ---


def announce(law: Law, day: int) -> None:
    Announcement.objects.create(
        law=law, text=f"mWv {day}", digest=str(day), in_force=at(day), first_seen=START, last_seen=START
    )


def test_an_announced_day_within_the_gap_is_named() -> None:
    provision = keep([Seen(0, 5, "a"), Seen(20, 25, "b")])
    for day in (5, 10, 20, 21):
        announce(provision.law, day)
    assert queries.as_at(provision, at(12)).announced == (at(10), at(20))


def test_an_announced_day_after_the_last_sighting_is_named_once_it_has_come() -> None:
    provision = keep([Seen(0, 5, "a")])
    for day in (10, 40):
        announce(provision.law, day)
    assert queries.as_at(provision, at(30)).announced == (at(10),)


def test_an_announcement_is_not_named_where_the_provision_did_not_change() -> None:
    provision = keep([Seen(0, 5, "a"), Seen(20, 25, "a")])
    announce(provision.law, 10)
    assert queries.as_at(provision, at(12)).announced == ()


# --- Lists ---


def test_laws_are_found_by_every_name_and_by_several_words() -> None:
    bring(probe(), MARCH)
    bring(
        law_xml(Section("§ 1", OTHER), name="ÄndG", long_title="Gesetz über Änderungen", number="BJNR2"),
        MARCH,
        name="b.xml",
    )

    def found(words: str) -> list[str]:
        return [law.citation for law in queries.laws(words=words)]

    assert (found("probe"), found("ÄNDERUNGEN"), found("gesetz über"), found("gesetz probe"), found("nichts")) == (
        ["ProbeG"], ["ÄndG"], ["ÄndG"], ["ProbeG"], [],
    )  # fmt: skip


def test_the_list_of_laws_knows_the_days_and_what_is_announced() -> None:
    bring(probe(stand=[("Hinweis", "Änderung mWv 1.9.2024 u. 1.10.2024 noch nicht berücksichtigt")]), MARCH)
    bring(probe(Section("§ 3", OTHER), build=LATER), JUNE)
    bring(probe(Section("§ 3", OTHER), build="20240701000000"), JULY)
    law = queries.laws(day=date(2024, 8, 1)).get()
    assert (law.first_seen, law.last_seen, law.last_changed, law.announced_number) == (MARCH, JULY, JUNE, 1)


def test_the_newest_changed_law_comes_first_when_asked_for() -> None:
    for number, name in enumerate(["AG", "BG"]):
        bring(law_xml(Section("§ 1", SENTENCE), name=name, number=f"BJNR{number}"), MARCH, name=f"{name}.xml")
    bring(law_xml(Section("§ 1", OTHER), name="BG", number="BJNR1", build=LATER), JUNE, name="BG.xml")
    assert [law.citation for law in queries.laws(order=queries.Order.NEWEST_CHANGE)] == ["BG", "AG"]


def test_recent_changes_leave_headings_out() -> None:
    bring(probe(), MARCH)
    bring(probe(Section("§ 1", SENTENCE, "Anders"), Section("§ 3", OTHER, "Gebühren"), build=LATER), JUNE)
    assert [change.new_designation for change in queries.recent_changes(since=JUNE)] == ["§ 3"]
    assert not queries.recent_changes(since=JULY).exists()


def test_announcements_ahead_are_those_not_yet_past_and_those_without_a_day_which_come_last() -> None:
    law = keep([Seen(0, 15, "a")]).law
    for day in (10, 40):
        announce(law, day)
    Announcement.objects.filter(in_force=at(10)).update(pending=False)  # the file says that it recorded it
    Announcement.objects.create(law=law, text="offen", digest="o", in_force=None, first_seen=START, last_seen=START)
    assert [row.in_force for row in queries.announcements_ahead(day=at(20))] == [at(40), None]


def test_an_announced_day_that_passed_unseen_is_still_ahead_of_us() -> None:
    law = keep([Seen(0, 5, "a")]).law
    announce(law, 10)
    assert [row.in_force for row in queries.announcements_ahead(day=at(20))] == [at(10)]


def test_neighbours_leave_out_what_is_gone() -> None:
    bring(probe(), MARCH)
    Provision.objects.filter(designation="§ 2").update(gone=True)
    before, after = queries.neighbours(section("§ 3"))
    assert (before, after) == (section("§ 1"), None)


def test_the_portals_folder_is_that_of_the_newest_file() -> None:
    bring(probe(), MARCH, name="alt.xml")
    bring(probe(build=LATER), JUNE, name="neu.xml")
    assert (the_law().slug, queries.portal_slug(the_law())) == ("alt", "neu")


def test_last_changes_are_the_newest_of_each_provision() -> None:
    bring(probe(), MARCH)
    bring(probe(Section("§ 3", OTHER), Section("§ 1", OTHER), build=LATER), JUNE)
    bring(probe(Section("§ 3", SENTENCE), Section("§ 1", OTHER), build="20240701000000"), JULY)
    assert queries.last_changes(the_law()) == {section("§ 1").pk: JUNE, section("§ 3").pk: JULY}


def test_a_timeline_needs_as_many_queries_for_many_readings_as_for_few() -> None:
    def number(history: list[Seen]) -> int:
        provision = keep(history)
        with CaptureQueriesContext(connection) as seen:
            queries.timeline(provision)
        return len(seen)

    many = [Seen(3 * n, 3 * n + 1, "ab"[n % 2]) for n in range(30)]
    assert number(many) == number(many[:2])
    assert Change.objects.count() == 0
