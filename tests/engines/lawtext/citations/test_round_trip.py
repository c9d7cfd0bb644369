"""Provisions written in every style are read back: generated citations against what they were made from."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from nahtstelle.engines.lawtext.citations import find_citations

ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII"]


@dataclass(frozen=True)
class Provision:
    section: str
    absatz: str | None
    satz: str | None
    nummer: str | None
    buchstabe: str | None


@dataclass(frozen=True)
class Style:
    """How a person writes: their labels, the space between label and number, and their name for the law."""

    absatz: str
    satz: str
    nummer: str
    buchstabe: str
    space: str
    roman: bool = False
    brackets: bool = False


STYLES = st.builds(
    Style,
    absatz=st.sampled_from(["Abs.", "Absatz", "Abs"]),
    satz=st.sampled_from(["S.", "Satz", "S"]),
    nummer=st.sampled_from(["Nr.", "Nummer", "Nr"]),
    buchstabe=st.sampled_from(["lit.", "Buchst.", "Buchstabe"]),
    space=st.sampled_from([" ", "\u00a0", "  ", "\n"]),
) | st.sampled_from(
    [
        Style("", "S.", "Nr.", "lit.", " ", roman=True),
        Style("", "Satz", "Nr.", "lit.", " ", brackets=True),
    ]
)
LAWS = st.sampled_from(
    [
        ("AufenthG", "AufenthG"),
        ("des Aufenthaltsgesetzes", "AufenthG"),
        ("SGB II", "SGB II"),
        ("des Zweiten Buches Sozialgesetzbuch", "SGB II"),
        ("der Beschäftigungsverordnung", "BeschV"),
        ("des Steuersäumnisgesetzes", "Steuersäumnisgesetz"),
        ("IntPatÜG", "IntPatÜG"),
    ]
)
LETTERED = st.builds(
    lambda number, letter: f"{number}{letter}", st.integers(1, 450), st.sampled_from(["", "", "a", "b", "g"])
)
SMALL = st.integers(1, 12).map(str)
PROVISIONS = st.builds(
    Provision,
    section=LETTERED,
    absatz=st.none() | SMALL,
    satz=st.none() | SMALL,
    nummer=st.none() | SMALL,
    buchstabe=st.none() | st.sampled_from("abcdeghk"),
)


def below(provision: Provision, style: Style) -> str:
    """Everything behind the section: " Abs. 2 S. 1 Nr. 3"."""
    written = ""
    if provision.absatz:
        if style.roman:
            written += f" {ROMAN[int(provision.absatz)]}"
        elif style.brackets:
            written += f" ({provision.absatz})"
        else:
            written += f" {style.absatz}{style.space}{provision.absatz}"
    if provision.satz:
        short = provision.absatz and (style.roman or style.brackets)
        written += f" {provision.satz}" if short else f" {style.satz}{style.space}{provision.satz}"
    if provision.nummer:
        written += f" {style.nummer}{style.space}{provision.nummer}"
    if provision.buchstabe:
        written += f" {style.buchstabe}{style.space}{provision.buchstabe}"
    return written


def read(text: str) -> list[tuple[str, str | None, Provision]]:
    return [
        (c.text, c.law, Provision(c.section or "", c.absatz, c.satz, c.nummer, c.buchstabe))
        for c in find_citations(text)
    ]


@settings(max_examples=300)
@given(PROVISIONS, STYLES, LAWS)
def test_provision_is_read_back(provision: Provision, style: Style, law: tuple[str, str]) -> None:
    written = f"§ {provision.section}{below(provision, style)} {law[0]}"
    assert read(f"Dies folgt aus {written}, was gilt.") == [(written, law[1], provision)]


@settings(max_examples=300)
@given(
    st.lists(PROVISIONS, min_size=2, max_size=5),
    STYLES,
    LAWS,
    st.sampled_from([", ", " und ", " oder ", " i.V.m. ", " sowie "]),
)
def test_provisions_joined_share_the_law_at_the_end(
    provisions: list[Provision], style: Style, law: tuple[str, str], joint: str
) -> None:
    written = joint.join(f"§ {one.section}{below(one, style)}" for one in provisions) + f" {law[0]}"
    assert read(f"Dies folgt aus {written}.") == [(written, law[1], one) for one in provisions]


@settings(max_examples=200)
@given(st.lists(PROVISIONS, min_size=1, max_size=4), STYLES)
def test_internal_provisions_stand_apart(provisions: list[Provision], style: Style) -> None:
    written = [f"§ {one.section}{below(one, style)}" for one in provisions]
    text = f"wie {', '.join(written)} gilt"
    assert read(text) == [(one, None, provision) for one, provision in zip(written, provisions, strict=True)]


@settings(max_examples=200)
@given(st.lists(LETTERED, min_size=2, max_size=6), LAWS)
def test_sections_behind_a_double_sign_are_read_back(sections: list[str], law: tuple[str, str]) -> None:
    written = f"§§ {', '.join(sections[:-1])} und {sections[-1]} {law[0]}"
    assert [(text, provision.section) for text, _, provision in read(written)] == [(written, one) for one in sections]


@settings(max_examples=200)
@given(st.integers(1, 400), st.integers(1, 30), LAWS, st.sampled_from(["–", "-", " bis ", " – "]))
def test_range_has_every_number_in_between(first: int, more: int, law: tuple[str, str], joint: str) -> None:
    written = f"§§ {first}{joint}{first + more} {law[0]}"
    assert [provision.section for _, _, provision in read(written)] == [str(n) for n in range(first, first + more + 1)]


@settings(max_examples=200)
@given(LETTERED, st.lists(st.integers(1, 15), min_size=2, max_size=5, unique=True), STYLES, LAWS)
def test_numbers_of_one_level_are_read_back(
    section: str, numbers: list[int], style: Style, law: tuple[str, str]
) -> None:
    style = style if style.absatz else Style("Abs.", "S.", "Nr.", "lit.", " ")
    written = f"§ {section} {style.absatz}{style.space}{', '.join(map(str, numbers[:-1]))} und {numbers[-1]} {law[0]}"
    assert [(one.section, one.absatz) for _, _, one in read(written)] == [(section, str(number)) for number in numbers]
