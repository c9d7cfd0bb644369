"""Two records: one work, for a person, or apart."""

from dataclasses import replace

import pytest

from nahtstelle.engines.literature.linking import find_duplicates
from nahtstelle.engines.literature.records import Name, Record

PAPER = Record(
    kind="article-journal",
    title="Recognition of foreign qualifications and the wages of refugees: evidence from Germany",
    authors=(Name("Müller", "Anna Maria"), Name("van der Berg", "Jan"), Name("Öztürk", "Elif")),
    year=2018,
    container="Zeitschrift für Arbeitsmarktforschung",
    volume="51",
    issue="2",
    pages="123-129",
    doi="10.1007/s12651-018-0001",
)
BARE = replace(PAPER, doi="")


def linked(one: Record, two: Record) -> bool:
    return bool(find_duplicates((one, two)).groups)


def shown_to_a_person(one: Record, two: Record) -> bool:
    return bool(find_duplicates((one, two)).possible)


@pytest.mark.parametrize(
    "other",
    [
        replace(BARE, pages="123-9"),
        replace(BARE, pages="123"),
        replace(BARE, container="Z. Arbeitsmarktforsch."),
        replace(BARE, authors=(Name("Mueller", "A. M."), Name("Berg", "J."), Name("Ozturk", "E."))),
        replace(BARE, authors=(Name("Anna Maria", "Müller"), Name("Jan", "van der Berg"), Name("Elif", "Öztürk"))),
        replace(BARE, authors=(Name("Müller", "A."),)),
        replace(BARE, authors=()),
        replace(
            BARE,
            title="Recognition of foreign qualifications &amp; the wages of refugees: <i>evidence</i> from Germany",
        ),
        replace(BARE, title="Recognition of foreign qualifications and the wages of refugees"),
        replace(BARE, title="Recogntion of foreign qualifications and the wages of refuges: evidence from Germany"),
        replace(BARE, title=BARE.title.upper() + "."),
        replace(BARE, title=f"{BARE.title} [Erratum appears in Z. Arbeitsmarktforsch. 2019;52:1]"),
        replace(BARE, volume="", issue="", pages=""),
        replace(BARE, year=2019),
        replace(BARE, pages="05-Mar"),
        replace(
            BARE, title="Anerkennung ausländischer Abschlüsse und die Löhne der Geflüchteten: Befunde aus Deutschland"
        ),
        replace(PAPER, title="", container="", volume="", pages=""),
        replace(PAPER, doi="https://doi.org/10.1007/S12651-018-0001"),
    ],
    ids=lambda record: f"{record.title[:20]} {record.pages} {len(record.authors)}",
)
def test_the_same_work_told_otherwise_is_linked(other: Record) -> None:
    assert linked(PAPER, other)


@pytest.mark.parametrize(
    "other",
    [
        replace(BARE, title=f"Erratum to: {BARE.title}", pages="300"),
        replace(BARE, title=f"{BARE.title}: a reply", pages="301-303"),
        replace(BARE, title=f"Comment on “{BARE.title}”", pages="304-310"),
        replace(BARE, title=f"Erwiderung auf: {BARE.title}", pages=""),
        replace(BARE, title=f"{BARE.title}. Part II", pages="130-140"),
        replace(
            BARE,
            container="Abstracts of the Congress of Labour Economists",
            volume="",
            issue="",
            pages="S12",
            year=2017,
        ),
        replace(BARE, year=2022, volume="55", pages="1-12"),
        replace(
            BARE,
            authors=(Name("Petrov", "Ivan"), Name("Lindqvist", "Karin")),
            container="Other Review",
            volume="3",
            pages="5-9",
        ),
        replace(PAPER, doi="10.1007/s12651-019-0099", year=2019, volume="52", pages="7-15"),
        replace(BARE, title="Language courses and the employment of Syrian women", pages="130-141"),
    ],
    ids=lambda record: f"{record.title[:20]} {record.pages}",
)
def test_another_work_that_looks_like_it_is_not_linked(other: Record) -> None:
    assert not linked(PAPER, other)
    assert not linked(BARE, other)


