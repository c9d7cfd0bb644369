"""The PRISMA flow: its counts add up, and its picture is told to who does not see it."""

import re

import pytest
from lxml import etree

from nahtstelle.engines.literature.screening.prisma import ENGLISH, GERMAN, DoesNotAddUp, Flow, Reason, svg, table

FLOW = Flow(
    databases=1200, registers=30, other=12, duplicates=242, by_machine=0, screened=1000, excluded=880, sought=120,
    not_retrieved=5, assessed=115, reasons=(Reason("no <comparison> & no control", 60), Reason("wrong population", 20)),
    studies=30, reports=35,
)  # fmt: skip
NAMESPACE = {"s": "http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("words", [ENGLISH, GERMAN], ids=["en", "de"])
def test_the_picture_has_a_name_and_tells_every_count(words) -> None:
    root = etree.fromstring(svg(FLOW, words).encode())
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [
        root.find("s:title", NAMESPACE).get("id"),
        root.find("s:desc", NAMESPACE).get("id"),
    ]
    told = root.findtext("s:desc", namespaces=NAMESPACE)
    for text, number in table(FLOW, words):
        assert f"{text}: {number}" in told


def test_both_languages_have_the_same_words() -> None:
    assert set(ENGLISH) == set(GERMAN)


def test_the_picture_shows_the_counts_and_stays_within_its_frame() -> None:
    root = etree.fromstring(svg(FLOW).encode())
    shown = " ".join(root.xpath("//s:text/text()", namespaces=NAMESPACE))
    for number in (1200, 30, 12, 242, 1000, 880, 120, 5, 115, 60, 20, 35):
        assert f"(n = {number})" in shown
    width, height = (int(part) for part in root.get("viewBox").split()[2:])
    for box in root.iterfind(".//s:rect", NAMESPACE):
        assert int(box.get("x")) + int(box.get("width")) <= width
        assert int(box.get("y")) + int(box.get("height")) <= height


def test_a_reason_of_any_length_is_folded_into_its_box() -> None:
    long = Flow(
        databases=3, screened=3, sought=3, assessed=3, reasons=(Reason("x" * 130 + " and more words than fit", 2),)
    )
    lines = re.findall(r">([^<>]*)</text>", svg(long))
    assert max(len(line) for line in lines) <= 44
    assert "x" * 130 in "".join(line for line in lines if set(line) == {"x"})  # nothing of it is left out


def test_what_is_still_open_is_no_contradiction() -> None:
    assert Flow(databases=10, screened=4, excluded=2).left_to_screen == 10


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"databases": -1}, "negative"),
        ({"databases": 10, "duplicates": 3, "screened": 8}, "8 records screened are more than the 7"),
        ({"databases": 10, "screened": 5, "excluded": 4, "sought": 2}, "excluded or sought than were screened"),
        ({"databases": 10, "screened": 5, "sought": 2, "assessed": 3}, "assessed or not retrieved"),
        ({"databases": 9, "screened": 9, "sought": 4, "assessed": 4, "reports": 5}, "excluded or included"),
    ],
)
def test_counts_that_contradict_each_other_are_refused(counts: dict[str, int], sentence: str) -> None:
    with pytest.raises(DoesNotAddUp, match=sentence):
        Flow(**counts)
