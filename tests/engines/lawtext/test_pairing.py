"""Which norm of the old reading is which norm of the new one."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.engines.lawtext.pairing import pair
from nahtstelle.engines.lawtext.values import Norm, NormKind
from tests.engines.lawtext.comparing_cases import COURSE, ENTRY, FEES, WORK, heading, norm, stub


def names(old: Sequence[Norm], new: Sequence[Norm]) -> dict[str, str]:
    """The pairs by the keys of the norms."""
    return {old[i].key: new[j].key for i, j in sorted(pair(old, new).continued.items())}


def test_norms_are_paired_by_designation():
    old = [norm("§ 1", ENTRY), norm("§ 2", WORK)]
    new = [norm("§ 1", ENTRY + " Satz 2."), norm("§ 1a", FEES), norm("§ 2", WORK)]
    assert names(old, new) == {"§ 1": "§ 1", "§ 2": "§ 2"}


def test_a_norm_is_paired_with_its_new_number_when_the_wording_is_clear():
    old = [norm("§ 1", ENTRY), norm("§ 23a", WORK)]
    new = [norm("§ 1", ENTRY), norm("§ 31", WORK.replace("kann", "soll"))]
    assert names(old, new) == {"§ 1": "§ 1", "§ 23a": "§ 31"}


def test_a_reworded_norm_is_paired_with_its_new_number_when_the_document_number_says_so():
    reworded = "Die Bundesagentur für Arbeit darf der Erteilung nur zustimmen, wenn der Arbeitsmarkt nicht leidet."
    old = [norm("§ 23a", WORK, number="0012")]
    assert names(old, [norm("§ 31", reworded, number="0012")]) == {"§ 23a": "§ 31"}
    assert names(old, [norm("§ 31", reworded, number="0099")]) == {}


def test_a_document_number_alone_pairs_nothing():
    old = [norm("§ 5", ENTRY, number="0012")]
    assert names(old, [norm("§ 6", FEES, number="0012")]) == {}


def test_short_norms_are_not_paired_by_their_wording_alone():
    assert (
        names([norm("§ 3", "Das Nähere regelt eine Verordnung.")], [norm("§ 9", "Das Nähere regelt eine Verordnung.")])
        == {}
    )


def test_short_norms_are_paired_when_the_title_says_so_too():
    old = [norm("§ 12", "Dieses Gesetz tritt am 1. Januar in Kraft.", title="Inkrafttreten")]
    new = [norm("§ 15", "Dieses Gesetz tritt am 1. Januar in Kraft.", title="Inkrafttreten")]
    assert names(old, new) == {"§ 12": "§ 15"}


def test_a_number_given_to_another_text_does_not_hold_the_old_one():
    old = [norm("§ 18b", WORK), norm("§ 19", FEES)]
    new = [norm("§ 18b", COURSE), norm("§ 18g", WORK), norm("§ 19", FEES)]
    assert names(old, new) == {"§ 18b": "§ 18g", "§ 19": "§ 19"}


def test_numbers_shifted_by_an_inserted_norm_are_followed():
    old = [norm("§ 5", ENTRY), norm("§ 6", WORK), norm("§ 7", FEES)]
    new = [norm("§ 5", COURSE), norm("§ 6", ENTRY), norm("§ 7", WORK), norm("§ 8", FEES)]
    assert names(old, new) == {"§ 5": "§ 6", "§ 6": "§ 7", "§ 7": "§ 8"}


def test_a_norm_rewritten_from_scratch_keeps_its_partner_when_no_other_reads_like_it():
    assert names([norm("§ 5", ENTRY)], [norm("§ 5", FEES)]) == {"§ 5": "§ 5"}


def test_a_repealed_number_stays_with_its_text_when_the_text_went_nowhere():
    assert names([norm("§ 5", ENTRY)], [stub("§ 5")]) == {"§ 5": "§ 5"}


def test_a_text_is_followed_when_its_old_number_is_marked_as_repealed():
    assert names([norm("§ 5", ENTRY)], [stub("§ 5"), norm("§ 5a", ENTRY)]) == {"§ 5": "§ 5a"}


def test_two_appendices_of_one_name_are_told_apart_by_their_texts():
    first = norm("Anlage", FEES, key="Anlage", kind=NormKind.APPENDIX)
    second = norm("Anlage", COURSE, key="Anlage#2", kind=NormKind.APPENDIX)
    now_first = norm("Anlage", COURSE + " Neu.", key="Anlage", kind=NormKind.APPENDIX)
    now_second = norm("Anlage", FEES, key="Anlage#2", kind=NormKind.APPENDIX)
    assert names([first, second], [now_first, now_second]) == {"Anlage": "Anlage#2", "Anlage#2": "Anlage"}


def test_the_remaining_appendix_is_the_one_that_reads_the_same_when_its_namesake_is_gone():
    old = [
        norm("Anlage", FEES, key="Anlage", kind=NormKind.APPENDIX),
        norm("Anlage", COURSE, key="Anlage#2", kind=NormKind.APPENDIX),
    ]
    assert names(old, [norm("Anlage", COURSE, kind=NormKind.APPENDIX)]) == {"Anlage#2": "Anlage"}


def test_paragraphs_counted_anew_in_every_article_are_paired_by_their_texts():
    old = [norm("§ 1", ENTRY, key="§ 1"), norm("§ 1", WORK, key="§ 1#2"), norm("§ 1", FEES, key="§ 1#3")]
    new = [norm("§ 1", ENTRY, key="§ 1"), norm("§ 1", COURSE, key="§ 1#2"), *old[1:]]
    new[2:] = [norm("§ 1", WORK, key="§ 1#3"), norm("§ 1", FEES, key="§ 1#4")]
    assert names(old, new) == {"§ 1": "§ 1", "§ 1#2": "§ 1#3", "§ 1#3": "§ 1#4"}


def test_a_heading_keeps_its_partner_when_it_is_renumbered():
    old = [heading("Abschnitt 6", "Vertretung")]
    new = [heading("Abschnitt 6", "Feststellung"), heading("Abschnitt 7", "Vertretung")]
    assert names(old, new) == {"Gliederung Abschnitt 6": "Gliederung Abschnitt 7"}


def test_a_heading_keeps_its_partner_when_it_is_renamed():
    assert names([heading("Abschnitt 6", "Alt")], [heading("Abschnitt 6", "Neu")]) == {
        "Gliederung Abschnitt 6": "Gliederung Abschnitt 6"
    }


def test_a_new_norm_is_split_off_when_its_text_was_taken_out_of_another():
    old = [norm("§ 18b", f"(1) {ENTRY}\n(2) {WORK} {FEES}")]
    new = [norm("§ 18b", ENTRY), norm("§ 18g", f"(1) {WORK}\n(2) {FEES}\n(3) {COURSE}")]
    pairing = pair(old, new)
    assert (pairing.continued, pairing.split) == ({0: 0}, {1: 0})


def test_a_new_norm_is_not_split_off_when_the_other_keeps_the_text():
    old = [norm("§ 18b", f"(1) {ENTRY}\n(2) {WORK}")]
    new = [norm("§ 18b", f"(1) {ENTRY}\n(2) {WORK}"), norm("§ 18g", WORK)]
    assert pair(old, new).split == {}


def test_a_norm_is_merged_when_its_text_stands_in_another_now():
    old = [norm("§ 22", WORK), norm("§ 26", ENTRY)]
    new = [norm("§ 26", f"(1) {ENTRY}\n(2) {WORK.replace('kann', 'soll')}")]
    pairing = pair(old, new)
    assert (pairing.continued, pairing.merged) == ({1: 0}, {0: 0})


def test_a_norm_is_merged_when_only_its_number_is_left():
    old = [norm("§ 22", WORK), norm("§ 26", ENTRY)]
    new = [stub("§ 22"), norm("§ 26", f"(1) {ENTRY}\n(2) {WORK}")]
    pairing = pair(old, new)
    assert (pairing.continued, pairing.merged) == ({0: 0, 1: 1}, {0: 1})


texts = st.sampled_from([ENTRY, WORK, FEES, COURSE, "", "Kurz.", ENTRY + FEES, WORK + COURSE])
laws = st.lists(
    st.builds(norm, st.sampled_from(["§ 1", "§ 2", "§ 3", "Anlage"]), texts, repealed=st.booleans()), max_size=8
)


@given(laws, laws)
def test_no_norm_is_paired_twice_and_wanderers_have_no_partner(old, new):
    pairing = pair(old, new)
    targets = list(pairing.continued.values())
    assert len(targets) == len(set(targets))
    assert not set(pairing.split) & set(targets)
    assert all(i not in pairing.continued or new[pairing.continued[i]].repealed for i in pairing.merged)


@given(laws)
def test_a_law_paired_with_itself_has_no_norm_without_partner(norms):
    pairing = pair(norms, norms)
    assert {norms[i].text: norms[j].text for i, j in pairing.continued.items()} == {n.text: n.text for n in norms}
    assert (sorted(pairing.continued), pairing.split, pairing.merged) == (list(range(len(norms))), {}, {})
