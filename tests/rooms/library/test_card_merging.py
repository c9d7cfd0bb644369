"""Two people's words at one card: what fits is in one, what does not fit is named."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nahtstelle.rooms.library.card_merging import merged

WORDS = st.text("ab\n", max_size=12)
SAYS = st.fixed_dictionaries(
    {
        "method": WORDS,
        "strength": st.integers(0, 4),
        "concepts": st.lists(st.sampled_from("xyz"), unique=True).map(sorted),
    }
)


def test_different_fields_are_both_in() -> None:
    both = merged({"method": "m", "limits": "l"}, {"method": "M", "limits": "l"}, {"method": "m", "limits": "L"})
    assert (both.says, both.met) == ({"method": "M", "limits": "L"}, {})


def test_different_lines_of_a_field_are_both_in() -> None:
    both = merged({"method": "eins\nzwei\ndrei"}, {"method": "EINS\nzwei\ndrei"}, {"method": "eins\nzwei\nDREI"})
    assert both.says == {"method": "EINS\nzwei\nDREI"}


def test_the_same_line_keeps_what_stood_there_and_names_the_other() -> None:
    both = merged({"finding_de": "a"}, {"finding_de": "b"}, {"finding_de": "c"})
    assert (both.says, both.met) == ({"finding_de": "b"}, {"finding_de": "c"})


def test_facets_are_put_in_and_taken_out_by_each() -> None:
    both = merged({"concepts": ["a", "b"]}, {"concepts": ["a", "b", "c"]}, {"concepts": ["b", "d"]})
    assert both.says == {"concepts": ["b", "c", "d"]}


def test_two_levels_of_strength_do_not_fit() -> None:
    both = merged({"strength": 1}, {"strength": 2}, {"strength": 3})
    assert (both.says, both.met) == ({"strength": 2}, {"strength": 3})


def test_particulars_are_merged_one_by_one() -> None:
    both = merged(
        {"particulars": {"answers": 5}},
        {"particulars": {"answers": 6}},
        {"particulars": {"answers": 5, "mode": "phone"}},
    )
    assert both.says == {"particulars": {"answers": 6, "mode": "phone"}}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(SAYS, SAYS, SAYS)
def test_nothing_one_of_them_wrote_is_lost(base: dict, now: dict, sent: dict) -> None:
    both = merged(base, now, sent)
    for name in sent:
        if sent[name] != base[name] and name != "concepts":
            assert both.says[name] == sent[name] or name in both.met or now[name] != base[name]
        if now[name] == sent[name]:
            assert both.says[name] == now[name]
        if sent[name] == base[name]:
            assert both.says[name] == now[name]
        if name in both.met:
            assert (both.says[name], both.met[name]) == (now[name], sent[name])
