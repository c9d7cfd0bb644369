"""Which files of a mail are kept: by size, by name, and by what they begin with. Nothing a computer would run."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from django.conf import settings

from nahtstelle.engines.mails.values import Attached
from nahtstelle.plumbing.files.actions import keep
from nahtstelle.plumbing.files.media_types import DOCX, XLSX

from .models import Mail, MailFile

Refused = MailFile.Refused


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file we take: what it is served as, whatever the mail said, and what it begins with."""

    media_type: str
    begins: bytes = b""


def _office(family: str, name: str) -> Kind:
    return Kind(f"application/vnd.{family}.{name}", b"PK\x03\x04")


_JPEG = Kind("image/jpeg", b"\xff\xd8\xff")
TAKEN = {  # by ending
    "pdf": Kind("application/pdf", b"%PDF-"),
    "txt": Kind("text/plain"),
    "csv": Kind("text/csv"),
    "ics": Kind("text/calendar"),
    "eml": Kind("message/rfc822"),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": Kind("image/png", b"\x89PNG"),
    "gif": Kind("image/gif", b"GIF8"),
    "webp": Kind("image/webp"),
    "rtf": Kind("application/rtf", b"{\\rtf"),
    "odt": _office("oasis.opendocument", "text"),
    "ods": _office("oasis.opendocument", "spreadsheet"),
    "odp": _office("oasis.opendocument", "presentation"),
    "docx": Kind(DOCX, b"PK\x03\x04"),
    "xlsx": Kind(XLSX, b"PK\x03\x04"),
    "pptx": _office("openxmlformats-officedocument", "presentationml.presentation"),
}
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


def take(mail: Mail, attached: Attached, *, at: datetime) -> MailFile:
    """Keep the file, or its name with the reason for which it was refused.

    Raises ``StorageTrouble`` where the disk is full: the mail server then keeps the mail and tries again.
    """
    name, ending = _named(attached)
    refused = why_not(ending, attached)
    kept = None
    if not refused and attached.content is not None:
        kept = keep(attached.content, media_type=TAKEN[ending].media_type, at=at)
    return MailFile.objects.create(
        mail=mail, name=name, media_type=attached.media_type[:100], size=attached.size, file=kept, refused=refused
    )


def _named(attached: Attached) -> tuple[str, str]:
    name = attached.name.replace("/", "_").replace("\\", "_").replace('"', "_")[-200:] or "?"
    if attached.media_type == "message/rfc822" and "." not in name:
        name = f"{name[:195]}.eml"
    return name, PurePosixPath(name).suffix.lower().lstrip(".")


def why_not(ending: str, attached: Attached) -> str:
    if attached.content is None or attached.size > settings.MAIL_FILE_MOST:
        return Refused.TOO_LARGE
    kind = TAKEN.get(ending)
    if kind is None or attached.content.startswith(PROGRAMS) or not attached.content.startswith(kind.begins):
        return Refused.TYPE
    return ""
