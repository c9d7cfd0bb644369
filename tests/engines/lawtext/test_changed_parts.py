"""Which parts of a norm a change touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.engines.lawtext.changed_parts import ChangedParts, Concern, changed_parts
from tests.engines.lawtext.comparing_cases import COURSE, ENTRY, FEES, WORK, dated_law, needs_laws, norm


def of(old: str, new: str) -> ChangedParts:
    return changed_parts(norm("§ 1", old), norm("§ 1", new))


def paths(*told: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(path.split()) for path in told)


def test_equal_texts_touch_nothing():
    assert of(ENTRY, ENTRY) == ChangedParts()


def test_a_change_of_the_title_touches_nothing():
    assert changed_parts(norm("§ 1", ENTRY, title="Alt"), norm("§ 1", ENTRY, title="Neu")) == ChangedParts()


def test_other_spaces_touch_nothing():
    assert of("(1) Nr.1 gilt.", "(1) Nr. 1 gilt.") == ChangedParts()


def test_a_reworded_sentence_is_the_only_part_touched():
    parts = of(f"(1) {ENTRY}\n(2) {WORK} {FEES}", f"(1) {ENTRY}\n(2) {WORK} {FEES.replace('kann', 'soll')}")
    assert parts == ChangedParts(old=paths("A2 S2"), new=paths("A2 S2"))


def test_a_reworded_item_is_the_only_part_touched():
    old = "(1) Nötig sind\n1. ein gültiger Pass,\n2. ein gesicherter Lebensunterhalt und\n3. eine Wohnung."
    parts = of(old, old.replace("gesicherter", "ausreichender"))
    assert parts == ChangedParts(old=paths("A1 S1 N2"), new=paths("A1 S1 N2"))


def test_the_words_around_a_list_are_those_of_the_sentence():
    old = "(1) Nötig sind\n1. ein gültiger Pass und\n2. eine Wohnung."
    assert of(old, old.replace("Nötig", "Erforderlich")).old == paths("A1 S1")


def test_an_inserted_absatz_touches_none_and_moves_those_after_it():
    parts = of(f"(1) {ENTRY}\n(2) {FEES}", f"(1) {ENTRY}\n(2) {WORK}\n(3) {FEES}")
    assert parts == ChangedParts(
        new=paths("A2"),
        grown=frozenset({()}),
        moved=((("A2",), ("A3",)), (("A2", "S1"), ("A3", "S1"))),
    )


def test_a_removed_absatz_is_touched_as_a_whole():
    parts = of(f"(1) {ENTRY}\n(2) {WORK} {COURSE}\n(3) {FEES}", f"(1) {ENTRY}\n(2) {FEES}")
    assert (parts.old, parts.new) == (paths("A2"), frozenset())
    assert dict(parts.moved)[("A3",)] == ("A2",)


def test_an_inserted_sentence_makes_its_absatz_grow_and_moves_the_sentences_after_it():
    parts = of(f"(1) {ENTRY} {FEES}", f"(1) {ENTRY} {WORK} {FEES}")
    assert parts == ChangedParts(new=paths("A1 S2"), grown=paths("A1"), moved=((("A1", "S2"), ("A1", "S3")),))


def test_an_inserted_item_makes_its_sentence_grow():
    old = "(1) Nötig sind\n1. ein gültiger Pass,\n2. ein gesicherter Lebensunterhalt."
    new = "(1) Nötig sind\n1. ein gültiger Pass,\n1a. eine Wohnung,\n2. ein gesicherter Lebensunterhalt."
    assert of(old, new) == ChangedParts(new=paths("A1 S1 N1a"), grown=paths("A1 S1"))


def test_an_absatz_moved_and_reworded_is_both():
    parts = of(f"(1) {ENTRY}\n(2) {FEES}", f"(1) {ENTRY}\n(2) {WORK}\n(3) {FEES.replace('kann', 'soll')}")
    assert (parts.old, parts.new) == (paths("A2 S1"), paths("A2", "A3 S1"))
    assert parts.path_now(("A2", "S1")) == ("A3", "S1")


def test_a_sentence_that_went_into_another_absatz_is_moved_and_not_gone():
    parts = of(f"(1) {ENTRY} {WORK}\n(2) {FEES}", f"(1) {ENTRY}\n(2) {FEES} {WORK}")
    assert parts == ChangedParts(grown=paths("A2"), moved=((("A1", "S2"), ("A2", "S2")),))


def test_a_norm_divided_into_absaetze_keeps_its_text_in_one_of_them():
    parts = of(f"{ENTRY} {WORK}", f"(1) {ENTRY} {WORK}\n(2) {FEES}")
    assert parts == ChangedParts(
        new=paths("A2"), grown=frozenset({()}), moved=((("S1",), ("A1", "S1")), (("S2",), ("A1", "S2")))
    )


def test_a_norm_no_longer_divided_keeps_the_absatz_that_is_left():
    parts = of(f"(1) {ENTRY}\n(2) {FEES}", ENTRY)
    assert (parts.old, parts.new) == (paths("A2"), frozenset())
    assert parts.path_now(("A1", "S1")) == ("S1",)


def test_a_new_norm_is_touched_as_a_whole():
    assert changed_parts(None, norm("§ 1", ENTRY)) == ChangedParts(new=frozenset({()}))


def test_a_norm_that_is_gone_is_touched_as_a_whole():
    assert changed_parts(norm("§ 1", ENTRY), None) == ChangedParts(old=frozenset({()}))


OLD = f"(1) {ENTRY}\n(2) Nötig sind\n1. ein gültiger Pass und\n2. eine Wohnung.\n(3) {FEES} {WORK}"


@pytest.mark.parametrize(
    ("new", "cited", "concern"),
    [
        (OLD, "A1", Concern.NONE),
        (OLD.replace("Wohnung", "Unterkunft"), "A2 S1 N2", Concern.CITED_PART),
        (OLD.replace("Wohnung", "Unterkunft"), "A2 S1 N1", Concern.OTHER_PART),
        (OLD.replace("Wohnung", "Unterkunft"), "A2", Concern.CITED_PART),
        (OLD.replace("Wohnung", "Unterkunft"), "", Concern.CITED_PART),
        (OLD.replace("Wohnung", "Unterkunft"), "A1", Concern.OTHER_PART),
        (OLD.replace("Nötig", "Erforderlich"), "A2 S1 N1", Concern.CITED_PART),
        (OLD.replace(f" {WORK}", ""), "A3 S1", Concern.OTHER_PART),
        (OLD.replace(f" {WORK}", ""), "A3", Concern.CITED_PART),
        (OLD.replace(f"{FEES} {WORK}", f"{FEES} {COURSE} {WORK}"), "A3", Concern.CITED_PART),
        (OLD.replace(f"{FEES} {WORK}", f"{FEES} {COURSE} {WORK}"), "A3 S2", Concern.OTHER_PART),
        (OLD.replace(f" {WORK}", "").replace(ENTRY, f"{ENTRY} {WORK}"), "A3", Concern.CITED_PART),
        (f"{OLD}\n(4) {COURSE}", "A3", Concern.OTHER_PART),
        (f"{OLD}\n(4) {COURSE}", "", Concern.CITED_PART),
    ],
)
def test_who_cites_a_part_is_concerned_when_that_part_changed(new, cited, concern):
    assert of(OLD, new).concern(tuple(cited.split())) == concern


def test_who_cites_any_part_is_concerned_when_the_norm_is_gone():
    assert changed_parts(norm("§ 1", OLD), None).concern(("A2", "S1")) == Concern.CITED_PART


def test_a_part_that_only_got_another_number_concerns_nobody_but_has_a_new_path():
    parts = of(f"(1) {ENTRY}\n(2) {FEES}", f"(1) {ENTRY}\n(1a) {WORK}\n(3) {FEES}")
    assert (parts.concern(("A2", "S1")), parts.path_now(("A2", "S1"))) == (Concern.OTHER_PART, ("A3", "S1"))


def test_a_footnote_outside_all_parts_concerns_only_the_norm_as_a_whole():
    old = norm("§ 1", f"(1) {ENTRY}\n(2) {FEES}")
    with_note = norm("§ 1", f"(1) {ENTRY}\n(2) {FEES}\n* Hinweis des Gesetzgebers")
    changed = type(with_note)(
        **{name: getattr(with_note, name) for name in with_note.__dataclass_fields__ if name != "parts"},
        parts=old.parts,
    )
    parts = changed_parts(old, changed)
    assert (parts.concern(()), parts.concern(("A1",))) == (Concern.CITED_PART, Concern.OTHER_PART)


sentences = st.lists(st.sampled_from([ENTRY, WORK, FEES, COURSE, "Satz 1 gilt nicht."]), min_size=1, max_size=3)
absaetze = st.lists(sentences.map(" ".join), min_size=1, max_size=4)


def numbered(texts: list[str]) -> str:
    return "\n".join(f"({n}) {text}" for n, text in enumerate(texts, start=1))


@given(absaetze, absaetze)
def test_paths_are_those_of_the_norms(before, after):
    old, new = norm("§ 1", numbered(before)), norm("§ 1", numbered(after))
    parts = changed_parts(old, new)
    known_old = {part.path for part in old.parts} | {()}
    known_new = {part.path for part in new.parts} | {()}
    assert parts.old | parts.grown | {was for was, _ in parts.moved} <= known_old
    assert parts.new | {now for _, now in parts.moved} <= known_new


@given(absaetze, absaetze)
def test_something_is_touched_or_moved_exactly_when_the_texts_differ(before, after):
    parts = changed_parts(norm("§ 1", numbered(before)), norm("§ 1", numbered(after)))
    assert bool(parts.old or parts.new or parts.moved) == (before != after)


@given(absaetze, st.integers(0, 3))
def test_a_part_that_is_not_touched_reads_the_same_where_it_is_now(before, place):
    after = [*before[:place], "Hier steht ein ganz neuer Absatz zum Datenschutz.", *before[place:]]
    old, new = norm("§ 1", numbered(before)), norm("§ 1", numbered(after))
    parts = changed_parts(old, new)
    read = {part.path: new.text[part.start : part.end] for part in new.parts}
    for part in old.parts:
        if part.path[-1].startswith("S") and parts.concern(part.path) is not Concern.CITED_PART:
            assert read[parts.path_now(part.path)] == old.text[part.start : part.end]


@needs_laws
def test_real_changes_of_the_residence_act_are_told_by_sentence():
    old = {n.designation: n for n in dated_law("2023-11-22", "aufenthg_2004").norms}
    new = {n.designation: n for n in dated_law("2024-03-06", "aufenthg_2004").norms}
    told = {name: changed_parts(old[name], new[name]) for name in ("§ 4", "§ 9", "§ 95")}
    assert told["§ 9"] == ChangedParts(new=paths("A3a"), grown=frozenset({()}))
    assert told["§ 95"].old == paths("A1 S1 N6a")
    assert told["§ 95"].new == paths("A1 S1 N6a", "A1 S1 N6b", "A1 S1 N6c")
