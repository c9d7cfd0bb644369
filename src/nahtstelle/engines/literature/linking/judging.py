"""Are two records one work? Points for and against, each with its reason, and what forbids it whatever the points.

The points are logarithms of odds, set by what each field is worth in general; ``docs/reference/deduplication.md`` says
what they were checked on.
"""

import math
from collections import Counter
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from nahtstelle.engines.literature.linking.journals import Likeness, is_meeting, journals_alike
from nahtstelle.engines.literature.linking.locators import is_version
from nahtstelle.engines.literature.linking.people import same_script, shares
from nahtstelle.engines.literature.linking.traits import Traits

START = -6.0
CERTAIN, POSSIBLE = 0.9, 0.5
SHORT_TITLE = 24  # letters below which a title says little
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
    volume = _agree(one.volume, two.volume)
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
            title_points = max(title_points, 0.5 if _foreign(one, two) else -1.5)
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
        steady = likeness >= 0.97 and len(one.title) >= LONG_TITLE and not (one.generic or two.generic)
        moved = (
            steady
            and (people == "same" or (people == "few" and volume == "same"))
            and journal in (Likeness.SAME, Likeness.ALIKE)
        )
        in_place = (
            same_doi
            or (placed and pages == "same")
            or (years == 1 and moved and pages != "different" and volume != "different")
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
    if ("part" in one.about) != ("part" in two.about) and not same_doi and not (placed and pages == "same"):
        return "one is a part"
    if likeness < 0.6 and not same_doi and not (placed and people == "same" and _foreign(one, two)):
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


def in_one_issue(one: Traits, two: Traits, likeness: float) -> bool:
    """One issue does not print one long title by the same people twice: of two page numbers one is a slip."""
    return (
        likeness >= 0.97
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


def title_likeness(one: Traits, two: Traits) -> tuple[float, str]:
    """0 to 1, and how the two titles agree."""
    if not one.title or not two.title:
        return 0.0, "no title"
    if one.title == two.title:
        return 1.0, "same title"
    left, right = one.title.replace(" ", ""), two.title.replace(" ", "")
    best = fuzz.ratio(left, right) / 100
    if best < 0.9:
        best = max(best, fuzz.token_sort_ratio(one.title, two.title) / 100 - 0.02)
    how = "similar title"
    if best < 0.9:
        for mine, theirs in ((one, two), (two, one)):
            for other in mine.other_titles:
                for title in (theirs.title, *theirs.other_titles):
                    ratio = fuzz.ratio(other, title) / 100
                    if ratio > best:
                        best, how = ratio, "same title in another language"
    if best < 0.93 and (_begins(one, two) or _begins(two, one)):
        best, how = max(best, 0.93), "same title without subtitle"
    return best, how


def _begins(short: Traits, long: Traits) -> bool:
    """Whether the one is the other without its subtitle, or cut in mid-title."""
    if short.numbers and short.numbers != long.numbers and not set(short.numbers) <= set(long.numbers):
        return False
    if len(short.title) >= len(long.title) or len(short.title) < SHORT_TITLE:
        return False
    if long.main_title and fuzz.ratio(short.title, long.main_title) >= 95:
        return True
    return short.cut and long.title.startswith(short.title)


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
        if _another_word(one.title, two.title):
            points -= 1.5
        if one.numbers != two.numbers or one.about != two.about:
            points -= 1.5
    return points


def _another_word(one: str, two: str) -> bool:
    """Whether each has a word that is no misspelling of any word of the other: "in men", "in women"."""
    ours, theirs = set(one.split()), set(two.split())
    only_ours, only_theirs = ours - theirs, theirs - ours
    if not only_ours or not only_theirs or len(only_ours) > 3 or len(only_theirs) > 3:
        return False
    return any(
        len(word) > 2 and word not in two.replace(" ", "") and not any(_misspelt(word, other) for other in only_theirs)
        for word in only_ours
    )


def _misspelt(word: str, other: str) -> bool:
    return OSA.distance(word, other, score_cutoff=2) <= (1 if min(len(word), len(other)) < 9 else 2)


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


def pages_agree(one: Traits, two: Traits) -> str:
    if not one.first_page or not two.first_page:
        return "unknown"
    if one.first_page == two.first_page:
        if one.last_page and two.last_page and one.last_page != two.last_page and one.first_page in ("1", "0"):
            return "near"  # many sources count from 1
        return "same"
    if one.first_page.lstrip("abcdefghijklmnopqrstuvwxyz") == two.first_page.lstrip("abcdefghijklmnopqrstuvwxyz"):
        return "near"
    if _inside(one, two) or _inside(two, one) or _beside(one, two):
        return "near"
    return "different"


def _inside(one: Traits, two: Traits) -> bool:
    """Whether a range begins within the other, or a source counted its own pages ("1-17")."""
    if one.first_page == "1" and (not one.last_page or not two.last_page or _length(one) == _length(two)):
        return True
    if not (one.first_page.isdecimal() and two.first_page.isdecimal() and two.last_page.isdecimal()):
        return False
    return int(two.first_page) < int(one.first_page) < int(two.last_page)


def _beside(one: Traits, two: Traits) -> bool:
    """Whether two single pages follow each other: an abstract at the turn of a page."""
    single = not (one.last_page and one.last_page != one.first_page) and not (
        two.last_page and two.last_page != two.first_page
    )
    if not single or not (one.first_page.isdecimal() and two.first_page.isdecimal()):
        return False
    return abs(int(one.first_page) - int(two.first_page)) == 1


def _length(traits: Traits) -> int:
    if traits.first_page.isdecimal() and traits.last_page.isdecimal():
        return int(traits.last_page) - int(traits.first_page)
    return -1


def _agree(one: str, two: str) -> str:
    if not one or not two:
        return "unknown"
    return "same" if one == two else "different"


def _foreign(one: Traits, two: Traits) -> bool:
    """Whether the titles are in two languages, as far as that can be seen."""
    if one.translated or two.translated or (one.tongue and two.tongue and one.tongue != two.tongue):
        return True
    return one.title.isascii() != two.title.isascii()
