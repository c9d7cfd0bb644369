"""How alike two titles are, and what tells them apart although they are."""

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from nahtstelle.engines.literature.linking.traits import Traits

SHORT_TITLE = 24  # letters below which a title says little


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


def another_word(one: str, two: str) -> bool:
    """Whether each has a word that is no misspelling of any word of the other: "in men", "in women"."""
    ours, theirs = set(one.split()), set(two.split())
    only_ours, only_theirs = ours - theirs, theirs - ours
    if not only_ours or not only_theirs or len(only_ours) > 3 or len(only_theirs) > 3:
        return False
    return any(
        len(word) > 2
        and not (len(word) > 4 and word in two.replace(" ", ""))
        and not any(_misspelt(word, other) for other in only_theirs)
        for word in only_ours
    )


def _misspelt(word: str, other: str) -> bool:
    return OSA.distance(word, other, score_cutoff=2) <= (1 if min(len(word), len(other)) < 9 else 2)


def foreign(one: Traits, two: Traits) -> bool:
    """Whether the titles are in two languages, as far as that can be seen."""
    if one.translated or two.translated or (one.tongue and two.tongue and one.tongue != two.tongue):
        return True
    return one.title.isascii() != two.title.isascii()
