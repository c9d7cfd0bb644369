"""Publications in few words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import Record, Work

_SHOWN = 3


def people(names: Sequence[Sequence[str]], *, shown: int = _SHOWN) -> str:
    """Klee, Anna; Berg, Bo; Novak, Petra et al."""
    told = ["; ".join(", ".join(filter(None, name)) for name in names[:shown])]
    if len(names) > shown:
        told.append(pgettext("authors", "et al."))
    return " ".join(filter(None, told))


def title_of(work: Work) -> str:
    return work.title or (f"DOI {work.doi}" if work.doi else _("without a title"))


def record_title(one: Record) -> str:
    return one.title or (f"DOI {one.doi}" if one.doi else _("without a title"))


def place_of(work: Work) -> str:
    """Journal 12 (3), 45-67."""
    volume = f"{work.volume} ({work.issue})" if work.volume and work.issue else work.volume or work.issue
    head = " ".join(filter(None, (work.container or work.publisher, volume)))
    return ", ".join(filter(None, (head, work.pages)))
