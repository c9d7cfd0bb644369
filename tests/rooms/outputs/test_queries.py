"""Asking: audience rights and facets against a naive reckoning, waves and their standing, the number of statements."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nahtstelle.register.programmes.models import Programme
from nahtstelle.rooms.outputs import actions, counting, queries, settling, sweep
from nahtstelle.rooms.outputs.models import Authorship, Output
from tests.rooms.outputs.making import (
    BY,
    NOW,
    TODAY,
    Cast,
    Shelf,
    act_as,
    bring_out,
    cite,
    concept,
    draft,
    kind,
    person,
    published,
    ready,
    write,
)

Choice = queries.Choice
ANYBODY = AnonymousUser()


def slugs(found: Any) -> set[str]:
    return {output.slug for output in found}


# --- who reads what --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "audiences"),
    [
        (None, {"public"}),
        ("stranger", {"public"}),
        ("tariq", {"public", "network"}),
        ("konrad", {"public", "network"}),
        ("rita", {"public", "network", "staff"}),
        ("sam", {"public", "network", "staff"}),
    ],
)
def test_each_audience_reads_its_own(cast: Cast, who: str | None, audiences: set[str]) -> None:
    for audience in ("public", "network", "staff"):
        ready(audience=audience, owner=cast.emre.person)
    account = cast.everybody()[who] if who else ANYBODY
    assert {output.audience for output in queries.readable(account, on=TODAY)} == audiences


def test_owner_and_author_read_what_is_for_staff(cast: Cast) -> None:
    owned, written = (
        ready(audience="staff", owner=cast.stranger.person),
        ready(audience="staff", owner=cast.emre.person),
    )
    Authorship.objects.create(output=written, person=cast.stranger.person)
    assert slugs(queries.readable(cast.stranger, on=TODAY)) == {owned.slug, written.slug}


def test_several_authors_make_no_doubles(cast: Cast) -> None:
    output = ready(audience="staff", owner=cast.stranger.person)
    for account in (cast.stranger, cast.emre, cast.rita):
        Authorship.objects.create(output=output, person=account.person)
    found = queries.published(cast.stranger, on=TODAY, sort="titel")
    assert [o.slug for o in found] == [output.slug]
    assert found.count() == 1


def test_a_closed_account_reads_as_anybody(cast: Cast) -> None:
    ready(audience="staff", owner=cast.emre.person)
    cast.emre.is_active = False
    assert slugs(queries.readable(cast.emre, on=TODAY)) == set()


def test_an_engagement_that_has_ended_opens_nothing(cast: Cast) -> None:
    ready(audience="network", owner=cast.emre.person)
    assert slugs(queries.readable(cast.tariq, on=TODAY - timedelta(days=3650))) == set()


@pytest.mark.parametrize("state", ["withdrawn", "superseded"])
def test_the_list_leaves_out_what_is_over(cast: Cast, state: str) -> None:
    ready(state=state)
    assert slugs(queries.published(cast.ruth, on=TODAY)) == set()


def test_a_draft_is_in_no_list(cast: Cast) -> None:
    draft(cast.emre)
    assert slugs(queries.readable(cast.ruth, on=TODAY)) == set()


# --- the list --------------------------------------------------------------------------------------------------------


def test_every_word_must_be_there_somewhere(cast: Cast) -> None:
    first = published(cast, title="Ausbildung", body="Für Betriebe.")
    published(cast, title="Ausbildung", body="Für Schulen.")
    assert slugs(queries.published(ANYBODY, on=TODAY, words="AUSBILDUNG betrieb")) == {first.slug}


@pytest.mark.parametrize("words", ["%", "_", "100 %", "'", '"'])
def test_signs_are_searched_as_signs(cast: Cast, words: str) -> None:
    published(cast, title="Ohne Zeichen", body="Nichts")
    assert slugs(queries.published(ANYBODY, on=TODAY, words=words)) == set()


def test_sorted_by_title_by_stand_and_newest(cast: Cast) -> None:
    b = published(cast, title="B", stand=TODAY - timedelta(days=1), at=NOW - timedelta(days=1))
    a = published(cast, title="A", stand=TODAY - timedelta(days=2))
    order = {
        sort: [o.slug for o in queries.published(ANYBODY, on=TODAY, sort=sort)]
        for sort in ("neu", "stand", "titel", "?")
    }
    assert order == {
        "neu": [a.slug, b.slug],
        "stand": [b.slug, a.slug],
        "titel": [a.slug, b.slug],
        "?": [a.slug, b.slug],
    }


def test_pages_hold_every_text_once(cast: Cast) -> None:
    for _ in range(25):
        ready(owner=cast.emre.person)
    pages = Paginator(queries.published(ANYBODY, on=TODAY), 10)
    seen = [output.pk for number in pages.page_range for output in pages.page(number)]
    assert (len(seen), len(set(seen))) == (25, 25)


def test_the_list_takes_as_many_statements_for_five_as_for_fifty(cast: Cast) -> None:
    numbers = []
    theme = concept("th-arbeit", "theme")
    for amount in (5, 45):
        for _ in range(amount):
            ready(owner=cast.emre.person).concepts.add(theme)
        with CaptureQueriesContext(connection) as caught:
            found = queries.published(cast.tariq, on=TODAY)
            assert [(o.edition.title, o.kind.name, o.owner.name) for o in found]
            counting.counted(cast.tariq, Choice(concepts=("th-arbeit",)), on=TODAY)
        numbers.append(len(caught))
    assert numbers[0] == numbers[1]


# --- facets against a naive reckoning --------------------------------------------------------------------------------

KEYS = ["th-1", "th-1-a", "th-1-b", "th-2", "st-1", "st-2"]
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(["out-guidance", "out-faq"]), st.sets(st.sampled_from(KEYS), max_size=4),
        st.sets(st.sampled_from(["p1", "p2"])), st.sampled_from(["de", "en"]),
    ),
    max_size=7,
)  # fmt: skip
CHOSEN = st.tuples(
    st.sets(st.sampled_from([*KEYS, "out-faq"]), max_size=3), st.sets(st.sampled_from(["p1", "p2"]), max_size=1),
    st.sets(st.sampled_from(["de", "en"]), max_size=1),
)  # fmt: skip
FACET_OF = {**{key: key[:2] for key in KEYS}, "out-faq": "ou", "out-guidance": "ou"}
MEANT = {"th-1": {"th-1", "th-1-a", "th-1-b"}}


class TestFacetsAgainstANaiveReckoning(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(texts=TEXTS, chosen=CHOSEN)
    def test_behind_each_value_is_the_number_found_by_choosing_it(self, texts: list[Any], chosen: Any) -> None:
        self._fill(texts)
        keys, programmes, languages = chosen
        choice = Choice("", tuple(keys), tuple(programmes), tuple(languages))
        found = queries.published(
            ANYBODY, on=TODAY, concepts=choice.concepts, programmes=choice.programmes, languages=choice.languages
        )
        counted = counting.counted(ANYBODY, choice, on=TODAY)
        self.assertEqual(found.count(), self._reckon(texts, keys, programmes, languages))
        self.assertEqual(counted.number, found.count())
        for facet in counted.facets:
            for value in facet["values"]:
                self.assertEqual(value["count"], self._choosing(texts, chosen, facet["name"], value["value"]), value)
                self.assertEqual(value["selected"], value["value"] in {*keys, *programmes, *languages})

    def _choosing(self, texts: list[Any], chosen: Any, name: str, value: str) -> int:
        keys, programmes, languages = chosen
        if name == "p":
            return self._reckon(texts, keys, {value}, languages)
        if name == "l":
            return self._reckon(texts, keys, programmes, {value})
        others = {key for key in keys if FACET_OF[key] != FACET_OF[value]}
        return self._reckon(texts, others | {value}, programmes, languages)

    def _reckon(self, texts: list[Any], keys: Any, programmes: Any, languages: Any) -> int:
        number = 0
        for of, tags, its_programmes, language in texts:
            fits = not languages or language in languages
            fits = fits and (not programmes or bool(programmes & its_programmes))
            for facet in {FACET_OF[key] for key in keys}:
                meant = set().union(*(MEANT.get(key, {key}) for key in keys if FACET_OF[key] == facet))
                fits = fits and bool(meant & {*tags, of})
            number += fits
        return number

    def _fill(self, texts: list[Any]) -> None:
        person("Eva")
        broad = concept("th-1", "theme")
        concepts = {"th-1": broad, "out-faq": kind("out-faq"), "out-guidance": kind()}
        for key in KEYS[1:]:
            facet = "theme" if key.startswith("th") else "status"
            concepts[key] = concept(key, facet, broader=[broad] if key.startswith("th-1-") else [])
        programmes = {key: Programme.objects.create(key=key, name_de=key, short_name=key) for key in ("p1", "p2")}
        for of, tags, its_programmes, language in texts:
            output = ready(language=language)
            Output.objects.filter(pk=output.pk).update(kind=concepts[of])
            output.concepts.set(concepts[key] for key in tags)
            output.programmes.set(programmes[key] for key in its_programmes)


# --- the workshop and the desk ------------------------------------------------------------------------------------------


def test_reviewers_are_shown_what_they_did_not_write(cast: Cast) -> None:
    output = actions.submit(draft(cast.emre), **act_as(cast.emre))
    assert [o.slug for o in queries.waiting_for(cast.ruth, on=TODAY)] == [output.slug]
    assert list(queries.waiting_for(cast.emre, on=TODAY)) == []


def test_mine_is_what_i_own_or_write(cast: Cast) -> None:
    owned, written = draft(cast.rita), draft(cast.emre)
    Authorship.objects.create(output=written, person=cast.rita.person)
    draft(cast.ines)
    assert slugs(queries.mine(cast.rita.person)) == {owned.slug, written.slug}


# --- waves ---------------------------------------------------------------------------------------------------------------


def test_a_wave_counts_texts_not_provisions(cast: Cast, law: Shelf) -> None:
    first, second = ready(owner=cast.rita.person), ready(owner=cast.rita.person)
    for output in (first, second):
        cite(output, law.provisions[0])
        cite(output, law.provisions[1])
    law.change(0, parts=[("/", False)])
    law.change(1, parts=[("/", False)])
    wave = sweep.sweep_reading(law.readings[-1], by=BY, at=NOW)
    assert wave is not None
    settling.confirm_valid(wave, first, reason="Ja.", **act_as(cast.rita))
    shown = queries.waves().get(pk=wave.pk)
    assert queries.standing(shown, on=TODAY) == queries.Standing(total=2, settled=1, open=1, overdue=0)
    assert queries.standing(shown, on=wave.due + timedelta(days=1)) == queries.Standing(2, 1, 0, 1)


def test_what_is_open_and_most_concerned_comes_first(cast: Cast, law: Shelf) -> None:
    weak, strong, done = (ready(owner=cast.rita.person) for _ in range(3))
    cite(weak, law.provisions[0], path="/A2/")
    cite(strong, law.provisions[0])
    cite(done, law.provisions[0])
    law.change(0, parts=[("/A1/", False)])
    wave = sweep.sweep_reading(law.readings[-1], by=BY, at=NOW)
    assert wave is not None
    settling.confirm_valid(wave, done, reason="Ja.", **act_as(cast.rita))
    assert [o.slug for o in queries.concerned(wave)] == [strong.slug, weak.slug, done.slug]


def test_a_variant_is_behind_its_base_until_it_follows(cast: Cast) -> None:
    base = published(cast)
    variant = published(cast, base=base, language="en")
    write(base, cast.emre, body="Neu.")
    bring_out(Output.objects.get(pk=base.pk), cast)
    variant = Output.objects.get(pk=variant.pk)
    assert queries.stale_variant(variant)
    write(variant, cast.emre, body="New.")
    bring_out(Output.objects.get(pk=variant.pk), cast)
    assert not queries.stale_variant(Output.objects.get(pk=variant.pk))
