"""All redirects at hand, each found by where it begins and by where it leads."""

from collections import defaultdict
from collections.abc import Iterable

from .addresses import is_elsewhere, key_of


class Ways:
    """Old address → new address; asked both ways without going through all of them."""

    def __init__(self, known: Iterable[tuple[str, str]] = ()) -> None:
        self._ends: dict[str, str] = {}
        self._before: defaultdict[str, dict[str, None]] = defaultdict(dict)  # a dict is a set in the order of coming
        for old, new in known:
            self.put(old, new)

    def put(self, old: str, new: str) -> None:
        self.drop(old)
        self._ends[old] = new
        for address in asked_by(new):
            self._before[address][old] = None

    def drop(self, old: str) -> None:
        for address in asked_by(self._ends.pop(old, "")):
            self._before[address].pop(old, None)

    def __contains__(self, old: str) -> bool:
        return old in self._ends

    def end_of(self, old: str) -> str:
        return self._ends[old]

    def leading_to(self, address: str, *, besides: str) -> str | None:
        """The old address of a redirect whose readers would ask for ``address`` next; ``besides`` is not meant."""
        return next((old for old in self._before.get(address, ()) if old != besides), None)


def asked_by(new: str) -> tuple[str, ...]:
    """The old addresses that would answer at ``new``, with its query and without; none at another site."""
    if not new or is_elsewhere(new):
        return ()
    aim = key_of(new)
    return (aim, aim.split("?")[0])
