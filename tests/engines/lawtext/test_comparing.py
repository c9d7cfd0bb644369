"""Kinds and classes of change between two readings of one law."""

from dataclasses import replace
from datetime import date

import pytest

from nahtstelle.engines.lawtext.changes import ChangeClass, ChangeKind, NormChange
from nahtstelle.engines.lawtext.comparing import compare
from nahtstelle.engines.lawtext.values import LawReading, NormKind, StandEntry
from tests.engines.lawtext.comparing_cases import COURSE, ENTRY, FEES, WORK, heading, law, norm, stub


def told(old: LawReading, new: LawReading) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Every change as (kind, old designation, new designation, classes)."""
    return [
        (change.kind.value, change.old_designation, change.designation, tuple(each.value for each in change.classes))
        for change in compare(old, new)
    ]


def test_nothing_is_listed_when_nothing_differs():
    assert compare(law(norm("§ 1", ENTRY)), law(norm("§ 1", ENTRY))) == ()


def test_a_changed_text_is_an_amendment_of_class_text():
    old, new = law(norm("§ 1", ENTRY)), law(norm("§ 1", ENTRY.replace("nur", "nie")))
    assert told(old, new) == [("amended", "§ 1", "§ 1", ("text",))]


def test_a_change_carries_both_norms_and_their_likeness():
    old, new = law(norm("§ 1", "eins zwei drei vier")), law(norm("§ 1", "eins zwei drei fünf"))
    (change,) = compare(old, new)
    assert (change.old, change.new, change.similarity) == (old.norms[1], new.norms[1], 0.75)


def test_a_new_norm_is_added():
    assert told(law(norm("§ 1", ENTRY)), law(norm("§ 1", ENTRY), norm("§ 2", FEES))) == [
        ("added", "", "§ 2", ("text",))
    ]


def test_a_norm_that_is_gone_is_removed():
    assert told(law(norm("§ 1", ENTRY), norm("§ 2", FEES)), law(norm("§ 1", ENTRY))) == [
        ("removed", "§ 2", "§ 2", ("text",))
    ]


def test_a_changed_title_is_of_class_heading():
    old, new = law(norm("§ 1", ENTRY, title="Einreise")), law(norm("§ 1", ENTRY, title="Pass"))
    assert told(old, new) == [("amended", "§ 1", "§ 1", ("heading",))]


def test_a_changed_note_is_of_class_notes():
    old, new = law(norm("§ 1", ENTRY)), law(norm("§ 1", ENTRY, notes="(+++ § 1: Zur Anwendung vgl. § 9 +++)"))
    assert told(old, new) == [("amended", "§ 1", "§ 1", ("notes",))]


def test_other_spaces_are_of_class_rebuild():
    assert told(law(norm("§ 1", "Nr.1 gilt.")), law(norm("§ 1", "Nr. 1 gilt."))) == [
        ("amended", "§ 1", "§ 1", ("rebuild",))
    ]


def test_another_document_number_is_of_class_rebuild():
    old, new = law(norm("§ 1", ENTRY, number="000100305")), law(norm("§ 1", ENTRY, number="000101305"))
    assert told(old, new) == [("amended", "§ 1", "§ 1", ("rebuild",))]


def test_a_renewed_document_number_is_not_told_beside_a_changed_text():
    old, new = law(norm("§ 1", ENTRY, number="000100305")), law(norm("§ 1", FEES, number="000101305"))
    assert told(old, new) == [("amended", "§ 1", "§ 1", ("text",))]


def numbered_law(first: int, *, reworded: str = "") -> LawReading:
    """Twelve provisions with document numbers counted from ``first``."""
    texts = {f"§ {n}": f"{ENTRY} {n}" for n in range(1, 13)}
    texts |= {reworded: FEES} if reworded else {}
    return law(*(norm(name, text, number=f"{first + n:04}00305") for n, (name, text) in enumerate(texts.items())))


def test_new_document_numbers_of_the_whole_law_are_a_repromulgation():
    assert told(numbered_law(1), numbered_law(501)) == [
        ("amended", "", "", ("repromulgation",)),
        *(("amended", f"§ {n}", f"§ {n}", ("repromulgation",)) for n in range(1, 13)),
    ]


def test_a_text_changed_on_repromulgation_has_both_classes():
    assert told(numbered_law(1), numbered_law(501, reworded="§ 2"))[2] == (
        "amended",
        "§ 2",
        "§ 2",
        ("text", "repromulgation"),
    )


def test_a_new_publication_told_by_the_head_is_a_repromulgation():
    old = replace(law(norm("§ 1", ENTRY)), stand=(StandEntry("Neuf", "Bek. v. 4.5.2020", date(2020, 5, 4)),))
    new = replace(old, stand=(StandEntry("Neuf", "Bek. v. 16.4.2025", date(2025, 4, 16)),))
    assert told(old, new) == [("amended", "", "", ("notes", "repromulgation"))]


def test_a_changed_number_of_the_law_is_a_repromulgation_of_the_law():
    assert told(law(norm("§ 1", ENTRY)), law(norm("§ 1", ENTRY), number="BJNR999990025")) == [
        ("amended", "", "", ("repromulgation",))
    ]


def test_a_rebuilt_file_is_one_change_of_the_head():
    assert told(law(norm("§ 1", ENTRY)), law(norm("§ 1", ENTRY), build="20250101000000")) == [
        ("amended", "", "", ("rebuild",))
    ]


def test_another_state_of_the_law_is_of_class_notes():
    old, new = law(stand="Zuletzt geändert durch Art. 1"), law(stand="Zuletzt geändert durch Art. 2")
    assert told(old, new) == [("amended", "", "", ("notes",))]


def test_another_name_of_the_law_is_of_class_heading():
    old = law()
    assert told(old, replace(old, short_title="Prüfgesetz")) == [("amended", "", "", ("heading",))]


def test_a_norm_under_another_heading_is_of_class_structure():
    headings = heading("Abschnitt 1", "Einreise"), heading("Abschnitt 2", "Arbeit")
    old = law(*headings, norm("§ 1", ENTRY, structure=("Abschnitt 1 Einreise",)))
    new = law(*headings, norm("§ 1", ENTRY, structure=("Abschnitt 2 Arbeit",)))
    assert told(old, new) == [("amended", "§ 1", "§ 1", ("structure",))]


def test_a_renamed_heading_moves_nothing_that_stands_under_it():
    old = law(heading("Abschnitt 1", "Alt"), norm("§ 1", ENTRY, structure=("Abschnitt 1 Alt",)))
    new = law(heading("Abschnitt 1", "Neu"), norm("§ 1", ENTRY, structure=("Abschnitt 1 Neu",)))
    assert told(old, new) == [("amended", "Abschnitt 1", "Abschnitt 1", ("heading",))]


def test_a_new_heading_is_added_with_class_structure():
    assert told(law(norm("§ 1", ENTRY)), law(heading("Abschnitt 1", "Einreise"), norm("§ 1", ENTRY))) == [
        ("added", "", "Abschnitt 1", ("structure",))
    ]


def test_a_changed_table_of_contents_is_no_change_of_law():
    old = law(norm("Inhaltsübersicht", "§ 1 Einreise", kind=NormKind.CONTENTS))
    new = law(norm("Inhaltsübersicht", "§ 1 Einreise\n§ 2 Arbeit", kind=NormKind.CONTENTS))
    (change,) = compare(old, new)
    assert (change.kind, change.classes, change.is_substance) == (ChangeKind.AMENDED, (ChangeClass.STRUCTURE,), False)


def test_a_norm_with_another_number_and_the_same_text_has_no_class():
    old, new = law(norm("§ 23a", WORK)), law(norm("§ 31", WORK))
    assert told(old, new) == [("renumbered", "§ 23a", "§ 31", ())]


def test_a_norm_with_another_number_and_other_words_is_renumbered_with_class_text():
    old, new = law(norm("§ 23a", WORK)), law(norm("§ 31", WORK.replace("kann", "soll")))
    assert told(old, new) == [("renumbered", "§ 23a", "§ 31", ("text",))]


def test_a_reused_number_is_told_as_renumbering_and_new_norm():
    old, new = law(norm("§ 18b", WORK)), law(norm("§ 18b", COURSE), norm("§ 18g", WORK))
    assert told(old, new) == [("added", "", "§ 18b", ("text",)), ("renumbered", "§ 18b", "§ 18g", ())]


def test_a_norm_taken_out_of_another_is_split():
    old = law(norm("§ 18b", f"(1) {ENTRY}\n(2) {WORK} {FEES}"))
    new = law(norm("§ 18b", ENTRY), norm("§ 18g", f"{WORK} {FEES} {COURSE}"))
    assert told(old, new) == [("amended", "§ 18b", "§ 18b", ("text",)), ("split", "§ 18b", "§ 18g", ("text",))]


def test_a_norm_taken_into_another_is_merged():
    old = law(norm("§ 22", WORK), norm("§ 26", ENTRY))
    new = law(norm("§ 26", f"(1) {ENTRY}\n(2) {WORK}"))
    assert told(old, new) == [("merged", "§ 22", "§ 26", ("text",)), ("amended", "§ 26", "§ 26", ("text",))]


def test_a_norm_that_stays_as_an_empty_number_is_repealed():
    old, new = law(norm("§ 5", ENTRY, title="Pass")), law(stub("§ 5"))
    assert told(old, new) == [("repealed", "§ 5", "§ 5", ("text", "heading"))]


def test_an_empty_number_whose_text_went_on_under_another_is_repealed_and_renumbered():
    old, new = law(norm("§ 5", ENTRY)), law(stub("§ 5"), norm("§ 5a", ENTRY))
    assert told(old, new) == [("repealed", "§ 5", "§ 5", ("text",)), ("renumbered", "§ 5", "§ 5a", ())]


def test_an_empty_number_whose_text_was_taken_into_another_is_repealed_and_merged():
    old = law(norm("§ 22", WORK), norm("§ 26", ENTRY))
    new = law(stub("§ 22"), norm("§ 26", f"(1) {ENTRY}\n(2) {WORK}"))
    assert [change[:3] for change in told(old, new)] == [
        ("repealed", "§ 22", "§ 22"),
        ("merged", "§ 22", "§ 26"),
        ("amended", "§ 26", "§ 26"),
    ]


def test_a_repealed_number_with_text_again_is_re_enacted():
    old, new = law(stub("§ 5")), law(norm("§ 5", ENTRY, title="Pass"))
    assert told(old, new) == [("re-enacted", "§ 5", "§ 5", ("text", "heading"))]


def test_another_mark_of_repeal_is_not_a_change_of_text():
    old = law(norm("§ 5", "(weggefallen)", repealed=True))
    assert told(old, law(norm("§ 5", "", repealed=True))) == [("amended", "§ 5", "§ 5", ("rebuild",))]


def test_repealed_numbers_collapsed_to_a_range_are_not_listed():
    span = norm("(XXXX) §§ 12 bis 14", repealed=True, covers=("§ 12", "§ 13", "§ 14"))
    old, new = law(norm("§ 1", ENTRY), stub("§ 12"), stub("§ 13"), stub("§ 14")), law(norm("§ 1", ENTRY), span)
    assert compare(old, new) == ()


def test_a_norm_collapsed_to_a_range_is_repealed_when_it_had_text():
    span = norm("(XXXX) §§ 12 und 13", repealed=True, covers=("§ 12", "§ 13"))
    assert told(law(stub("§ 12"), norm("§ 13", FEES)), law(span)) == [
        ("repealed", "§ 13", "§ 13", ("text",)),
    ]


def test_a_norm_out_of_a_collapsed_range_is_re_enacted():
    old = law(norm("(XXXX) §§ 17 bis 20", repealed=True, covers=("§ 17", "§ 18", "§ 19", "§ 20")))
    new = law(norm("§ 17", FEES), norm("(XXXX) §§ 18 bis 20", repealed=True, covers=("§ 18", "§ 19", "§ 20")))
    assert told(old, new) == [("re-enacted", "(XXXX) §§ 17 bis 20", "§ 17", ("text",))]


def test_a_range_of_another_article_does_not_stand_for_a_norm_that_is_gone():
    span = norm("(XXXX) §§ 12 und 13", repealed=True, covers=("§ 12", "§ 13"))
    assert told(law(span, norm("§ 13", FEES)), law(span)) == [("removed", "§ 13", "§ 13", ("text",))]


def test_an_empty_number_that_is_gone_is_no_removal_of_law():
    assert told(law(stub("§ 12")), law()) == [("removed", "§ 12", "§ 12", ("rebuild",))]


def test_changes_stand_in_the_order_of_the_new_reading_and_gone_norms_at_their_old_place():
    old = law(norm("§ 1", ENTRY), norm("§ 2", FEES), norm("§ 3", WORK))
    new = law(norm("§ 1", f"{ENTRY} Neu."), norm("§ 3", f"{WORK} Neu."), norm("§ 4", COURSE))
    assert [(change.kind.value, change.designation) for change in compare(old, new)] == [
        ("amended", "§ 1"),
        ("removed", "§ 2"),
        ("amended", "§ 3"),
        ("added", "§ 4"),
    ]


def test_a_law_that_lost_its_first_norm_tells_so_first():
    assert told(law(norm("§ 1", ENTRY), norm("§ 2", FEES)), law(norm("§ 2", f"{FEES} Neu.")))[0][:3] == (
        "removed",
        "§ 1",
        "§ 1",
    )


def test_only_class_text_is_substance():
    for each in ChangeClass:
        change = NormChange(ChangeKind.AMENDED, (each,), "§ 1", "§ 1", norm("§ 1"), norm("§ 1"), 1.0)
        assert change.is_substance == (each is ChangeClass.TEXT)


def test_a_change_without_any_norm_is_refused():
    with pytest.raises(ValueError, match="without an old or a new norm"):
        _ = NormChange(ChangeKind.ADDED, (), "", "", None, None, 0.0).norm
