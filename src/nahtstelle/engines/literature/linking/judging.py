"""Are two records one work? Points for and against, each with its reason, and what forbids it whatever the points.

The points are logarithms of odds, set by what each field is worth in general; ``docs/reference/deduplication.md`` says
what they were checked on.
"""

import math
from collections import Counter
from typing import NamedTuple

from rapidfuzz import fuzz

from nahtstelle.engines.literature.linking.journals import Likeness, is_meeting, journals_alike
from nahtstelle.engines.literature.linking.likeness import SHORT_TITLE, another_word, foreign, title_likeness
from nahtstelle.engines.literature.linking.locators import is_version
from nahtstelle.engines.literature.linking.people import same_script, shares
from nahtstelle.engines.literature.linking.places import agree, is_short, pages_agree
from nahtstelle.engines.literature.linking.traits import Traits

START = -6.0
CERTAIN, POSSIBLE = 0.9, 0.5
LONG_TITLE = 40  # letters from which a title is not given twice by the same people
MOST_TITLE = 45  # letters from which a title and a year are enough where nothing else is known
NOTHING_TOLD = -1.5  # at most, for titles that many works share, without a page or a DOI to tell them apart
TAIL = {"protocol", "part"}  # a title may lose it with its subtitle, so it forbids nothing by itself
ENOUGH = 0.75  # share of names found that makes two lists of authors one


_PEOPLE_SAY = {
    "same": "same authors",
    "few": "authors of the one among those of the other",
    "some": "some of the same authors",
}
_PEOPLE_SAY |= {"hardly": "", "none": "", "unknown": ""}


class Verdict(NamedTuple):
    points: float
    reasons: tuple[str, ...]
    apart: str = ""  # why the two are never one work; empty where nothing forbids it
    for_a_person: str = ""  # why the points do not suffice for a link without a person

    @property
    def certainty(self) -> float:
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.points))))


def judge(one: Traits, two: Traits) -> Verdict:
    if two < one:
        one, two = two, one  # so that it does not matter which is named first
    likeness, how = title_likeness(one, two)
    apart = _forbidden(one, two, likeness)
    if apart:
        return Verdict(points=-20.0, reasons=(), apart=apart)
    reasons: list[str] = []
    points = START

    def say(worth: float, reason: str) -> None:
        nonlocal points
        points += worth
        if worth > 0:
            reasons.append(reason)

    same_doi = bool(one.doi) and one.doi == two.doi
    volume = agree(one.volume, two.volume)
    if volume == "different" and str(one.year or two.year) in (one.volume, two.volume):
        volume = "unknown"  # some sources put the year where the volume belongs
    pages = pages_agree(one, two)
    if pages == "different" and in_one_issue(one, two, likeness):
        pages = "near"
    journal = journals_alike(one.journal, one.journal_head, two.journal, two.journal_head)
    years = abs(one.year - two.year) if one.year and two.year else None
    people = _people(one, two)
    placed = pages == "same" and volume != "different" and journal in (Likeness.SAME, Likeness.ALIKE, Likeness.UNKNOWN)
    placed_anywhere = pages == "same" and volume == "same"
    spread = bool(one.last_page and two.last_page and one.last_page != one.first_page)

    untitled = not one.title or not two.title
    if untitled:
        title_points = 1.0 if _known_by_place(one, two, journal, volume, pages, people, years) else -1.0
    else:
        title_points = _title_points(one, two, likeness)
        if likeness < 0.75 and placed and spread and years == 0 and people == "same" and volume == "same":
            title_points = max(title_points, 0.5 if foreign(one, two) else -1.5)
    say(title_points, how)
    if same_doi:
        say(6.0 if likeness >= 0.85 or untitled else 3.5, "same DOI")
    say(
        {"same": 2.0, "few": 1.0, "some": 0.3, "hardly": -1.5, "none": -4.0, "unknown": 0.0}[people],
        _PEOPLE_SAY[people],
    )
    if years == 0:
        say(1.0, "same year")
    elif years is not None:
        in_place = (
            same_doi or placed or (years == 1 and _printed_later(one, two, likeness, journal, people, pages, volume))
        )
        say((0.0 if in_place else -1.2) if years == 1 else (-1.0 if in_place else -3.0) if years == 2 else -3.5, "")
    say(
        _journal_points(one, two, journal, settled=placed_anywhere and spread and people == "same" and years == 0),
        "same journal or book" if journal is Likeness.SAME else "similar journal or book",
    )
    say({"same": 1.0, "different": -1.5, "unknown": 0.0}[volume], "same volume")
    if pages == "same":
        say(3.0 if spread else 2.0, "same pages")
    elif pages == "different":
        say(-4.0, "")
    elif pages == "near":
        say(-0.5, "")
    if one.issue and one.issue == two.issue:
        say(1.0 if journal is Likeness.SAME and volume == "same" and likeness >= 0.95 else 0.3, "same issue")
    if one.abstract and two.abstract:
        alike = fuzz.ratio(one.abstract, two.abstract)
        say(1.5 if alike >= 85 else -0.5 if alike < 45 else 0.0, "same abstract")
    if journal is Likeness.UNKNOWN and pages == "unknown" and volume == "unknown" and likeness >= 0.95:
        say(_bare(one, two, likeness, people, years), "nothing contradicts")
    if (one.generic or two.generic) and not same_doi and pages != "same":
        points = min(points, NOTHING_TOLD)
    return Verdict(points, tuple(reasons), "", _needs_person(one, two, likeness, same_doi, placed, people, pages))


