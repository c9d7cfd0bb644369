"""Citations in running text, against a slow parser that looks at one sign after another."""

from hypothesis import example, given
from hypothesis import strategies as st

from nahtstelle.engines.literature.citing.keys import CARD, LONGEST, WORK, Cite, Group, find_groups


def only(text: str) -> Cite:
    (group,) = find_groups(text)
    (cite,) = group.cites
    return cite


def test_a_citation_has_the_exact_place_of_its_brackets_and_of_its_key() -> None:
    text = "Das gilt [vgl. @mueller2021, S. 12; @other2020, Karte]."
    (group,) = find_groups(text)
    assert text[group.start : group.end] == "[vgl. @mueller2021, S. 12; @other2020, Karte]"
    assert [text[cite.start : cite.end] for cite in group.cites] == ["mueller2021", "other2020"]


def test_words_before_the_key_and_behind_what_is_meant_are_kept() -> None:
    cite = only("[siehe auch @klee2020, Kap. 3, dort besonders]")
    assert (cite.prefix, cite.locator, cite.suffix) == ("siehe auch", "Kap. 3", "dort besonders")


def test_what_is_meant_is_read_in_german_and_english() -> None:
    said = [
        "S. 12", "S. 12 f.", "S. 12-15", "S. 12, 15 und 20 ff.", "Seite 3", "p. 7", "pp. 7–9", "Kap. 2.1", "chap. 4", "Abb. 3",
        "fig. 2", "Tab. 1", "Tabelle A.2", "Rn. 17", "S. xii", "12", "12-14",
    ]  # fmt: skip
    assert [only(f"[@k, {words}]").locator for words in said] == said


def test_a_card_is_meant_by_its_german_and_its_english_name() -> None:
    assert [only(f"[@k, {word}]").means for word in ("Karte", "Bewertungskarte", "card", "assessment card")] == [
        CARD
    ] * 4
    assert only("[@k, Karten im Anhang]").means == WORK


def test_words_that_name_no_place_are_a_suffix() -> None:
    cite = only("[@k, der Inhalt 3]")
    assert (cite.locator, cite.suffix) == ("", "der Inhalt 3")


def test_a_minus_leaves_out_who_wrote_it() -> None:
    assert only("[-@k2020]").without_author


def test_what_fits_in_no_part_is_no_citation() -> None:
    for text in ("[mail a@b.de]", "[@a; siehe b]", "[@a @b]", "[@a: S. 3]", "[ohne Zeichen]", "[@]", "@a", "[a [@b c]"):
        assert [group for group in find_groups(text) if len(group.cites) != 1 or group.cites[0].key != "b"] == [], text


def test_a_bracket_that_is_never_closed_costs_no_citation_behind_it() -> None:
    assert [g.cites[0].key for g in find_groups("[offen @a [@b]")] == ["b"]
    assert find_groups("[@a " + "x" * LONGEST + "]") == []


def test_five_thousand_citations_are_found() -> None:
    text = " ".join(f"Satz {n} [@k{n}, S. {n}]." for n in range(5000))
    assert [group.cites[0].key for group in find_groups(text)] == [f"k{n}" for n in range(5000)]


def slowly(text: str) -> list[tuple[int, int, list[str]]]:
    """Brackets matched one sign after another; in each part the keys that begin nowhere inside a word."""
    found = []
    at = 0
    while at < len(text):
        if text[at] != "[":
            at += 1
            continue
        end = at + 1
        while end < len(text) and text[end] not in "[]":
            end += 1
        inside = text[at + 1 : end]
        if end == len(text) or text[end] == "[" or "\n\n" in inside:
            at += 1
            continue
        keys = [_slow_key(part) for part in inside.split(";")]
        if any(key is None for key in keys):
            at += 1
            continue
        found.append((at, end + 1, [key for key in keys if key]))
        at = end + 1
    return found


def _slow_key(part: str) -> str | None:
    keys = []
    index = 0
    while index < len(part):
        before = part[index - 1] if index else " "
        if part[index] == "@" and not (
            before.isalnum() or before in "_.@" or (before == "-" and index > 1 and _inside(part[index - 2]))
        ):
            end = index + 1
            while end < len(part) and (part[end].isalnum() or part[end] == "_"):
                end += 1
            if end > index + 1:
                keys.append((part[index + 1 : end], part[end:]))
                index = end
                continue
        index += 1
    if len(keys) != 1:
        return None
    key, after = keys[0]
    return key if not after or after[0] in ", \t\n" else None


def _inside(sign: str) -> bool:
    return sign.isalnum() or sign in "_.@"


@given(
    st.lists(
        st.sampled_from(["[", "]", "@", "a", "Bc", "1", " ", ";", ",", "S. 3", "\n", "_", "vgl. "]), max_size=40
    ).map("".join)
)
@example("[@a; @b][@c")
@example("[[@a]]")
@example("[vgl. @a, S. 3]")
def test_the_parser_finds_what_the_slow_one_finds(text: str) -> None:
    assert [(g.start, g.end, [c.key for c in g.cites]) for g in find_groups(text)] == slowly(text)


@given(st.text(alphabet="[]@;, -abS.12\n", max_size=60))
def test_groups_never_overlap_and_stand_where_they_say(text: str) -> None:
    at = 0
    for group in find_groups(text):
        assert at <= group.start < group.end <= len(text)
        assert text[group.start] == "[" and text[group.end - 1] == "]"
        assert all(
            text[cite.start : cite.end] == cite.key and group.start < cite.start < group.end for cite in group.cites
        )
        at = group.end


def test_values_compare_by_what_they_say() -> None:
    assert find_groups("[@a]") == [Group(0, 4, (Cite("a", 2, 3),))]
