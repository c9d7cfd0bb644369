"""Fetching laws from the official portal, politely: one at a time, with pauses, and only what is new.

The portal's table of contents (gii-toc.xml) names every law; each lies at ``<slug>/xml.zip``. What was fetched is kept
with the portal's own mark of it (ETag, Last-Modified), so that the next day asks only "is it still the same?". A fetch
that is killed goes on where it stopped when it is begun again on the same day.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.engines.lawtext.archives import open_law_archive
from nahtstelle.engines.lawtext.values import LawTextError
from nahtstelle.plumbing.files.actions import keep
from nahtstelle.plumbing.kit.asking import Answer, Silent, ask
from nahtstelle.plumbing.ledger.actors import Actor

from . import importing
from .models import Import, ImportItem, PortalFile
from .placing import stem_of
from .portal_contents import CONTENTS, PortalTrouble, slugs_in

OFFICIAL = "https://www.gesetze-im-internet.de"
AGENT = "reads federal law once a day; one request at a time"
ATTEMPTS = 3
SILENT_IN_A_ROW = 5  # then the portal itself is away, not one file
LONGEST_PAUSE = 60.0  # seconds, whatever the portal asks for
TRY_AGAIN = {429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class Manners:
    """How we behave. ``delay`` and ``jitter`` are seconds between two questions; the rest are the means to do so."""

    delay: float
    jitter: float
    timeout: float  # seconds without an answer
    pause: Callable[[float], None]
    clock: Callable[[], datetime]
    chance: Random


@dataclass(frozen=True, slots=True)
class Step:
    """One law of the table of contents was asked for. ``said`` is new, same or trouble."""

    number: int
    total: int
    slug: str
    said: str


def begin(base: str, *, whole: bool, by: Actor, at: datetime) -> Import:
    """The import that today's fetch fills: one begun earlier today, else a new one; those of other days end."""
    seen_on = timezone.localdate(at)
    unfinished = Import.objects.filter(source=base, state=Import.State.CHECKING, listed=False).order_by("-pk")
    for batch in unfinished:
        if batch.seen_on == seen_on and batch.complete == whole:
            return batch
        importing.abandon(batch, by=by, at=at)
    return importing.open_listing(source=base, seen_on=seen_on, complete=whole, by=by, at=at)


def table_of_contents(base: str, manners: Manners) -> list[str]:
    """The slugs of all laws. Raises ``PortalTrouble`` when the portal does not tell."""
    try:
        answer = _ask_patiently(f"{base}/{CONTENTS}", None, manners)
    except Silent as silence:
        raise PortalTrouble(_("The portal does not answer: %s") % silence) from silence
    if answer.status != 200:
        raise PortalTrouble(
            _("The portal answered %(status)d instead of its table of contents.") % {"status": answer.status}
        )
    return slugs_in(answer.content)


def fetch(batch: Import, base: str, slugs: Iterable[str], *, manners: Manners, by: Actor) -> Iterator[Step]:
    """Fill ``batch`` with the laws, one after the other, and close its list at the end.

    What cannot be reached is tried once more at the end. Raises ``PortalTrouble`` when the portal stays silent for
    several laws in a row; the import then waits to be gone on with.
    """
    slugs = list(dict.fromkeys(slugs))
    have = {stem_of(name) for name in batch.items.values_list("name", flat=True)}
    later: list[str] = []
    silent = 0
    for number, slug in enumerate(slugs, start=1):
        if slug in have:
            continue
        try:
            said = _fetch_one(batch, base, slug, manners=manners, by=by)
            silent = 0
        except Silent as silence:
            later.append(slug)
            silent, said = silent + 1, "trouble"
            if silent == SILENT_IN_A_ROW:
                raise PortalTrouble(
                    _("The portal stopped answering (%s). What was fetched is kept; the same command goes on with it.")
                    % silence
                ) from silence
        yield Step(number, len(slugs), slug, said)
    for slug in later:
        try:
            said = _fetch_one(batch, base, slug, manners=manners, by=by)
        except Silent as silence:
            trouble = LawTextError("No answer.", code="unreachable", details={"reason": str(silence)})
            importing.list_file(batch, f"{slug}/xml.zip", trouble, by=by, at=manners.clock())
            said = "trouble"
        yield Step(len(slugs), len(slugs), slug, said)
    importing.close_listing(batch)


def _fetch_one(batch: Import, base: str, slug: str, *, manners: Manners, by: Actor) -> str:
    address = f"{base}/{slug}/xml.zip"
    known = PortalFile.objects.select_related("file").filter(address=address).first()
    answer = _ask_patiently(address, known, manners)
    at = manners.clock()
    if answer.status == 304 and known is not None:
        importing.list_file(batch, known.name, known.file, by=by, at=at)
        return "same"
    if answer.status != 200:
        trouble = LawTextError(
            f"The portal answered {answer.status}.", code="portal_answer", details={"status": answer.status}
        )
        importing.list_file(batch, f"{slug}/xml.zip", trouble, by=by, at=at)
        return "trouble"
    name, content = _unpacked(slug, answer.content)
    with transaction.atomic():
        if not isinstance(content, bytes):
            importing.list_file(batch, name, content, by=by, at=at)
            return "trouble"
        kept = keep(content, media_type="application/xml", at=at)
        importing.list_file(batch, name, kept, by=by, at=at)
        PortalFile.objects.update_or_create(
            address=address,
            defaults={
                "tag": answer.tag[:200], "modified": answer.modified[:60], "name": name[:300], "file": kept,
                "fetched_at": at,
            },
        )  # fmt: skip
    return "new"


def _unpacked(slug: str, package: bytes) -> tuple[str, bytes | LawTextError]:
    """The law in the portal's archive; pictures beside it are left."""
    try:
        for name, content in open_law_archive(io.BytesIO(package), name=f"{slug}.xml"):
            return f"{slug}/{re.sub(r'.*[/]', '', name)}", content
    except LawTextError as trouble:
        return f"{slug}/xml.zip", trouble
    return f"{slug}/xml.zip", LawTextError("The package is empty.", code="empty_package")


def _ask_patiently(address: str, known: PortalFile | None, manners: Manners) -> Answer:
    """Ask, with a pause before each question and longer ones after each refusal."""
    for attempt in range(1, ATTEMPTS + 1):
        manners.pause(manners.delay + manners.chance.uniform(0, manners.jitter))
        try:
            answer = ask(
                address, agent=AGENT, tag=known.tag if known else "", modified=known.modified if known else "",
                timeout=manners.timeout,
            )  # fmt: skip
        except Silent:
            if attempt == ATTEMPTS:
                raise
            wait = 0.0
        else:
            if answer.status not in TRY_AGAIN or attempt == ATTEMPTS:
                return answer
            wait = answer.retry_after
        manners.pause(min(max(wait, manners.delay * 2**attempt), LONGEST_PAUSE))
    raise AssertionError("The last attempt either answers or raises.")


def missing_on_list(batch: Import, slugs: Iterable[str]) -> int:
    """How many of the laws are not on the import's list yet: what a fetch still has to do."""
    have = {stem_of(name) for name in ImportItem.objects.filter(batch=batch).values_list("name", flat=True)}
    return len(set(slugs) - have)