def _known_by_place(
    one: Traits, two: Traits, journal: Likeness, volume: str, pages: str, people: str, years: int | None
) -> bool:
    """A page of a volume of a journal by two or more of the same people needs no title."""
    return (
        journal in (Likeness.SAME, Likeness.ALIKE)
        and (volume, pages, people, years) == ("same", "same", "same", 0)
        and min(len(one.families), len(two.families)) > 1
    )


def _printed_later(
    one: Traits, two: Traits, likeness: float, journal: Likeness, people: str, pages: str, volume: str
) -> bool:
    """Online in one year and printed in the next: a long title by the same people in one journal, no pages against it."""
    if likeness < 0.97 or min(len(one.title), len(two.title)) < LONG_TITLE or one.generic or two.generic:
        return False
    if pages == "different" or journal not in (Likeness.SAME, Likeness.ALIKE):
        return False
    if volume == "different":
        return people == "same" and journal is Likeness.SAME
    return people == "same" or (people == "few" and volume == "same")


def _bare(one: Traits, two: Traits, likeness: float, people: str, years: int | None) -> float:
    """A record of little more than a title has nothing else to be known by; the longer the title, the more it says."""
    length = min(len(one.title), len(two.title))
    if one.generic or two.generic or length < SHORT_TITLE or people not in ("same", "few", "unknown"):
        return 0.0
    if people == "unknown":
        return 2.3 if years == 0 and length >= MOST_TITLE and likeness >= 0.995 else 0.0
    if years == 0:
        return 1.0
    several = min(len(one.families), len(two.families)) > 1
    if years is not None or length < LONG_TITLE:
        return 0.0
    return 2.0 if several else 1.3


def _journal_points(one: Traits, two: Traits, journal: Likeness, *, settled: bool) -> float:
    if journal is Likeness.ALIKE:
        return 1.2 if is_meeting(one.journal) and is_meeting(two.journal) else 0.5
    if journal is Likeness.DIFFERENT:
        return 0.0 if settled else -2.0
    return {Likeness.SAME: 1.5, Likeness.MEETINGS: -0.5}.get(journal, 0.0)


def _needs_person(
    one: Traits, two: Traits, likeness: float, same_doi: bool, placed: bool, people: str, pages: str
) -> str:
    if not one.title or not two.title:
        if pages == "same" and people == "same" and placed and one.volume and one.year == two.year:
            return ""
        agrees = people in ("same", "few", "unknown") and pages != "different"
        return "" if same_doi and agrees else "a record has no title"
    if (
        (one.generic or two.generic)
        and not same_doi
        and not (placed and likeness >= 0.9 and (one.journal == two.journal or one.journal_head == two.journal_head))
    ):
        return "a title that many works share"
    if pages != "same" and not same_doi and likeness < 0.995 and another_word(one.title, two.title):
        return "a word differs"
    if ("part" in one.about) != ("part" in two.about) and not same_doi and not (placed and pages == "same"):
        return "one is a part"
    if likeness < 0.6 and not same_doi and not (placed and people == "same" and foreign(one, two)):
        return "titles differ"
    if one.families and two.families and people == "unknown" and not same_doi:
        return "the authors are written in two scripts"
    if likeness < 0.75 and same_doi and not (placed or people == "same"):
        return "titles differ"
    return ""


