"""Text that wandered: a new norm taken out of an old one (split), an old norm taken into another (merged)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from nahtstelle.engines.lawtext.kinship import CANDIDATES, COMMONPLACE, Wording
from nahtstelle.engines.lawtext.values import Norm, NormKind

LEAST = 15  # words; of a shorter norm nobody can tell where it came from
MOVED = 0.5  # share of phrases that makes a wording the same passage in another place
GROWN = 0.15  # the passage is at least so much of a wording that was written further
PASSAGE = 30  # phrases; less can be a formula both use

_Phrases = frozenset[tuple[str, ...]]


def homes_of_new(
    old: Sequence[Norm],
    new: Sequence[Norm],
    old_words: Mapping[int, Wording],
    new_words: Mapping[int, Wording],
    continued: Mapping[int, int],
) -> dict[int, int]:
    """For new norms without predecessor the old norm their text stood in, by what each old norm lost."""
    taken = set(continued.values())
    orphans = [j for j in new_words if j not in taken and _may_wander(new[j], new_words[j])]
    if not orphans:
        return {}
    lost = {i: said.without(new_words.get(continued.get(i, -1))) for i, said in old_words.items()}
    return _homes(orphans, new, new_words, old, lost)


def homes_of_gone(
    old: Sequence[Norm],
    new: Sequence[Norm],
    old_words: Mapping[int, Wording],
    new_words: Mapping[int, Wording],
    continued: Mapping[int, int],
) -> dict[int, int]:
    """For old norms that are gone or "(weggefallen)" the new norm their text stands in, by what each gained."""
    without = [i for i in old_words if i not in continued or new[continued[i]].repealed]
    gone = [i for i in without if _may_wander(old[i], old_words[i])]
    if not gone:
        return {}
    before = {j: i for i, j in continued.items()}
    gained = {j: says.without(old_words.get(before.get(j, -1))) for j, says in new_words.items()}
    return _homes(gone, old, old_words, new, gained)


def speaks(norm: Norm) -> bool:
    """True for a norm with a text of its own."""
    return bool(norm.text) and not norm.repealed and norm.kind is not NormKind.CONTENTS


def _may_wander(norm: Norm, said: Wording) -> bool:
    return speaks(norm) and len(said) >= LEAST


def _homes(
    wanderers: Iterable[int],
    norms: Sequence[Norm],
    wordings: Mapping[int, Wording],
    hosts: Sequence[Norm],
    phrases: Mapping[int, _Phrases],
) -> dict[int, int]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, held in phrases.items():
        for phrase in held:
            places[phrase].append(at)
    homes: dict[int, int] = {}
    for wanderer in wanderers:
        said = wordings[wanderer].phrases
        met = Counter(
            at for phrase in said if len(places.get(phrase, ())) <= COMMONPLACE for at in places.get(phrase, ())
        )
        best = sorted(met, key=lambda at: (-met[at], at))[:CANDIDATES]
        hosting = {at: phrases[at] for at in best if hosts[at].kind is norms[wanderer].kind}
        home = _best_home(said, hosting)
        if home is not None:
            homes[wanderer] = home
    return homes


def _best_home(said: _Phrases, places: Mapping[int, _Phrases]) -> int | None:
    """The place a wording came from (or went to), among what each place lost (or gained); None when none is clear.

    A place is the home when it holds half of the wording, or when half of what it lost is in the wording: a long
    section taken out of another and written further ("§ 18b Absatz 2" becomes "§ 18g").
    """
    shares: dict[int, float] = {}
    for at, phrases in places.items():
        moved = len(said & phrases)
        of_wording, of_place = moved / len(said), moved / len(phrases)
        if of_wording >= MOVED or (of_place >= MOVED and of_wording >= GROWN and moved >= PASSAGE):
            shares[at] = of_wording
    return max(shares, key=lambda at: (shares[at], -at), default=None)
