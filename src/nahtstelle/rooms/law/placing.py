"""Where a law file belongs: which law it is of, and between which readings of it.

A law is known again by its document number, which stays when the portal renames its folder. A slug alone proves
nothing: a folder name may be given to another law, and people call files "download.xml".
"""

from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from nahtstelle.engines.lawtext.values import LawReading

from .models import ImportItem, Law, Reading
from .naming import fold, names_of
from .rules import check_file_is_not_younger
from .sentences import FileRefused

SLUG_CHARACTERS = 120
PORTAL_FILES = {"xml", ""}  # the portal calls every law's archive "xml.zip"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reading belongs among those we have."""

    law: Law | None
    state: ImportItem.State
    previous: Reading | None  # the one seen last before it
    following: Reading | None  # the one first seen after it


def find_law(slug: str, law: LawReading) -> Law | None:
    """The law a file is of: by its document number, else by its slug where a name is the same too."""
    if law.document_number:
        known = Law.objects.filter(document_number=law.document_number).first()
        if known is not None:
            return known
    known = Law.objects.filter(slug=slug).first()
    if known is None or not known.document_number or not law.document_number:
        return known
    ours = set(known.names.values_list("folded", flat=True))
    return known if ours & {fold(name) for name in names_of(law)} else None


def stem_of(file_name: str) -> str:
    """What a file is called; its folder or archive where it is only a document number or the portal's "xml.zip"."""
    for step in reversed(file_name.replace("\\", "/").split("/")):
        stem = step.split(".")[0]
        if stem.lower() not in PORTAL_FILES and not stem.upper().startswith("BJNR"):
            return stem
    return ""


def slug_of(file_name: str, law: LawReading) -> str:
    """The slug a law gets: its file's name, else its short name, else its document number.

    One that belongs to another law already is passed over.
    """
    candidates = [stem_of(file_name), *law.short_names, law.document_number, f"{law.document_number}-{law.build}"]
    slugs = [slug for slug in (_slug(candidate) for candidate in candidates) if slug] or ["law"]
    for slug in slugs:
        if not Law.objects.filter(slug=slug).exists() or find_law(slug, law) is not None:
            return slug
    return slugs[-1]


def _slug(name: str) -> str:
    return slugify(name.replace(".", "_").replace("/", "_"))[:SLUG_CHARACTERS]


def place_of(slug: str, law: LawReading, *, digest: str, seen_on: date) -> Place:
    """Where this file belongs.

    Raises ``FileRefused`` when the file is younger than the day, or another text is already known for that day.
    """
    check_file_is_not_younger(law.build, seen_on)
    known = find_law(slug, law)
    if known is None:
        return Place(None, ImportItem.State.NEW_LAW, None, None)
    readings = known.readings.all()
    previous = readings.filter(first_seen__lte=seen_on).order_by("-first_seen").first()
    following = readings.filter(first_seen__gt=seen_on).order_by("first_seen").first()
    if (previous and previous.digest == digest) or (following and following.digest == digest):
        return Place(known, ImportItem.State.SAME, previous, following)
    if previous and previous.last_seen >= seen_on:
        raise FileRefused("other_text", day=seen_on.isoformat(), law=known.citation)
    return Place(known, ImportItem.State.LATE if following else ImportItem.State.NEWER, previous, following)
