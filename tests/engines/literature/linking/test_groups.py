"""Groups are checked as groups, whatever links them."""

from dataclasses import replace

from nahtstelle.engines.literature.linking import find_duplicates
from nahtstelle.engines.literature.linking.grouping import Link, grouped
from nahtstelle.engines.literature.records import Name, Record

TITLE = "Regional mobility of recognised refugees after the end of the residence rule"
PEOPLE = (Name("Kaya", "Derya"), Name("Schmidt", "Lutz"))


def link(points: float, one: int, two: int) -> Link:
    return Link(points, one, two, ("because",))


def never(one: int, two: int) -> str:
    return ""


def test_links_make_groups() -> None:
    assert grouped([link(5, 0, 1), link(4, 1, 2), link(3, 4, 5)], never).members == [[0, 1, 2], [4, 5]]


def test_a_weaker_link_that_contradicts_is_refused_and_the_surer_one_stays() -> None:
    groups = grouped([link(5, 0, 1), link(4, 1, 2)], lambda one, two: "two DOIs" if {one, two} == {0, 2} else "")
    assert groups.members == [[0, 1]]
    assert groups.refused == [(link(4, 1, 2), "two DOIs")]


def test_of_two_equal_links_that_contradict_neither_is_taken() -> None:
    groups = grouped([link(4, 0, 1), link(4, 1, 2)], lambda one, two: "two DOIs" if {one, two} == {0, 2} else "")
    assert groups.members == []
    assert len(groups.refused) == 2


def test_a_record_between_two_dois_glues_nothing_and_goes_to_a_person() -> None:
    between = Record(title=TITLE, authors=PEOPLE, year=2020)
    first = replace(between, doi="10.1000/a", container="Journal of Migration", volume="1", pages="1-20")
    second = replace(between, doi="10.2000/b", container="Working Papers on Work", volume="9", pages="30-44")
    linking = find_duplicates((first, between, second))
    assert all(not {0, 2} <= set(group.rows) for group in linking.groups)
    assert any("two DOIs" in pair.doubt for pair in linking.possible)
    assert len(find_duplicates((first, between)).groups) == 1  # alone it would have been linked


def test_papers_of_one_issue_are_not_glued_by_volume_and_number() -> None:
    papers = [
        Record(title=f"{word} and the labour market in a region of the north", authors=(Name(f"Person{word}", "A."),), year=2019,
               container="Journal of Work", volume="7", issue="1", pages=f"{start}-{start + 9}")
        for start, word in ((1, "Language"), (20, "Housing"), (40, "Childcare"))
    ]  # fmt: skip
    untitled = Record(year=2019, container="Journal of Work", volume="7", issue="1")
    assert find_duplicates((*papers, untitled, untitled)).groups == ()