def test_two_parts_of_a_work_stay_two() -> None:
    first, second = (
        replace(BARE, title="Labour migration. Part I"),
        replace(BARE, title="Labour migration. Part 2", pages="140-150"),
    )
    assert not linked(first, second)
    assert not linked(first, replace(second, pages=""))


def test_one_word_of_another_meaning_goes_to_a_person_where_no_page_tells() -> None:
    men = replace(BARE, title="Language training and the employment of immigrant men in Canada", pages="")
    women = replace(men, title="Language training and the employment of immigrant women in Canada")
    assert not linked(men, women)
    assert shown_to_a_person(men, women)


def test_a_letter_with_the_title_of_the_paper_it_is_about_stays_apart() -> None:
    assert not linked(BARE, replace(BARE, title=f"{BARE.title} [letter]", pages="201-203"))


def test_a_book_and_its_chapter_and_two_editions_stay_two() -> None:
    book = replace(BARE, kind="book", container="", volume="", issue="", pages="")
    assert linked(book, book)
    assert not linked(book, replace(book, kind="chapter"))
    assert not linked(replace(book, edition="1"), replace(book, edition="2. Auflage"))


@pytest.mark.parametrize(
    "title",
    ["Editorial", "Editor's Comments", "Letter", "Preface", "Vorwort", "Remarks of the Quarterly - Editor's Comments"],
)
def test_what_stands_in_every_issue_is_one_work_only_at_one_place(title: str) -> None:
    first = Record(
        title=title, authors=(Name("Lee", "Allen S."),), year=2001, container="MIS Quarterly", volume="25", issue="1"
    )
    assert not linked(first, replace(first, issue="2"))
    assert not linked(first, first)
    assert not linked(replace(first, pages="iii-x"), replace(first, issue="2", pages="iii-xi"))
    assert linked(replace(first, pages="iii-x"), replace(first, pages="iii-x"))


def test_a_record_without_title_is_not_linked_to_its_issue() -> None:
    untitled = replace(BARE, title="", pages="", authors=())
    assert not linked(untitled, BARE)
    assert not linked(untitled, untitled)
    assert not linked(replace(untitled, authors=BARE.authors), BARE)
    assert not linked(replace(untitled, pages="123-129"), BARE)


def test_a_record_without_title_is_known_by_its_page_and_its_people() -> None:
    assert linked(replace(BARE, title=""), BARE)


def test_empty_records_are_nothing() -> None:
    assert find_duplicates((Record(), Record())).groups == ()


def test_a_preprint_and_its_paper_are_known_versions() -> None:
    assert linked(PAPER, replace(PAPER, doi="10.31235/osf.io/abcde", container="", volume="", issue="", pages=""))


def test_one_place_in_print_with_two_dois_is_one_work() -> None:
    assert linked(PAPER, replace(PAPER, doi="10.1007/s12651-018-9999"))


def test_what_is_not_certain_goes_to_a_person_with_reasons() -> None:
    (pair,) = find_duplicates(
        (BARE, replace(BARE, container="Sozialer Fortschritt", volume="", issue="", pages=""))
    ).possible
    assert 0.5 <= pair.certainty < 0.9
    assert "same title" in pair.reasons
    assert pair.doubt == "not certain enough"


def test_a_higher_bar_links_less() -> None:
    other = replace(BARE, authors=(), volume="", issue="", pages="")
    assert find_duplicates((BARE, other), certain=0.5).groups
    assert not find_duplicates((BARE, other), certain=0.9999).groups


def test_every_group_says_why() -> None:
    (group,) = find_duplicates((PAPER, BARE, replace(BARE, pages="123-9"))).groups
    assert group.rows == (0, 1, 2)
    assert {"same title", "same authors", "same pages"} <= set(group.reasons)
    assert all(reasons and certainty >= 0.9 for _, _, certainty, reasons in group.links)