def _forbidden(one: Traits, two: Traits, likeness: float) -> str:
    same_doi = bool(one.doi) and one.doi == two.doi
    if one.doi and two.doi and not same_doi and not is_version(one.doi, two.doi):  # noqa: SIM102 - each line its own rule
        if likeness < 0.95 or not _one_printed_place(one, two):
            return "two DOIs"
    if one.generic and two.generic and one.issue and two.issue and one.issue != two.issue and not same_doi:
        return "a title that comes in every issue, and two issues"
    if one.title and two.title:
        if (set(one.about) ^ set(two.about)) - TAIL and not (one.generic and two.generic):
            return "one is about the other"
        if one.numbers != two.numbers and _numbers_clash(one.numbers, two.numbers):
            located = pages_agree(one, two) == "same" and one.last_page and likeness >= 0.9
            if not located and not (same_doi and likeness >= 0.85):
                return "numbers in the titles differ"
    if {one.kind, two.kind} == {"book", "chapter"}:
        return "a book and a chapter"
    if one.edition and two.edition and one.edition != two.edition:
        return "two editions"
    return ""


def _numbers_clash(one: list[int], two: list[int]) -> bool:
    ours, theirs = Counter(one), Counter(two)
    return bool(ours - theirs) and bool(theirs - ours)


def in_two_journals(one: Traits, two: Traits) -> bool:
    return journals_alike(one.journal, one.journal_head, two.journal, two.journal_head) is Likeness.DIFFERENT


def in_one_issue(one: Traits, two: Traits, likeness: float) -> bool:
    """One issue does not hold two abstracts of one long title by the same people: of two page numbers one is a slip."""
    return (
        likeness >= 0.97
        and is_short(one)
        and is_short(two)
        and min(len(one.title), len(two.title)) >= LONG_TITLE
        and not (one.generic or two.generic)
        and bool(one.volume and one.issue)
        and (one.volume, one.issue, one.year, one.numbers) == (two.volume, two.issue, two.year, two.numbers)
        and journals_alike(one.journal, one.journal_head, two.journal, two.journal_head) is Likeness.SAME
        and _people(one, two) == "same"
    )


def _one_printed_place(one: Traits, two: Traits) -> bool:
    """Whether two records give one journal, year and pages, and the same people: then one of two DOIs is a slip."""
    journal = journals_alike(one.journal, one.journal_head, two.journal, two.journal_head)
    return (
        journal is Likeness.SAME
        and one.year == two.year
        and bool(one.first_page)
        and (one.first_page, one.last_page) == (two.first_page, two.last_page)
        and _people(one, two) == "same"
        and not (one.generic or two.generic)
    )


def _title_points(one: Traits, two: Traits, likeness: float) -> float:
    if likeness >= 0.995:
        points = 5.0
    elif likeness >= 0.95:
        points = 4.3
    elif likeness >= 0.9:
        points = 3.3
    elif likeness >= 0.85:
        points = 2.3
    elif likeness >= 0.75:
        points = 0.8
    elif likeness >= 0.6:
        points = -1.5
    else:
        points = -4.0
    if one.generic and two.generic:
        return min(points, 1.0)
    if points > 0 and min(len(one.title), len(two.title)) < SHORT_TITLE:
        points -= 2.0
    if points > 0 and one.title != two.title:
        if another_word(one.title, two.title):
            points -= 1.5
        if one.numbers != two.numbers or one.about != two.about:
            points -= 1.5
    return points


def _people(one: Traits, two: Traits) -> str:
    if not one.families or not two.families or not same_script(one.families, two.families):
        return "unknown"
    ours, theirs = shares(one.families, one.other_names, two.families, two.other_names)
    most, least = max(ours, theirs), min(ours, theirs)
    if most >= ENOUGH:
        return "same" if least >= 0.3 else "few"
    if most >= 0.4:
        return "some"
    return "hardly" if most > 0 else "none"
