"""Whether two records stand at one place: pages, and whatever else is a number."""

from nahtstelle.engines.literature.linking.traits import Traits


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


def is_short(traits: Traits) -> bool:
    """Whether it stands on a page or two, as abstracts do."""
    first, last = (page.lstrip("abcdefghijklmnopqrstuvwxyz") for page in (traits.first_page, traits.last_page))
    return not last or (first.isdecimal() and last.isdecimal() and int(last) - int(first) <= 1)


def agree(one: str, two: str) -> str:
    if not one or not two:
        return "unknown"
    return "same" if one == two else "different"
